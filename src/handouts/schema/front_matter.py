"""The front matter of a handout: what it is, who answers for it, and its short texts."""

import datetime as dt
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from handouts.schema.base import Date, Schema, Text


class GlossaryEntry(Schema):
    """A word that patients may not know, and what it means."""

    term: Text
    meaning: Text


class FrontMatter(Schema):
    """The front matter of content/handouts/<id>/<lang>.md."""

    title: Text
    code: Text = Field(description="Control code, printed on every page.")
    version: Text
    published: Date
    review_due: Date
    status: Literal["draft", "approved"]
    reviewed_by: Text | None = Field(
        None, description="Role or body that reviewed the content; needed once approved.", validate_default=True
    )
    audience: Text = Field(description="Who the handout is for, in one line.")
    main_message: Text = Field(description="The main point in one or two sentences, printed first.")
    sponsor: Text | None = Field(None, description="Where the facts come from, if a company or sponsor stands behind.")
    disclaimer: Text = Field(description="Printed on every handout, in full or in part.")
    conditions: tuple[Text, ...] = Field((), description="ICD-10 codes.")
    keywords: tuple[Text, ...] = ()
    actions: tuple[Text, ...] = Field((), description='The checklist "What you can do".')
    questions: tuple[Text, ...] = Field((), description="Questions to ask, printed with lines to write on.")
    glossary: tuple[GlossaryEntry, ...] = ()

    @field_validator("review_due")
    @classmethod
    def _after_publication(cls, review_due: dt.date, others: ValidationInfo) -> dt.date:
        published = others.data.get("published")
        if published and review_due <= published:
            raise PydanticCustomError("review-before-publication", "it has to be later than published")
        return review_due

    @field_validator("reviewed_by")
    @classmethod
    def _once_approved(cls, reviewed_by: str | None, others: ValidationInfo) -> str | None:
        if others.data.get("status") == "approved" and not reviewed_by:
            raise PydanticCustomError("no-reviewer", 'status is "approved", so it has to say who reviewed the content')
        return reviewed_by
