"""Opening hours of a practice: times that do not exist, and lines that contradict each other."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from handouts.check.rules.weekdays import DAY_NAMES, find_days
from handouts.language.opening_hours import find_closed_word
from handouts.model.library import Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

_ODD_HOURS: Final = Rule(
    code="odd-hours",
    severity=Severity.WARNING,
    title="opening hours make no sense",
    why="Patients would come to a closed door, or not come at all.",
    source="ISO 8601 has times of day from 00:00 to 24:00",
    message='the hours "{hours}" make no sense: {reason}',
    hint="correct them",
)
_DUPLICATE_HOURS: Final = Rule(
    code="duplicate-hours",
    severity=Severity.WARNING,
    title="the same days have opening hours twice",
    why="Patients would not know which hours are right.",
    source="docs/practices.md, hours: one line for each day or span of days",
    message='"{days}" has opening hours twice',
    hint="keep one of the two",
)
_CONTRADICTING_HOURS: Final = Rule(
    code="contradicting-hours",
    severity=Severity.WARNING,
    title="two lines of opening hours contradict each other on a day",
    why="Patients would not know which hours are right, and come to a closed door.",
    source="docs/practices.md, hours: one line for each day or span of days",
    message="these hours contradict those of another line on {days}",
    hint="name each day in one line only, with all of its hours",
)
RULES: Final = (_ODD_HOURS, _DUPLICATE_HOURS, _CONTRADICTING_HOURS)

_TIME: Final = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?", re.IGNORECASE)
_SPAN: Final = re.compile(rf"({_TIME.pattern})\s*(?:to|until|-|\u2013|\u2014)\s*({_TIME.pattern})", re.IGNORECASE)
_BETWEEN_SPANS: Final = re.compile(r"(?:[\s,;/&\u3001]|and|y|v\u00e0|Uhr|h)*", re.IGNORECASE)
_NOON: Final = 12
_LAST_HOUR, _LAST_MINUTE = 24, 59

_Minutes = tuple[tuple[int, int], ...]


def check_hours(practice: Practice, problems: Problems) -> None:
    """Check the opening hours of a practice: each line by itself, and against the others."""
    seen_days: set[str] = set()
    for position, entry in enumerate(practice.profile.hours):
        days = " ".join(entry.days.lower().split())
        if days in seen_days:
            problems.add(_DUPLICATE_HOURS.at(_place_of(practice, position, "days"), days=entry.days))
        seen_days.add(days)
        if reason := find_error_in_hours(entry.hours):
            problems.add(_ODD_HOURS.at(_place_of(practice, position, "hours"), hours=entry.hours, reason=reason))
    for position, contradicted in _find_contradictions(practice):
        names = ", ".join(DAY_NAMES[day] for day in contradicted)
        problems.add(_CONTRADICTING_HOURS.at(_place_of(practice, position, "hours"), days=names))


def find_error_in_hours(hours: str) -> str:
    """Return what is wrong with hours such as "8:00 am to 5:00 pm"; "" if they make sense or are not times."""
    for opens, closes in _find_times(hours):
        for time in (opens, closes):
            if _parse_minutes(time) is None:
                return f"{time.group().strip()} is not a time of day"
        first, last = _parse_minutes(opens), _parse_minutes(closes)
        if _is_exact(opens, closes) and first is not None and last is not None and last <= first:
            return "the practice would close before it opens"
    spans = sorted(_parse_spans(hours) or ())
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return "its times overlap"
    return ""


def _find_contradictions(practice: Practice) -> Iterator[tuple[int, list[int]]]:
    """Yield the position of each line that contradicts one before it, and the days on which it does.

    A line contradicts another if only one of them is closed, or if they have different times that overlap. Lines in
    words that are not understood as a whole, such as "every other Friday", contradict none.
    """
    closed = find_closed_word(practice.language) or ""
    known: list[tuple[frozenset[int], _Minutes]] = []
    for position, entry in enumerate(practice.profile.hours):
        days = find_days(entry.days, practice.language)
        is_closed = entry.hours.strip().lower() in {"closed", closed.lower()}
        spans = () if is_closed else _parse_spans(entry.hours)
        if not days or spans is None:
            continue
        contradicted = {day for others, times in known for day in days & others if _contradict(spans, times)}
        if contradicted:
            yield position, sorted(contradicted)
        known.append((days, spans))


def _contradict(one: _Minutes, other: _Minutes) -> bool:
    if one == other:
        return False
    if not one or not other:
        return True
    return any(opens < last and first < closes for opens, closes in one for first, last in other)


def _parse_spans(hours: str) -> _Minutes | None:
    """Return all times of a text in minutes since midnight; None if it has anything else, or a time without sense."""
    if not _BETWEEN_SPANS.fullmatch(_SPAN.sub("", hours)):
        return None
    spans = []
    for opens, closes in _find_times(hours):
        first, last = _parse_minutes(opens), _parse_minutes(closes)
        if first is not None and last is not None and closes[3] and not opens[3]:
            # As in "1:00 - 5:00 PM", where the mark holds for both.
            same_half = _parse_minutes(opens, closes[3])
            first = same_half if same_half is not None and same_half < last else first
        if first is not None and last is not None and last <= first and not _is_exact(opens, closes):
            last += _NOON * 60
        if first is None or last is None or last <= first:
            return None
        spans.append((first, last))
    return tuple(spans) or None


def _is_exact(opens: re.Match[str], closes: re.Match[str]) -> bool:
    """Return whether times are meant as written, with minutes or am and pm; "9 to 5" is from morning to evening."""
    return bool((opens[2] and closes[2]) or (opens[3] and closes[3]))


def _find_times(hours: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the times from which to which a practice is open."""
    for span in _SPAN.finditer(hours):
        opens, closes = _TIME.fullmatch(span[1].strip()), _TIME.fullmatch(span[5].strip())
        if opens and closes:
            yield opens, closes


def _parse_minutes(time: re.Match[str], half_of_day: str = "") -> int | None:
    """Return the minutes since midnight, or None if it is not a time of day."""
    hour, minute, half = int(time[1]), int(time[2] or 0), (time[3] or half_of_day).lower()
    if minute > _LAST_MINUTE or hour > _LAST_HOUR or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour * 60 + minute


def _place_of(practice: Practice, position: int, name: str) -> Place:
    return practice.profile_at.get(("hours", position, name), practice.place)
