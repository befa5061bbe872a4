"""What a machine can say about each item; the rest is left to a person, with what there is to look at."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from handouts.check.pemat.facts import Facts
from handouts.schema.plain_language import PlainLanguage


class Answer(Enum):
    """How an item is answered; ASK leaves it to a person."""

    YES = "yes"
    NO = "no"
    NONE = "not applicable"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Score:
    """An answer and what it rests on."""

    answer: Answer
    evidence: str = ""


_SHORT: Final = 2  # paragraphs of what AHRQ calls very short material
_LONGEST_SECTION: Final = 300  # words; about one page of a handout
_LONGEST_LIST: Final = 7  # items, by the CDC
_LONGEST_MESSAGE: Final = 3  # sentences, by the CDC
_SHOWN: Final = 3


def _judge(evidence: str, *, agree: bool) -> Score:
    return Score(Answer.YES if agree else Answer.NO, evidence)


def _ask(evidence: str = "") -> Score:
    return Score(Answer.ASK, evidence)


def _none(evidence: str) -> Score:
    return Score(Answer.NONE, evidence)


def pemat_scores(facts: Facts, settings: PlainLanguage) -> dict[int, Score]:
    """Score the items of PEMAT-P by their numbers."""
    visual = facts.figures + facts.icon_arrays
    no_visual = _none("no picture and no icon array")
    short = facts.paragraphs <= _SHORT
    very_short = _none(f"very short: {_count(facts.paragraphs, 'paragraph')}")
    return {
        1: _ask(f'the title is "{facts.title}", the main message "{facts.main_message}"'),
        2: _ask(),
        3: _everyday(facts, settings),
        4: _medical(facts),
        5: _voice(facts, settings),
        6: _numbers(facts),
        7: _ask() if facts.has_numbers else _judge("no numbers in the text", agree=True),
        8: very_short if short else _chunks(facts),
        9: very_short if short else _ask(f"every section has a heading of its own ({facts.sections})"),
        10: _ask(),
        11: very_short if short else _judge("the main message is printed first, as the main point", agree=True),
        12: _judge(", ".join(facts.cues) or "no list, no bold type, no subheading, no box", agree=bool(facts.cues)),
        15: _ask(_visuals(facts)),
        16: _ask(_visuals(facts)) if visual else no_visual,
        17: _captions(facts) if visual else no_visual,
        18: _ask(_visuals(facts)) if facts.figures else _none("no picture"),
        19: _tables(facts),
        20: _actions(facts),
        21: _direct(facts),
        22: _ask(f"{_count(facts.steps, 'numbered list')}, {_count(facts.actions, 'action')}"),
        23: _judge(f"a checklist of {_count(facts.actions, 'action')} to tick is printed", agree=True)
        if facts.actions
        else _ask("no checklist: the front matter has no actions"),
        24: _ask() if facts.has_numbers else _none("no numbers in the text"),
        25: _ask(f"{_count(facts.tables, 'table')}, {_visuals(facts)}")
        if facts.tables + visual
        else _none("none of them"),
        26: _ask(_visuals(facts)),
    }


def index_scores(facts: Facts) -> dict[int, Score]:
    """Score the items of the CDC Clear Communication Index by their numbers."""
    one_message = facts.main_sentences <= _LONGEST_MESSAGE
    calls = f"{_count(facts.actions, 'action')} in the front matter"
    no_numbers = _none("no numbers in the text")
    words = sum(facts.codes.get(code, 0) for code in ("jargon", "undefined-abbreviation", "long-word"))
    return {
        1: _judge(f"the main message has {_count(facts.main_sentences, 'sentence')}", agree=one_message),
        2: _judge("it is printed first, before all sections", agree=True),
        3: _judge("it is printed on its own and larger, beside a line in the brand's color", agree=True),
        4: _ask(_visuals(facts)) if facts.figures + facts.icon_arrays else _judge("no picture", agree=False),
        5: _judge(calls, agree=True) if facts.actions else _ask(calls),
        6: _messages(facts),
        7: _judge(f"{_count(words, 'word')} to replace or explain: see the findings", agree=False)
        if words
        else _ask("no word of the word list is unexplained" if facts.is_english else ""),
        8: _lists(facts),
        9: _judge(f"{_count(facts.sections, 'section')}, each with a heading", agree=facts.sections > 1),
        10: _ask(f'the main message, printed first, is "{facts.main_message}"'),
        11: _ask(),
        12: _judge(calls, agree=True) if facts.actions else _ask(calls),
        13: _ask(),
        14: _ask(f"{_count(facts.steps, 'numbered list')}"),
        15: _ask(_shown("not whole numbers", facts.hard_numbers)) if facts.has_numbers else no_numbers,
        16: _ask() if facts.has_numbers else no_numbers,
        17: _ask("here, No is the better answer") if facts.has_numbers else no_numbers,
        18: _ask(),
        19: _ask(),
        20: _ask(f"{_shown('probabilities', facts.probabilities)}; {_count(facts.icon_arrays, 'icon array')}")
        if facts.probabilities
        else _none("no numeric probability"),
    }


def _everyday(facts: Facts, settings: PlainLanguage) -> Score:
    if not facts.is_english:
        return _ask("reading grades and the word list are for English only")
    long = facts.codes.get("long-word", 0)
    evidence = (
        f"reading grade {facts.grade:.1f} (SMOG {facts.smog:.1f}), {_count(long, 'long word')} with a plainer one"
    )
    return _judge(evidence, agree=facts.grade <= settings.grade and not long)


def _medical(facts: Facts) -> Score:
    if not facts.is_english:
        return _ask()
    open_words = facts.codes.get("jargon", 0) + facts.codes.get("undefined-abbreviation", 0)
    if open_words:
        return _judge(f"{_count(open_words, 'word')} not explained: see the findings", agree=False)
    return _ask(f"no listed word is unexplained; the glossary has {_count(facts.glossary, 'word')}")


def _voice(facts: Facts, settings: PlainLanguage) -> Score:
    if not facts.is_english:
        return _ask()
    evidence = f"{facts.passive} of {_count(facts.voiced, 'sentence')} in the passive voice (an estimate)"
    return _judge(evidence, agree=100 * facts.passive <= settings.passive_percent * facts.voiced)


def _numbers(facts: Facts) -> Score:
    if not facts.has_numbers:
        return _none("no numbers in the text")
    evidence = _shown("not whole numbers", facts.hard_numbers) if facts.hard_numbers else "whole numbers only"
    return _judge(evidence, agree=not facts.hard_numbers)


def _chunks(facts: Facts) -> Score:
    length, title = facts.longest_section
    evidence = f'{_count(facts.sections, "section")}, the longest of {length} words ("{title}")'
    return _judge(evidence, agree=facts.sections > 1 and length <= _LONGEST_SECTION)


def _captions(facts: Facts) -> Score:
    evidence = f"{_visuals(facts)}; {facts.uncaptioned} without a caption"
    return _judge(evidence, agree=not facts.uncaptioned)


def _tables(facts: Facts) -> Score:
    if not facts.tables:
        return _none("no table")
    evidence = f"{_count(facts.tables, 'table')}, {_count(facts.poor_headings, 'heading')} empty or over five words"
    return _judge(evidence, agree=not facts.poor_headings)


def _actions(facts: Facts) -> Score:
    if facts.actions:
        return _judge(f"{_count(facts.actions, 'action')} in the checklist", agree=True)
    return _ask("the front matter has no actions")


def _direct(facts: Facts) -> Score:
    if not facts.actions or not facts.is_english or facts.indirect_actions:
        return _ask(f"{facts.indirect_actions} of {_count(facts.actions, 'action')} without you or your")
    return _judge("every action of the checklist speaks to you", agree=True)


def _messages(facts: Facts) -> Score:
    if not facts.is_english or not facts.actions:
        return _ask()
    evidence = f"{_count(facts.passive_in_messages, 'sentence')} of them in the passive voice (an estimate)"
    return _judge(evidence, agree=not facts.passive_in_messages)


def _lists(facts: Facts) -> Score:
    evidence = f"{_count(facts.lists, 'list')}, the longest of {_count(facts.longest_list, 'item')}"
    return _judge(evidence, agree=0 < facts.longest_list <= _LONGEST_LIST)


def _visuals(facts: Facts) -> str:
    return f"{_count(facts.figures, 'picture')}, {_count(facts.icon_arrays, 'icon array')}"


def _shown(what: str, numbers: tuple[str, ...]) -> str:
    if not numbers:
        return f"{what}: none"
    return f"{what}: {', '.join(numbers[:_SHOWN])}{' ...' if len(numbers) > _SHOWN else ''}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
