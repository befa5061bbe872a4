"""Plan: what is to be built, as practice x handout x language x format, and the path of each output."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from handouts.edition import Edition, Format, formats
from handouts.library import Handout, Library, Practice
from handouts.schema.base import Ink, Paper
from handouts.select import EmptySelectionError, Selection, UnknownNameError, ids, select

_FEW = 2  # sections in a row that are named one by one
_SAID_BY_ENDING = frozenset({"html", "text"})  # formats that need no more in a file's name than its ending


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; an empty choice means all."""

    handouts: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("handout",)
    languages: tuple[str, ...] = ()
    paper: Paper | None = None
    ink: Ink = "color"
    imposed: bool = True
    fold_marks: bool = True
    press: bool = False
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One output to be made; `path` is relative to the output folder."""

    selection: Selection
    practice: Practice
    edition: Edition
    path: PurePosixPath


def plan(library: Library, request: Request) -> tuple[Planned, ...]:
    """Plan the outputs of a request, in the order practice, handout, language, format.

    Handouts and practices that could not be read are left out: their problems are already known. Raise
    UnknownNameError for a name that nothing bears, EmptySelectionError if a choice leaves nothing to print.
    """
    practices = _practices(library, request.practices)
    handouts = _handouts(library, request)
    known = formats(library.settings)
    for name in request.formats:
        if name not in known:
            raise UnknownNameError("format", name, known)
    return tuple(
        _planned(library, practice, handout, request, known[name])
        for practice in practices
        for handout in handouts
        for name in request.formats
    )


def _practices(library: Library, chosen: Collection[str]) -> list[Practice]:
    for name in chosen:
        if name in library.abstract_practices:
            raise EmptySelectionError(f'the practice "{name}" is abstract: it is there for others to extend')
        if name not in library.practices and name not in library.broken_practices:
            raise UnknownNameError("practice", name, library.practices)
    return [practice for name, practice in library.practices.items() if not chosen or name in chosen]


def _handouts(library: Library, request: Request) -> list[Handout]:
    """Choose handouts by id and language, and by having the chosen sections when no handout is named."""
    known = {(handout.id, handout.language) for handout in library.handouts}
    known_ids, languages = ({pair[position] for pair in known} for position in (0, 1))
    broken_ids, broken_languages = ({pair[position] for pair in library.broken_handouts} for position in (0, 1))
    for name in request.handouts:
        if name not in known_ids | broken_ids:
            raise UnknownNameError("handout", name, known_ids)
    for language in request.languages:
        if language not in languages | broken_languages:
            raise UnknownNameError("language", language, languages)
    chosen = [
        handout
        for handout in library.handouts
        if (not request.handouts or handout.id in request.handouts)
        and (not request.languages or handout.language in request.languages)
    ]
    asked = (*request.sections, *request.left_out)
    _check_sections(chosen, asked, unread_handouts(library, request), request)
    if request.handouts:
        return chosen
    return [handout for handout in chosen if set(asked) <= ids(handout)]


def unread_handouts(library: Library, request: Request) -> tuple[tuple[str, str], ...]:
    """Give id and language of what a request means, by naming it or by not choosing, among what could not be read."""
    return tuple(
        (name, language)
        for name, language in sorted(library.broken_handouts)
        if (not request.handouts or name in request.handouts)
        and (not request.languages or language in request.languages)
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
