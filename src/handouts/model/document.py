"""Composed documents: everything that a worker needs to lay out pages."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.model.print_options import PrintOptions
from handouts.problems.problem import Place
from handouts.schema.print_terms import UNFOLDED, FileKind, Imposition, Paper

if TYPE_CHECKING:
    from handouts.schema.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet; addresses in it are relative to its folder.

    What its `@page` rules say is `final` if no other style sheet may change it, by whatever selector.
    """

    name: str
    text: str
    folder: Path
    final: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture or font file that a document may load: its digest when it was checked, and where it is named.

    `what` is what messages call it.
    """

    path: Path
    what: str
    digest: str
    place: Place


@dataclass(frozen=True, slots=True)
class Required:
    """A text that must be on the pages, in the margins of each one if `on_each_page`, and what messages call it."""

    what: str
    text: str
    on_each_page: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """An element that is printed only for certain sections: its id, and the ids of the sections."""

    element: str
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class Makeup:
    """How laid-out pages become the sides of sheets in the file; mirrored in languages from right to left."""

    imposition: Imposition = "pages"
    options: PrintOptions = field(default_factory=lambda: PrintOptions("letter"))
    is_mirrored: bool = False

    @property
    def paper(self) -> Paper:
        """The paper of a sheet."""
        return self.options.require_paper()

    @property
    def imposed(self) -> bool:
        """Whether several pages are placed on one side; a print shop imposes booklets itself."""
        return self.options.imposed and not (self.options.press and self.imposition == "saddle-stitch")

    @property
    def fold_marks(self) -> bool:
        """Whether ticks show where to fold."""
        return self.options.fold_marks

    @property
    def press(self) -> bool:
        """Whether the file is for a print shop, with room around the paper for marks that are cut off."""
        return self.options.press

    @property
    def folded(self) -> bool:
        """Whether its sheets are folded, with pages side by side on both sides of each."""
        return self.imposed and self.imposition not in UNFOLDED


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """What a format promises of its pages, and what may be tried to make them better.

    No type is smaller than `smallest_type` points. The CSS declarations in `fit` are set, one after another, if the
    text does not fit its panels; `can_fit` means that the format has some, but they were not requested. The
    `line_heights` in points, from generous to tight, are tried to save a page or to leave smaller holes. With
    `move_figures`, figures, tables and references that would leave a hole in a column are arranged otherwise. With
    `advise`, holes and lines that are hard to read are reported, too. Plain text has `most_characters`.
    """

    smallest_type: float = 0
    fit: tuple[str, ...] = ()
    can_fit: bool = False
    line_heights: tuple[float, ...] = ()
    move_figures: bool = False
    advise: bool = True
    most_characters: int | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to be laid out; it may load only `files`, and the files in `folders`.

    Addresses in the HTML are relative to `root`. `published` is the date of files for the press. `made_from` is written
    into PDFs and web pages; a trial page has none. `style_files` is a digest of what it may show of the folders of
    styles. A document that `is_for_patient` is never kept.
    """

    html: str
    language: str
    published: dt.date
    sheets: tuple[Sheet, ...]
    root: Path
    files: tuple[Asset, ...]
    folders: tuple[Path, ...]
    required: tuple[Required, ...] = ()
    file: FileKind = "pdf"
    makeup: Makeup = Makeup()
    layout: LayoutRules = LayoutRules()
    attached: tuple[Attached, ...] = ()
    made_from: "Provenance | None" = None
    style_files: str = ""
    is_for_patient: bool = False
