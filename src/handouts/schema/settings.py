"""handouts.yaml: the settings of a project."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Id, Language, Schema, Text, Unprinted, rule_error
from handouts.schema.checks import Checks
from handouts.schema.print_terms import FILE_NAME_WORDS, FileKind, Imposition, Ink, Paper

RESERVED_NAME: Final = Rule(
    "reserved-name",
    Severity.ERROR,
    "the name of a format ends like a print option",
    "Two different prints would have the same file name, and one would replace the other.",
    "docs/practices.md, your own format",
    message='a format cannot be named "{found}": "-{word}" in a file name says how it is printed',
    hint="choose another name",
)
RULES: Final = (RESERVED_NAME,)

Count = Annotated[int, Field(ge=1)]
Pattern = Annotated[str, StringConstraints(pattern=r"^[a-z0-9*?-]+$", max_length=80)]
CustomProperty = Annotated[str, StringConstraints(pattern=r"^--[a-z]+(-[a-z]+)*$")]
Length = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?(pt|mm|in|em)?$")]


class PictureLimits(Schema):
    """Limits of pictures; larger ones are refused before they are decoded."""

    max_bytes: Count = 10_000_000
    max_pixels: Count = 40_000_000


class FormatSettings(Schema):
    """A format, made with templates/<name>.html.j2 and styles/<name>.css (txt uses neither)."""

    title: Text
    file: FileKind = Field(
        "pdf", description="What is made: pdf, html (one file with all that it needs), or txt (the words alone)."
    )
    imposition: Imposition = Field(
        "pages",
        description="How pages are put on sheets: one by one, on three panels (c-fold or z-fold), or as a booklet that "
        "is stapled in the fold (saddle-stitch).",
    )
    citations: Literal["superscript", "brackets"] = Field(
        "superscript", description="Small raised numbers, or numbers of full size in square brackets."
    )
    contrast: Annotated[float, Field(ge=3, le=21)] = Field(
        4.5, description="What brand colors are darkened to, on white (WCAG 2.2)."
    )
    fit: tuple[dict[CustomProperty, Length], ...] = Field(
        (), description="For `--fit`: values of the style sheet's properties to try, one set after another."
    )


def _check_format_name(value: str) -> str:
    word = value.rpartition("-")[2]
    if word in FILE_NAME_WORDS and word != value:
        raise rule_error(RESERVED_NAME, found=value, word=word)
    return value


FormatName = Annotated[Id, AfterValidator(_check_format_name)]


class SetEntry(Schema):
    """One entry of a set: builds each matching handout for each matching practice in each format.

    An empty list matches all. A handout that lacks one of the named sections is left out.
    """

    handouts: tuple[Pattern, ...] = Field((), description="Ids, or patterns such as `spinal-*`.")
    practices: tuple[Pattern, ...] = Field((), description="Ids, or patterns such as `*-clinic`.")
    except_handouts: tuple[Pattern, ...] = Field((), description="Those not to build: ids or patterns.")
    except_practices: tuple[Pattern, ...] = Field((), description="Those not to build for: ids or patterns.")
    languages: tuple[Unprinted, ...] = ()
    formats: tuple[Id, ...] = Field(("handout",), min_length=1)
    sections: tuple[Id, ...] = Field((), description="Sections, parts or selections to print.")
    without: tuple[Id, ...] = Field((), description="Sections, parts or selections to leave out.")
    paper: Paper | None = None
    ink: Ink = "color"


class Settings(Schema):
    """The settings of a project."""

    language: Language = Field(
        "en", description="Of practices that do not say which language their texts are in, and of new handouts."
    )
    paper: Paper = Field("letter", description="For practices that do not say which paper they use.")
    pictures: PictureLimits = PictureLimits()
    formats: dict[FormatName, FormatSettings] = Field({}, description="Formats of the project's own, by name.")
    sets: dict[Id, tuple[SetEntry, ...]] = Field(
        {}, description="What `handouts build --set NAME` builds, by name of the set."
    )
    checks: Checks = Field(Checks(), description="How strict `handouts check` is.")
