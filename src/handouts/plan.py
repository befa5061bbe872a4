"""Plan: what is to be built, as practice x handout x language x format, and the path of each output."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from handouts.edition import Edition, Format, formats
from handouts.library import Handout, Library, Practice
from handouts.request import Request, check_known, entries, matching
from handouts.select import EmptySelectionError, Selection, UnknownNameError, ids, select

_FEW = 2  # sections in a row that are named one by one
_SAID_BY_ENDING = frozenset({"html", "text"})  # formats that need no more in a file's name than its ending


@dataclass(frozen=True, slots=True)
class Planned:
    """One output to be made; `path` is relative to the output folder."""

    selection: Selection
    practice: Practice
    edition: Edition
    path: PurePosixPath


def plan(library: Library, request: Request) -> tuple[Planned, ...]:
    """Plan the outputs of a request, in the order practice, handout, language, format; those of a set by its entries.

    Handouts and practices that could not be read are left out: their problems are already known. Raise
    UnknownNameError for a name that nothing bears, EmptySelectionError if a choice leaves nothing to print.
    """
    _check_names(library, request)
    planned: dict[PurePosixPath, Planned] = {}
    for entry in entries(library.settings, request):
        try:
            _check_names(library, entry)
            asked_for = [item for item in _outputs(library, entry) if _narrowed(request, item)]
        except UnknownNameError as unknown:
            if request.set_name is not None:
                unknown.args = (f'{unknown}, which the set "{request.set_name}" names',)
            raise
        planned.update((item.path, item) for item in asked_for if item.path not in planned)
    return tuple(planned.values())


def _outputs(library: Library, entry: Request) -> Iterator[Planned]:
    known = formats(library.settings)
    handouts = _handouts(library, entry)
    for practice in _chosen(entry.practices, library.practices):
        for handout in handouts:
            for name in entry.formats:
                yield _planned(library, library.practices[practice], handout, entry, known[name])


def _chosen(patterns: Collection[str], names: Collection[str]) -> list[str]:
    fitting = matching(patterns, names)
    return [name for name in names if not patterns or name in fitting]


def _narrowed(request: Request, item: Planned) -> bool:
    """Tell whether what a set names is among what was asked for beside it."""
    handout = item.selection.handout
    return (
        bool(_chosen(request.handouts, [handout.id]))
        and bool(_chosen(request.practices, [item.practice.id]))
        and (not request.languages or handout.language in request.languages)
    )


def _check_names(library: Library, request: Request) -> None:
    """Raise UnknownNameError for a name that nothing bears, also nothing that could not be read."""
    pairs = {*((handout.id, handout.language) for handout in library.handouts), *library.broken_handouts}
    check_known("handout", request.handouts, {name for name, _ in pairs})
    check_known("language", request.languages, {language for _, language in pairs})
    for name in request.practices:
        if name in library.abstract_practices:
            raise EmptySelectionError(f'the practice "{name}" is abstract: it is there for others to extend')
    check_known("practice", request.practices, library.practices.keys() | library.broken_practices)
    check_known("format", request.formats, formats(library.settings))


def _handouts(library: Library, request: Request) -> list[Handout]:
    """Choose handouts by id and language, and by having the chosen sections when no handout is named."""
    chosen = [
        handout
        for handout in library.handouts
        if _chosen(request.handouts, [handout.id]) and (not request.languages or handout.language in request.languages)
    ]
    asked = (*request.sections, *request.left_out)
    _check_sections(chosen, asked, unread_handouts(library, request), request)
    if request.handouts and request.set_name is None:
        return chosen
    return [handout for handout in chosen if set(asked) <= ids(handout)]


def unread_handouts(library: Library, request: Request) -> tuple[tuple[str, str], ...]:
    """Give id and language of what a request means, by naming it or by not choosing, among what could not be read."""
    return tuple(
        (name, language)
        for name, language in sorted(library.broken_handouts)
        if _chosen(request.handouts, [name]) and (not request.languages or language in request.languages)
    )


def _check_sections(
    chosen: Collection[Handout], asked: Collection[str], unread: Collection[tuple[str, str]], request: Request
) -> None:
    """Raise UnknownNameError for a section that none has, unless a handout that was named is broken and may have it."""
    if not chosen or (request.handouts and unread):
        return
    all_ids = {name for handout in chosen for name in ids(handout)}
    for name in asked:
        if name not in all_ids:
            unknown = UnknownNameError("section", name, all_ids)
            if unread:
                may_have = ", ".join(dict.fromkeys(handout for handout, _ in unread))
                unknown.hint = f"{unknown.hint} Or is it in what has errors: {may_have}?".strip()
            raise unknown


def _planned(
    library: Library, practice: Practice, handout: Handout, request: Request, chosen_format: Format
) -> Planned:
    selection = select(handout, request.sections, request.left_out)
    kind, imposition = chosen_format.settings.file, chosen_format.settings.imposition
    usual = practice.profile.paper or library.settings.paper
    # What makes no difference to a format is not asked for: plain text is the same for all papers and inks.
    edition = (
        Edition(chosen_format, usual)
        if kind != "pdf"
        else Edition(
            chosen_format,
            request.paper or usual,
            request.ink,
            request.imposed or imposition == "pages",
            request.fold_marks or imposition not in {"c-fold", "z-fold"},
            request.press,
            request.fit and bool(chosen_format.settings.fit),
        )
    )
    # Whatever differs from the usual print is in the name, so that no print takes another's place.
    chosen = "" if selection.is_whole else f".sections-{_numbers([s.number for s in selection.sections])}"
    unusual = {
        edition.paper: edition.paper != usual,
        edition.ink: edition.ink != "color",
        "press": edition.press,
        "single": not edition.imposed,
        "unmarked": not edition.fold_marks,
        "fit": edition.fit,
    }
    name = "-".join([chosen_format.name, *(word for word, is_so in unusual.items() if is_so)])
    made = "" if name in _SAID_BY_ENDING else f".{name}"
    name = f"{handout.id}{chosen}.{handout.language}{made}.{kind}"
    return Planned(selection, practice, edition, PurePosixPath(practice.id, name))


def _numbers(numbers: Sequence[int]) -> str:
    """Write rising numbers, three and more in a row as first..last, so that a name stays short: 1..4-6-8-9."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return "-".join(f"{row[0]}..{row[-1]}" if len(row) > _FEW else "-".join(map(str, row)) for row in rows)
