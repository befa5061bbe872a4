"""Dates as CSL has them: days, months, seasons, years, and ranges of these."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema

from handouts.schema.base import BAD_DATE, make_rule_error

_HINT: Final = (
    "write a date such as 1992, 2013-03 or 2019-02-12, a range such as 2019-03/2019-04, or a season such as 2019-21 "
    "(spring; 22 is summer, 23 autumn, 24 winter)"
)
# Levels 0 and 1 of EDTF (https://www.loc.gov/standards/datetime), as far as sources have such dates.
_EDTF: Final = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[~?%]?"
_EDTF_DATE: Final = re.compile(rf"({_EDTF})(?:/({_EDTF}))?")
_FIRST_SEASON: Final = 21  # in EDTF: 21 is spring
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_COUNT: Final = 4
_PARTS: Final = ("year", "month", "day")
# "circa" is not printed: AMA style has no form for it.
_CSL_FIELDS: Final = frozenset({"date-parts", "season", "circa", "literal", "raw", "edtf", *_PARTS})


@dataclass(frozen=True, slots=True)
class CslDate:
    """A day, a month, a season (1 is spring, 4 is winter) or a year; of a range the start, and `end`."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    end: "CslDate | None" = None


def parse_csl_date(value: object) -> object:
    """Return a date from EDTF, from CSL-JSON or from the lists of Pandoc's CSL-YAML. Raises a BAD_DATE error."""
    if isinstance(value, CslDate) or value is None:
        return value
    try:
        return _parse(value)
    except (KeyError, OverflowError, TypeError, ValueError):
        raise make_rule_error(BAD_DATE, hint=_HINT, found=str(value)) from None


def _parse(value: object) -> CslDate:
    match value:
        case str() | int() if not isinstance(value, bool):
            return _parse_edtf(str(value))
        case dict():
            return _parse_csl_json(value)
        case [dict() as start]:
            return _parse_csl_json(start)
        case [dict() as start, dict() as end]:
            return _make_range(_parse_csl_json(start), _parse_csl_json(end))
    raise ValueError


def _parse_edtf(text: str) -> CslDate:
    found = _EDTF_DATE.fullmatch(text)
    if not found:
        raise ValueError
    start, *rest = (
        _make_date([int(part) for part in written.rstrip("~?%").split("-")]) for written in found.groups() if written
    )
    return _make_range(start, rest[0]) if rest else start


def _parse_csl_json(fields: dict[object, object]) -> CslDate:
    if not _CSL_FIELDS.issuperset(fields):
        raise ValueError
    match fields:
        case {"date-parts": [[*parts]]}:
            start = _make_date([int(str(part)) for part in parts])
        case {"date-parts": [[*first], [*last]]}:
            ends = (_make_date([int(str(part)) for part in parts]) for parts in (first, last))
            return _make_range(*ends)
        case {"year": year, **others}:
            parts = [year, *(others[name] for name in _PARTS[1:] if name in others)]
            start = _make_date([int(str(part)) for part in parts])
        case {"edtf": str(text)} | {"raw": str(text)} | {"literal": str(text)}:
            start = _parse_edtf(text)
        case _:
            raise ValueError
    season = fields.get("season")
    return (
        start if season is None or start.month else _make_date([start.year, _FIRST_SEASON - 1 + _find_season(season)])
    )


def _find_season(value: object) -> int:
    text = str(value).strip().lower()
    return _SEASONS[text] if text in _SEASONS else int(text) % (_FIRST_SEASON - 1)


def _make_date(parts: list[int]) -> CslDate:
    year, *rest = parts
    if len(rest) == 1 and _FIRST_SEASON <= rest[0] < _FIRST_SEASON + _SEASON_COUNT:
        date(year, 1, 1)
        return CslDate(year, season=rest[0] - _FIRST_SEASON + 1)
    if len(parts) > len(_PARTS):
        raise ValueError
    first_day = date(year, *[*rest, 1, 1][:2])
    return CslDate(year, first_day.month if rest else None, first_day.day if rest[1:] else None)


def _make_range(start: CslDate, end: CslDate) -> CslDate:
    def order(value: CslDate) -> tuple[int, int, int]:
        return value.year, value.month or 3 * (value.season or 0), value.day or 0

    if start.end or end.end or order(end) < order(start):
        raise ValueError
    return CslDate(start.year, start.month, start.day, start.season, end)


Date = Annotated[
    CslDate,
    BeforeValidator(parse_csl_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_EDTF}(/{_EDTF})?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {
                    "type": "object",
                    "properties": {
                        "date-parts": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 2,
                            "items": {
                                "type": "array",
                                "minItems": 1,
                                "maxItems": 3,
                                "items": {"type": ["integer", "string"]},
                            },
                        },
                        "season": {"type": ["integer", "string"]},
                        "circa": {"type": ["boolean", "integer", "string"]},
                        "edtf": {"type": "string"},
                        "raw": {"type": "string"},
                        "literal": {"type": "string"},
                    },
                    "additionalProperties": False,
                },
                {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object"}},
            ]
        }
    ),
]
