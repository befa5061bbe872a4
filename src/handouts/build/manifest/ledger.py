"""The ledger: saves the manifest of an output folder while a build runs, so that an interrupted build can continue."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.build.manifest.manifest import (
    FailedRow,
    KnownManifest,
    Manifest,
    Row,
    make_manifest,
    read_manifest,
    write_manifest,
)
from handouts.build.rules import NOT_WRITTEN
from handouts.model.project import MANIFEST_FILE
from handouts.problems.collector import Problems
from handouts.system.write import sweep

if TYPE_CHECKING:
    from handouts.build.plan.request import Shard

_LOCK_FILE = f".{MANIFEST_FILE}.lock"
_LOCK_TIMEOUT = 60  # seconds that another build may take to write its manifest
_SAVE_INTERVAL = 5  # seconds between two saves, or more if saving takes long
_PART_LIFETIME = 3600  # seconds after which a part counts as abandoned, where there are no locks
_SAVE_SHARE = 20  # at most a twentieth of the time is spent on saving


def _never(_row: FailedRow) -> bool:
    return False


def sweep_parts(folder: Path) -> None:
    """Remove the parts of files that killed builds left behind in an output folder."""
    sweep(folder, time.time() - _PART_LIFETIME)


class Ledger:
    """The rows of a folder's manifest, and those that a build adds or removes.

    Two builds into one folder may run at once: each adds its rows to what the other wrote.
    """

    def __init__(
        self,
        folder: Path,
        engine: Mapping[str, str],
        revision: str | None,
        shard: "Shard | None",
        problems: Problems,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the manifest of a folder."""
        self._opened = read_manifest(folder, problems)
        self.rows: Mapping[str, Row] = self._opened.rows()
        self._folder = folder
        self.engine = engine
        self._revision = revision
        self._shard = f"{shard.number}/{shard.count}" if shard else None
        self._written: KnownManifest | None = None
        self._added: dict[str, Row] = {}
        self._removed_paths: set[str] = set()
        self._failed: dict[str, FailedRow] = {}
        self._is_resolved: Callable[[FailedRow], bool] = _never
        self._now = now
        self._due = now() + _SAVE_INTERVAL

    def add(self, row: Row) -> None:
        """Add the row of a file that was written; save the manifest from time to time."""
        self._added[row.path] = row
        self._save_if_due()

    def add_failure(self, row: FailedRow) -> None:
        """Record that an output failed; save the manifest from time to time."""
        self._failed[row.key] = row
        self._save_if_due()

    def _save_if_due(self) -> None:
        if self._now() >= self._due:
            start = self._now()
            self.save(Problems())  # the last one reports
            self._due = self._now() + max(_SAVE_INTERVAL, _SAVE_SHARE * (self._now() - start))

    def resolve_failures(self, is_resolved: Callable[[FailedRow], bool]) -> None:
        """Drop the failures of earlier builds for which `is_resolved` returns True."""
        self._is_resolved = is_resolved

    def remove_rows(self, paths: Iterable[str]) -> None:
        """Remove the rows of files that were removed."""
        self._removed_paths.update(paths)

    def save(self, problems: Problems) -> None:
        """Write the manifest if it changes.

        A manifest without outputs is written only if one existed before, for a shard, or if outputs failed. Parts
        left behind by killed builds are removed.
        """
        from filelock import FileLock  # noqa: PLC0415 - not needed to read

        sweep_parts(self._folder)
        if self._merge(self._opened) is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / _LOCK_FILE, timeout=_LOCK_TIMEOUT):
                # Another build may have written meanwhile.
                merged = self._merge(read_manifest(self._folder, Problems(), self._written))
                if merged:
                    self._written = write_manifest(self._folder, merged)
        except OSError as refused:
            reason = refused.strerror or "another build holds it"
            problems.add(NOT_WRITTEN.at(None, path=self._folder / MANIFEST_FILE, reason=reason))

    def _merge(self, written: Manifest) -> Manifest | None:
        """Return the merged manifest, or None if it need not be written."""
        existing = {path: row for path, row in written.rows().items() if (self._folder / path).is_file()}
        rows = [row for path, row in {**existing, **self._added}.items() if path not in self._removed_paths]
        earlier_failures = {
            row.key: row for row in written.failed if row.key not in self._added and not self._is_resolved(row)
        }
        failures = {**earlier_failures, **self._failed}.values()
        merged = make_manifest(rows, self.engine, self._revision, self._shard, failures)
        is_wanted = bool(rows or written.outputs or failures or written.failed) or (
            self._shard is not None and not (self._folder / MANIFEST_FILE).exists()
        )
        return merged if is_wanted and merged != written else None
