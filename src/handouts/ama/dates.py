"""Formats dates, as "February 12, 2019", "March-April 2019", "Spring 2019" or "2018-2019"."""

from typing import Final

from handouts.schema.csl_date import CslDate

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")


def format_date(value: CslDate | None) -> str:
    """Return a date or a range, with what both ends share written once; an empty string for None."""
    if value is None:
        return ""
    end = value.end
    if end is None:
        return _format_day(value)
    if value.year != end.year:
        return f"{_format_day(value)}-{_format_day(end)}"
    first, last = _format_month(value), _format_month(end)
    if not (first and last):
        return _format_day(value)
    if value.day and end.day:
        ends = f"{first} {value.day}-{'' if first == last else f'{last} '}{end.day}"
        return f"{ends}, {value.year}"
    return f"{first if first == last else f'{first}-{last}'} {value.year}"


def format_year(value: CslDate | None) -> str:
    """Return the year of a date, or both of a range; an empty string for None."""
    if value is None:
        return ""
    last = value.end.year if value.end else value.year
    return str(value.year) if last == value.year else f"{value.year}-{last}"


def _format_day(value: CslDate) -> str:
    day = f"{value.day}," if value.day else ""
    return " ".join(part for part in (_format_month(value), day, str(value.year)) if part)


def _format_month(value: CslDate) -> str:
    if value.season:
        return _SEASONS[value.season - 1]
    return _MONTHS[value.month - 1] if value.month else ""
