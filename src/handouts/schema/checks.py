"""What `handouts check` looks for, and what it was told to accept."""

from typing import Annotated, Literal

from pydantic import Field

from handouts.schema.base import Schema, Text, Unprinted
from handouts.schema.plain_language import PlainLanguage

Days = Annotated[int, Field(ge=0, le=3660)]
Years = Annotated[int, Field(ge=1, le=100)]


class Accepted(Schema):
    """A finding that is known and stays, and why."""

    code: Unprinted = Field(description="The code of the finding, as `handouts check` shows it.")
    reason: Text = Field(description="Why it is as it should be. It is listed with the findings.")
    words: Unprinted | None = Field(
        None, description="Words of the line or of the message that it is about; without them, all of the code."
    )


class Checks(Schema):
    """How strict `handouts check` is."""

    severities: dict[Unprinted, Literal["error", "warning", "off"]] = Field(
        {}, description="Codes that are to be errors, warnings or not told at all."
    )
    review_days: Days = Field(90, description="So many days before the review date, a warning tells of it.")
    review_years: Years = Field(3, description="The longest time between publication and review.")
    source_years: Years | None = Field(
        None, description="Sources older than this are told; without it none are, for no standard gives a number."
    )
    plain_language: PlainLanguage = PlainLanguage()
