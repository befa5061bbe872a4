"""Formats, and the editions that a handout is printed in: a format with print options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from handouts.model.document import Makeup
from handouts.model.library import Handout
from handouts.model.print_options import PrintOptions
from handouts.schema.print_terms import Ink, Paper
from handouts.schema.settings import FormatSettings, Settings

# Type and space of a leaflet, step by step smaller; type below 10.5 points is too small to read.
_TIGHTER: tuple[dict[str, str], ...] = (
    {"--space": "0.8"},
    {"--type": "10.5pt", "--leading": "14pt"},
    {"--type": "10.5pt", "--leading": "14pt", "--space": "0.8"},
    {"--type": "10.5pt", "--leading": "13.5pt", "--space": "0.6"},
)

# Their templates and style sheets are shipped; a project adds its own in handouts.yaml.
_SHIPPED = {
    "handout": FormatSettings(
        title="Handout on full pages, Letter or A4", line_heights=(15.5, 15.25, 15), move_figures=True
    ),
    "one-page": FormatSettings(
        title="One side of paper: what to do, whom to call",
        imposition="one-side",
        contents="summary",
    ),
    "large-print": FormatSettings(
        title="Large print: 18 point, one column", citations="brackets", contrast=7, smallest_type=18, move_figures=True
    ),
    "trifold": FormatSettings(
        title="Leaflet of three panels, folded in", imposition="c-fold", fit=_TIGHTER, move_figures=True
    ),
    "trifold-z": FormatSettings(
        title="Leaflet of three panels, folded in a zigzag", imposition="z-fold", fit=_TIGHTER, move_figures=True
    ),
    "booklet": FormatSettings(
        title="Booklet of half pages, stapled in the fold", imposition="saddle-stitch", move_figures=True
    ),
    "html": FormatSettings(title="Web page in one file, for a portal or e-mail", file="html"),
    "text": FormatSettings(title="Plain text for patient messages", file="txt", citations="brackets"),
    "message": FormatSettings(
        title="Short text for patient messages: the main point, what to do, whom to call",
        file="txt",
        contents="summary",
        most_characters=1500,
    ),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output: its template and style sheet share its name; those of packs begin with `pack-`."""

    name: str
    settings: FormatSettings
    is_for_packs: bool = False

    @property
    def template(self) -> str:
        """The Jinja2 template, in templates/."""
        return f"{self._file_name}.html.j2"

    @property
    def sheet(self) -> str:
        """The style sheet, in styles/."""
        return f"{self._file_name}.css"

    @property
    def _file_name(self) -> str:
        return f"pack-{self.name}" if self.is_for_packs else self.name


@dataclass(frozen=True, slots=True)
class Edition:
    """A format, and the options that it is printed with; their paper is chosen."""

    format: Format
    options: PrintOptions

    @property
    def paper(self) -> Paper:
        """The paper of the edition."""
        return self.options.require_paper()

    @property
    def ink(self) -> Ink:
        """The ink of the edition."""
        return self.options.ink

    @property
    def makeup(self) -> Makeup:
        """How laid-out pages become the sides of sheets."""
        return Makeup(self.format.settings.imposition, self.options)


_LONG_TEXT, _SHORT_TEXT = "text", "message"
_OF_PACKS: Final = ("handout", "large-print", "html", "text")
USUAL_FORMAT: Final = "handout"
"""The format of a handout that names none."""


def formats(settings: Settings) -> Mapping[str, Format]:
    """Return the formats that a project can print, by name: the shipped ones and its own."""
    return {name: Format(name, chosen) for name, chosen in {**_SHIPPED, **settings.formats}.items()}


def list_offered_formats(handout: Handout, settings: Settings) -> Mapping[str, Format]:
    """Return the formats that a handout is offered in, by name, the usual one first.

    The short text is offered with the long one.
    """
    known = formats(settings)
    names = [*handout.front.formats, *(_SHORT_TEXT for name in handout.front.formats if name == _LONG_TEXT)]
    return {name: known[name] for name in names if name in known} or known


def list_pack_formats(handouts: Iterable[Handout], settings: Settings) -> Mapping[str, Format]:
    """Return the formats that a pack is offered in, by name: those that each of its handouts is offered in."""
    known = formats(settings)
    shared = set(_OF_PACKS).intersection(*(list_offered_formats(handout, settings) for handout in handouts))
    return {name: replace(known[name], is_for_packs=True) for name in _OF_PACKS if name in shared}


def get_usual_format(handout: Handout) -> str:
    """Return the name of the format that a handout is printed in if none is requested."""
    return handout.front.formats[0] if handout.front.formats else USUAL_FORMAT
