"""The answers to those items that a program can judge; the others are left to a person, with evidence to look at."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from handouts.check.pemat.facts import Facts
from handouts.schema.plain_language import PlainLanguage


class Answer(Enum):
    """The answer to an item; ASK leaves it to a person."""

    YES = "yes"
    NO = "no"
    NONE = "not applicable"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Score:
    """An answer and its evidence."""

    answer: Answer
    evidence: str = ""


_VERY_SHORT: Final = 2  # paragraphs, as AHRQ defines very short material
_LONGEST_SECTION: Final = 300  # words; about one page of a handout
_LONGEST_LIST: Final = 7  # items, by the CDC
_LONGEST_MESSAGE: Final = 3  # sentences, by the CDC
_SHOWN_NUMBERS: Final = 3


def _answer(evidence: str, *, agree: bool) -> Score:
    return Score(Answer.YES if agree else Answer.NO, evidence)


def _ask(evidence: str = "") -> Score:
    return Score(Answer.ASK, evidence)


def _not_applicable(evidence: str) -> Score:
    return Score(Answer.NONE, evidence)


def score_pemat(facts: Facts, settings: PlainLanguage) -> dict[int, Score]:
    """Return the scores of the items of PEMAT-P, by number."""
    visual = facts.pictures + facts.icon_arrays
    no_visual = _not_applicable("no picture and no icon array")
    short = facts.paragraphs <= _VERY_SHORT
    very_short = _not_applicable(f"very short: {_count(facts.paragraphs, 'paragraph')}")
    return {
        1: _ask(f'the title is "{facts.title}", the main message "{facts.main_message}"'),
        2: _ask(),
        3: _score_everyday_words(facts, settings),
        4: _score_medical_words(facts),
        5: _score_voice(facts, settings),
        6: _score_numbers(facts),
        7: _ask() if facts.has_numbers else _answer("no numbers in the text", agree=True),
        8: very_short if short else _score_chunks(facts),
        9: very_short if short else _ask(f"every section has a heading of its own ({facts.sections})"),
        10: _ask(),
        11: very_short if short else _answer("the main message is printed first, as the main point", agree=True),
        12: _answer(
            ", ".join(facts.visual_cues) or "no list, no bold type, no subheading, no box",
            agree=bool(facts.visual_cues),
        ),
        15: _ask(_count_visuals(facts)),
        16: _ask(_count_visuals(facts)) if visual else no_visual,
        17: _score_captions(facts) if visual else no_visual,
        18: _ask(_count_visuals(facts)) if facts.pictures else _not_applicable("no picture"),
        19: _score_tables(facts),
        20: _score_actions(facts),
        21: _score_direct_address(facts),
        22: _ask(f"{_count(facts.numbered_lists, 'numbered list')}, {_count(facts.actions, 'action')}"),
        23: _answer(f"a checklist of {_count(facts.actions, 'action')} to tick is printed", agree=True)
        if facts.actions
        else _ask("no checklist: the front matter has no actions"),
        24: _ask() if facts.has_numbers else _not_applicable("no numbers in the text"),
        25: _ask(f"{_count(facts.tables, 'table')}, {_count_visuals(facts)}")
        if facts.tables + visual
        else _not_applicable("none of them"),
        26: _ask(_count_visuals(facts)),
    }


def score_index(facts: Facts) -> dict[int, Score]:
    """Return the scores of the items of the CDC Clear Communication Index, by number."""
    one_message = facts.main_message_sentences <= _LONGEST_MESSAGE
    calls = f"{_count(facts.actions, 'action')} in the front matter"
    no_numbers = _not_applicable("no numbers in the text")
    words = sum(facts.codes.get(code, 0) for code in ("jargon", "undefined-abbreviation", "long-word"))
    return {
        1: _answer(f"the main message has {_count(facts.main_message_sentences, 'sentence')}", agree=one_message),
        2: _answer("it is printed first, before all sections", agree=True),
        3: _answer("it is printed on its own and larger, beside a line in the brand's color", agree=True),
        4: _ask(_count_visuals(facts)) if facts.pictures + facts.icon_arrays else _answer("no picture", agree=False),
        5: _answer(calls, agree=True) if facts.actions else _ask(calls),
        6: _score_messages(facts),
        7: _answer(f"{_count(words, 'word')} to replace or explain: see the findings", agree=False)
        if words
        else _ask("no word of the word list is unexplained" if facts.is_english else ""),
        8: _score_lists(facts),
        9: _answer(f"{_count(facts.sections, 'section')}, each with a heading", agree=facts.sections > 1),
        10: _ask(f'the main message, printed first, is "{facts.main_message}"'),
        11: _ask(),
        12: _answer(calls, agree=True) if facts.actions else _ask(calls),
        13: _ask(),
        14: _ask(f"{_count(facts.numbered_lists, 'numbered list')}"),
        15: _ask(_list_first("not whole numbers", facts.hard_numbers)) if facts.has_numbers else no_numbers,
        16: _ask() if facts.has_numbers else no_numbers,
        17: _ask("here, No is the better answer") if facts.has_numbers else no_numbers,
        18: _ask(),
        19: _ask(),
        20: _ask(f"{_list_first('probabilities', facts.probabilities)}; {_count(facts.icon_arrays, 'icon array')}")
        if facts.probabilities
        else _not_applicable("no numeric probability"),
    }


def _score_everyday_words(facts: Facts, settings: PlainLanguage) -> Score:
    if not facts.is_english:
        return _ask("reading grades and the word list are for English only")
    long = facts.codes.get("long-word", 0)
    evidence = (
        f"reading grade {facts.grade:.1f} (SMOG {facts.smog:.1f}), {_count(long, 'long word')} with a plainer one"
    )
    return _answer(evidence, agree=facts.grade <= settings.grade and not long)


def _score_medical_words(facts: Facts) -> Score:
    if not facts.is_english:
        return _ask()
    open_words = facts.codes.get("jargon", 0) + facts.codes.get("undefined-abbreviation", 0)
    if open_words:
        return _answer(f"{_count(open_words, 'word')} not explained: see the findings", agree=False)
    return _ask(f"no listed word is unexplained; the glossary has {_count(facts.glossary_entries, 'word')}")


def _score_voice(facts: Facts, settings: PlainLanguage) -> Score:
    if not facts.is_english:
        return _ask()
    evidence = f"{facts.passive_sentences} of {_count(facts.sentences, 'sentence')} in the passive voice (an estimate)"
    return _answer(evidence, agree=100 * facts.passive_sentences <= settings.passive_percent * facts.sentences)


def _score_numbers(facts: Facts) -> Score:
    if not facts.has_numbers:
        return _not_applicable("no numbers in the text")
    evidence = _list_first("not whole numbers", facts.hard_numbers) if facts.hard_numbers else "whole numbers only"
    return _answer(evidence, agree=not facts.hard_numbers)


def _score_chunks(facts: Facts) -> Score:
    length = facts.longest_section
    longest = f'the longest of {length} words ("{facts.longest_section_title}")'
    evidence = f"{_count(facts.sections, 'section')}, {longest}"
    return _answer(evidence, agree=facts.sections > 1 and length <= _LONGEST_SECTION)


def _score_captions(facts: Facts) -> Score:
    evidence = f"{_count_visuals(facts)}; {facts.uncaptioned_pictures} without a caption"
    return _answer(evidence, agree=not facts.uncaptioned_pictures)


def _score_tables(facts: Facts) -> Score:
    if not facts.tables:
        return _not_applicable("no table")
    evidence = f"{_count(facts.tables, 'table')}, {_count(facts.unclear_headings, 'heading')} empty or over five words"
    return _answer(evidence, agree=not facts.unclear_headings)


def _score_actions(facts: Facts) -> Score:
    if facts.actions:
        return _answer(f"{_count(facts.actions, 'action')} in the checklist", agree=True)
    return _ask("the front matter has no actions")


def _score_direct_address(facts: Facts) -> Score:
    if not facts.actions or not facts.is_english or facts.indirect_actions:
        return _ask(f"{facts.indirect_actions} of {_count(facts.actions, 'action')} without you or your")
    return _answer("every action of the checklist speaks to you", agree=True)


def _score_messages(facts: Facts) -> Score:
    if not facts.is_english or not facts.actions:
        return _ask()
    evidence = f"{_count(facts.passive_messages, 'sentence')} of them in the passive voice (an estimate)"
    return _answer(evidence, agree=not facts.passive_messages)


def _score_lists(facts: Facts) -> Score:
    evidence = f"{_count(facts.lists, 'list')}, the longest of {_count(facts.longest_list, 'item')}"
    return _answer(evidence, agree=0 < facts.longest_list <= _LONGEST_LIST)


def _count_visuals(facts: Facts) -> str:
    return f"{_count(facts.pictures, 'picture')}, {_count(facts.icon_arrays, 'icon array')}"


def _list_first(name: str, numbers: tuple[str, ...]) -> str:
    if not numbers:
        return f"{name}: none"
    return f"{name}: {', '.join(numbers[:_SHOWN_NUMBERS])}{' ...' if len(numbers) > _SHOWN_NUMBERS else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
