"""Values in references.yaml: texts, ids and DOIs, as CSL-YAML writes them."""

import html
import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import NotPrinted, check_no_markup, make_rule_error
from handouts.schema.inline_markup import remove_inline_markup

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

# A subset of Pandoc's citation keys: punctuation is never doubled and never at the end.
REFERENCE_ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_]*([:.+-][A-Za-z0-9_]+)*"
_CHARACTER_CODE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)


def _normalize_line(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return value
    decoded = _CHARACTER_CODE.sub(_decode_character, value)
    return unicodedata.normalize("NFC", " ".join(decoded.split()))


def _decode_character(code: re.Match[str]) -> str:
    """Return the character of a code of HTML such as &amp;, which publishers and programs write in titles.

    One that would start a tag, or that nobody sees, stays a code: it is reported.
    """
    character = html.unescape(code[0])
    is_plain = character.isprintable() or character.isspace()
    return character if is_plain and character not in {"<", ">", "\N{REPLACEMENT CHARACTER}"} else code[0]


def _check_printed(value: str) -> str:
    check_no_markup(remove_inline_markup(value))
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


Line = Annotated[
    str,
    BeforeValidator(_normalize_line),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1}),
]
PlainLine = Annotated[Line, AfterValidator(check_no_markup)]  # printed as written
PrintedLine = Annotated[Line, AfterValidator(_check_printed)]  # may have inline markup
ReferenceId = Annotated[
    Line,
    NotPrinted(),
    AfterValidator(_check_reference_id),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{REFERENCE_ID_PATTERN}$"}),
]
Doi = Annotated[Line, AfterValidator(_parse_doi)]
