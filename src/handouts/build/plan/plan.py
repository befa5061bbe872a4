"""Plans the outputs of a request: practice x handout x language x format, each with its path."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from handouts.build.plan.choose import (
    check_names,
    choose_formats,
    choose_handouts,
    find_unread_practices,
    select_sections,
)
from handouts.build.plan.output import Output, make_file_name
from handouts.build.plan.own_language import split_by_language
from handouts.build.plan.packs import plan_packs
from handouts.build.plan.request import Request, expand_set, filter_names, make_edition
from handouts.model.conditions import list_audiences, list_conditions
from handouts.model.edition import Edition
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.select import (
    ChoiceError,
    EmptySelectionError,
    Selection,
    UnknownNameError,
    collect_selectable_ids,
    select,
)
from handouts.numbering.tailor import tailor
from handouts.schema.print_terms import Paper


@dataclass(frozen=True, slots=True)
class Planned:
    """One output to be made; `name` is its file name, in the folder of the practice.

    Outputs share equal values, because there can be very many.
    """

    selection: Selection
    practice: Practice
    edition: Edition
    name: str

    @property
    def path(self) -> PurePosixPath:
        """The path, relative to the output folder."""
        return PurePosixPath(self.practice.id, self.name)

    @property
    def output(self) -> Output:
        """The ids and path of the output, as results report them."""
        handout, sections = self.selection.handout, tuple(section.id for section in self.selection.sections)
        return Output(self.practice.id, handout.id, handout.language, self.edition.format.name, sections, self.path)


class CollisionError(ChoiceError):
    """Two different outputs that would be written to the same file."""

    def __init__(self, first: Planned, second: Planned) -> None:
        """Name both outputs."""
        outputs = " and ".join(
            f"{item.output.handout} ({item.output.language}) as {item.output.format}" for item in (first, second)
        )
        super().__init__(f"{outputs} would both be the file {second.path}: build them into different folders")


def _is_same(first: Planned, second: Planned) -> bool:
    return first is second or (first.output == second.output and first.edition == second.edition)


def plan(library: Library, request: Request) -> tuple[Planned, ...]:
    """Plan the outputs of a request, in the order practice, handout, language, format; of a set entry by entry.

    Handouts and practices that could not be read are left out: their problems are already known. So are handouts in
    another language than the practice's, unless they must fail (see `split_by_language`). Raises UnknownNameError for
    a name that matches nothing, EmptySelectionError if a choice leaves nothing to print, and CollisionError if two
    different outputs would be one file.
    """
    return plan_by_language(library, request)[0]


def plan_by_language(library: Library, request: Request) -> tuple[tuple[Planned, ...], tuple[Planned, ...]]:
    """Plan the outputs of a request; return them, and those left out because the practice has another language.

    Raises as `plan` does.
    """
    check_names(library, request)
    if request.packs:
        packs = (Planned(*print_of_pack) for print_of_pack in plan_packs(library, request))
        return split_by_language(packs, _get_practice_and_language, library, request)
    planned: dict[tuple[str, str], Planned] = {}  # by practice and file name; some file systems ignore case
    for entry in expand_set(library.settings, request):
        try:
            check_names(library, entry)
            for item in _plan_entry(library, entry, request):
                first = planned.setdefault((item.practice.id, item.name.lower()), item)
                if not _is_same(first, item):
                    raise CollisionError(first, item)
        except UnknownNameError as unknown:
            if request.set_name is not None:
                unknown.args = (f'{unknown}, which the set "{request.set_name}" names',)
            raise
    return split_by_language(planned.values(), _get_practice_and_language, library, request)


def _get_practice_and_language(item: Planned) -> tuple[str, str]:
    return item.practice.id, item.selection.handout.language


def _plan_entry(library: Library, entry: Request, request: Request) -> Iterator[Planned]:
    """Yield the outputs of an entry of a set that match the rest of the request.

    Raises EmptySelectionError if the entry leaves out all practices that it names.
    """
    handouts = choose_handouts(library, entry)
    practices = [
        library.practices[name] for name in filter_names(library.practices, entry.practices, entry.no_practices)
    ]
    if not practices:
        if entry.no_practices and library.practices and not find_unread_practices(library, entry):
            raise EmptySelectionError(f'the set "{entry.set_name}" leaves out each practice that it names')
        return
    selections = select_sections(handouts, entry, request)
    conditions = [list_conditions(selection.handout) for selection in selections]
    editions: dict[tuple[Paper, str], Edition] = {}
    # What practices share is made once: by their usual paper, the handout, and which of its conditions hold for them.
    prints: dict[tuple[Paper, int, tuple[bool, ...]], list[tuple[Selection, Edition, str]]] = {}
    requested = set(filter_names([practice.id for practice in practices], request.practices))
    for practice in practices:
        if practice.id not in requested:
            continue
        usual = practice.profile.paper or library.settings.paper
        for number, selection in enumerate(selections):
            audience = _find_audience(selection.handout, entry)
            key = usual, number, tuple(one.holds(practice.id, audience) for one in conditions[number])
            if key not in prints:
                own = _select_tailored(selection.handout, practice.id, entry) if conditions[number] else selection
                prints[key] = list(_make_prints(library, own, entry, usual, editions)) if own else []
            speaking = practice.in_language(selection.handout.language)
            yield from (Planned(chosen, speaking, edition, name) for chosen, edition, name in prints[key])


def _find_audience(handout: Handout, entry: Request) -> str:
    """Return the audience of an entry, "" if no part of the handout is for it."""
    return entry.audience if entry.audience and entry.audience in list_audiences(handout) else ""


def _select_tailored(handout: Handout, practice: str, entry: Request) -> Selection | None:
    """Select the sections of a handout for a practice and the audience of an entry; None if it has none of them."""
    audience = _find_audience(handout, entry)
    own = tailor(handout, practice, audience)
    known = collect_selectable_ids(own)
    chosen = [name for name in entry.sections if name in known]
    if entry.sections and not chosen:
        return None
    try:
        selection = select(own, chosen, [name for name in entry.left_out if name in known])
    except EmptySelectionError:
        return None
    return replace(selection, audience=audience)


def _make_prints(
    library: Library, selection: Selection, entry: Request, usual: Paper, editions: dict[tuple[Paper, str], Edition]
) -> Iterator[tuple[Selection, Edition, str]]:
    """Yield a selection in each edition to print for practices with the same usual paper, with its file name."""
    for chosen_format in choose_formats(library, selection.handout, entry):
        edition = editions.setdefault((usual, chosen_format.name), make_edition(chosen_format, entry, usual))
        yield selection, edition, make_file_name(selection, edition, usual)
