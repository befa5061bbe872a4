"""Outputs of a request that cannot be planned, because one of their sources cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import get_args

from handouts.build.plan.choose import choose_formats, find_unread_handouts, find_unread_practices, select_requested
from handouts.build.plan.output import Output, make_file_name, make_whole_file_name
from handouts.build.plan.own_language import split_by_language
from handouts.build.plan.packs import choose_packs, list_pack_languages, list_pack_practices
from handouts.build.plan.request import Request, expand_set, filter_names, make_edition
from handouts.model.edition import USUAL_FORMAT, formats
from handouts.model.library import Library
from handouts.numbering.select import Selection
from handouts.problems.problem import Problem, escape_invalid_bytes
from handouts.schema.ids import is_id
from handouts.schema.print_terms import Paper


@dataclass(frozen=True, slots=True)
class Unread:
    """An output that cannot be planned: `sources` are the handouts and practices with errors, `problems` the errors."""

    output: Output
    sources: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A handout in one language: its selection, or the errors that keep it from being read."""

    handout: str
    language: str
    selection: Selection | None
    problems: tuple[Problem, ...] = ()


def find_unread_outputs(library: Library, request: Request, *, has_others: bool = False) -> tuple[Unread, ...]:
    """Return the outputs of a request whose handout or practice could not be read, each once.

    A broken handout counts as having the chosen sections, because its sections are not known. Handouts in another
    language than the practice's are left out as in a plan; `has_others` means that the plan has other outputs. Raises
    UnknownNameError or EmptySelectionError as `plan` does.
    """
    by_key: dict[PurePosixPath, Unread] = {}
    if request.packs:
        packs = _find_packs(library, request)
        return split_by_language(packs, _get_practice_and_language, library, request, has_others=has_others)[0]
    for entry in expand_set(library.settings, request):
        for unread in _find_in_entry(library, entry, request):
            by_key.setdefault(unread.output.key, unread)
    return split_by_language(by_key.values(), _get_practice_and_language, library, request, has_others=has_others)[0]


def _get_practice_and_language(unread: Unread) -> tuple[str, str]:
    return unread.output.practice, unread.output.language


def remove_set(request: Request) -> Request:
    """Return a request without its set: without settings, the formats of a set are not known."""
    return replace(request, set_name=None, formats=("",) if request.set_name else request.formats)


def _find_in_entry(library: Library, entry: Request, request: Request) -> Iterator[Unread]:
    broken = {name: library.broken_practices[name] for name in find_unread_practices(library, entry)}
    readable = filter_names(library.practices, entry.practices, entry.no_practices)
    practices = dict.fromkeys(readable, ()) | broken
    selections = [_Text(s.handout.id, s.handout.language, s) for s in select_requested(library, entry, request)]
    unread = [
        _Text(name, language, None, library.broken_handouts[name, language])
        for name, language in find_unread_handouts(library, entry)
        if (not request.languages or language in request.languages) and filter_names([name], request.handouts)
    ]
    for practice in filter_names(sorted(practices), request.practices):
        for text in sorted((*selections, *unread), key=lambda text: (text.handout, text.language)):
            if practice in broken or text.selection is None:
                yield from _list_unread_outputs(library, entry, practice, text, practices[practice])


def _find_packs(library: Library, request: Request) -> Iterator[Unread]:
    """Yield the packs of a request of which a handout, or whose practice, could not be read."""
    for name, pack in choose_packs(library, request).items():
        known = sorted({*library.practices, *library.broken_practices})
        for language in list_pack_languages(library, name, pack, request):
            keys = dict.fromkeys((item.handout, language) for item in pack.handouts)
            broken = [key for key in keys if key in library.broken_handouts]
            for practice in list_pack_practices(known, name, pack, request):
                problems_of_practice = library.broken_practices.get(practice, ())
                if not broken and not problems_of_practice:
                    continue
                errors = [problem for key in broken for problem in library.broken_handouts[key]]
                sources = [f"{handout} ({language})" for handout, _ in broken]
                sources += [escape_invalid_bytes(practice)] if problems_of_practice else []
                for format_name in request.formats or (USUAL_FORMAT,):
                    output = Output(escape_invalid_bytes(practice), name, language, format_name, (), None)
                    problems = tuple(dict.fromkeys([*errors, *problems_of_practice]))
                    yield Unread(output, tuple(sources), problems)


def _list_unread_outputs(
    library: Library, entry: Request, practice: str, text: _Text, practice_problems: tuple[Problem, ...]
) -> Iterator[Unread]:
    problems = tuple(dict.fromkeys([*text.problems, *practice_problems]))
    sections = tuple(section.id for section in text.selection.sections) if text.selection else ()
    profile = library.practices.get(practice)
    broken_names = ["" if text.selection else f"{text.handout} ({text.language})", "" if profile else practice]
    sources = tuple(escape_invalid_bytes(name) for name in broken_names if name)
    papers = (profile.profile.paper or library.settings.paper,) if profile else get_args(Paper)
    if text.selection:
        format_names = [chosen.name for chosen in choose_formats(library, text.selection.handout, entry)]
    else:
        format_names = [*(entry.formats or (USUAL_FORMAT,))]
    for name in format_names:
        names = {_predict_file_name(library, entry, text, name, paper) for paper in papers}
        file = names.pop() if len(names) == 1 and is_id(practice) else None
        path = PurePosixPath(practice, file) if file else None
        output = Output(
            escape_invalid_bytes(practice),
            escape_invalid_bytes(text.handout),
            escape_invalid_bytes(text.language),
            name,
            sections,
            path,
        )
        yield Unread(output, sources, problems)


def _predict_file_name(library: Library, entry: Request, text: _Text, name: str, usual: Paper) -> str | None:
    """Return the file name for a usual paper; None if it depends on a source that cannot be read."""
    chosen_format = formats(library.settings).get(name)
    if chosen_format is None or not is_id(text.handout) or not is_id(text.language.lower()):
        return None
    edition = make_edition(chosen_format, entry, usual)
    if text.selection:
        return make_file_name(text.selection, edition, usual)
    # Chosen sections are in a file's name by their numbers.
    return (
        None if entry.sections or entry.left_out else make_whole_file_name(text.handout, text.language, edition, usual)
    )
