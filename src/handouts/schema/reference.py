"""content/references.yaml: the sources that handouts cite, as CSL-YAML."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Schema, make_rule_error
from handouts.schema.checks import Accepted
from handouts.schema.csl_date import Date
from handouts.schema.reference_values import Doi, Line, PlainLine, PrintedLine, ReferenceId
from handouts.schema.web_address import BAD_ADDRESS, is_web_address

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
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{1,3}|IV|2nd|3rd|4th")
RULES: Final = (BAD_NAME, INCOMPLETE_REFERENCE)

ReferenceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "legal_case",
    "legislation",
    "motion_picture",
    "pamphlet",
    "paper-conference",
    "patent",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "webpage",
]


_LONGEST_ADDRESS: Final = 2000  # no QR code is made of it


def _check_address(value: str) -> str:
    if not is_web_address(value, _LONGEST_ADDRESS):
        raise make_rule_error(BAD_ADDRESS, found=value)
    return value


SourceAddress = Annotated[str, AfterValidator(_check_address)]


def _check_names(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list | tuple) and not any(isinstance(name, str) for name in value):
        return value
    raise make_rule_error(BAD_NAME)


def _make_csl_name(field: str) -> str:
    return field.replace("_", "-")


class Name(Schema):
    """A person, by family name, or an organization, by `literal`; `literal: et al` if not all authors are known."""

    model_config = ConfigDict(alias_generator=_make_csl_name)

    family: PlainLine | None = None
    given: PlainLine | None = None
    non_dropping_particle: PlainLine | None = Field(None, description='As "van der" in "van der Heijde D".')
    dropping_particle: PlainLine | None = Field(None, description='As "von" in "Humboldt A von".')
    suffix: PlainLine | None = Field(None, description="Such as Jr or III.")
    literal: PlainLine | None = None

    @model_validator(mode="before")
    @classmethod
    def _split_suffix(cls, fields: object) -> object:
        """Take a suffix out of given names, as Zotero writes them: "Martin L., Jr."."""
        given = fields.get("given") if isinstance(fields, dict) else None
        if not isinstance(given, str) or "," not in given or not isinstance(fields, dict):
            return fields
        names, _, suffix = (part.strip() for part in given.rpartition(","))
        if "," in names or fields.get("suffix") or not _SUFFIX.fullmatch(suffix):
            raise make_rule_error(BAD_NAME, hint="leave out degrees, and write a suffix as a field: suffix: Jr")
        return {**fields, "given": names, "suffix": suffix}

    @model_validator(mode="after")
    def _check_person_or_organization(self) -> "Name":
        person = any((self.given, self.non_dropping_particle, self.dropping_particle, self.suffix, self.family))
        if (person and (self.literal or not self.family)) or not (person or self.literal):
            raise make_rule_error(BAD_NAME)
        return self


Names = Annotated[tuple[Name, ...], BeforeValidator(_check_names)]


class Reference(Schema):
    """A source, with the fields of CSL 1.0.2; those that AMA style does not print are for other tools."""

    model_config = ConfigDict(
        alias_generator=_make_csl_name,
        json_schema_extra={
            "anyOf": [
                {"required": ["type", "title"]},
                {"required": ["status"]},
            ]
        },
    )

    id: ReferenceId = Field(description="What handouts cite it by: [@id].")
    type: ReferenceType | None = None
    status: Literal["missing"] | None = Field(
        None, description='"missing": cited in the original text, but not listed in it.'
    )
    author: Names = ()
    editor: Names = ()
    translator: Names = ()
    title: PrintedLine | None = Field(
        None,
        description="Inline markup: *italics*, as of species, H~2~O and 10^9^, or the tags <i>, <sub> and <sup>.",
    )
    title_short: PrintedLine | None = None
    container_title: PrintedLine | None = Field(
        None, description="The journal, in full or as NLM abbreviates it, the book, website, podcast or database."
    )
    container_title_short: PrintedLine | None = None
    journal_abbreviation: PrintedLine | None = Field(
        None, alias="journalAbbreviation", description="What Zotero calls container-title-short."
    )
    collection_title: PrintedLine | None = None
    volume: PlainLine | None = None
    issue: PlainLine | None = None
    supplement_number: PlainLine | None = None
    page: PlainLine | None = None
    number: PlainLine | None = Field(
        None, description="The number of an article, report, standard, law, patent or registered trial."
    )
    chapter_number: PlainLine | None = None
    edition: PlainLine | None = None
    version: PlainLine | None = Field(None, description="Of software or data.")
    section: PlainLine | None = Field(None, description="Of a law or regulation.")
    authority: PlainLine | None = Field(None, description="The court, legislature or patent office.")
    genre: PrintedLine | None = Field(
        None, description="Such as Dissertation, Package insert, Prescribing information or News release."
    )
    publisher: PrintedLine | None = None
    publisher_place: PrintedLine | None = None
    event_title: PrintedLine | None = None
    event_place: PrintedLine | None = None
    issued: Date | None = None
    updated: Date | None = Field(None, description="When a web page was last changed; not a term of CSL.")
    accessed: Date | None = None
    correction: PrintedLine | None = Field(
        None, description="Where a correction was published, such as JAMA. 2019;321(10):1000; not a term of CSL."
    )
    retraction: PrintedLine | None = Field(
        None, description="Where it was retracted, such as JAMA. 2020;323(1):12; not a term of CSL."
    )
    url: SourceAddress | None = Field(None, alias="URL")
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
    citation_key: Line | None = Field(None, description="What Better BibTeX calls the id.")
    accepted: tuple[Accepted, ...] = Field(
        (), description="Accepted findings of `handouts check`, with a reason; not a term of CSL."
    )

    @model_validator(mode="after")
    def _check_complete(self) -> "Reference":
        lacking = [name for name in ("type", "title") if getattr(self, name) is None]
        if lacking and not self.status:
            raise make_rule_error(INCOMPLETE_REFERENCE, id=self.id, lacking=" and ".join(lacking))
        return self


class ReferenceFile(Schema):
    """The fields of content/references.yaml."""

    references: tuple[Reference, ...]
