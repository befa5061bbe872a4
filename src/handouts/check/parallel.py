"""Many handouts read and looked at, by several processes if there are enough of them."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.check.plain_language.plain_language import read_word_list
from handouts.check.run_rules import Basis, of_handout
from handouts.check.scope import Scope
from handouts.model.library import Body, Handout, Reading
from handouts.model.project import Project
from handouts.problems.problem import Problem
from handouts.read.context import read_context
from handouts.read.handout_files import find_handout_files, read_handout_file
from handouts.read.project import build_library

_WORTH_IT = 40  # handouts; fewer are looked at before a second process has started
_CHUNKS_EACH = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: the handout in it if it is one, what was found while reading it, and what the rules found."""

    path: Path
    handout: Handout | None
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]


def look(
    project: Project, scope: Scope, today: dt.date, executor: Executor | None, at_once: int
) -> tuple[Reading, tuple[Problem, ...]]:
    """Read a project, and give with it what the rules find in each handout of the scope.

    If an executor did it, the handouts have no text: it would take longer to hand it over than to read it.
    """
    files = find_handout_files(project)
    if executor is None or len(files) < _WORTH_IT:
        looked = _look_at(project, files, scope, today)
    else:
        count = at_once * _CHUNKS_EACH
        jobs = [executor.submit(_look_afar, project, files[n::count], scope, today) for n in range(count)]
        looked = sorted((one for job in jobs for one in job.result()), key=lambda one: one.path)
    reading = build_library(read_context(project), [(one.path, one.handout, one.problems) for one in looked])
    return reading, tuple(problem for one in looked for problem in one.findings)


def _look_afar(project: Project, files: Sequence[Path], scope: Scope, today: dt.date) -> list[Looked]:
    looked = _look_at(project, files, scope, today)
    return [replace(one, handout=_without_text(one.handout)) if one.handout else one for one in looked]


def _look_at(project: Project, files: Sequence[Path], scope: Scope, today: dt.date) -> list[Looked]:
    context = read_context(project)
    languages = {path.stem for path in files}
    words = {language: read_word_list(project, language, []) for language in languages}
    rules = Basis(project.root, context.settings, today, words) if context.settings else None
    looked: list[Looked] = []
    for path in files:
        handout, problems = read_handout_file(context, path)
        findings = tuple(of_handout(rules, handout)) if rules and handout and scope.has_handout(handout.id) else ()
        looked.append(Looked(path, handout, problems, findings))
    return looked


def _without_text(handout: Handout) -> Handout:
    def bare(body: Body) -> Body:
        return replace(body, tokens=())

    parts = tuple(
        replace(part, sections=tuple(replace(section, body=bare(section.body)) for section in part.sections))
        for part in handout.parts
    )
    blocks = tuple(replace(block, body=bare(block.body)) for block in handout.blocks)
    notes = {label: bare(note) for label, note in handout.notes.items()}
    return replace(handout, parts=parts, blocks=blocks, notes=notes)
