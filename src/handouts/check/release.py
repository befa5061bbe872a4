"""Release: what must not go out to patients, as `handouts build --release` refuses it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from handouts.check.acceptance import Acceptance, acceptances, code_findings, lines_of, of_library, split
from handouts.check.plain_language.plain_language import read_word_list
from handouts.check.registry import FIXED, GATE, REGISTRY
from handouts.check.rules.placeholders import fictional_contacts
from handouts.check.rules.references import oldest_source, reference_findings
from handouts.check.run_rules import Basis, of_handout, of_insert, of_profile
from handouts.check.severities import read_settings_node, severities_at, with_severities
from handouts.model.library import Handout, Insert, Library, Practice
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.system.cache import IdentityMemo


class ReleaseGate:
    """Says why an output must not be released: all that `handouts check` calls an error in what it is made from.

    Drafts, missing sources, passed review dates, placeholders and benefits without safety information (`GATE`) are
    refused whatever severity is set for them, and although somebody accepts them. Each handout, practice and source is
    looked at once.
    """

    def __init__(self, project: Project, library: Library, read_problems: tuple[Problem, ...], today: dt.date) -> None:
        """Take a project as it was read, with the problems of that, and the day as of which dates are judged."""
        self._project = project
        self._library = library
        self._read_problems = read_problems
        self._today = today
        self._of_handout = IdentityMemo(self._handout_errors)
        self._of_practice = IdentityMemo(self._practice_errors)
        self._of_inserts = IdentityMemo(self._insert_errors)

    def refusals(self, numbered: Numbered, practice: Practice) -> tuple[Problem, ...]:
        """Return the errors of what an output is made from."""
        handout = numbered.selection.handout
        printed = {section.id for section in numbered.selection.sections}
        found = [*self._of_settings, *self._of_handout(handout), *self._of_practice(practice)]
        for insert, errors in self._of_inserts(practice):
            found += errors if insert.handout == handout.id and insert.section in printed else ()
        for key in numbered.listed:
            found += self._of_sources.get(key, ())
        return tuple(dict.fromkeys(found))

    def with_severities(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return problems of an output, with warnings that the settings call errors as such unless accepted."""
        severities = self._library.settings.checks.severities
        given = tuple(problems)
        raised = [
            replace(problem, severity=Severity.ERROR)
            for problem in given
            if problem.code not in FIXED and severities.get(problem.code) == "error"
        ]
        refused = {(problem.code, problem.place, problem.message) for problem in self._not_accepted(raised)}
        return tuple(
            replace(problem, severity=Severity.ERROR)
            if (problem.code, problem.place, problem.message) in refused
            else problem
            for problem in given
        )

    @cached_property
    def _accepted(self) -> list[Acceptance]:
        return of_library(self._library, self._library.handouts, self._library.practices.values())

    @cached_property
    def _basis(self) -> Basis:
        languages = sorted({handout.language for handout in self._library.handouts})
        words = {language: read_word_list(self._project, language, []) for language in languages}
        return Basis(self._project.root, self._library.settings, self._today, words)

    @cached_property
    def _of_settings(self) -> tuple[Problem, ...]:
        named = severities_at(read_settings_node(self._project))
        return tuple(problem for problem in code_findings(named, REGISTRY, FIXED) if has_errors([problem]))

    def _handout_errors(self, handout: Handout) -> tuple[Problem, ...]:
        read = (p for p in self._read_problems if p.place and p.place.file == handout.place.file)
        named = ((one.entry.code, one.place) for one in acceptances([handout], (), ()))
        return self._errors([*read, *of_handout(self._basis, handout), *code_findings(named, REGISTRY, FIXED)])

    def _practice_errors(self, practice: Practice) -> tuple[Problem, ...]:
        folder = PurePosixPath(practice.place.file).parent
        read = (p for p in self._read_problems if p.place and PurePosixPath(p.place.file).is_relative_to(folder))
        named = ((one.entry.code, one.place) for one in acceptances((), [practice], ()))
        found = [*read, *of_profile(self._basis, practice), *fictional_contacts(practice)]
        return self._errors([*found, *code_findings(named, REGISTRY, FIXED)])

    def _insert_errors(self, practice: Practice) -> tuple[tuple[Insert, tuple[Problem, ...]], ...]:
        return tuple(
            (insert, self._errors(of_insert(self._basis, insert, practice.language, self._library.handouts)))
            for insert in practice.inserts
        )

    @cached_property
    def _of_sources(self) -> Mapping[str, tuple[Problem, ...]]:
        """The errors of each source, by its key."""
        references = self._library.references
        keys = {entry.place: key for key, entry in references.items()}
        keys |= {place: key for key, entry in references.items() for place in entry.values_at.values()}
        oldest = oldest_source(self._library.settings, self._today)
        by_key: defaultdict[str, list[Problem]] = defaultdict(list)
        named = ((one.entry.code, one.place) for one in acceptances((), (), references.values()))
        found = [*reference_findings(references, references.keys(), oldest, whole=False)]
        for problem in self._errors([*found, *code_findings(named, REGISTRY, FIXED)]):
            if problem.place in keys:
                by_key[keys[problem.place]].append(problem)
        return {key: tuple(errors) for key, errors in by_key.items()}

    def _errors(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        found = tuple(problems)
        gate = [replace(problem, severity=Severity.ERROR) for problem in found if problem.code in GATE]
        others = with_severities(
            (problem for problem in found if problem.code not in GATE), self._library.settings.checks.severities
        )
        return (*gate, *self._not_accepted(problem for problem in others if has_errors([problem])))

    def _not_accepted(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        found = tuple(problems)
        if found:
            yield from split(found, self._accepted, lines_of(self._project, found, self._accepted))[0]
