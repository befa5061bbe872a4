"""handouts.yaml: the settings of a project."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Date, Id, Language, PlainText, Schema, Text, Unprinted, make_rule_error
from handouts.schema.checks import Checks
from handouts.schema.fonts import Font
from handouts.schema.print_terms import FILE_NAME_WORDS, FileKind, Imposition, Ink, Paper
from handouts.schema.web_address import BAD_ADDRESS, WebAddress

RESERVED_NAME: Final = Rule(
    "reserved-name",
    Severity.ERROR,
    title="the name of a format ends like a print option",
    why="Two different prints would have the same file name, and one would replace the other.",
    source="docs/practices.md, your own format",
    message='a format cannot be named "{found}": "-{word}" in a file name says how it is printed',
    hint="choose another name",
)
RULES: Final = (RESERVED_NAME,)

Count = Annotated[int, Field(ge=1)]
Pattern = Annotated[str, StringConstraints(pattern=r"^[a-z0-9*?-]+$", max_length=80)]
CustomProperty = Annotated[str, StringConstraints(pattern=r"^--[a-z]+(-[a-z]+)*$")]
Points = Annotated[float, Field(ge=4, le=72)]
Length = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?(pt|mm|in|em)?$")]


class PictureLimits(Schema):
    """Limits of pictures; larger ones are refused before they are decoded."""

    max_bytes: Count = 10_000_000
    max_pixels: Count = 40_000_000


class FormatSettings(Schema):
    """A format, made with templates/<name>.html.j2 and styles/<name>.css (txt uses neither)."""

    title: Text
    file: FileKind = Field(
        "pdf", description="The kind of file: pdf, html (one file with everything in it), or txt (plain text)."
    )
    imposition: Imposition = Field(
        "pages",
        description="How pages are arranged on sheets: one by one, all on one side, on three panels (c-fold or "
        "z-fold), or as a booklet stapled in the fold (saddle-stitch).",
    )
    contents: Literal["all", "summary"] = Field(
        "all", description="Everything that was selected, or a summary: no sections, and only blocks of every print."
    )
    most_characters: Count | None = Field(
        None,
        description="For txt: the most characters of a text. If it has more, elements that the template marks with "
        "`data-optional` are left out, the last ones first.",
    )
    citations: Literal["superscript", "brackets"] = Field(
        "superscript", description="Small raised numbers, or numbers of full size in square brackets."
    )
    contrast: Annotated[float, Field(ge=3, le=21)] = Field(
        4.5, description="The contrast with white that brand colors are darkened to (WCAG 2.2)."
    )
    fit: tuple[dict[CustomProperty, Length], ...] = Field(
        (), description="For `--fit`: values of the style sheet's properties to try, one set after another."
    )
    smallest_type: Points = Field(9, description="The smallest type that the format promises, in points.")
    line_heights: tuple[Points, ...] = Field(
        (),
        max_length=5,  # each is a layout of its own
        description="Line heights in points to try as the style sheet's property `--leading`: the largest one that "
        "needs the fewest pages is used, or another one that leaves smaller holes.",
    )
    move_figures: bool = Field(
        default=False,
        description="Whether figures, tables and references that would leave a hole in a column may be arranged "
        "otherwise: behind the next paragraph, before the steps that a drawing shows, smaller, or split over pages.",
    )


def _check_format_name(value: str) -> str:
    word = value.rpartition("-")[2]
    if word in FILE_NAME_WORDS and word != value:
        raise make_rule_error(RESERVED_NAME, found=value, word=word)
    return value


FormatName = Annotated[Id, AfterValidator(_check_format_name)]


class SetEntry(Schema):
    """One entry of a set: builds each matching handout for each matching practice in each format.

    An empty list matches all. A handout that lacks one of the named sections is left out.
    """

    handouts: tuple[Pattern, ...] = Field((), description="Ids, or patterns such as `spinal-*`.")
    practices: tuple[Pattern, ...] = Field((), description="Ids, or patterns such as `*-clinic`.")
    except_handouts: tuple[Pattern, ...] = Field((), description="Handouts to leave out: ids or patterns.")
    except_practices: tuple[Pattern, ...] = Field((), description="Practices to leave out: ids or patterns.")
    languages: tuple[Unprinted, ...] = ()
    formats: tuple[Id, ...] = Field(
        (),
        min_length=1,
        description="Formats; those that a handout is not offered in are left out. Default: its usual one.",
    )
    sections: tuple[Id, ...] = Field((), description="Sections, parts or selections to print.")
    without: tuple[Id, ...] = Field((), description="Sections, parts or selections to leave out.")
    audience: Id = Field("", description="Leaves out what is only for other audiences.")
    paper: Paper | None = None
    ink: Ink = "color"
    fit: bool = Field(default=False, description="As `--fit`: leaflets are set smaller if they would be too long.")


class Withdrawal(Schema):
    """A handout that must not be handed out any more, whether or not its folder is still there."""

    handout: Id
    version: Unprinted | None = Field(None, description="The version that is withdrawn. Default: all of them.")
    date: Date = Field(description="The day on which it was withdrawn.")
    reason: Text = Field(description="Why; `handouts verify` says so to whoever holds the paper.")

    def applies_to(self, handout: str, version: str) -> bool:
        """Return whether a version of a handout is withdrawn."""
        return self.handout == handout and self.version in {None, version}


class PackItem(Schema):
    """A handout of a pack; without sections, those that are ticked at first."""

    handout: Id
    sections: tuple[Id, ...] = Field((), description="Sections, parts or selections to print.")


class Pack(Schema):
    """Handouts that are often given together, as one print with a cover."""

    title: PlainText
    titles: dict[Language, PlainText] = Field(
        {},
        description="The title in other languages, by their tags; a pack is made in the languages it has a title in.",
    )
    handouts: Annotated[tuple[PackItem, ...], Field(min_length=1, max_length=20)]
    practices: tuple[Pattern, ...] = Field((), description="Ids, or patterns such as `*-clinic`. Without, all.")
    audience: Id | None = Field(
        None,
        description="The group of patients that it is for: texts for others are left out. Without, all are printed.",
    )


def _check_base_url(value: str) -> str:
    """Return the address of a folder, with a slash at its end. Raises a BAD_ADDRESS error for one with a query."""
    if "?" in value or "#" in value:
        raise make_rule_error(BAD_ADDRESS, found=value, hint="write the address of a folder, without ? and #")
    return value.rstrip("/") + "/"


BaseUrl = Annotated[WebAddress, AfterValidator(_check_base_url)]


class Publishing(Schema):
    """The site that `handouts publish` writes."""

    base_url: BaseUrl = Field(
        description="The address of the site, such as https://handouts.example.org/. The QR code on a handout leads to "
        "its own page there, unless it has an address in web:."
    )
    title: PlainText | None = Field(None, description="The heading of its first page.")
    formats: tuple[Id, ...] = Field(
        ("handout", "large-print"), description="The formats in which each handout can be downloaded there as a PDF."
    )


class SearchSettings(Schema):
    """How the front desk finds handouts."""

    synonyms: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(
        (), description="Groups of words or phrases that mean the same: whoever types one finds all of them."
    )


class Settings(Schema):
    """The settings of a project."""

    language: Language = Field(
        "en", description="The language of practices that do not name theirs, and of new handouts."
    )
    paper: Paper = Field("letter", description="The paper of practices that do not name theirs.")
    fonts: dict[Language, Font] = Field(
        {}, description="Fonts of languages, by language: files of the project, named from its top folder."
    )
    pictures: PictureLimits = PictureLimits()
    formats: dict[FormatName, FormatSettings] = Field({}, description="Formats of the project's own, by name.")
    sets: dict[Id, tuple[SetEntry, ...]] = Field(
        {}, description="What `handouts build --set NAME` builds, by name of the set."
    )
    release: Literal["optional", "required"] = Field(
        "optional",
        description='"required": `handouts build`, `print` and `serve` make only what a release allows; drafts have a '
        "banner on every page.",
    )
    signatures: Literal["required", "optional"] = Field(
        "required",
        description='Whether a release needs a signature of each handout (`handouts approve`); "optional": '
        "`status: approved` is enough where there is no approvals.yaml.",
    )
    withdrawn: tuple[Withdrawal, ...] = Field(
        (), description="Handouts that are withdrawn: they cannot be printed, and `handouts verify` gives the reason."
    )
    packs: dict[Id, Pack] = Field({}, description="Handouts that the front desk offers together, by name of the pack.")
    publish: Publishing | None = Field(None, description="Where handouts are published on the web.")
    search: SearchSettings = Field(SearchSettings(), description="How the front desk finds handouts.")
    checks: Checks = Field(Checks(), description="How strict `handouts check` is.")

    def find_withdrawal(self, handout: str, version: str) -> Withdrawal | None:
        """Return the first withdrawal of a version of a handout."""
        return next((entry for entry in self.withdrawn if entry.applies_to(handout, version)), None)
