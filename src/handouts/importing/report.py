"""The report on an imported document: what was found, what is left to do, and which words are not in the draft."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from handouts.importing.blocks import CITATION, Block, remove_markdown
from handouts.importing.documents import Document

_CONTACT: Final = re.compile(r"\+?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|[\w.+-]+@[\w-]+\.[\w.]+|www\.\S+")
_SCRIPTS: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2089]+")


def count_findings(blocks: Sequence[Block], cited: Sequence[int], added: int) -> list[str]:
    """Return lines on what was found; `added` is the number of references that are new."""
    kinds = Counter(block.kind for block in blocks)
    proposed = sum(block.is_proposed for block in blocks if block.kind == "heading")
    in_text = (
        f"{kinds['heading']} headings ({proposed} by their look), {kinds['paragraph'] + kinds['continued']} paragraphs"
    )
    pictures = f"{kinds['picture'] + kinds['figure']} pictures ({kinds['figure']} of them copied)"
    others = f"{kinds['item'] + kinds['numbered']} items of lists, {kinds['table']} tables, {pictures}"
    return [f"found: {in_text}, {others}", f"found: citations of {len(cited)} numbers; {added} references added"]


def list_tasks(blocks: Sequence[Block], disclaimer: str, words: str) -> list[str]:
    """Return what an author has to do with the text of a draft; `words` are those of the document."""
    own = "" if disclaimer else ", disclaimer"
    tasks = [f"front matter: code, dates, audience, main message{own} (marked TODO)"]
    if disclaimer:
        tasks.append(f'check the disclaimer: "{disclaimer}"')
    tasks += [
        f'{block.where}: check the heading "{remove_markdown(block.text)}"'
        for block in blocks
        if block.is_proposed and block.kind == "heading"
    ]
    tasks += [f"{block.where}: add the picture, with its description" for block in blocks if block.kind == "picture"]
    tasks += [
        f"{block.where}: say what {block.text.partition(chr(10))[0]} shows"
        for block in blocks
        if block.kind == "figure"
    ]
    merged = ": each part of a cell that was merged has its text now"
    tasks += [
        f"{block.where}: check the table{merged if block.is_proposed else ''}"
        for block in blocks
        if block.kind == "table"
    ]
    tasks += [
        f'{block.where}: check the number of "{remove_markdown(block.text)}": each list starts with 1 now'
        for block in _find_later_lists(blocks)
    ]
    tasks += [f"a phone number or address of one practice: {found}" for found in dict.fromkeys(_CONTACT.findall(words))]
    return tasks + [
        f"{block.where}: check the note; if it is a source, cite it" for block in blocks if block.text.startswith("[^")
    ]


def _find_later_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the first items of numbered lists that may go on with a list above them, below the same heading."""
    has_list = False
    for before, block in pairwise([Block("heading", "", ""), *blocks]):
        if block.kind == "heading":
            has_list = False
        elif block.kind == "numbered" and not block.level:
            if has_list and before.kind not in {"numbered", "continued"} and not before.level:
                yield block
            has_list = True


def find_lost_words(document: Document, kept: str) -> list[str]:
    """Return the words of a document that are neither in the draft nor in the report, with their number."""
    numbers = " ".join(number for block in document.blocks for number in CITATION.findall(block.text))
    lost = _count_words(document.words) - _count_words(re.sub(r"\\(.)", r"\1", f"{kept} {numbers}"))
    return [f"{word} ({times})" if times > 1 else word for word, times in lost.items()]


def _count_words(text: str) -> Counter[str]:
    """Count words and numbers; raised and lowered digits are numbers of their own."""
    apart = _SCRIPTS.sub(r" \g<0> ", text)
    return Counter(re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", apart).casefold()))
