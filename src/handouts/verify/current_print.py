"""The current version of a print: composed from the project as it is today, but not laid out."""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from handouts.build.pipeline import Pipeline
from handouts.build.plan.packs import plan_pack_of_patient
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import EmptySelectionError, UnknownNameError
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem
from handouts.schema.provenance import Provenance
from handouts.schema.settings import PackItem


class NoLongerInProjectError(HandoutsError):
    """The handout, practice or section of a print is no longer in the project; the text names it."""


class BrokenSourceError(HandoutsError):
    """A source of the print has errors in the project; `problems` are those found while composing it."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        """Store the problems."""
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class CurrentPrint:
    """The provenance that a print would have today, and the path in the output folder that it is built to."""

    made_from: Provenance
    path: PurePosixPath


def find_current_print(pipeline: Pipeline, library: Library, printed: Provenance) -> CurrentPrint:
    """Compose the print described by a file's provenance again.

    Raises NoLongerInProjectError or BrokenSourceError.
    """
    if printed.members:
        return _find_current_pack(pipeline, library, printed)
    request = Request(
        handouts=(printed.handout,),
        practices=(printed.practice,),
        sections=printed.sections,
        formats=(printed.format,),
        languages=(printed.language,),
        audience=printed.audience or "",
        options=PrintOptions.from_words((printed.paper, printed.ink, *printed.options)),
    )
    try:
        planned = plan(library, request)
    except (UnknownNameError, EmptySelectionError) as missing:
        raise NoLongerInProjectError(str(missing)) from None
    is_broken = (printed.handout, printed.language) in library.broken_handouts
    if is_broken or printed.practice in library.broken_practices:
        raise BrokenSourceError("its handout or practice has errors in the project")
    if not planned:
        raise NoLongerInProjectError(f'no handout "{printed.handout}" in the language "{printed.language}"')
    return compose_current_print(pipeline, planned[0])


def _find_current_pack(pipeline: Pipeline, library: Library, printed: Provenance) -> CurrentPrint:
    """Compose a pack again: one of the settings as it is defined today, any other from the same handouts."""
    broken = [one.handout for one in printed.members if (one.handout, printed.language) in library.broken_handouts]
    if broken or printed.practice in library.broken_practices:
        raise BrokenSourceError("a handout or the practice of the pack has errors in the project")
    request = Request(
        practices=(printed.practice,),
        formats=(printed.format,),
        languages=(printed.language,),
        audience=printed.audience or "",
        options=PrintOptions.from_words((printed.paper, printed.ink, *printed.options)),
    )
    try:
        if printed.handout in library.settings.packs:
            (item,) = plan(library, replace(request, packs=(printed.handout,)))
        else:
            items = [
                PackItem(handout=one.handout, sections=one.sections or _list_all(library, one.handout, printed))
                for one in printed.members
            ]
            item = Planned(*plan_pack_of_patient(library, items, request))
    except (UnknownNameError, EmptySelectionError) as missing:
        raise NoLongerInProjectError(str(missing)) from None
    return compose_current_print(pipeline, item)


def _list_all(library: Library, handout: str, printed: Provenance) -> tuple[str, ...]:
    """Return the ids of all sections of a handout, because a pack without any has those that are ticked at first."""
    same = (one for one in library.handouts if (one.id, one.language) == (handout, printed.language))
    return tuple(section.id for one in same for section in one.sections)


def compose_current_print(pipeline: Pipeline, item: Planned) -> CurrentPrint:
    """Compose a planned print. Raises BrokenSourceError if that finds errors."""
    composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
    if composition.document is None or composition.document.made_from is None:
        raise BrokenSourceError("it can no longer be printed because the project has errors", composition.problems)
    return CurrentPrint(composition.document.made_from, item.path)
