"""Where the outputs of a request are written: the folder or file that was named, and what may not be."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, get_args

from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import Row
from handouts.build.options import BuildOptions, ReleaseGate
from handouts.build.plan.plan import Planned
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.provenance.code_ledger import CodeLedger
from handouts.provenance.versions import read_engine_versions, read_git_revision
from handouts.schema.print_terms import FileKind

_FILE_ENDING: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")
_SUFFIXES: Final = frozenset(f".{kind}" for kind in get_args(FileKind))


class DestinationError(HandoutsError):
    """The outputs cannot be written to the file or folder that was named, or that is there."""


class OneFileError(DestinationError):
    """One file was named for several outputs, or for another kind of file: `planned` are the outputs."""

    def __init__(self, message: str, planned: tuple[Planned, ...]) -> None:
        """Store the planned outputs."""
        super().__init__(message)
        self.planned = planned


@dataclass(frozen=True, slots=True)
class Destination:
    """Where outputs are written: a folder, or one file.

    `engine` are the versions that outputs depend on, empty for a file that no manifest lists. `rows` are the manifest
    rows of outputs that need not be made again if they are up to date. Only outputs that the `gate` accepts are made,
    and their print codes are recorded in the ledger `codes`.
    """

    folder: Path
    file: Path | None = None
    engine: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)
    gate: ReleaseGate | None = None
    codes: CodeLedger | None = None

    def path(self, path: PurePosixPath) -> Path:
        """Return the path that an output is written to."""
        return self.file or self.folder / path


def open_destination(
    project: Project, options: BuildOptions, planned: tuple[Planned, ...], problems: Problems
) -> tuple[Destination, Ledger | None]:
    """Return where planned outputs go, and the ledger of the folder; None for a single file.

    Raises DestinationError if they cannot go there.
    """
    folder = project.output if options.output is None else options.output
    file = _choose_single_file(options, planned)
    if file:
        return Destination(folder, file), None
    _refuse_links(project, options, folder, planned)
    ledger = Ledger(folder, read_engine_versions(), read_git_revision(project.root), options.shard, problems)
    rows = {} if options.force else ledger.rows
    return Destination(folder, None, ledger.engine, rows), ledger


def _choose_single_file(options: BuildOptions, planned: tuple[Planned, ...]) -> Path | None:
    """Return the file that `output` names, None for a folder. Raises OneFileError if the plan does not fit in it."""
    file = options.output
    if file is None or options.is_folder or file.is_dir():
        return None
    if file.suffix.lower() not in _SUFFIXES:
        if _FILE_ENDING.fullmatch(file.suffix):
            endings = ", ".join(sorted(_SUFFIXES))
            raise DestinationError(
                f"no output ends in {file.suffix}, only in {endings}; for a folder, write {file}{os.sep}"
            )
        return None
    if len(planned) > 1:
        raise OneFileError(f"{file} is one file, but these are {len(planned)} outputs", planned)
    if planned and planned[0].path.suffix != file.suffix.lower():
        kind = planned[0].edition.format.name
        message = f"{file} cannot be in the format {kind}, whose files end in {planned[0].path.suffix}"
        raise OneFileError(message, planned)
    return file


def _refuse_links(project: Project, options: BuildOptions, folder: Path, planned: tuple[Planned, ...]) -> None:
    """Raise DestinationError if a symbolic link leads out of the project, or out of the folder that was named."""
    inside = project.root.resolve() if options.output is None else folder.resolve()
    for path in {folder, *(folder / item.path.parent for item in planned)}:
        target = path.resolve()
        if not target.is_relative_to(inside):
            raise DestinationError(f"{path} is a link to {target}: remove it, or name that folder with --output")
