"""Reads and checks the handouts of a project, in several processes if there are many."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.check.plain_language.word_list import read_word_list
from handouts.check.run_rules import RuleContext, check_handout
from handouts.check.scope import Scope
from handouts.model.library import Body, Handout, Reading
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.read.context import read_context
from handouts.read.handout_files import find_handout_files, read_handout_file
from handouts.read.project import build_library

_FEWEST_HANDOUTS: Final = 40  # fewer are checked before a second process has started
_CHUNKS_PER_WORKER: Final = 4


@dataclass(frozen=True, slots=True)
class ReadingPool:
    """Processes that read and check handouts; `size` is how many there are."""

    executor: Executor
    size: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The handout in a file (None if it could not be read), with the problems of reading it and of the rules."""

    path: Path
    handout: Handout | None
    read_problems: tuple[Problem, ...]
    rule_problems: tuple[Problem, ...]


def read_and_check_handouts(
    project: Project, scope: Scope, today: dt.date, pool: ReadingPool | None, problems: Problems
) -> Reading:
    """Read a project, and add the problems that the rules find in the handouts of the scope.

    If the pool was used, the handouts have no text: sending it back takes longer than reading it.
    """
    paths = find_handout_files(project)
    if pool is None or len(paths) < _FEWEST_HANDOUTS:
        files = _check_files(project, paths, scope, today)
    else:
        count = pool.size * _CHUNKS_PER_WORKER
        chunks = [paths[start::count] for start in range(count)]
        jobs = [pool.executor.submit(_check_files_in_worker, project, chunk, scope, today) for chunk in chunks]
        files = sorted((file for job in jobs for file in job.result()), key=lambda file: file.path)
    for file in files:
        problems.extend(file.rule_problems)
    return build_library(read_context(project), [(file.path, file.handout, file.read_problems) for file in files])


def _check_files_in_worker(project: Project, paths: Sequence[Path], scope: Scope, today: dt.date) -> list[CheckedFile]:
    files = _check_files(project, paths, scope, today)
    return [replace(file, handout=_remove_text(file.handout)) if file.handout else file for file in files]


def _check_files(project: Project, paths: Sequence[Path], scope: Scope, today: dt.date) -> list[CheckedFile]:
    basis = read_context(project)
    languages = {path.stem for path in paths}
    word_lists = {language: read_word_list(project, language, Problems()) for language in languages}
    context = RuleContext(basis.settings, today, word_lists, basis.language_fonts) if basis.settings else None
    files: list[CheckedFile] = []
    for path in paths:
        handout, read_problems = read_handout_file(basis, path)
        problems = Problems()
        if context and handout and scope.includes_handout(handout.id):
            check_handout(context, handout, problems)
        files.append(CheckedFile(path, handout, read_problems, problems.as_tuple()))
    return files


def _remove_text(handout: Handout) -> Handout:
    def without_tokens(body: Body) -> Body:
        return replace(body, tokens=())

    parts = tuple(
        replace(
            part,
            sections=tuple(replace(section, body=without_tokens(section.body)) for section in part.sections),
        )
        for part in handout.parts
    )
    blocks = tuple(replace(block, body=without_tokens(block.body)) for block in handout.blocks)
    notes = {label: without_tokens(note) for label, note in handout.notes.items()}
    return replace(handout, parts=parts, blocks=blocks, notes=notes)
