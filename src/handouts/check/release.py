"""The release gate of `handouts build --release`, which refuses what must not go out to patients."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Final

from handouts.check.acceptance import (
    Acceptance,
    check_codes,
    codes_of,
    collect_acceptances,
    read_lines,
    split_accepted,
)
from handouts.check.markdown_texts import collect_texts
from handouts.check.plain_language import plain_language
from handouts.check.plain_language.word_list import read_word_list
from handouts.check.registry import FIXED, GATE, REGISTRY
from handouts.check.rules.approvals import check_approvals, check_insert_approval
from handouts.check.rules.contacts import check_fictional_contacts
from handouts.check.rules.emergency import check_foreign_numbers
from handouts.check.rules.evidence import check_retractions
from handouts.check.rules.references import check_references, find_oldest_source_date
from handouts.check.rules.stray_placeholders import (
    check_settings_placeholders,
    check_source_placeholders,
    check_template_placeholders,
)
from handouts.check.rules.translations import check_translation
from handouts.check.run_rules import RuleContext, check_handout, check_insert, check_profile, find_cited_keys
from handouts.check.severities import apply_severities, find_severity_codes, read_settings_node
from handouts.compose.labels import Labels, read_labels
from handouts.compose.language_notice import report_missing_notice, report_unconfirmed_notice
from handouts.compose.project_files import ProjectFiles
from handouts.compose.unreviewed import report_unreviewed
from handouts.model.library import Handout, Insert, Library, Practice
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, Severity, select_errors
from handouts.provenance.source_digests import SourceDigests
from handouts.schema.settings import Settings
from handouts.system.cache import IdentityMemo
from handouts.translating.stale import check_stale_units

_KEPT: Final = 1_000  # as many selections as are numbered; outputs that differ only in the format come close together


def _find_refusing_codes(settings: Settings) -> frozenset[str]:
    """Return the codes of what a release refuses: those of `GATE`, and errors by the settings."""
    severities = {code: settings.checks.severities.get(code) for code in REGISTRY.keys() - FIXED}
    return GATE | {code for code, rule in REGISTRY.items() if (severities.get(code) or rule.severity) == Severity.ERROR}


class ReleaseGate:
    """Finds the reasons why an output must not be released: all errors of `handouts check` in its sources.

    What `GATE` names, such as drafts, overdue reviews and placeholders, is refused whatever severity is set for it, and
    even if it is accepted. Each handout, practice and source is checked once.
    """

    def __init__(
        self,
        project: Project,
        library: Library,
        read_problems: tuple[Problem, ...],
        today: dt.date,
        *,
        allow_drafts: bool = False,
    ) -> None:
        """Take a project as it was read, the problems of reading it, and the date to compare review dates with.

        With `allow_drafts`, nothing is refused to a draft: its pages have a banner.
        """
        self._allow_drafts = allow_drafts
        self._project = project
        self._library = library
        self._read_problems = read_problems
        self._today = today
        self._files = ProjectFiles(project)
        self._labels = cache(self._read_labels)
        self._refusals = IdentityMemo(self._collect_refusals, _KEPT)
        self._errors_of_handout = IdentityMemo(self._check_handout, _KEPT)
        self._errors_of_practice = IdentityMemo(self._check_practice)
        self._errors_of_inserts = IdentityMemo(self._check_inserts)
        self._errors_of_records: dict[str, tuple[Problem, ...]] = {}

    def find_refusals(self, numbered: Numbered, practice: Practice) -> tuple[Problem, ...]:
        """Return the errors in the sources of an output, which are the same in all formats."""
        return self._refusals(numbered, practice)

    def _collect_refusals(self, numbered: Numbered, practice: Practice) -> tuple[Problem, ...]:
        selection = numbered.selection
        # The draft of a pack excuses no other handout of it.
        handouts = [one.handout for one in selection.sources if not self._is_allowed_draft(one.handout)]
        if not handouts:
            return ()
        errors = [*self._errors_of_settings]
        for handout in handouts:
            errors += self._errors_of_handout(handout)
        errors += self._errors_of_practice(practice)
        for handout in handouts:
            errors += self._find_foreign_numbers(handout, practice)
            errors += self._find_language_refusals(handout, practice)
        for insert, errors_of_insert in self._errors_of_inserts(practice):
            errors += errors_of_insert if selection.prints_insert(insert) else ()
        for key in numbered.listed:
            errors += self._errors_of_sources.get(key, ())
        return tuple(dict.fromkeys(errors))

    def find_handout_refusals(self, handout: Handout) -> tuple[Problem, ...]:
        """Return the errors in a handout and in all sources that it cites, whatever practice it is printed for."""
        cited = find_cited_keys(handout.bodies)
        of_sources = (error for key, errors in self._errors_of_sources.items() if key in cited for error in errors)
        return tuple(dict.fromkeys([*self._errors_of_settings, *self._errors_of_handout(handout), *of_sources]))

    def apply_severities(self, numbered: Numbered, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return problems of an output; warnings that the settings make errors become errors unless accepted."""
        if self._is_allowed_draft(numbered.selection.handout):
            return tuple(problems)
        severities = self._library.settings.checks.severities
        all_problems = tuple(problems)
        raised_problems = [
            replace(problem, severity=Severity.ERROR)
            for problem in all_problems
            if problem.code not in FIXED and severities.get(problem.code) == "error"
        ]
        unaccepted = {
            (problem.code, problem.place, problem.message) for problem in self._drop_accepted(raised_problems)
        }
        return tuple(
            replace(problem, severity=Severity.ERROR)
            if (problem.code, problem.place, problem.message) in unaccepted
            else problem
            for problem in all_problems
        )

    def _is_allowed_draft(self, handout: Handout) -> bool:
        return self._allow_drafts and handout.front.status == "draft"

    @cached_property
    def _acceptances(self) -> list[Acceptance]:
        library = self._library
        return collect_acceptances(library.handouts, library.practices.values(), library.references.values())

    @cached_property
    def _context(self) -> RuleContext:
        settings = self._library.settings
        context = RuleContext(settings, self._today, {}, self._library.language_fonts, _find_refusing_codes(settings))
        if not context.needs(plain_language.RULES):
            return context
        languages = sorted({handout.language for handout in self._library.handouts})
        word_lists = {language: read_word_list(self._project, language, Problems()) for language in languages}
        return replace(context, word_lists=word_lists)

    @cached_property
    def _digests(self) -> SourceDigests:
        return SourceDigests(self._library.references)

    @cached_property
    def _errors_of_settings(self) -> tuple[Problem, ...]:
        problems = Problems()
        check_codes(find_severity_codes(read_settings_node(self._project)), REGISTRY, FIXED, problems)
        check_template_placeholders(self._project, problems)
        check_settings_placeholders(self._library.settings, problems)
        return select_errors(problems)

    def _check_handout(self, handout: Handout) -> tuple[Problem, ...]:
        file = handout.place.file
        problems = Problems(problem for problem in self._read_problems if problem.place and problem.place.file == file)
        check_handout(self._context, handout, problems)
        problems.extend(self._check_records(file))
        check_codes(codes_of(collect_acceptances([handout], (), ())), REGISTRY, FIXED, problems)
        return self._select_errors(problems)

    def _check_records(self, file: str) -> tuple[Problem, ...]:
        """Compare a handout as it was read with its approvals and its original, once for all practices.

        What is printed has the values of a practice in place of its fields; signatures are of the text without them.
        """
        if file not in self._errors_of_records:
            problems = Problems()
            handout = self._handouts_as_read[file]
            check_translation(handout, self._library, problems)
            check_stale_units(self._project, handout, self._library, problems)
            check_approvals(self._project, self._library.settings, handout, self._digests, problems)
            self._errors_of_records[file] = problems.as_tuple()
        return self._errors_of_records[file]

    @cached_property
    def _handouts_as_read(self) -> Mapping[str, Handout]:
        return {handout.place.file: handout for handout in self._library.handouts}

    def _check_practice(self, practice: Practice) -> tuple[Problem, ...]:
        folder = PurePosixPath(practice.place.file).parent
        problems = Problems(
            problem
            for problem in self._read_problems
            if problem.place and PurePosixPath(problem.place.file).is_relative_to(folder)
        )
        check_profile(self._context, practice, problems)
        check_fictional_contacts(practice, problems)
        check_codes(codes_of(collect_acceptances((), [practice], ())), REGISTRY, FIXED, problems)
        return self._select_errors(problems)

    def _find_foreign_numbers(self, handout: Handout, practice: Practice) -> tuple[Problem, ...]:
        inserts = [body for insert in practice.inserts if insert.handout == handout.id for body in insert.bodies]
        problems = Problems()
        check_foreign_numbers(handout, collect_texts((*handout.bodies, *inserts)), practice, problems)
        return self._select_errors(problems)

    def _find_language_refusals(self, handout: Handout, practice: Practice) -> tuple[Problem, ...]:
        problems = Problems()
        labels = self._labels(handout.language, practice.profile.country)
        report_unreviewed(handout, practice, labels, problems)
        report_unconfirmed_notice(practice, problems)
        report_missing_notice([handout], practice, problems)
        return self._select_errors(problems)

    def _read_labels(self, language: str, country: str) -> Labels | None:
        return read_labels(self._files, language, country, Problems())

    def _check_inserts(self, practice: Practice) -> tuple[tuple[Insert, tuple[Problem, ...]], ...]:
        errors: list[tuple[Insert, tuple[Problem, ...]]] = []
        for insert in practice.inserts:
            problems = Problems()
            check_insert(self._context, insert, practice.language, self._library.handouts, problems)
            check_insert_approval(self._project, self._library.settings, practice, insert, self._digests, problems)
            errors.append((insert, self._select_errors(problems)))
        return tuple(errors)

    @cached_property
    def _errors_of_sources(self) -> Mapping[str, tuple[Problem, ...]]:
        """The errors of each source, by its key."""
        references = self._library.references
        keys = {entry.place: key for key, entry in references.items()}
        keys |= {place: key for key, entry in references.items() for place in entry.values_at.values()}
        oldest = find_oldest_source_date(self._library.settings, self._today)
        problems = Problems()
        check_references(references, references.keys(), oldest, problems, whole=False)
        check_retractions(references, references.keys(), problems)
        check_source_placeholders(references, references.keys(), problems)
        check_codes(codes_of(collect_acceptances((), (), references.values())), REGISTRY, FIXED, problems)
        by_key: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self._select_errors(problems):
            if problem.place in keys:
                by_key[keys[problem.place]].append(problem)
        return {key: tuple(errors) for key, errors in by_key.items()}

    def _select_errors(self, problems: Problems) -> tuple[Problem, ...]:
        """Return what a release refuses, as errors: the findings of `GATE`, and errors that are not accepted."""
        always = [replace(problem, severity=Severity.ERROR) for problem in problems if problem.code in GATE]
        others = (problem for problem in problems if problem.code not in GATE)
        errors = select_errors(apply_severities(others, self._library.settings.checks.severities))
        return (*always, *self._drop_accepted(errors))

    def _drop_accepted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        all_problems = tuple(problems)
        if not all_problems:
            return ()
        open_, _ = split_accepted(
            all_problems, self._acceptances, read_lines(self._project, all_problems, self._acceptances)
        )
        return tuple(open_)
