"""Finds headings, lists and citations in plain text, such as a page that was copied from a browser."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from handouts.importing.blocks import CITATION_END, CITATION_START, LINE_BREAK, NUMBERS, Block, require_readable
from handouts.language.escaping import escape_markdown

_BULLET: Final = re.compile(r"(\s*)(?:[•◦‣▪●○■·*]|[-\u2013](?=\s))\s*(.+)")
_NUMBER: Final = re.compile(r"(\s*)\(?(\d{1,2}|[a-z])[.)]\s+(.+)")
_NAVIGATION: Final = re.compile(
    r"\s*(?:back to (?:the )?top|skip to (?:main )?content|print this page|share)\W*", re.IGNORECASE
)
# A number glued to the end of a sentence or to a quotation mark, as in "untreated.1" or "well.2,3".
_GLUED: Final = re.compile(rf"(?<=[^\W\d_)][.,;:?!])({NUMBERS})(?=\s|$)|(?<=[.?!][\"\u201d\u2019])({NUMBERS})(?=\s|$)")
_BRACKETED: Final = re.compile(rf"\[({NUMBERS})\]")
_ENDED: Final = re.compile(r"[.,;:!][\"\u201d\u2019)]*$")
_SENTENCE: Final = re.compile(r"[^\W\d_]{3}[.!]\s")
_LONGEST_HEADING: Final = 100
_LABELED: Final = re.compile(r"[^\s:][^:]{0,30}: ")  # Monday: 5 mg


def read_text_blocks(text: str, dropped: list[str]) -> Iterator[Block]:
    """Yield the blocks of a text; lines of navigation are dropped. Raises RefusedDocumentError for too long ones."""
    lines = text.expandtabs(4).split("\n")
    paragraph: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], start=1):
        require_readable(line)
        is_item = bool(_BULLET.fullmatch(line) or _NUMBER.fullmatch(line))
        if paragraph and (not line.strip() or is_item or _is_heading(paragraph, line)):
            yield _make_paragraph(paragraph, start, followed=bool(line.strip()) and not is_item)
            paragraph = []
        if _NAVIGATION.fullmatch(line):
            dropped.append(f"line {number}: {line.strip()}")
        elif is_item:
            letter = _NUMBER.fullmatch(line)
            if letter and letter[2].isalpha():
                dropped.append(f"line {number}: the letter {letter[2]} of a list, which is numbered now")
            yield _make_item(line, number)
        elif line.strip():
            start = start if paragraph else number
            paragraph.append(line.strip())


def mark_citations(text: str) -> str:
    """Return a text with its citations by number between marks, and everything else as Markdown.

    Raises RefusedDocumentError for one that is too long.
    """
    marked = _BRACKETED.sub(rf"{CITATION_START}\1{CITATION_END}", require_readable(text))
    marked = _GLUED.sub(lambda found: f"{CITATION_START}{found[1] or found[2]}{CITATION_END}", marked)
    return escape_markdown(marked)


def looks_like_heading(text: str) -> bool:
    """Return whether a line is short, and is neither a sentence nor cites a source."""
    is_sentence = _ENDED.search(text) or _SENTENCE.search(text) or _GLUED.search(text) or CITATION_START in text
    return len(text) <= _LONGEST_HEADING and not is_sentence and bool(re.match(r"\W*\w", text))


def _is_heading(paragraph: list[str], line: str) -> bool:
    """Return whether a paragraph of one line is the heading of the line below it."""
    return len(paragraph) == 1 and bool(line.strip()) and paragraph[0].endswith("?")


def _make_paragraph(lines: list[str], start: int, *, followed: bool) -> Block:
    text = lines[0]
    for before, after in pairwise(lines):
        is_row = _LABELED.match(before) and _LABELED.match(after) and not _ENDED.search(before)
        text += (LINE_BREAK if is_row else " ") + after
    where = f"line {start}"
    if len(lines) == 1 and looks_like_heading(text):
        # A question over its answer is a section; a line alone may be a part, which the next block decides.
        return Block(
            "heading", escape_markdown(text), where, 2 if followed or text.endswith("?") else 1, is_proposed=True
        )
    return Block("paragraph", mark_citations(text), where)


def _make_item(line: str, number: int) -> Block:
    bullet, numbered = _BULLET.fullmatch(line), _NUMBER.fullmatch(line)
    where = f"line {number}"
    if bullet:
        return Block("item", mark_citations(bullet[2].strip()), where, len(bullet[1]) // 4)
    if numbered:
        return Block("numbered", mark_citations(numbered[3].strip()), where, len(numbered[1]) // 4)
    return Block("paragraph", mark_citations(line.strip()), where)
