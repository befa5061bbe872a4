"""Checks that no page ends between "Do not" and what patients must not do.

Whoever turns the page, or has only one of the two, would read the opposite.
"""

import re
from collections.abc import Sequence
from typing import Final

from handouts.pdf.page_checks.painted_text import Piece, quote, split_lines
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_WHY: Final = "Whoever turns the page, or has lost one, reads what is forbidden as what to do."
_SOURCE: Final = "typographers' usage: no page ends where the words before the break say the opposite of the whole"
SPLIT_NEGATION: Final = Rule(
    "split-negation",
    Severity.WARNING,
    title="a sentence that forbids something continues on the next page",
    why=_WHY,
    source=_SOURCE,
    message="{spot}: the page ends within a sentence that forbids something: {text}",
    hint="make it a paragraph of its own: those of up to three lines stay on one page",
)
SPLIT_PROHIBITIONS: Final = Rule(
    "split-prohibitions",
    Severity.WARNING,
    title="a list of what not to do continues on the next page",
    why=_WHY,
    source=_SOURCE,
    message="{spot}: the list after {text} goes on here, without a word that this is forbidden",
    hint='start each item with "Do not", or make the list shorter',
)
RULES: Final = (SPLIT_NEGATION, SPLIT_PROHIBITIONS)

# In the languages that labels are shipped in; Chinese has no spaces, and forbids before the verb.
_FORBIDDING: Final = (
    r"(?:do not|don['\u2019]t|never|(?:must|should|may) not|can ?not|can['\u2019]t|avoid"
    r"|no|nunca|jam\u00e1s|evite|kh\u00f4ng|\u0111\u1eebng|ch\u1edb|tr\u00e1nh|\u0644\u0627|\u062a\u062c\u0646\u0628)"
    r"(?!\w)|\u4e0d\u8981|\u4e0d\u5f97|\u8bf7\u52ff|\u5207\u52ff|\u7981\u6b62|\u907f\u514d"
)
_STARTS: Final = re.compile(rf"\W*(?:{_FORBIDDING})", re.IGNORECASE)
_ENDS: Final = re.compile(rf"(?<!\w)(?:{_FORBIDDING}|not|without|sin|\u0628\u062f\u0648\u0646)\W*\Z", re.IGNORECASE)
_LEADS: Final = re.compile(rf"(?<!\w)(?:{_FORBIDDING}|not)[^.!?]*[:\uff1a]\W*\Z", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?:;][\"')\u201d\u2019]*(?:\s|\Z)|[\u3002\uff01\uff1f\uff1b\u061f]")

Block = tuple[Piece, ...]


def check_negations(blocks: Sequence[Block], problems: Problems) -> None:
    """Report each page that ends within a prohibition, or within a list of what not to do."""
    _check_sentences(blocks, problems)
    _check_lists(blocks, problems)


def _check_sentences(blocks: Sequence[Block], problems: Problems) -> None:
    for block in blocks:
        for before, after in _split_at_pages(block):
            text = _read(before)
            sentence = _SENTENCE_END.split(text)[-1] if text else ""
            if sentence.strip() and (_STARTS.match(sentence) or _ENDS.search(sentence)):
                problems.add(SPLIT_NEGATION.at(after[0].place, spot=before[-1].spot, text=quote(before[-1:])))


def _check_lists(blocks: Sequence[Block], problems: Problems) -> None:
    leads: dict[int, Block] = {}  # by the number of the list
    seen: set[int] = set()
    before: Block | None = None
    for block in blocks:
        lists = block[0].lists
        if (
            lists
            and lists[-1] not in seen
            and before
            and before[0].lists == lists[:-1]
            and _LEADS.search(_read(before))
        ):
            leads[lists[-1]] = before
        seen.update(lists)
        lead = leads.get(lists[-1]) if lists else None
        if lead and block[0].page != lead[-1].page:
            del leads[lists[-1]]  # the first item on the next page is enough
            if not _STARTS.match(_read(block)):
                problems.add(SPLIT_PROHIBITIONS.at(block[0].place, spot=block[0].spot, text=quote(lead)))
        before = block


def _split_at_pages(block: Block) -> list[tuple[Block, Block]]:
    """Return what is before and after each page break within a block: the last lines of a page, and the next line."""
    lines = split_lines(block)
    return [
        (tuple(piece for line in lines[: at + 1] for piece in line if piece.page == lines[at][0].page), lines[at + 1])
        for at in range(len(lines) - 1)
        if lines[at][0].page != lines[at + 1][0].page
    ]


def _read(block: Block) -> str:
    return " ".join("".join(piece.text for piece in line).strip() for line in split_lines(block))
