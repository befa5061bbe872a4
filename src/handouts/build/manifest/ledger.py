"""The ledger: the manifest of an output folder while a build runs, so that no build that is cut off starts anew."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from handouts.build.manifest.manifest import (
    MANIFEST_FILE,
    FailedRow,
    Manifest,
    Row,
    manifest_of,
    read_manifest,
    write_manifest,
)
from handouts.build.plan.request import Shard
from handouts.build.rules import NOT_WRITTEN
from handouts.problems.collector import Problems
from handouts.system.write import sweep

_LOCK_FILE = f".{MANIFEST_FILE}.lock"
_PATIENCE = 60  # seconds that another build may take to write its manifest
_PAUSE = 5  # seconds between two savings, or more where one takes long
_LEFT = 3600  # seconds after which nobody writes to a part any more, where there are no locks
_SHARE = 20  # at most a twentieth of the time goes into saving


def _never(_row: FailedRow) -> bool:
    return False


class Ledger:
    """The rows of a folder's manifest, and those that a build adds or strikes out.

    Two builds into one folder may run at once: each adds its rows to what the other wrote.
    """

    def __init__(
        self,
        folder: Path,
        engine: Mapping[str, str],
        revision: str | None,
        shard: Shard | None,
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
        self._added: dict[str, Row] = {}
        self._struck: set[str] = set()
        self._failed: dict[str, FailedRow] = {}
        self._is_settled: Callable[[FailedRow], bool] = _never
        self._now = now
        self._due = now() + _PAUSE

    def add(self, row: Row) -> None:
        """Add the row of a file that is in place; save all from time to time."""
        self._added[row.path] = row
        self._save_now_and_then()

    def fail(self, row: FailedRow) -> None:
        """Record that an output failed; save all from time to time."""
        self._failed[row.key] = row
        self._save_now_and_then()

    def _save_now_and_then(self) -> None:
        if self._now() >= self._due:
            began = self._now()
            self.save(Problems())  # the last one reports
            self._due = self._now() + max(_PAUSE, _SHARE * (self._now() - began))

    def settle(self, is_settled: Callable[[FailedRow], bool]) -> None:
        """Forget the failures of earlier builds that a later one has decided about."""
        self._is_settled = is_settled

    def strike(self, paths: Iterable[str]) -> None:
        """Remove the rows of files that were removed."""
        self._struck.update(paths)

    def save(self, problems: Problems) -> None:
        """Write the manifest if it changes.

        One without outputs is written only if there was one before, for a shard, or if outputs failed. Parts that
        killed builds left are removed.
        """
        from filelock import FileLock  # noqa: PLC0415 - not needed to read

        sweep(self._folder, time.time() - _LEFT)
        if self._merged(self._opened) is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / _LOCK_FILE, timeout=_PATIENCE):
                merged = self._merged(
                    read_manifest(self._folder, Problems())
                )  # another build may have written meanwhile
                if merged:
                    write_manifest(self._folder, merged)
        except OSError as refused:
            reason = refused.strerror or "another build holds it"
            problems.add(NOT_WRITTEN.at(None, path=self._folder / MANIFEST_FILE, reason=reason))

    def _merged(self, written: Manifest) -> Manifest | None:
        """Return the manifest as it has to be, or None if it is so already."""
        there = {path: row for path, row in written.rows().items() if (self._folder / path).is_file()}
        rows = [row for path, row in {**there, **self._added}.items() if path not in self._struck]
        before = {row.key: row for row in written.failed if row.key not in self._added and not self._is_settled(row)}
        failed = {**before, **self._failed}.values()
        merged = manifest_of(rows, self.engine, self._revision, self._shard, failed)
        is_wanted = bool(rows or written.outputs or failed or written.failed) or (
            self._shard is not None and not (self._folder / MANIFEST_FILE).exists()
        )
        return merged if is_wanted and merged != written else None
