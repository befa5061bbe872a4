"""Finds what a request names in a library: handouts with their sections, practices and formats, readable or not."""

from collections.abc import Collection, Iterable

from handouts.build.plan.request import Request, check_known, filter_names
from handouts.model.conditions import list_audiences
from handouts.model.edition import Format, formats, get_usual_format, list_offered_formats
from handouts.model.library import Handout, Library
from handouts.numbering.select import (
    EmptySelectionError,
    Selection,
    UnknownNameError,
    collect_selectable_ids,
    select,
)


def check_names(library: Library, request: Request) -> None:
    """Raise UnknownNameError for a name that matches neither a readable nor a broken item."""
    pairs = {*((handout.id, handout.language) for handout in library.handouts), *library.broken_handouts}
    ids_known = {name for name, _ in pairs}
    check_known("handout", (*request.handouts, *request.no_handouts), ids_known)
    check_known("language", request.languages, {language for _, language in pairs})
    for name in request.practices:
        check_not_abstract(library, name)
    practices = library.practices.keys() | library.broken_practices
    check_known("practice", request.practices, practices)
    check_known("practice", request.no_practices, practices | library.abstract_practices)
    check_known("format", request.formats, formats(library.settings))
    if request.audience:
        audiences = {audience for handout in library.handouts for audience in list_audiences(handout)}
        if request.audience not in audiences and not library.broken_handouts:
            raise UnknownNameError("audience", request.audience, audiences)


def check_not_abstract(library: Library, practice: str) -> None:
    """Raise EmptySelectionError for a practice that is there for others to extend."""
    if practice in library.abstract_practices:
        raise EmptySelectionError(f'the practice "{practice}" is abstract: it is there for others to extend')


def choose_handouts(library: Library, request: Request) -> list[Handout]:
    """Choose handouts by id and language; if no handout is named, those that have the chosen sections.

    Raises EmptySelectionError if a set leaves out all handouts that it names, UnknownNameError if no handout has the
    sections.
    """
    candidates = [handout for handout in library.handouts if _is_chosen(handout, request)]
    if request.no_handouts and not candidates and library.handouts and not find_unread_handouts(library, request):
        raise EmptySelectionError(f'the set "{request.set_name}" leaves out each handout that it names')
    section_names = (*request.sections, *request.left_out)
    unread = find_unread_handouts(library, request)
    _check_sections(candidates, section_names, unread, request)
    if request.handouts and request.set_name is None:
        return candidates
    complete = [handout for handout in candidates if set(section_names) <= collect_selectable_ids(handout)]
    # Each section exists, but a handout that cannot be read may be the one that has them all.
    if request.set_name is not None and candidates and not complete and not unread:
        unknown = UnknownNameError("handout that has all of the sections", ", ".join(section_names), ())
        unknown.hint = "write an entry for each of them"
        raise unknown
    return complete


def _check_sections(
    candidates: Collection[Handout], names: Collection[str], unread: Collection[tuple[str, str]], request: Request
) -> None:
    """Raise UnknownNameError for a section that no handout has, unless a named handout is broken and may have it."""
    if not candidates or (request.handouts and unread):
        return
    all_ids = {name for handout in candidates for name in collect_selectable_ids(handout)}
    for name in names:
        if name not in all_ids:
            unknown = UnknownNameError("section", name, all_ids)
            if unread:
                may_have = ", ".join(dict.fromkeys(handout for handout, _ in unread))
                suggestion = f"{unknown.hint.rstrip('?.')}. " if unknown.hint else ""
                unknown.hint = f"{suggestion}Or is it in what has errors: {may_have}?"
            raise unknown


def find_unread_handouts(library: Library, request: Request) -> tuple[tuple[str, str], ...]:
    """Return id and language of the broken handouts that a request matches."""
    return tuple(
        (name, language)
        for name, language in sorted(library.broken_handouts)
        if filter_names([name], request.handouts, request.no_handouts)
        and (not request.languages or language in request.languages)
    )


def find_unread_practices(library: Library, request: Request) -> tuple[str, ...]:
    """Return the ids of the broken practices that a request matches."""
    return tuple(filter_names(sorted(library.broken_practices), request.practices, request.no_practices))


def select_requested(library: Library, entry: Request, request: Request) -> list[Selection]:
    """Select the sections of each handout of an entry that matches the rest of the request.

    Raises EmptySelectionError or UnknownNameError if that leaves nothing.
    """
    return select_sections(choose_handouts(library, entry), entry, request)


def select_sections(handouts: Iterable[Handout], entry: Request, request: Request) -> list[Selection]:
    """Select the sections of the handouts of an entry; return those of handouts that match the rest of the request."""
    # Handouts that are not requested are selected too, so that an empty choice is reported in any of them.
    selections = [select(handout, entry.sections, entry.left_out) for handout in handouts]
    return [selection for selection in selections if _is_chosen(selection.handout, request)]


def _is_chosen(handout: Handout, request: Request) -> bool:
    by_language = not request.languages or handout.language in request.languages
    return by_language and bool(filter_names([handout.id], request.handouts, request.no_handouts))


def choose_formats(library: Library, handout: Handout, entry: Request) -> list[Format]:
    """Return the formats of an entry that a handout is offered in; its usual one if the entry names none.

    Raises UnknownNameError if the entry names the handout by its id, and a format that it is not offered in.
    """
    offered = list_offered_formats(handout, library.settings)
    for name in entry.formats if handout.id in entry.handouts else ():
        if name not in offered:
            not_offered = UnknownNameError("format", name, offered)
            not_offered.args = (f'{handout.id} ({handout.language}) is not offered in the format "{name}"',)
            not_offered.hint = f"it is offered in: {', '.join(offered)}"
            raise not_offered
    return [offered[name] for name in entry.formats or (get_usual_format(handout),) if name in offered]
