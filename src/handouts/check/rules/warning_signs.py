"""Warning signs: where a handout lists them, it says what to do. The numbers to call are on every print."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.check.plain_language.printed_texts import PrintedText, PrintedUnit, find_printed_texts
from handouts.language.tags import is_same_language
from handouts.model.library import Insert
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

_WARNING_WITHOUT_PHONE: Final = Rule(
    code="warning-without-phone",
    severity=Severity.ERROR,
    title="a list of warning signs does not say whom to call or where to go",
    why="Whoever has such a sign needs to know at once what to do. A section can be printed alone.",
    source="AHRQ, Re-Engineered Discharge Toolkit, https://www.ahrq.gov/patient-safety/settings/hospital/red/toolkit/: "
    "what to do if a problem arises; CDC Clear Communication Index, item 14",
    message='"{heading}" lists warning signs, and does not say whom to call or where to go',
    hint='write what to do, such as "Call us if", "Call 911 if" or "Go to the emergency room if"',
)
RULES: Final = (_WARNING_WITHOUT_PHONE,)

_SIGNS: Final = re.compile(
    r"\b(?:warning|danger|alarm|emergency) (?:signs?|symptoms?)\b|\bred flags?\b"
    r"|\b(?:when it is|when it's|signs? of) an? emergency\b",
    re.IGNORECASE,
)
_ACTION: Final = re.compile(
    r"\b(?:call|phone|ring|dial|contact|tell|telephone|see a|see your|see the|get (?:medical |emergency )?(?:help|"
    r"care)|talk to|speak to|seek|go to|come to|go straight|come back|emergency (?:room|department)|A&E)\b"
    r"|\b\d{3}[ .-]?\d{3,}|\b(?:911|999|112|111|988)\b|\{\{",
    re.IGNORECASE,
)


def check_warning_signs(units: Iterable[PrintedUnit], language: str, problems: Problems) -> None:
    """Report each section or block of an English handout that lists warning signs and no action."""
    if is_same_language(language, "en"):
        _check_units(units, problems)


def check_warning_signs_of_insert(insert: Insert, language: str, problems: Problems) -> None:
    """Report an English insert that lists warning signs and no action."""
    if is_same_language(language, "en"):
        texts = tuple(find_printed_texts(insert.body))
        _check_units([PrintedUnit("", insert.place, texts)], problems)


def _check_units(units: Iterable[PrintedUnit], problems: Problems) -> None:
    for unit in units:
        announced = next(_find_headings(unit), None)
        if announced and not any(_ACTION.search(_get_source(text)) for text in unit.texts):
            place, heading = announced
            problems.add(_WARNING_WITHOUT_PHONE.at(place, heading=heading))


def _get_source(text: PrintedText) -> str:
    """Return a text with its fields, such as {{ practice.phone }}."""
    return text.source.markdown if text.source else text.text


def _find_headings(unit: PrintedUnit) -> Iterator[tuple[Place, str]]:
    """Yield the headings that announce warning signs, and the lines before a list that do."""
    for text in unit.texts:
        if _SIGNS.search(text.text) and (text.kind == "heading" or text.text.rstrip().endswith(":")):
            yield text.place(0), text.text.strip().rstrip(":")
