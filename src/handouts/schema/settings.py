"""handouts.yaml: the settings of a project."""

from typing import Annotated

from pydantic import Field

from handouts.schema.base import Paper, Schema, Text

Count = Annotated[int, Field(ge=1)]


class PictureLimits(Schema):
    """How large a picture may be; larger ones are refused before they are decoded."""

    max_bytes: Count = 10_000_000
    max_pixels: Count = 40_000_000


class Settings(Schema):
    """The settings of a project."""

    language: Text = "en"
    paper: Paper = Field("letter", description="For practices that do not say which paper they use.")
    pictures: PictureLimits = PictureLimits()
