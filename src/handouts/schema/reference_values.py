"""Values in references.yaml: texts, ids, DOIs and dates, as CSL-YAML writes them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import BAD_DATE, NotPrinted, check_no_markup, make_rule_error

BAD_REFERENCE_ID: Final = Rule(
    "bad-reference-id",
    Severity.ERROR,
    title="an invalid id of a reference",
    why="Handouts could not cite it.",
    source="Pandoc User's Guide, citation syntax (https://pandoc.org/MANUAL.html#citation-syntax), a subset of it",
    message='invalid reference id "{found}"',
    hint="use letters and digits, with single : . + - or _ between them",
)
BAD_DOI: Final = Rule(
    "bad-doi",
    Severity.ERROR,
    title="an invalid DOI",
    why="Readers find the source by it.",
    source="DOI Handbook, DOI name syntax (https://www.doi.org/doi-handbook/HTML/doi-name-syntax2.html)",
    message='invalid DOI "{found}"',
    hint="write a DOI such as 10.1000/182",
)
RULES: Final = (BAD_REFERENCE_ID, BAD_DOI)

_DATE_HINT: Final = "write a date such as 1992, 2013-03 or 2019-02-12"

# A subset of Pandoc's citation keys: punctuation is never doubled and never at the end.
REFERENCE_ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_]*([:.+-][A-Za-z0-9_]+)*"
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_ITALICS = re.compile(r"(?<!\w)\*(\S(?:[^*]*\S)?)\*(?!\w)")
_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class CslDate:
    """A day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None


def _normalize_line(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return unicodedata.normalize("NFC", " ".join(value.split())) if isinstance(value, str) else value


def _check_printed(value: str) -> str:
    # Words between asterisks are set in italics (handouts.ama.styled_text); all else is printed as it is.
    check_no_markup(_ITALICS.sub(lambda found: found[1], value))
    return value


def _check_reference_id(value: str) -> str:
    if not re.fullmatch(REFERENCE_ID_PATTERN, value):
        raise make_rule_error(BAD_REFERENCE_ID, found=value)
    return value


def _parse_doi(value: str) -> str:
    match = _DOI.fullmatch(value)
    if not match:
        raise make_rule_error(BAD_DOI, found=value)
    return match[1]


def _parse_date_parts(value: object) -> list[int]:
    """Return year, month and day of a CSL date, as far as it has them. Raises ValueError if it is not a date."""
    match value:
        case {"date-parts": [[*parts]], **others} if parts and not others:
            return [int(str(part)) for part in parts]
        case str() | int():
            match = _EDTF.fullmatch(str(value))
            if match:
                return [int(part) for part in match.groups() if part]
    raise ValueError


def _parse_csl_date(value: object) -> object:
    if isinstance(value, CslDate):
        return value
    try:
        parts = _parse_date_parts(value)
        date(*parts, *(1,) * (3 - len(parts)))
        return CslDate(*parts)
    except (OverflowError, TypeError, ValueError):
        raise make_rule_error(BAD_DATE, hint=_DATE_HINT, found=str(value)) from None


Line = Annotated[
    str,
    BeforeValidator(_normalize_line),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1}),
]
PrintedLine = Annotated[Line, AfterValidator(_check_printed)]
ReferenceId = Annotated[
    Line,
    NotPrinted(),
    AfterValidator(_check_reference_id),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{REFERENCE_ID_PATTERN}$"}),
]
Doi = Annotated[Line, AfterValidator(_parse_doi)]
Date = Annotated[
    CslDate,
    BeforeValidator(_parse_csl_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_EDTF.pattern}$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {
                    "type": "object",
                    "properties": {
                        "date-parts": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 1,
                            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                        }
                    },
                    "required": ["date-parts"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
