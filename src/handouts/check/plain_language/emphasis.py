"""Emphasis that is hard to read: words in capitals and italics."""

from collections.abc import Iterator
from typing import Final

from handouts.check.plain_language.analysis import AnalyzedText
from handouts.check.plain_language.words import shorten_text
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_CLEAR_PRINT: Final = (
    "UK Association for Accessible Formats, Creating clear print and large print documents, G003 (2019);"
    " CMS, Toolkit for Making Written Material Clear and Effective, https://www.hhs.gov/guidance/document/"
    "toolkit-part-4-guidelines-writing"
)

_ALL_CAPITALS: Final = Rule(
    code="all-capitals",
    severity=Severity.WARNING,
    title="words are written in capitals",
    why="Words in capitals lose their shape, are read letter by letter, and seem to shout. Bold type does not.",
    source=_CLEAR_PRINT,
    message='"{words}" is in capitals',
    hint="use small letters; **bold** stands out",
)
_ITALICS: Final = Rule(
    code="italics",
    severity=Severity.WARNING,
    title="words are in italics",
    why="Slanted letters are hard to read for people with low vision or dyslexia. Bold type stands out just as well.",
    source=_CLEAR_PRINT,
    message='"{words}" is in italics',
    hint="write **it like this** for bold, or leave it plain",
)
RULES: Final = (_ALL_CAPITALS, _ITALICS)

_ONE_LETTER_WORDS: Final = frozenset({"A", "I"})


def check_capitals(text: AnalyzedText, problems: Problems) -> None:
    """Report each run of words in capitals, unless all of them are abbreviations."""
    if not any(text.words[position].is_emphatic for position in text.in_capitals):
        return
    for run in _find_runs_in_capitals(text):
        if any(text.words[position].is_emphatic and not _is_organization(text, position) for position in run):
            capitals = " ".join(word.plain for word in text.words[run[0] : run[-1] + 1])
            problems.add(_ALL_CAPITALS.at(text.place(run[0]), words=shorten_text(capitals)))


def _is_organization(text: AnalyzedText, position: int) -> bool:
    """Return whether WHO is the World Health Organization."""
    before = [word.key for word in text.words[max(0, position - 3) : position]]
    is_written_out = before == ["world", "health", "organization"]
    return text.words[position].plain == "WHO" and (before[-1:] in (["the"], ["by"], ["and"]) or is_written_out)


def check_italics(text: AnalyzedText, problems: Problems) -> None:
    """Report words in italics."""
    for start, end in text.text.italics:
        problems.add(_ITALICS.at(text.text.place(start), words=shorten_text(text.text.text[start:end])))


def _find_runs_in_capitals(text: AnalyzedText) -> Iterator[list[int]]:
    """Yield the positions of neighboring words in capitals; "A" and "I" may come between them."""
    run: list[int] = []
    for position in text.in_capitals:
        between = text.words[run[-1] + 1 : position] if run else []
        if run and any(word.plain not in _ONE_LETTER_WORDS for word in between):
            yield run
            run = []
        run.append(position)
    yield run
