"""A check from reading to findings: severities set, accepted ones apart, each once and in order."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from handouts.check.acceptance import code_findings, judged, lines_of, of_library, split, unused
from handouts.check.parallel import look
from handouts.check.plain_language.plain_language import read_word_list
from handouts.check.registry import FIXED, ON_PAGES, REGISTRY
from handouts.check.rules.practice_languages import practice_language_findings
from handouts.check.rules.references import oldest_source, reference_findings
from handouts.check.rules.sets import set_findings
from handouts.check.rules.unused_files import unused_files
from handouts.check.run_rules import Basis, cited_by, cited_in_inserts, is_whole, of_practice
from handouts.check.scope import Scope
from handouts.check.severities import read_settings_node, severities_at, with_severities
from handouts.compose.labels import read_labels
from handouts.compose.project_files import ProjectFiles
from handouts.model.library import Handout, Library, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.read.project import in_order

PageFinder = Callable[[Library], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: what is open, and what is accepted, with the reason.

    The library is that of the project, None if nothing could be made of it.
    """

    open: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...]
    library: Library | None = None

    def fails(self, *, strict: bool) -> bool:
        """Tell whether there is an error; if `strict`, also whether there is a warning."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.open)


@dataclass(frozen=True, slots=True)
class Readers:
    """Processes that read many handouts, so many at once."""

    executor: Executor
    at_once: int


def check(
    project: Project,
    scope: Scope,
    today: dt.date,
    pages: PageFinder | None = None,
    readers: Readers | None = None,
) -> Findings:
    """Check a project as of a day; `pages` gives what is found on its pages.

    With `readers`, the library of the findings can be without texts. Raise UnknownNameError for a handout or practice
    that there is not.
    """
    executor, at_once = (readers.executor, readers.at_once) if readers else (None, 1)
    reading, in_handouts = look(project, scope, today, executor, at_once)
    library = reading.library
    if library is None:
        return Findings(reading.problems, ())
    scope.check_names(library)
    handouts, practices = scope.chosen_handouts(library), scope.chosen_practices(library)
    found = [*scope.concerned(library, reading.problems)]
    found += in_handouts
    found += _by_rules(project, library, scope, today)
    entries = of_library(library, handouts, practices)
    written = read_settings_node(project)
    found += set_findings(library, written) if written else ()
    settings_at = severities_at(written)
    named = [*((one.entry.code, one.place) for one in dict.fromkeys(entries)), *settings_at]
    found += code_findings(named, REGISTRY, FIXED)
    told = {(problem.code, problem.place) for problem in found}
    if pages:
        found += [problem for problem in pages(library) if (problem.code, problem.place) not in told]
    severities = library.settings.checks.severities
    set_ = list(with_severities(found, severities))
    open_, accepted = split(in_order(set_), entries, lines_of(project, set_, entries))
    # An error may have kept pages from being laid out, and so may a choice of both handouts and practices.
    all_pages = pages and not has_errors(found) and not (scope.handouts and scope.practices)
    looked_for = {code for code in REGISTRY if (all_pages or code not in ON_PAGES) and severities.get(code) != "off"}
    used = {acceptance.place for _, acceptance in accepted}
    looked_at = judged(library, handouts, practices, whole=scope.is_whole and is_whole(library))
    left = unused(looked_at, used, looked_for - FIXED)
    open_ += with_severities(left, severities)
    return Findings(in_order(open_), tuple((problem, one.entry.reason) for problem, one in accepted), library)


def _by_rules(project: Project, library: Library, scope: Scope, today: dt.date) -> Iterator[Problem]:
    handouts, practices = scope.chosen_handouts(library), scope.chosen_practices(library)
    problems: list[Problem] = []
    languages = {handout.language for handout in library.handouts}
    words = {language: read_word_list(project, language, problems) for language in sorted(languages)}
    yield from problems
    basis = Basis(project.root, library.settings, today, words)
    cited: set[str] = set()
    for handout in handouts:
        cited |= cited_by(handout)
    for practice in practices:
        cited |= cited_in_inserts(practice)
        yield from of_practice(basis, practice, library.handouts)
    whole = scope.is_whole and is_whole(library)
    yield from reference_findings(library.references, cited, oldest_source(library.settings, today), whole=whole)
    yield from practice_language_findings(library, handouts)
    yield from unused_files(project, library) if whole else ()
    yield from _words(project, handouts, practices or tuple(library.practices.values()))


def _words(project: Project, handouts: Iterable[Handout], practices: Iterable[Practice]) -> Iterator[Problem]:
    """Report languages without page words, each once."""
    countries = sorted({practice.profile.country for practice in practices})
    for handout in {handout.language: handout for handout in handouts}.values():
        for country in countries[:1]:
            problems = Problems()
            read_labels(ProjectFiles(project), handout.language, country, problems)
            yield from problems
