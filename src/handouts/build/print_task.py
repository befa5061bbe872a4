"""The prints of a run as tasks for worker processes, which compose and typeset them."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from handouts.build.pipeline import KnownFiles, Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.typeset import FinishedFile, typeset
from handouts.compose.composer import ComposeOptions
from handouts.model.document import Composed
from handouts.model.edition import Edition
from handouts.model.library import Practice, ReferenceEntry
from handouts.model.project import Project
from handouts.numbering.number import Numbered, Numbering
from handouts.numbering.select import Selection
from handouts.problems.problem import Problem, has_errors
from handouts.schema.provenance import Provenance, Source
from handouts.system.cache import IdentityMemo
from handouts.workers.parcel import Parcel, pack

_PACKED: Final = 20  # selections and editions; outputs come sorted by them
_NUMBERED: Final = 20  # selections, in the memory of a worker


@dataclass(frozen=True, slots=True)
class _RunInputs:
    """What the pipelines of all workers of a run are made of; `token` is another one in each run."""

    project: Project
    references: Mapping[str, ReferenceEntry]
    options: ComposeOptions
    token: str


@dataclass(frozen=True, slots=True)
class PrintTask:
    """All that a worker needs to make one print, with the digests of its contents.

    Bodies of PDFs and fonts of web pages are kept in files whose paths start with `bodies`.
    """

    run: Parcel[_RunInputs]
    files: Parcel[KnownFiles]
    selection: Parcel[Selection]
    edition: Parcel[Edition]
    practice: Practice
    name: str
    contents: Mapping[Source, str]
    bodies: Path | None


@dataclass(frozen=True, slots=True)
class MadePrint:
    """What became of a print: the problems found while it was composed, and its file, None after errors.

    `made_from` is the record in the file, `seconds` how long typesetting took.
    """

    problems: tuple[Problem, ...]
    made_from: Provenance | None = None
    file: FinishedFile | None = None
    seconds: float = 0.0


class PrintTasks:
    """Makes the tasks of a run; what its prints have in common is pickled once."""

    def __init__(
        self,
        project: Project,
        references: Mapping[str, ReferenceEntry],
        options: ComposeOptions,
        pipeline: Pipeline,
        bodies: Path | None,
    ) -> None:
        """Take the inputs of a pipeline, and the pipeline that computes the build keys of the run."""
        self._run = pack(_RunInputs(project, references, options, uuid.uuid4().hex))
        self._pipeline = pipeline
        self.bodies = bodies
        self._files: tuple[int, Parcel[KnownFiles]] | None = None
        self._pack_selection: IdentityMemo[Selection, Parcel[Selection]] = IdentityMemo(pack, _PACKED)
        self._pack_edition: IdentityMemo[Edition, Parcel[Edition]] = IdentityMemo(pack, _PACKED)

    def make_task(self, planned: Planned, numbered: Numbered) -> PrintTask:
        """Return the task of a print.

        Call it after the build key of the print was computed: what that has read is what the worker composes.
        """
        return PrintTask(
            self._run,
            self._pack_files(),
            self._pack_selection(planned.selection),
            self._pack_edition(planned.edition),
            replace(planned.practice, languages={}),  # two thirds of it; the texts of the output are its own
            planned.name,
            self._pipeline.digests.digest_contents(numbered, planned.practice),
            self.bodies,
        )

    def _pack_files(self) -> Parcel[KnownFiles]:
        if self._files is None:
            self._pipeline.digests.digest_style_files()
        known = self._pipeline.known_files
        if self._files is None or self._files[0] != known.count:
            self._files = known.count, pack(known)
        return self._files[1]


def make_print_in_worker(task: PrintTask) -> MadePrint:
    """Compose and typeset a print; see `Pipeline.make_print`."""
    pipeline = _open_pipeline(task.run)
    pipeline.add_known_files(task.files.open())
    planned = Planned(task.selection.open(), task.practice, task.edition.open(), task.name)
    composition = pipeline.compose(pipeline.number(planned), planned.practice, planned.edition, contents=task.contents)
    if composition.document is None or has_errors(composition.problems):
        return MadePrint(composition.problems)
    return typeset_composed(composition.document, composition.problems, task.bodies)


def typeset_composed(document: Composed, problems: tuple[Problem, ...], bodies: Path | None) -> MadePrint:
    """Typeset a document that was composed with some problems, and measure how long that takes."""
    began = time.perf_counter()
    file = typeset(document, bodies)
    return MadePrint(problems, document.made_from, file, time.perf_counter() - began)


@lru_cache(1)
def _open_pipeline(run: Parcel[_RunInputs]) -> Pipeline:
    inputs = run.open()
    # Each task has a practice of its own, which would stay in the memory of the worker.
    return Pipeline(inputs.project, inputs.references, inputs.options, numbering=Numbering(_NUMBERED))
