"""Checks a project: reads it, runs all rules, and applies the severities and acceptances of the project."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from handouts.check.acceptance import (
    check_codes,
    check_unused_acceptances,
    codes_of,
    collect_acceptances,
    collect_checked_acceptances,
    read_lines,
    split_accepted,
)
from handouts.check.composition import check_composition
from handouts.check.doses.check_doses import check_doses
from handouts.check.parallel import ReadingPool, read_and_check_handouts
from handouts.check.patient_texts import collect_label_texts
from handouts.check.plain_language.word_list import read_word_list
from handouts.check.registry import FIXED, ON_PAGES, REGISTRY
from handouts.check.rules.codes import check_lookup_codes
from handouts.check.rules.evidence import check_retractions
from handouts.check.rules.languages import check_practice_languages
from handouts.check.rules.lost_negations import check_lost_negations
from handouts.check.rules.practice_values import check_practice_values
from handouts.check.rules.references import check_references, find_oldest_source_date
from handouts.check.rules.sets import check_sets
from handouts.check.rules.stray_placeholders import (
    check_settings_placeholders,
    check_source_placeholders,
    check_template_placeholders,
)
from handouts.check.rules.translated_numbers import check_translated_numbers
from handouts.check.rules.translations import check_translation
from handouts.check.rules.unused_files import check_unused_files
from handouts.check.run_rules import RuleContext, check_practice, find_cited_keys
from handouts.check.scope import Scope
from handouts.check.severities import apply_severities, find_severity_codes, read_settings_node
from handouts.check.wording.check_wording import check_wording
from handouts.compose.labels import read_labels
from handouts.compose.language_notice import report_missing_notice
from handouts.compose.project_files import ProjectFiles
from handouts.compose.unreviewed import (
    report_unreviewed_handout,
    report_unreviewed_labels,
    report_unreviewed_practice,
)
from handouts.model.library import Handout, Library, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity, sort_by_file
from handouts.translating.stale import check_stale_units

PageCheck = Callable[[Library, Problems], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of a check: open problems, and accepted ones with the reason.

    The library is None if the settings of the project cannot be read.
    """

    open: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...]
    library: Library | None = None

    def fails(self, *, strict: bool) -> bool:
        """Return whether there is an error; if `strict`, also whether there is a warning."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.open)


def check_project(
    project: Project,
    scope: Scope,
    today: dt.date,
    check_pages: PageCheck | None = None,
    pool: ReadingPool | None = None,
) -> Findings:
    """Check a project as of a day; with `check_pages`, also its pages.

    With a pool, the handouts in the library of the findings may have no text. Raises UnknownNameError if the scope
    names a handout or practice that does not exist.
    """
    handout_problems = Problems()
    reading = read_and_check_handouts(project, scope, today, pool, handout_problems)
    library = reading.library
    if library is None:
        return Findings(reading.problems, ())
    scope.check_names(library)
    handouts, practices = scope.select_handouts(library), scope.select_practices(library)
    is_whole = scope.is_whole and not (library.broken_handouts or library.broken_practices)

    # Problems found while reading, by the rules, in the settings, and on pages.
    problems = Problems(scope.select_problems(library, reading.problems))
    problems.extend(handout_problems)
    _check_library(project, library, scope, today, problems, is_whole=is_whole)
    acceptances = collect_acceptances(handouts, practices, library.references.values())
    settings_node = read_settings_node(project)
    if settings_node:
        check_sets(library, settings_node, problems)
    check_codes([*codes_of(acceptances), *find_severity_codes(settings_node)], REGISTRY, FIXED, problems)
    if check_pages:
        _check_pages(check_pages, library, problems)

    # Apply the severities and acceptances of the project.
    severities = library.settings.checks.severities
    remaining = apply_severities(problems, severities)
    open_, accepted = split_accepted(
        sort_by_file(list(remaining)), acceptances, read_lines(project, remaining, acceptances)
    )

    # Acceptances that matched nothing, if everything they cover was checked. Pages were not all laid out if there was
    # an error, or if both handouts and practices were chosen.
    has_all_pages = check_pages and not problems.has_errors and not (scope.handouts and scope.practices)
    checked_codes = {code for code in REGISTRY if (has_all_pages or code not in ON_PAGES)} - FIXED
    checked_codes -= {code for code, severity in severities.items() if severity == "off"}
    judged = collect_checked_acceptances(library, handouts, practices, whole=is_whole)
    unused = Problems()
    check_unused_acceptances(judged, {acceptance.place for _, acceptance in accepted}, checked_codes, unused)
    open_ += apply_severities(unused, severities)
    return Findings(sort_by_file(open_), tuple((problem, entry.entry.reason) for problem, entry in accepted), library)


def _check_library(
    project: Project, library: Library, scope: Scope, today: dt.date, problems: Problems, *, is_whole: bool
) -> None:
    """Run all rules except those over a single handout, which `read_and_check_handouts` runs."""
    handouts, practices = scope.select_handouts(library), scope.select_practices(library)
    languages = sorted({handout.language for handout in library.handouts})
    word_lists = {language: read_word_list(project, language, problems) for language in languages}
    context = RuleContext(library.settings, today, word_lists, library.language_fonts)
    for practice in practices:
        check_practice(context, practice, library.handouts, problems)
        report_missing_notice(handouts, practice, problems)
    _list_unreviewed(handouts, practices, problems)
    bodies = [body for handout in handouts for body in handout.bodies]
    bodies += [body for practice in practices for one in practice.in_all_languages for body in one.bodies]
    oldest, cited = find_oldest_source_date(library.settings, today), find_cited_keys(bodies)
    check_references(library.references, cited, oldest, problems, whole=is_whole)
    check_retractions(library.references, cited, problems)
    check_source_placeholders(library.references, sorted(cited), problems)
    check_template_placeholders(project, problems)
    check_settings_placeholders(library.settings, problems)
    for handout in handouts:
        check_translation(handout, library, problems)
        check_translated_numbers(handout, library, problems)
        check_lost_negations(handout, library, problems)
        check_stale_units(project, handout, library, problems)
    check_lookup_codes(library, handouts, problems)
    check_practice_languages(library, handouts, problems)
    check_practice_values(library, handouts, practices, problems)
    if is_whole:
        check_unused_files(project, library, problems)
    check_composition(project, replace(library, handouts=handouts), problems)
    _check_labels(project, handouts, practices or tuple(library.practices.values()), problems)


def _list_unreviewed(handouts: Iterable[Handout], practices: Iterable[Practice], problems: Problems) -> None:
    """Report translations that nobody has reviewed; those of a network once, not for each of its clinics."""
    found = Problems()
    for handout in handouts:
        report_unreviewed_handout(handout, found)
    for practice in practices:
        for own in practice.in_all_languages:
            report_unreviewed_practice(own, found)
    problems.extend({problem.place: problem for problem in reversed(found.as_tuple())}.values())


def _check_labels(
    project: Project, handouts: Iterable[Handout], practices: Iterable[Practice], problems: Problems
) -> None:
    """Check the page labels of each language: they exist, and have no notation that is misread."""
    country = min((practice.profile.country for practice in practices), default=None)
    if country is None:
        return
    for language in dict.fromkeys(handout.language for handout in handouts):
        labels = read_labels(ProjectFiles(project), language, country, problems)
        if labels:
            report_unreviewed_labels(labels, language, problems)
            texts = collect_label_texts(labels, Place(f"templates/labels.{language}.yaml"))
            check_doses(texts, language, problems)
            check_wording(texts, language, problems)


def _check_pages(check_pages: PageCheck, library: Library, problems: Problems) -> None:
    """Add the problems found on pages, except those that were found before."""
    earlier = {(problem.code, problem.place) for problem in problems}
    on_pages = Problems()
    check_pages(library, on_pages)
    problems.extend(problem for problem in on_pages if (problem.code, problem.place) not in earlier)
