"""content/references.yaml: the sources that handouts cite, as CSL-YAML."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import BAD_DATE, NotPrinted, Schema, check_no_markup, rule_error
from handouts.schema.checks import Accepted
from handouts.schema.practice import WebAddress

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
    source="DOI Handbook, 2 (https://www.doi.org/doi-handbook/HTML/)",
    message='invalid DOI "{found}"',
    hint="write a DOI such as 10.1000/182",
)
BAD_NAME: Final = Rule(
    "bad-name",
    Severity.ERROR,
    title="an author that is neither a person nor an organization",
    why="Names in the list of references would be printed wrong.",
    source="CSL 1.0.2, names (https://docs.citationstyles.org/en/stable/specification.html)",
    message="this is not a list of names of persons or organizations",
    hint="write - {{family: Silverman, given: S. L.}} for a person, - {{literal: ...}} for an organization",
)
INCOMPLETE_REFERENCE: Final = Rule(
    "incomplete-reference",
    Severity.ERROR,
    title="a reference without type or title",
    why="It cannot be printed. Write status: missing if it is not known.",
    source="docs/authors.md, references.yaml; CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html)",
    message='reference "{id}" lacks {lacking}',
    hint='if its source is not known, write "status: missing"',
)
RULES: Final = (BAD_REFERENCE_ID, BAD_DOI, BAD_NAME, INCOMPLETE_REFERENCE)
_DATE_HINT: Final = "write a date such as 1992, 2013-03 or 2019-02-12"

# A subset of Pandoc's citation keys: punctuation stands singly, and never at the end.
REFERENCE_ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_]*([:.+-][A-Za-z0-9_]+)*"
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_ITALICS = re.compile(r"(?<!\w)\*(\S(?:[^*]*\S)?)\*(?!\w)")
_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

ReferenceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "chapter",
    "entry-dictionary",
    "entry-encyclopedia",
    "paper-conference",
    "post",
    "post-weblog",
    "report",
    "speech",
    "thesis",
    "webpage",
]


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
    # Words between asterisks are set in italics (handouts.ama.runs); all else is printed as it is.
    check_no_markup(_ITALICS.sub(lambda found: found[1], value))
    return value


def _check_reference_id(value: str) -> str:
    if not re.fullmatch(REFERENCE_ID_PATTERN, value):
        raise rule_error(BAD_REFERENCE_ID, found=value)
    return value


def _parse_doi(value: str) -> str:
    match = _DOI.fullmatch(value)
    if not match:
        raise rule_error(BAD_DOI, found=value)
    return match[1]


def _date_parts(value: object) -> list[int]:
    """Return year, month and day of a CSL date, as far as it has them; raises ValueError if it is not a date."""
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
        parts = _date_parts(value)
        date(*parts, *(1,) * (3 - len(parts)))
        return CslDate(*parts)
    except (OverflowError, TypeError, ValueError):
        raise rule_error(BAD_DATE, hint=_DATE_HINT, found=str(value)) from None


def _check_names(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list | tuple) and not any(isinstance(name, str) for name in value):
        return value
    raise rule_error(BAD_NAME)


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


def _csl_name(field: str) -> str:
    return field.replace("_", "-")


class Name(Schema):
    """A person, by family name, or an organization, by `literal`; `literal: et al` if not all authors are known."""

    model_config = ConfigDict(alias_generator=_csl_name)

    family: PrintedLine | None = None
    given: PrintedLine | None = None
    non_dropping_particle: PrintedLine | None = Field(None, description='As "van der" in "van der Heijde D".')
    dropping_particle: PrintedLine | None = Field(None, description='As "von" in "Humboldt A von".')
    suffix: PrintedLine | None = Field(None, description="Such as Jr or III.")
    literal: PrintedLine | None = None

    @model_validator(mode="after")
    def _check_person_or_organization(self) -> "Name":
        person = any((self.given, self.non_dropping_particle, self.dropping_particle, self.suffix, self.family))
        if (person and (self.literal or not self.family)) or not (person or self.literal):
            raise rule_error(BAD_NAME)
        return self


Names = Annotated[tuple[Name, ...], BeforeValidator(_check_names)]


class Reference(Schema):
    """A source, with the fields of CSL 1.0.2; those that AMA style does not print are for other tools."""

    model_config = ConfigDict(
        alias_generator=_csl_name,
        json_schema_extra={"anyOf": [{"required": ["type", "title"]}, {"required": ["status"]}]},
    )

    id: ReferenceId = Field(description="What handouts cite it by: [@id].")
    type: ReferenceType | None = None
    status: Literal["missing"] | None = Field(
        None, description='"missing": cited in the original text, but not listed in it.'
    )
    author: Names = ()
    editor: Names = ()
    title: PrintedLine | None = Field(
        None, description="Words between asterisks are set in italics, as names of species are."
    )
    title_short: PrintedLine | None = None
    container_title: PrintedLine | None = Field(
        None, description="The journal, as NLM abbreviates it, the book or the website."
    )
    container_title_short: PrintedLine | None = None
    collection_title: PrintedLine | None = None
    volume: PrintedLine | None = None
    issue: PrintedLine | None = None
    supplement_number: PrintedLine | None = None
    page: PrintedLine | None = None
    number: PrintedLine | None = Field(None, description="The number of an article or of a report.")
    chapter_number: PrintedLine | None = None
    edition: PrintedLine | None = None
    genre: PrintedLine | None = None
    publisher: PrintedLine | None = None
    publisher_place: PrintedLine | None = None
    event_title: PrintedLine | None = None
    event_place: PrintedLine | None = None
    issued: Date | None = None
    updated: Date | None = Field(None, description="When a web page was last changed; not a term of CSL.")
    accessed: Date | None = None
    url: WebAddress | None = Field(None, alias="URL")
    doi: Doi | None = Field(None, alias="DOI")
    pmid: Line | None = Field(None, alias="PMID")
    pmcid: Line | None = Field(None, alias="PMCID")
    isbn: Line | None = Field(None, alias="ISBN")
    issn: Line | None = Field(None, alias="ISSN")
    language: Line | None = Field(None, description="Of the source, such as en or de: English titles get capitals.")
    note: Line | None = Field(None, description="For authors; never printed.")
    abstract: Line | None = None
    keyword: Line | None = None
    source: Line | None = None
    accepted: tuple[Accepted, ...] = Field(
        (), description="Accepted findings of `handouts check`, with a reason; not a term of CSL."
    )

    @model_validator(mode="after")
    def _check_complete(self) -> "Reference":
        lacking = [name for name in ("type", "title") if getattr(self, name) is None]
        if lacking and not self.status:
            raise rule_error(INCOMPLETE_REFERENCE, id=self.id, lacking=" and ".join(lacking))
        return self


class ReferenceFile(Schema):
    """The fields of content/references.yaml."""

    references: tuple[Reference, ...]
