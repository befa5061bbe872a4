"""Dates as other programs write them, as EDTF: "2019 Mar-Apr" is 2019-03/2019-04, "Spring 2019" is 2019-21."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from handouts.importing.rules import UNREAD_VALUE
from handouts.problems.collector import Problems
from handouts.problems.problem import Place

_EDTF_RANGE: Final = re.compile(r"(\d{4}(?:-\d\d){0,2})[~?%]?/(\d{4}(?:-\d\d){0,2})[~?%]?")
_EDTF_SEASON: Final = re.compile(r"\d{4}-2[1-4]")
_NUMERIC: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2})?(?:[-/](\d{1,2})?(?:/([^/]*))?)?)?")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_TWO_YEARS: Final = re.compile(r"(.*\d{4}.*?)\s*[-/\u2013]\s*(\S*\s*\d{4}.*|\d{4}.*)")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST_MONTH: Final = 3
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_MAX_LENGTH: Final = 60
_MAX_SHOWN: Final = 60  # characters, in a message
_PAIR: Final = 2


def read_date(name: str, written: Iterable[str], place: Place, notes: list[str], problems: Problems) -> str:
    """Return the most exact date of a record that is understood; if none is, the first one goes into the notes."""
    texts = [text for text in written if text]
    dates = [parsed for text in texts if (parsed := parse_date(text))]
    if texts and not dates:
        keep_unread_date(name, texts[0], place, notes, problems)
    return max(dates, key=len, default="")


def keep_unread_date(name: str, written: str, place: Place, notes: list[str], problems: Problems) -> None:
    """Report a date that is not understood, and keep it in the notes of its record."""
    problems.add(UNREAD_VALUE.at(place, field=name, value=written[:_MAX_SHOWN]))
    notes.append(f"{name}: {written}")


def parse_date(text: str) -> str | None:
    """Return a date, month, season, year or range as EDTF; None if the text is none of these."""
    text = " ".join(text.split()).strip(" /.,")
    if not text or len(text) > _MAX_LENGTH:
        return None
    if _EDTF_SEASON.fullmatch(text):
        return text
    between = _EDTF_RANGE.fullmatch(text) or _TWO_YEARS.fullmatch(text)
    if between:
        ends = [parse_date(part) for part in between.groups()]
        return "/".join(end for end in ends if end) if all(ends) else None
    numeric = _NUMERIC.fullmatch(text.rstrip("~?%"))
    if numeric:
        year, month, day, more = numeric.groups()
        season = _SEASONS.get((more or "").strip().lower())
        return f"{year}-{season}" if season and not month else _make_date(year, month, day)
    return _parse_words(_WORD.findall(text))


def _parse_words(words: list[str]) -> str | None:
    """Return the date of words with one year, in any order."""
    years = [word for word in words if _YEAR.fullmatch(word)]
    months = [month for word in words if (month := _find_month(word))]
    seasons = [_SEASONS[word.lower()] for word in words if word.lower() in _SEASONS]
    days = [word for word in words if word.isdecimal() and len(word) <= _PAIR]
    if len(years) != 1 or len(words) != 1 + len(months) + len(seasons) + len(days):
        return None
    if seasons:
        return None if months or days or len(seasons) > 1 else f"{years[0]}-{seasons[0]}"
    starts = _make_date(years[0], months[0] if months else None, days[0] if days else None)
    if len(months) <= 1 and len(days) <= 1:
        return starts
    if len(months) > _PAIR or len(days) > _PAIR or (days and len(months) == _PAIR != len(days)):
        return None
    ends = _make_date(years[0], months[-1] if months else None, days[-1] if days else None)
    return f"{starts}/{ends}" if starts and ends and starts < ends else None


def _find_month(word: str) -> str | None:
    """Return the number of a month, from its name or the first three letters or more."""
    if len(word) < _SHORTEST_MONTH:
        return None
    return next(
        (f"{number:02}" for number, month in enumerate(_MONTHS, start=1) if month.startswith(word.lower())), None
    )


def _make_date(year: str, month: str | None, day: str | None) -> str | None:
    if month in {None, "0", "00"}:
        return year if not day or not int(day) else None
    try:
        date(int(year), int(month or 1), int(day or 1) or 1)
    except ValueError:
        return None
    return "-".join([year, f"{int(month or 1):02}", *([f"{int(day):02}"] if day and int(day) else [])])
