"""Dates, times, temperatures and measures that readers take for another one, or do not know."""

import re
from typing import Final

from handouts.check.patterns import Pattern
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_AMBIGUOUS_DATE: Final = Rule(
    code="ambiguous-date",
    severity=Severity.WARNING,
    title="a date in numbers can be read in two ways",
    why="05/06 is May 6 in the United States and 5 June elsewhere: patients come on the wrong day.",
    source="W3C, Date formats, https://www.w3.org/International/questions/qa-date-format",
    message='"{found}" can be read as two dates',
    hint="write the month as a word",
)
_24_HOUR_TIME: Final = Rule(
    code="24-hour-time",
    severity=Severity.WARNING,
    title="a time of day is written with 24 hours",
    why="Many readers do not use it: they take 14:30 for 4:30, and come two hours late.",
    source="GOV.UK style guide, times, https://www.gov.uk/guidance/style-guide/a-to-z: 5:30pm, not 1730hrs",
    message='"{found}" is a time of the 24-hour clock',
    hint="write it with am or pm",
)
_BARE_TEMPERATURE: Final = Rule(
    code="bare-temperature",
    severity=Severity.WARNING,
    title="a temperature has no degrees, or does not say of which scale",
    why="38 is a fever in Celsius and a cold day in Fahrenheit: whoever has the other thermometer does not call.",
    source="CDC Clear Communication Index, items 15 and 16: numbers the audience uses, and what they mean, "
    "https://www.cdc.gov/ccindex/",
    message='"{found}" does not say of which scale',
    hint="write \u00b0F or \u00b0C after the number",
)
_METRIC_ONLY: Final = Rule(
    code="metric-only",
    severity=Severity.WARNING,
    title="a measure in American spelling is metric only",
    why="Most readers in the United States cannot picture liters and kilograms.",
    source="CDC Clear Communication Index, item 15: numbers the primary audience uses, https://www.cdc.gov/ccindex/",
    message='"{found}" is in metric units only',
    hint="add cups, pounds, feet or miles in brackets",
)
RULES: Final = (_AMBIGUOUS_DATE, _24_HOUR_TIME, _BARE_TEMPERATURE, _METRIC_ONLY)

_HOUSEHOLD: Final = re.compile(
    r"\b(?:cups?|glass(?:es)?|ounces?|oz|pounds?|lbs?|miles?|inch(?:es)?|feet|foot|quarts?|pints?|gallons?|yards?)\b",
    re.IGNORECASE,
)


def _has_no_household_measure(text: str, _position: int) -> bool:
    return not _HOUSEHOLD.search(text)


PATTERNS: Final = (
    Pattern(
        _AMBIGUOUS_DATE,
        re.compile(
            r"(?<![\d/.-])(?P<a>0?[1-9]|1[0-2])(?P<sep>[/.-])(?!0?(?P=a)(?P=sep))(?:0?[1-9]|"
            r"1[0-2])(?P=sep)(?:\d{4}|\d{2})(?![\d/.-]*\d)"
        ),
        "",
    ),
    Pattern(
        _24_HOUR_TIME,
        re.compile(r"\b(?:at|by|to|from|till|after|until|before) (?:1[3-9]|2[0-3]):[0-5]\d\b"),
        "",
    ),
    Pattern(
        _BARE_TEMPERATURE,
        re.compile(
            r"\b(?:fever|temperature)\b(?: (?:that|which|is|goes|rises|gets|of|over|above|below|under|at|to|"
            r"reaches|about|higher|lower|more|less|than|least|greater|or|up))*"
            r" (?P<n>3[4-9](?:\.\d)?|4[0-3](?:\.\d)?|9[4-9](?:\.\d)?|10\d(?:\.\d)?)(?![\d%]|"
            r"\.\d)(?!\s?(?:\u00b0|\u00ba|degrees?\b|days?\b|weeks?\b|hours?\b|\u2103|\u2109))",
            re.IGNORECASE,
        ),
        "",
    ),
    Pattern(
        _METRIC_ONLY,
        re.compile(r"(?<![\w.,])\d[\d.,]{0,12}[\s-](?:liters?|kilograms?|kilometers?|meters?|centimeters?)\b"),
        "",
        _has_no_household_measure,
    ),
)
