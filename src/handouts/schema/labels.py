"""templates/labels.<language>.yaml: the fixed words of a page in one language."""

from typing import Annotated

from pydantic import Field

from handouts.schema.base import PlainText, Schema
from handouts.schema.translation import Translation


class LabelFile(Schema):
    """The fixed words, and the form of dates, with {day}, {month} and {year} in place of the parts."""

    date: PlainText
    dates: dict[str, PlainText] = Field({}, description="Other ways to write a date, by country (US, GB).")
    months: Annotated[tuple[PlainText, ...], Field(min_length=12, max_length=12)]
    words: dict[str, PlainText]
    translation: Translation | None = Field(None, description="How they were translated.")
