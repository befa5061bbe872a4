"""The front matter of a handout: title, dates, who is responsible, and short texts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import (
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    field_validator,
)

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Date, FieldText, Id, PlainText, Schema, list_texts, make_rule_error
from handouts.schema.checks import Accepted
from handouts.schema.codes import Codes
from handouts.schema.translation import Translation
from handouts.schema.web_address import WebAddress

_PIF: Final = "PIF TICK criteria, clinical review and review dates (https://piftick.org.uk)"
REVIEW_BEFORE_PUBLICATION: Final = Rule(
    "review-before-publication",
    Severity.ERROR,
    title="the review date is not later than the date of publication",
    why="The handout would be overdue from its first day.",
    source=_PIF,
    message='the date has to be later than "published"',
    hint="correct one of the two dates",
)
NO_REVIEWER: Final = Rule(
    "no-reviewer",
    Severity.ERROR,
    title="an approved handout that does not say who reviewed it",
    why="Readers cannot tell who is responsible for it.",
    source=_PIF,
    message='the status is "approved", but no reviewer is named',
    hint="add a line: reviewed_by: ...",
)
RULES: Final = (REVIEW_BEFORE_PUBLICATION, NO_REVIEWER)

FIELD_TEXTS: Final = (
    *("title", "audience", "main_message", "sponsor", "disclaimer"),
    *("actions", "questions", "glossary"),
)
"""The entries whose texts may have fields, such as {{ practice.phone }}."""


class GlossaryEntry(Schema):
    """A word that patients may not know, and its meaning."""

    term: FieldText
    meaning: FieldText


class Treatment(Schema):
    """Ids of the sections, parts and blocks that tell patients what they need to decide on a treatment."""

    benefits: tuple[Id, ...] = Field((), description="What the treatment can do for the patient.")
    risks: tuple[Id, ...] = Field((), description="What can go wrong.")
    no_treatment: tuple[Id, ...] = Field((), description="What happens without treatment.")
    other_options: tuple[Id, ...] = Field((), description="Which other treatments there are.")


class SectionText(str):
    """A text that is also printed with a choice of sections, if that has the section or part with the id `section`."""

    __slots__ = ("section",)
    section: str

    def __new__(cls, text: str, section: str) -> Self:
        """Create the text."""
        made = super().__new__(cls, text)
        made.section = section
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Return what a copy in another process is created from."""
        return type(self), (str(self), self.section)


class _WrittenSectionText(Schema):
    text: FieldText
    section: Id


def _read_listed_text(value: object, read_text: ValidatorFunctionWrapHandler) -> str:
    if isinstance(value, dict) and "section" in value:
        written = _WrittenSectionText.model_validate(value)
        return SectionText(written.text, written.section)
    return value if isinstance(value, SectionText) else str(read_text(value))


ListedText = Annotated[
    FieldText,
    WrapValidator(_read_listed_text),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {"text": {"type": "string", "minLength": 1}, "section": {"type": "string"}},
                    "required": ["text", "section"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]

_LONGEST_LINE: Final = 100  # characters at the foot of a page


class FrontMatter(Schema):
    """The front matter of content/handouts/<id>/<lang>.md."""

    replaced: ClassVar[Mapping[str, str]] = {
        "conditions": "write these codes below codes:, as in codes: {icd-10-cm: [M48.5]}"
    }

    title: FieldText
    code: PlainText = Field(description="Control code, printed on every page.", max_length=_LONGEST_LINE)
    version: PlainText = Field(max_length=_LONGEST_LINE)
    published: Date
    review_due: Date
    status: Literal["draft", "approved"]
    reviewed_by: PlainText | None = Field(
        None, description="Role or body that reviewed the content; needed once approved.", validate_default=True
    )
    audience: FieldText = Field(description="Who the handout is for, in one line.")
    main_message: FieldText = Field(description="The main point in one or two sentences, printed first.")
    web: WebAddress | None = Field(
        None, description="Where this handout is published; printed as a QR code in place of the practice's website."
    )
    sponsor: FieldText | None = Field(
        None, description="The company or sponsor that the facts come from, if there is one."
    )
    disclaimer: FieldText = Field(description="Printed on every handout, also if only some sections are.")
    codes: Codes = Field(Codes(), description="Codes by which record systems find it, by system. Not printed.")
    keywords: tuple[PlainText, ...] = ()
    formats: tuple[Id, ...] = Field(
        (), description="The formats that it is offered in, the usual one first; all of them if none is named."
    )
    actions: tuple[ListedText, ...] = Field(
        (), description='The checklist "What you can do". With `section`, also printed if that section is selected.'
    )
    questions: tuple[ListedText, ...] = Field(
        (), description="Questions to ask, printed with lines to write on. With `section` as in `actions`."
    )
    glossary: tuple[GlossaryEntry, ...] = ()
    abbreviations: dict[PlainText, PlainText] = Field(
        {}, description="Long forms, each under its abbreviation: screen readers read them out at every use."
    )
    selections: dict[Id, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(
        {},
        description="Lists of sections and parts, each under a name for `--section`.",
    )
    default: Id | None = Field(
        None, description="The selection that is ticked at first on the front-desk page. Without it, all sections are."
    )
    treatment: Treatment | None = Field(
        None, description="For a handout on a treatment: where it says what patients need to decide."
    )
    translation: Translation | None = Field(
        None, description="For a translation: how it was made, and who reviewed it."
    )
    notice: Literal["required"] | None = Field(
        None, description="`required`: practices in the US have to print their notice of language assistance with it."
    )
    accepted: tuple[Accepted, ...] = Field((), description="Accepted findings of `handouts check`, with a reason.")

    @field_validator("review_due")
    @classmethod
    def _check_review_date(cls, review_due: dt.date, others: ValidationInfo) -> dt.date:
        published = others.data.get("published")
        if published and review_due <= published:
            raise make_rule_error(REVIEW_BEFORE_PUBLICATION)
        return review_due

    @field_validator("reviewed_by")
    @classmethod
    def _check_reviewer(cls, reviewed_by: str | None, others: ValidationInfo) -> str | None:
        if others.data.get("status") == "approved" and not reviewed_by:
            raise make_rule_error(NO_REVIEWER)
        return reviewed_by


def list_field_texts(front: FrontMatter) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each text that may have fields, with its path in the front matter."""
    for name in FIELD_TEXTS:
        yield from list_texts(getattr(front, name), (name,))
