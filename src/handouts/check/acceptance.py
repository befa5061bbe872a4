"""Findings that an author or practice accepts with a reason; and acceptances and settings that lead to nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handouts.model.library import Handout, Library, Practice, ReferenceEntry
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.text_file import read_text
from handouts.schema.checks import Accepted

_UNUSED: Final = Rule(
    "unused-acceptance",
    Severity.WARNING,
    "something is accepted that is not found",
    "It was mended, or the text moved on. Left in place it would hide the next finding of its kind.",
    "as linters have it for comments that suppress nothing",
)
_UNKNOWN: Final = Rule(
    "unknown-code",
    Severity.ERROR,
    "a code is named that no finding has",
    "What was to be accepted, switched off or made an error is not.",
    "docs/checks.md lists all codes",
)
_FIXED: Final = Rule(
    "fixed-severity",
    Severity.ERROR,
    "what stops a build cannot be accepted or switched off",
    "The handout cannot be built, so nobody would have anything from it.",
    "docs/checks.md lists all codes",
)
RULES: Final = (_UNUSED, _UNKNOWN, _FIXED)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An acceptance, where it is written, and what it covers: files, folders (ending in a slash), or single places."""

    entry: Accepted
    place: Place
    covers: frozenset[str | Place]

    def fits(self, problem: Problem, line: str) -> bool:
        """Tell whether its words stand in a problem, or in the line that the problem is about."""
        words = self.entry.words
        return words is None or words.casefold() in problem.message.casefold() or words.casefold() in line.casefold()


def acceptances(
    handouts: Iterable[Handout], practices: Iterable[Practice], references: Iterable[ReferenceEntry]
) -> Iterator[Acceptance]:
    """Give all acceptances that are written in handouts, practices and references."""
    for handout in handouts:
        for n, entry in enumerate(handout.front.accepted):
            place = handout.front_at.get(("accepted", n, "code"), handout.place)
            yield Acceptance(entry, place, frozenset({handout.place.file}))
    for practice in practices:
        # The values of a practice may come from those that it extends.
        folders = {_folder(place.file) for place in practice.profile_at.values()}
        folders |= {_folder(insert.body.origin.file) for insert in practice.inserts if insert.body.origin}
        for n, entry in enumerate(practice.profile.accepted):
            place = practice.profile_at.get(("accepted", n, "code"), practice.place)
            yield Acceptance(entry, place, frozenset(folders))
    for source in references:
        places = frozenset({source.place, *source.values_at.values()})
        for n, entry in enumerate(source.reference.accepted):
            yield Acceptance(entry, source.values_at.get(("accepted", n, "code"), source.place), places)


def _folder(file: str) -> str:
    return f"{PurePosixPath(file).parent}/"


def code_findings(
    named: Iterable[tuple[str, Place | None]], known: Collection[str], fixed: Collection[str]
) -> Iterator[Problem]:
    """Report codes that nothing has, and those that cannot be changed."""
    for code, place in named:
        if code not in known:
            hint = did_you_mean(code, known) or "`handouts check --explain CODE` tells about each"
            yield _UNKNOWN.found(f'no finding has the code "{code}"', place, hint)
        elif code in fixed:
            yield _FIXED.found(f'"{code}" stops a build or a print, so it stays as it is', place, "correct it")


def unused(entries: Iterable[Acceptance], used: Collection[Place], looked_for: Collection[str]) -> Iterator[Problem]:
    """Report acceptances of what was looked for and not found."""
    for entry in dict.fromkeys(entries):
        if entry.place not in used and entry.entry.code in looked_for:
            about = f' about "{entry.entry.words}"' if entry.entry.words else ""
            message = f'nothing is found with the code "{entry.entry.code}"{about}'
            yield _UNUSED.found(message, entry.place, "remove it from `accepted`")


def split(
    problems: Iterable[Problem], entries: Iterable[Acceptance], lines: Mapping[Place, str]
) -> tuple[list[Problem], list[tuple[Problem, Acceptance]]]:
    """Part problems into those that stay open and those that are accepted."""
    covering: dict[tuple[str, str | Place], list[Acceptance]] = {}
    for entry in entries:
        for covered in entry.covers:
            covering.setdefault((entry.entry.code, covered), []).append(entry)
    open_: list[Problem] = []
    accepted: list[tuple[Problem, Acceptance]] = []
    for problem in problems:
        place = problem.place
        about = (place, place.file, _folder(place.file)) if place else ()
        line = lines.get(place, "") if place else ""
        candidates = (one for covered in about for one in covering.get((problem.code, covered), ()))
        fitting = next((one for one in candidates if one.fits(problem, line)), None)
        if fitting:
            accepted.append((problem, fitting))
        else:
            open_.append(problem)
    return open_, accepted


def lines_of(project: Project, problems: Iterable[Problem], entries: Iterable[Acceptance]) -> Mapping[Place, str]:
    """Return the lines that problems are about, of those that an acceptance with words may fit."""
    codes = {one.entry.code for one in entries if one.entry.words}
    places = {problem.place for problem in problems if problem.place and problem.code in codes}
    files: dict[str, list[str]] = {}
    found: dict[Place, str] = {}
    for place in places:
        if place.file not in files:
            files[place.file] = (read_text(project, project.root / place.file, Problems()) or "").split("\n")
        if 0 < place.line <= len(files[place.file]):
            found[place] = files[place.file][place.line - 1]
    return found


def of_library(library: Library, handouts: Iterable[Handout], practices: Iterable[Practice]) -> list[Acceptance]:
    """Give the acceptances of what is checked."""
    return list(acceptances(handouts, practices, library.references.values()))


def judged(
    library: Library, handouts: Iterable[Handout], practices: Iterable[Practice], *, whole: bool
) -> list[Acceptance]:
    """Give the acceptances of what all rules looked at: sources only if the `whole` project was read and checked.

    Inserts are looked at together with their handout, so their practice is left out if that could not be read.
    """
    broken = {name for name, _ in library.broken_handouts}
    complete = [one for one in practices if not any(insert.handout in broken for insert in one.inserts)]
    return list(acceptances(handouts, complete, library.references.values() if whole else ()))
