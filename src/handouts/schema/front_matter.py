"""The front matter of a handout: what it is, who answers for it, and its short texts."""

from typing import Literal

from pydantic import Field, model_validator
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
    reviewed_by: Text | None = Field(None, description="Role or body that reviewed the content; needed once approved.")
    audience: Text = Field(description="Who the handout is for, in one line.")
    main_message: Text = Field(description="The main point in one or two sentences, printed first.")
    sponsor: Text | None = Field(None, description="Where the facts come from, if a company or sponsor stands behind.")
    disclaimer: Text = Field(description="Printed on every handout, in full or in part.")
    conditions: tuple[Text, ...] = Field((), description="ICD-10 codes.")
    keywords: tuple[Text, ...] = ()
    actions: tuple[Text, ...] = Field((), description='The checklist "What you can do".')
    questions: tuple[Text, ...] = Field((), description="Questions to ask, printed with lines to write on.")
    glossary: tuple[GlossaryEntry, ...] = ()

    @model_validator(mode="after")
    def _dates_and_review(self) -> "FrontMatter":
        if self.review_due <= self.published:
            raise PydanticCustomError("review-before-publication", "review_due has to be later than published")
        if self.status == "approved" and not self.reviewed_by:
            raise PydanticCustomError("no-reviewer", 'status is "approved", so reviewed_by has to say who reviewed it')
        return self
