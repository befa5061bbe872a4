"""Where citations stand, and where one is lacking: after stops and commas, never at a number, one with each figure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from markdown_it.token import Token

from handouts.check.passages import Passage
from handouts.model.library import Body, Citation
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule

_AMA: Final = "AMA Manual of Style, 11th ed, 3.6, Citation (https://academic.oup.com/amamanualofstyle)"

_BEFORE_STOP: Final = Rule(
    "citation-before-stop",
    Severity.WARNING,
    "a citation stands before a full stop or a comma",
    "In AMA style the number follows full stops and commas. Before them it looks like part of the last word.",
    _AMA,
)
_AFTER_COLON: Final = Rule(
    "citation-after-colon",
    Severity.WARNING,
    "a citation stands after a colon or a semicolon",
    "In AMA style the number stands before colons and semicolons, with the words that it belongs to.",
    _AMA,
)
_AFTER_NUMBER: Final = Rule(
    "citation-after-number",
    Severity.WARNING,
    "a citation stands right after a number or a unit",
    'A raised 2 right after "10 cm" reads as a power, and after a number as one more digit: the patient reads another '
    "dose or size.",
    _AMA,
)
_UNCITED: Final = Rule(
    "uncited-figure",
    Severity.WARNING,
    "a paragraph has a figure and no source for it",
    "Readers and reviewers can only check a number whose source is named.",
    "PIF TICK criteria, evidence and sources (https://piftick.org.uk); DISCERN, questions 4 and 5 "
    "(https://jech.bmj.com/content/53/2/105)",
)
RULES: Final = (_BEFORE_STOP, _AFTER_COLON, _AFTER_NUMBER, _UNCITED)

_CITED: Final = r"\[\s*@[^\[\]\n]+\]"
_STOP_AFTER: Final = re.compile(rf"({_CITED})\s*[.,](?!\d)")
_COLON_BEFORE: Final = re.compile(rf"[:;]\s*({_CITED})")
_UNITS: Final = "mm|cm|km|m|kg|mg|mcg|µg|μg|g|ml|mL|dl|dL|l|L|in|ft|lb|oz|°C|°F|%|mmHg|kcal|kPa|kg/m|h|min|s|cc|IU|mmol"
_NUMBER_BEFORE: Final = re.compile(rf"(?:\d(?:\s?(?:{_UNITS}))?|[²³])[*_]*\s?({_CITED})")
_COUNT: Final = "(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)"
_FIGURE: Final = re.compile(
    rf"(?<![0-9.,])[0-9][0-9.,]*\s?(?:%|percent\b|per cent\b)"
    rf"|\b{_COUNT} (?:in|of|out of) (?:every )?{_COUNT}\b(?! of these)"
    rf"|(?<![0-9.,])[0-9][0-9.,]* (?:thousand|million|billion)\b"
    rf"|\b(?:twice|{_COUNT} times) (?:as|more|less|higher|lower)\b",
    re.IGNORECASE,
)


def citation_findings(passages: Iterable[Passage], notes: Mapping[str, Body]) -> Iterator[Problem]:
    """Report citations in the wrong place, and figures without one; `notes` are those that the passages refer to."""
    cited_notes = {label for label, note in notes.items() if any(isinstance(mark, Citation) for mark in note.marks)}
    cited: dict[int, bool] = {}  # by the identity of the group: all cells of a table share theirs
    for passage in passages:
        if "[" in passage.written:
            yield from _misplaced(passage)
        found = _FIGURE.search(passage.written)
        if found and id(passage.group) not in cited:
            children = (child for token in passage.group for child in token.children or ())
            cited[id(passage.group)] = any(_cites(child, cited_notes) for child in children)
        if found and not cited[id(passage.group)]:
            message = f'no source is given for "{found.group()}"'
            hint = "cite it in this paragraph, [@key], or accept it with a reason"
            yield _UNCITED.found(message, passage.place(found.start()), hint)


def _misplaced(passage: Passage) -> Iterator[Problem]:
    written = passage.written
    for found in _STOP_AFTER.finditer(written):
        mark = found.group()[-1]
        hint = f'put it behind the {"full stop" if mark == "." else "comma"}: "{mark}{found[1]}"'
        yield _BEFORE_STOP.found(f'{found[1]} stands before "{mark}"', passage.place(found.start(1)), hint)
    for found in _COLON_BEFORE.finditer(written):
        mark = found.group()[0]
        message = f'{found[1]} stands after "{mark}"'
        yield _AFTER_COLON.found(message, passage.place(found.start(1)), f'put it before: "{found[1]}{mark}"')
    for found in _NUMBER_BEFORE.finditer(written):
        words = written[: found.start(1)].split()[-2:]
        message = f'{found[1]} stands right after "{" ".join(words)}"'
        hint = "put it after a word, or at the end of the sentence"
        yield _AFTER_NUMBER.found(message, passage.place(found.start(1)), hint)


def _cites(child: Token, cited_notes: Collection[str]) -> bool:
    return child.type == "citation" or (child.type == "footnote_ref" and child.meta["label"] in cited_notes)
