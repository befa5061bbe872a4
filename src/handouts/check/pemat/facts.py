"""Counts features of a handout: pictures, lists, tables, numbers, actions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from handouts.check.plain_language.analysis import analyze_handout
from handouts.check.plain_language.passive import find_passive_sentences, is_passive
from handouts.check.plain_language.plain_language import is_english
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.check.plain_language.reading_grades import measure_texts
from handouts.check.plain_language.words import split_into_sentences, split_into_words
from handouts.model.library import Handout
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_NUMBER: Final = re.compile(r"\d")
# Percentages, decimals and fractions; whole numbers are easier to understand.
_HARD_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)|\d+\.\d+|\d+/\d+|[½⅓⅔¼¾]")
_PROBABILITY: Final = re.compile(r"\d+(?:\.\d+)?\s?(?:%|percent|per cent)|\d+ (?:in|of|out of) (?:every )?\d+")
_YOU: Final = frozenset({"you", "your", "yours", "yourself"})
_LONGEST_HEADING: Final = 5  # words, of a column
_LIST_STARTS: Final = frozenset({"bullet_list_open", "ordered_list_open"})
_LIST_ENDS: Final = frozenset({"bullet_list_close", "ordered_list_close"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of one handout.

    Words are only judged if it `is_english`. `codes` are those of its findings, with how often each was found. Of
    `sentences` that are long enough, `passive_sentences` are in the passive voice; `passive_messages` are those in the
    main message and the actions.
    """

    title: str
    main_message: str
    main_message_sentences: int
    is_english: bool
    codes: Mapping[str, int]
    grade: float
    smog: float
    passive_sentences: int
    sentences: int
    passive_messages: int
    sections: int
    longest_section: int
    longest_section_title: str
    paragraphs: int
    visual_cues: tuple[str, ...]
    pictures: int
    uncaptioned_pictures: int
    icon_arrays: int
    tables: int
    unclear_headings: int
    lists: int
    longest_list: int
    numbered_lists: int
    actions: int
    indirect_actions: int
    glossary_entries: int
    has_numbers: bool
    hard_numbers: tuple[str, ...]
    probabilities: tuple[str, ...]


def collect_facts(handout: Handout, findings: Iterable[Problem], settings: PlainLanguage) -> Facts:
    """Count the features of a handout; `findings` are those about it."""
    front = handout.front
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    tokens = [token for body in bodies for token in body.tokens]
    types = [token.type for token in tokens]
    units = analyze_handout(handout, settings)
    texts = [text.text for unit in units for text in unit.texts]
    whole = measure_texts(text for unit in units for text in unit.texts)
    voice = find_passive_sentences(units)
    sections = ((measure_texts(unit.texts).words, unit.unit.title) for unit in units[1:])
    longest_section, longest_section_title = max(sections, default=(0, ""))
    has_captions = list(_find_captions(tokens))
    list_lengths = list(_count_list_items(tokens))
    messages = [split_into_words(message) for message in (front.main_message, *front.actions)]
    return Facts(
        title=front.title,
        main_message=front.main_message,
        main_message_sentences=len(split_into_sentences(messages[0])),
        is_english=is_english(handout.language),
        codes=Counter(problem.code for problem in findings),
        grade=whole.flesch_kincaid,
        smog=whole.smog,
        passive_sentences=voice.passive,
        sentences=voice.count,
        passive_messages=sum(
            is_passive(words[start:end]) for words in messages for start, end in split_into_sentences(words)
        ),
        sections=len(handout.sections),
        longest_section=longest_section,
        longest_section_title=longest_section_title,
        paragraphs=types.count("paragraph_open"),
        visual_cues=tuple(_find_visual_cues(tokens)),
        pictures=len(has_captions),
        uncaptioned_pictures=has_captions.count(False),
        icon_arrays=sum(_block_name(token) == "icon-array" for token in tokens),
        tables=types.count("table_open"),
        unclear_headings=sum(_is_unclear(inline) for cell, inline in pairwise(tokens) if cell.type == "th_open"),
        lists=len(list_lengths),
        longest_list=max(list_lengths, default=0),
        numbered_lists=types.count("ordered_list_open"),
        actions=len(front.actions),
        indirect_actions=sum(_YOU.isdisjoint(word.key for word in words) for words in messages[1:]),
        glossary_entries=len(front.glossary),
        has_numbers=any(_NUMBER.search(text.text) for text in texts),
        hard_numbers=_find_all(_HARD_NUMBER, texts),
        probabilities=_find_all(_PROBABILITY, texts),
    )


def _block_name(token: Token) -> str:
    return str(token.meta["name"]) if token.type == "container_block_open" else ""


def _find_captions(tokens: Sequence[Token]) -> Iterator[bool]:
    """Yield for each picture whether it has a caption: words beside it in a figure block."""
    in_figure, pictures, has_caption = False, 0, False
    for token in tokens:
        if _block_name(token) == "figure":
            in_figure, pictures, has_caption = True, 0, False
        elif token.type == "container_block_close" and in_figure:
            yield from [has_caption] * pictures
            in_figure = False
        elif token.type == "inline":
            children = token.children or ()
            pictures_here = sum(child.type == "image" for child in children)
            if not in_figure:
                yield from [False] * pictures_here
            pictures += pictures_here
            has_caption = has_caption or any(child.type == "text" and child.content.strip() for child in children)


def _count_list_items(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the number of items of each list."""
    open_lists: list[int] = []
    for token in tokens:
        if token.type in _LIST_STARTS:
            open_lists.append(0)
        elif token.type == "list_item_open":
            open_lists[-1] += 1
        elif token.type in _LIST_ENDS:
            yield open_lists.pop()


def _find_visual_cues(tokens: Sequence[Token]) -> Iterator[str]:
    types = {token.type for token in tokens}
    if types & _LIST_STARTS:
        yield "lists"
    if any(child.type == "strong_open" for token in tokens for child in token.children or ()):
        yield "bold type"
    if "heading_open" in types:
        yield "subheadings"
    if any(_block_name(token) == "note" for token in tokens):
        yield "boxes"


def _is_unclear(heading: Token) -> bool:
    return not 1 <= len(heading.content.split()) <= _LONGEST_HEADING


def _find_all(pattern: re.Pattern[str], texts: Iterable[PrintedText]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group() for text in texts for match in pattern.finditer(text.text)))
