"""A print of a practice as it would be with a change: made in a draft of the project, never cached."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from handouts.compose.style_sheets import darken, find_minimum_contrast, measure_contrast
from handouts.editing.draft import Files, open_draft
from handouts.language.tags import is_same_language
from handouts.model.edition import formats
from handouts.model.library import Library, Practice
from handouts.model.project import Project
from handouts.problems.problem import Problem, select_errors
from handouts.read.project import read_project
from handouts.schema.practice import Colors
from handouts.schema.settings import Settings
from handouts.web.desk import Desk
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import PrintChoice, find_handout
from handouts.web.prints import Prints
from handouts.web.running_prints import BusyError

_MAX_AT_ONCE: Final = 2
_MAX_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """The pages as images in addresses, or the problems that prevent them."""

    images: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ColorContrast:
    """A brand color, its contrast on white, and the color that is printed, which is darker if that is too little.

    `too_light_for` are the titles of the formats in which it is darkened, empty if those are all.
    """

    name: str
    color: str
    contrast: float
    printed: str
    too_light_for: tuple[str, ...] = ()


class DraftPreviews:
    """Makes previews of drafts, a few at the same time."""

    def __init__(self, desk: Desk) -> None:
        """Make them with the workers of a desk."""
        self._desk = desk
        self._making = BoundedSemaphore(_MAX_AT_ONCE)

    def make(self, affected: tuple[str, ...], changes: Files, handout_id: str) -> DraftPreview:
        """Make a print of the first practice that can be printed, of a practice and those that extend it.

        Raises BusyError if too many previews are being made, NotDrawnError if the pages cannot be drawn.
        """
        if not self._making.acquire(blocking=False):
            raise BusyError
        try:
            with open_draft(self._desk.project, changes) as draft:
                return _make_preview(self._desk, draft, affected, handout_id)
        finally:
            self._making.release()


def _make_preview(desk: Desk, draft: Project, affected: tuple[str, ...], handout_id: str) -> DraftPreview:
    reading = read_project(draft)
    library = reading.library
    if library is None:
        return DraftPreview(problems=select_errors(reading.problems))
    broken = library.broken_practices.get(affected[0])
    practice = next((library.practices[name] for name in affected if name in library.practices), None)
    if broken or practice is None:
        return DraftPreview(problems=tuple(broken or ()))
    handout = find_handout(library, choose_handout(library, practice, handout_id), practice=practice)
    prints = Prints(draft, desk.layout_workers, 1, desk.today)
    choice = PrintChoice(practice.id, handout.id, handout.language)
    made = prints.find_or_make(Snapshot(1, library, reading.problems), choice, object())
    if not made.ok or not made.file.pages:
        return DraftPreview(problems=select_errors(made.problems))
    images = desk.page_images.draw_uncached(made.file.content, min(made.file.pages, _MAX_PAGES))
    return DraftPreview(tuple(f"data:image/webp;base64,{b64encode(image).decode()}" for image in images))


def choose_handout(library: Library, practice: Practice, wanted: str) -> str:
    """Return the id of the wanted handout, else of the first approved one in the language of the practice."""
    ids = [handout.id for handout in library.handouts]
    if wanted in ids:
        return wanted
    own = [handout for handout in library.handouts if is_same_language(handout.language, practice.language)]
    approved = [handout.id for handout in own if handout.front.status == "approved"]
    return next(iter([*approved, *(handout.id for handout in own), *ids]), "")


def describe_colors(colors: Mapping[str, str], settings: Settings) -> tuple[ColorContrast, ...]:
    """Return the contrast on white of those colors that are written in full, as `handouts check` judges them."""
    return tuple(
        _describe_color(name, color, settings)
        for name, color in colors.items()
        if name in Colors.model_fields and re.fullmatch("#[0-9A-Fa-f]{6}", color)
    )


def _describe_color(name: str, color: str, settings: Settings) -> ColorContrast:
    offered = [one.settings for one in formats(settings).values()]
    needed = [find_minimum_contrast(name, one.contrast) for one in offered]
    measured = measure_contrast(color)
    too_light = tuple(
        one.title.partition(":")[0] for one, minimum in zip(offered, needed, strict=True) if measured < minimum
    )
    return ColorContrast(
        name,
        color,
        measured,
        darken(color, max(needed)),
        too_light if len(too_light) < len(needed) else (),
    )
