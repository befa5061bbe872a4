"""The options of a build: where to, how many outputs at once, and how strictly."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handouts.build.plan.request import Shard
from handouts.compose.composer import USUAL_TIMEOUT
from handouts.model.library import Library, Practice
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.problem import Problem
from handouts.system.digests import digest


class ReleaseGate(Protocol):
    """Decides what may be released to patients; its rules are in the room `check`, which builds do not need."""

    def find_refusals(self, numbered: Numbered, practice: Practice) -> tuple[Problem, ...]:
        """Return the errors in the sources of an output."""

    def apply_severities(self, numbered: Numbered, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of an output; warnings that the settings make errors become errors."""


class OpenGate(Protocol):
    """Opens the release gate of a project, given its library and the problems found while reading it."""

    def __call__(
        self, project: Project, library: Library, problems: tuple[Problem, ...], *, allow_drafts: bool
    ) -> ReleaseGate:
        """Return the gate; with `allow_drafts`, it refuses nothing to a draft."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of a build.

    `output` is a folder, None for the output folder of the project. If it ends in .pdf, .html or .txt, it is a single
    file, unless it is an existing folder or `is_folder` is set. `jobs` is how many outputs are made at once.
    `force` also builds outputs that are up to date. For a `release`, and in a project that requires one, only what the
    `gate` allows is made. `prune` removes files that are no longer in the plan, and those that have expired by `today`
    (None: none have, and no print codes are recorded). A `shard` is the part of the plan that is built here. A dry run
    makes and removes nothing. `advise_on_layout` also reports pages that could look better.
    The template of an output may take `timeout` seconds; the executor limits what follows.
    What is laid out for many practices is kept for the next build in the folder `bodies`, if there is one.
    """

    output: Path | None = None
    is_folder: bool = False
    jobs: int = 1
    force: bool = False
    gate: OpenGate | None = None
    release: bool = False
    today: dt.date | None = None
    prune: bool = False
    shard: Shard | None = None
    dry_run: bool = False
    advise_on_layout: bool = False
    bodies: Path | None = None
    timeout: float = USUAL_TIMEOUT

    def find_kept_files(self, engine: Mapping[str, str]) -> Path | None:
        """Return the start of the paths of kept files, another one for other versions of the engine."""
        return self.bodies / digest(dict(engine)) if self.bodies and engine else None
