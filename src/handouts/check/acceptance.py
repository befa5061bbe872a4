"""Findings that an author or a practice accepts with a reason, and acceptances that have no effect."""

from collections.abc import Collection, Iterable, Mapping
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

_UNUSED_ACCEPTANCE: Final = Rule(
    code="unused-acceptance",
    severity=Severity.WARNING,
    title="a finding is accepted that does not occur",
    why="The text was corrected or moved. If the acceptance stays, it hides the next finding of its kind.",
    source="linters report comments that suppress nothing in the same way",
    message='nothing is found with the code "{code}"{about}',
    hint="remove it from `accepted`",
)
_UNKNOWN_CODE: Final = Rule(
    code="unknown-code",
    severity=Severity.ERROR,
    title="a code does not exist",
    why="What you meant to accept, to turn off or to make an error stays as it is.",
    source="docs/checks.md lists all codes",
    message='no finding has the code "{code}"',
    hint="`handouts check --explain CODE` explains a code",
)
_FIXED_SEVERITY: Final = Rule(
    code="fixed-severity",
    severity=Severity.ERROR,
    title="a finding that stops a build is accepted or given another severity",
    why="Even if it were accepted, the handout could not be built.",
    source="docs/checks.md lists all codes",
    message='"{code}" stops a build or a print, so it cannot be accepted and its severity is fixed',
    hint="remove the code here, and correct what it finds",
)
RULES: Final = (_UNUSED_ACCEPTANCE, _UNKNOWN_CODE, _FIXED_SEVERITY)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of `accepted` and its place; `covers` has files, folders (ending in a slash) and single places."""

    entry: Accepted
    place: Place
    covers: frozenset[str | Place]

    def matches(self, problem: Problem, line: str) -> bool:
        """Return whether its words occur in the message of a problem or in the line that the problem is about."""
        words = self.entry.words
        return words is None or words.casefold() in problem.message.casefold() or words.casefold() in line.casefold()


def collect_acceptances(
    handouts: Iterable[Handout], practices: Iterable[Practice], references: Iterable[ReferenceEntry]
) -> list[Acceptance]:
    """Return all acceptances that are written in handouts, practices and references."""
    acceptances: list[Acceptance] = []
    for handout in handouts:
        for n, entry in enumerate(handout.front.accepted):
            place = handout.front_at.get(("accepted", n, "code"), handout.place)
            acceptances.append(Acceptance(entry, place, frozenset({handout.place.file})))
    for practice in practices:
        # The values of a practice may come from those that it extends.
        folders = {_folder_of(place.file) for place in practice.profile_at.values()}
        folders |= {_folder_of(insert.body.origin.file) for insert in practice.inserts if insert.body.origin}
        for n, entry in enumerate(practice.profile.accepted):
            place = practice.profile_at.get(("accepted", n, "code"), practice.place)
            acceptances.append(Acceptance(entry, place, frozenset(folders)))
    for source in references:
        places = frozenset({source.place, *source.values_at.values()})
        for n, entry in enumerate(source.reference.accepted):
            place = source.values_at.get(("accepted", n, "code"), source.place)
            acceptances.append(Acceptance(entry, place, places))
    return acceptances


def collect_checked_acceptances(
    library: Library, handouts: Iterable[Handout], practices: Iterable[Practice], *, whole: bool
) -> list[Acceptance]:
    """Return the acceptances of content that every rule has checked, so that unused ones can be reported.

    Sources are only among them if the `whole` project was checked. A practice is not if one of its inserts belongs to a
    handout that could not be read: inserts are checked together with their handout.
    """
    broken = {name for name, _ in library.broken_handouts}
    complete = [practice for practice in practices if not any(insert.handout in broken for insert in practice.inserts)]
    return collect_acceptances(handouts, complete, library.references.values() if whole else ())


def codes_of(acceptances: Iterable[Acceptance]) -> list[tuple[str, Place | None]]:
    """Return the code and the place of each acceptance, each pair once."""
    return list(dict.fromkeys((acceptance.entry.code, acceptance.place) for acceptance in acceptances))


def check_codes(
    codes: Iterable[tuple[str, Place | None]], known: Collection[str], fixed: Collection[str], problems: Problems
) -> None:
    """Report codes that do not exist, and those that can neither be accepted nor get another severity."""
    for code, place in codes:
        if code not in known:
            problems.add(_UNKNOWN_CODE.at(place, hint=did_you_mean(code, known) or None, code=code))
        elif code in fixed:
            problems.add(_FIXED_SEVERITY.at(place, code=code))


def check_unused_acceptances(
    acceptances: Iterable[Acceptance], used: Collection[Place], checked_codes: Collection[str], problems: Problems
) -> None:
    """Report acceptances of a code that was checked for and not found; `used` are the places of those that matched."""
    for acceptance in dict.fromkeys(acceptances):
        entry = acceptance.entry
        if acceptance.place not in used and entry.code in checked_codes:
            about = f' about "{entry.words}"' if entry.words else ""
            problems.add(_UNUSED_ACCEPTANCE.at(acceptance.place, code=entry.code, about=about))


def split_accepted(
    problems: Iterable[Problem], acceptances: Iterable[Acceptance], lines: Mapping[Place, str]
) -> tuple[list[Problem], list[tuple[Problem, Acceptance]]]:
    """Split problems into those that stay open and those that are accepted; `lines` are those of `read_lines`."""
    by_code_and_place: dict[tuple[str, str | Place], list[Acceptance]] = {}
    for acceptance in acceptances:
        for covered in acceptance.covers:
            by_code_and_place.setdefault((acceptance.entry.code, covered), []).append(acceptance)
    open_: list[Problem] = []
    accepted: list[tuple[Problem, Acceptance]] = []
    for problem in problems:
        place = problem.place
        line = lines.get(place, "") if place else ""
        covering = (place, place.file, _folder_of(place.file)) if place else ()
        candidates = (
            candidate for covered in covering for candidate in by_code_and_place.get((problem.code, covered), ())
        )
        match = next((acceptance for acceptance in candidates if acceptance.matches(problem, line)), None)
        if match:
            accepted.append((problem, match))
        else:
            open_.append(problem)
    return open_, accepted


def read_lines(project: Project, problems: Iterable[Problem], acceptances: Iterable[Acceptance]) -> Mapping[Place, str]:
    """Return the lines that problems are about, where an acceptance with words could match them."""
    codes = {acceptance.entry.code for acceptance in acceptances if acceptance.entry.words}
    places = {problem.place for problem in problems if problem.place and problem.code in codes}
    files: dict[str, list[str]] = {}
    lines: dict[Place, str] = {}
    for place in places:
        if place.file not in files:
            files[place.file] = (read_text(project, project.root / place.file, Problems()) or "").split("\n")
        if 0 < place.line <= len(files[place.file]):
            lines[place] = files[place.file][place.line - 1]
    return lines


def _folder_of(file: str) -> str:
    return f"{PurePosixPath(file).parent}/"
