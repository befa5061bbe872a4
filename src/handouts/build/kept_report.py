"""Keeps the report of the last build into a folder: while nothing has changed, the same command need not read anything.

A report is kept under one digest: of the command, of all inputs (`provenance/input_digest.py`), and of the manifest.
With the same digest, the plan, the build keys and the problems are the same too, and only the outputs are left to be
compared with the manifest. If anything differs, the build goes its usual way, which finds out what.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.model.project import CODES_FOLDER, MANIFEST_FILE, SOURCE_FOLDERS, Project
from handouts.provenance.input_digest import digest_inputs
from handouts.provenance.versions import read_git_revision
from handouts.system.digests import digest
from handouts.system.regular_file import read_regular_file
from handouts.system.write import write_whole

if TYPE_CHECKING:
    from handouts.build.outcome import OnEvent
    from handouts.build.report import Report


class KeptReport:
    """The kept report of an output folder: `find` uses it, `build` replaces it."""

    def __init__(self, project: Project, folder: Path, command: Mapping[str, object], kept: Path) -> None:
        """Take all that the report depends on: a project, the folder that is built, and the options of the command.

        Reports are kept in files of the folder `kept`, one for each output folder.
        """
        self._project = project
        self._folder = folder
        self._command = json.dumps(command, default=str)
        name = digest([str(project.root), os.path.abspath(folder)])  # noqa: PTH100 - links stay as they are
        self._file = kept / f"{name}.json"
        self._inputs = ""

    def find(self, on_event: "OnEvent") -> "Report | None":
        """Return the report of a build that has nothing to do, after its events; None if it may have something to do.

        Call it once, before `build`.
        """
        try:
            key, _, content = read_regular_file(self._file).partition(b"\n")
        except OSError:  # nothing is kept
            return None
        self._inputs = self._digest_inputs()
        if key != self._make_key(self._inputs):
            return None
        from handouts.build.replayed_report import replay_report  # noqa: PLC0415 - slow, and seldom needed

        return replay_report(content, self._folder, read_git_revision(self._project.root), on_event)

    def build(self, build: "Callable[[], Report]") -> "Report":
        """Build, and keep the report if the same build would now have nothing to do."""
        before = self._inputs or self._digest_inputs()
        report = build()
        from handouts.build.replayed_report import write_report  # noqa: PLC0415 - loaded by what was built

        content = write_report(report)
        # What was saved meanwhile may have been read before or after.
        if content is not None and self._digest_inputs() == before:
            with contextlib.suppress(OSError):  # then the next build reads everything
                write_whole(self._file, self._make_key(before) + b"\n" + content, flush=False)
        return report

    def _make_key(self, inputs: str) -> bytes:
        try:
            manifest = hashlib.sha256(read_regular_file(self._folder / MANIFEST_FILE)).hexdigest()
        except OSError:
            manifest = ""  # then no output is up to date
        return digest([self._command, inputs, manifest], length=64).encode()

    def _digest_inputs(self) -> str:
        # Folders are reported if their names are nearly right, such as Content, and there is anything in them.
        outputs = {self._project.output.name, os.path.relpath(self._folder, self._project.root).partition(os.sep)[0]}
        names = sorted(name for name in _list_names(self._project.root) if name[0] != "." and name not in outputs)
        used = [bool(_list_names(self._project.root / name)) for name in names]
        inputs = digest_inputs(self._project.root, (*SOURCE_FOLDERS, CODES_FOLDER))
        return digest([inputs, names, used], length=64)


def _list_names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # a file, or it cannot be read
        return []
