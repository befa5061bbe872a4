"""What a machine can count in a handout: pictures, lists, tables, numbers, actions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from handouts.check.plain_language.measures import measure
from handouts.check.plain_language.passages import Passage, units_of
from handouts.check.plain_language.passive import is_passive, passive_share
from handouts.check.plain_language.plain_language import analysed, is_english
from handouts.check.plain_language.sentences import sentences
from handouts.check.plain_language.word import words_of
from handouts.model.library import Handout
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_NUMBER: Final = re.compile(r"\d")
# Percentages, decimals and fractions: whole numbers are easier.
_HARD_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)|\d+\.\d+|\d+/\d+|[½⅓⅔¼¾]")
_PROBABILITY: Final = re.compile(r"\d+(?:\.\d+)?\s?(?:%|percent|per cent)|\d+ (?:in|of|out of) (?:every )?\d+")
_YOU: Final = frozenset({"you", "your", "yours", "yourself"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of one handout.

    Words are judged only if it `is_english`; `codes` are those of its findings, and how often; `passive` sentences are
    some of those that are `voiced`.
    """

    title: str
    main_message: str
    main_sentences: int
    is_english: bool
    codes: dict[str, int]
    grade: float
    smog: float
    passive: int
    voiced: int
    passive_in_messages: int
    sections: int
    longest_section: tuple[int, str]
    paragraphs: int
    cues: tuple[str, ...]
    figures: int
    uncaptioned: int
    icon_arrays: int
    tables: int
    poor_headings: int
    lists: int
    longest_list: int
    steps: int
    actions: int
    indirect_actions: int
    questions: int
    glossary: int
    has_numbers: bool
    hard_numbers: tuple[str, ...]
    probabilities: tuple[str, ...]


def facts_of(handout: Handout, findings: Iterable[Problem], settings: PlainLanguage) -> Facts:
    """Count what there is in a handout; `findings` are those about it."""
    front = handout.front
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    tokens = [token for body in bodies for token in body.tokens]
    types = [token.type for token in tokens]
    units = analysed(handout, settings)
    whole = measure(passage for unit in units for passage in unit.passages)
    passive, voiced, _ = passive_share(units)
    longest = max(((measure(unit.passages).words, unit.unit.title) for unit in units[1:]), default=(0, ""))
    passages = [passage for unit in units_of(handout) for passage in unit.passages]
    figures = list(_figures(tokens))
    lists = list(_list_lengths(tokens))
    codes: dict[str, int] = {}
    for problem in findings:
        codes[problem.code] = codes.get(problem.code, 0) + 1
    message = words_of(front.main_message)
    called = [front.main_message, *front.actions]
    return Facts(
        front.title,
        front.main_message,
        len(sentences(message)),
        is_english(handout.language),
        codes,
        whole.flesch_kincaid,
        whole.smog,
        passive,
        voiced,
        sum(is_passive(words[start:end]) for words in map(words_of, called) for start, end in sentences(words)),
        len(handout.sections),
        longest,
        types.count("paragraph_open"),
        tuple(_cues(tokens)),
        len(figures),
        sum(not caption for caption in figures),
        sum(_block(token) == "icon-array" for token in tokens),
        types.count("table_open"),
        sum(_poor(inline) for cell, inline in pairwise(tokens) if cell.type == "th_open"),
        len(lists),
        max(lists, default=0),
        types.count("ordered_list_open"),
        len(front.actions),
        sum(_YOU.isdisjoint(word.key for word in words_of(action)) for action in front.actions),
        len(front.questions),
        len(front.glossary),
        any(_NUMBER.search(passage.text) for passage in passages),
        _all(_HARD_NUMBER, passages),
        _all(_PROBABILITY, passages),
    )


def _block(token: Token) -> str:
    return str(token.meta["name"]) if token.type == "container_block_open" else ""


def _figures(tokens: Sequence[Token]) -> Iterator[bool]:
    """Tell of each picture whether it has a caption: words beside it in its block."""
    inside, pictures, caption = False, 0, False
    for token in tokens:
        if _block(token) == "figure":
            inside, pictures, caption = True, 0, False
        elif token.type == "container_block_close" and inside:
            yield from [caption] * pictures
            inside = False
        elif token.type == "inline":
            found = sum(child.type == "image" for child in token.children or ())
            if not inside:
                yield from [False] * found
            pictures += found
            caption = caption or any(child.type == "text" and child.content.strip() for child in token.children or ())


def _list_lengths(tokens: Sequence[Token]) -> Iterator[int]:
    lengths: list[int] = []
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lengths.append(0)
        elif token.type == "list_item_open":
            lengths[-1] += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            yield lengths.pop()


def _cues(tokens: Sequence[Token]) -> Iterator[str]:
    types = {token.type for token in tokens}
    if types & {"bullet_list_open", "ordered_list_open"}:
        yield "lists"
    if any(child.type == "strong_open" for token in tokens for child in token.children or ()):
        yield "bold type"
    if "heading_open" in types:
        yield "subheadings"
    if any(_block(token) == "note" for token in tokens):
        yield "boxes"


_LONGEST_HEADING: Final = 5


def _poor(heading: Token) -> bool:
    return not 1 <= len(heading.content.split()) <= _LONGEST_HEADING


def _all(pattern: re.Pattern[str], passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.group() for passage in passages for found in pattern.finditer(passage.text)))
