"""Outputs of a request that cannot be planned, because one of their sources cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import get_args

from handouts.build.plan.output import Output, file_name, whole_file_name
from handouts.build.plan.own_language import split_by_language
from handouts.build.plan.plan import select_requested, unread_handouts, unread_practices
from handouts.build.plan.request import Request, chosen, edition_of, entries
from handouts.model.edition import formats
from handouts.model.library import Library
from handouts.numbering.select import Selection
from handouts.problems.problem import Problem, writable
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


def unread_outputs(library: Library, request: Request, *, has_others: bool = False) -> tuple[Unread, ...]:
    """List the outputs of a request whose handout or practice could not be read, each once.

    A broken handout counts as having the chosen sections: whether it has them cannot be known. Handouts in another
    language than the practice's are left out as in a plan; `has_others` means that the plan has other outputs.
    """
    found: dict[PurePosixPath, Unread] = {}
    for entry in entries(library.settings, request):
        for unread in _of_entry(library, entry, request):
            found.setdefault(unread.output.key, unread)
    return split_by_language(found.values(), _pair_of, library, request, has_others=has_others)[0]


def _pair_of(unread: Unread) -> tuple[str, str]:
    return unread.output.practice, unread.output.language


def without_settings(request: Request) -> Request:
    """Return a request without its set: without settings, the formats of a set are not known."""
    return replace(request, set_name=None, formats=("",) if request.set_name else request.formats)


def _of_entry(library: Library, entry: Request, request: Request) -> Iterator[Unread]:
    broken = {name: library.broken_practices[name] for name in unread_practices(library, entry)}
    readable = chosen(library.practices, entry.practices, entry.no_practices)
    practices = dict.fromkeys(readable, ()) | broken
    selections = [_Text(s.handout.id, s.handout.language, s) for s in select_requested(library, entry, request)]
    unread = [
        _Text(name, language, None, library.broken_handouts[name, language])
        for name, language in unread_handouts(library, entry)
        if (not request.languages or language in request.languages) and chosen([name], request.handouts)
    ]
    for practice in chosen(sorted(practices), request.practices):
        for text in sorted((*selections, *unread), key=lambda one: (one.handout, one.language)):
            if practice in broken or text.selection is None:
                yield from _unread_outputs(library, entry, practice, text, practices[practice])


def _unread_outputs(
    library: Library, entry: Request, practice: str, text: _Text, of_practice: tuple[Problem, ...]
) -> Iterator[Unread]:
    problems = tuple(dict.fromkeys([*text.problems, *of_practice]))
    sections = tuple(section.id for section in text.selection.sections) if text.selection else ()
    profile = library.practices.get(practice)
    broken = ["" if text.selection else f"{text.handout} ({text.language})", "" if profile else practice]
    sources = tuple(writable(name) for name in broken if name)
    papers = (profile.profile.paper or library.settings.paper,) if profile else get_args(Paper)
    for name in entry.formats:
        names = {_file_name(library, entry, text, name, paper) for paper in papers}
        file = names.pop() if len(names) == 1 and is_id(practice) else None
        path = PurePosixPath(practice, file) if file else None
        output = Output(writable(practice), writable(text.handout), writable(text.language), name, sections, path)
        yield Unread(output, sources, problems)


def _file_name(library: Library, entry: Request, text: _Text, name: str, usual: Paper) -> str | None:
    """Return the file name for a usual paper; None if it depends on what cannot be read."""
    known = formats(library.settings).get(name)
    if known is None or not is_id(text.handout) or not is_id(text.language.lower()):
        return None
    edition = edition_of(known, entry, usual)
    if text.selection:
        return file_name(text.selection, edition, usual)
    # Chosen sections are in a file's name by their numbers.
    return None if entry.sections or entry.left_out else whole_file_name(text.handout, text.language, edition, usual)
