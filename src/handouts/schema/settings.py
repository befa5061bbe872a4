"""handouts.yaml: the settings of a project."""

from typing import Annotated, Literal

from pydantic import Field

from handouts.schema.base import FileKind, Id, Paper, Schema, Text

Count = Annotated[int, Field(ge=1)]


class PictureLimits(Schema):
    """How large a picture may be; larger ones are refused before they are decoded."""

    max_bytes: Count = 10_000_000
    max_pixels: Count = 40_000_000


class FormatSettings(Schema):
    """A kind of output, made with templates/<name>.html.j2 and styles/<name>.css (not for txt)."""

    title: Text
    file: FileKind = Field(
        "pdf", description="What is made: pdf, html (one file with all that it needs), or txt (the words alone)."
    )
    citations: Literal["superscript", "brackets"] = Field(
        "superscript", description="Small raised numbers, or numbers of full size in square brackets."
    )
    contrast: Annotated[float, Field(ge=3, le=21)] = Field(
        4.5, description="What brand colors are darkened to, on white (WCAG 2.2)."
    )


class Settings(Schema):
    """The settings of a project."""

    language: Text = "en"
    paper: Paper = Field("letter", description="For practices that do not say which paper they use.")
    pictures: PictureLimits = PictureLimits()
    formats: dict[Id, FormatSettings] = Field({}, description="Formats of the project's own, by name.")
