"""approvals.yaml: who approved which version of a handout, or which texts of a practice."""

from typing import Annotated

from pydantic import Field, StringConstraints

from handouts.schema.base import Date, Id, Language, Schema, Text

Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


class Approval(Schema):
    """One signature, which is never changed afterwards; a later one for the same language takes its place."""

    language: Language
    version: Text | None = Field(None, description="Of a handout; the texts of a practice have no version.")
    approved: Date = Field(description="The day on which it was signed.")
    by: Text = Field(description="The role or body that approved it.")
    name: Text | None = Field(None, description="Who signed for it.")
    interest: Text | None = Field(None, description='Conflicts of interest; "none" if there are none.')
    searched: Date | None = Field(None, description="The day up to which evidence was searched.")
    digests: dict[Text, Digest] = Field(
        description="The digest of each printed piece: sections and blocks by id, inserts by handout, section and file."
    )


class ApprovalFile(Schema):
    """The fields of approvals.yaml, beside a handout or a practice.yaml."""

    handout: Id | None = None
    practice: Id | None = None
    approvals: tuple[Approval, ...] = ()
