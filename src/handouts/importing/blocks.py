"""The blocks of a document from elsewhere: headings, paragraphs, items of lists, tables and pictures."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from handouts.problems.exceptions import HandoutsError

# A citation by number stands in a text as these marks around its numbers, until the list of sources is known.
CITATION_START: Final = "\ue000"
CITATION_END: Final = "\ue001"
CITATION: Final = re.compile(f"{CITATION_START}([0-9, \u2013-]+){CITATION_END}")
LINE_BREAK: Final = "\N{LINE SEPARATOR}"  # a space for patterns
NUMBERS: Final = r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*"


_LONGEST: Final = 20_000  # characters; searches of a text may take its length squared
BlockKind = Literal["heading", "paragraph", "item", "numbered", "continued", "table", "picture", "figure"]


class RefusedDocumentError(HandoutsError):
    """A document that is not read; the text says why."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document; `text` is Markdown on one line, of a table its rows on a line each.

    Paragraphs and items may have a LINE_BREAK.

    A picture has its address in the document and its description, a line each; a figure is one that was taken over, and
    has the name of its file in place of the address.

    `level` is that of a heading (1 to 6) or of an item (0 to ...); `where` says where it is in the source. A continued
    text goes on with the numbered item before it. A heading is proposed if it looks like one, a table if cells of it
    were merged.
    """

    kind: BlockKind
    text: str
    where: str
    level: int = 0
    is_proposed: bool = False


def require_readable(text: str) -> str:
    """Return a text in one piece. Raises RefusedDocumentError if it is too long."""
    if len(text) > _LONGEST:
        raise RefusedDocumentError(f"it has a text of more than {_LONGEST:,} characters in one piece")
    return text


def remove_markdown(text: str) -> str:
    """Return the words of a block on one line, without marks and backslashes."""
    plain = CITATION.sub("", text).replace("**", "").replace(LINE_BREAK, " ")
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*", "", plain)).strip()


def parse_numbers(text: str) -> list[int]:
    """Return the numbers of a citation: "1,3-5" is 1, 3, 4, 5."""
    numbers: list[int] = []
    for part in re.split(r"\s*,\s*", text.strip()):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        if len(ends) > 1 and ends[0] < ends[1]:
            numbers += range(ends[0], min(ends[1], 999) + 1)
        else:
            numbers += ends
    return numbers
