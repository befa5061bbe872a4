"""Settings of `handouts check`: severities, limits and accepted findings."""

from typing import Annotated, Literal

from pydantic import Field

from handouts.schema.base import Schema, Text, Unprinted
from handouts.schema.plain_language import PlainLanguage

Days = Annotated[int, Field(ge=0, le=3660)]
Years = Annotated[int, Field(ge=1, le=100)]


class Accepted(Schema):
    """A finding that is known and accepted, and the reason why."""

    code: Unprinted = Field(description="The code of the finding, as `handouts check` shows it.")
    reason: Text = Field(description="Why it is accepted. Listed with the findings.")
    words: Unprinted | None = Field(
        None, description="Words of the line or the message of the finding; without them, all findings of the code."
    )


class Checks(Schema):
    """How strict `handouts check` is."""

    severities: dict[Unprinted, Literal["error", "warning", "off"]] = Field(
        {}, description="Codes with the severity that they should have; off means that they are not reported."
    )
    review_days: Days = Field(90, description="How many days before the review date a warning is reported.")
    review_years: Years = Field(3, description="The longest time between publication and review.")
    source_years: Years | None = Field(
        None, description="Sources older than this are reported; without it none are, since no standard sets a limit."
    )
    plain_language: PlainLanguage = PlainLanguage()
