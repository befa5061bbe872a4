"""Forecast: what a build would do with each output of a plan, and why, without making anything."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.manifest import Row
from handouts.plan import Planned

Why = Literal["new", "sources-changed", "file-gone", "file-changed", "forced", "unchanged"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """One output: what it is, and why it would be made; "unchanged" if it would not."""

    path: str
    handout: str
    version: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    why: Why

    @property
    def would_be_built(self) -> bool:
        """Tell whether it would be made."""
        return self.why != "unchanged"


def why_built(folder: Path, row: Row | None, digest: str, *, force: bool = False) -> Why:
    """Tell why an output of a folder has to be made, from its row in the manifest and the digest of its sources.

    The file itself is read and compared with what was written there.
    """
    if row is None:
        return "new"
    if force:
        return "forced"
    if row.digest != digest:
        return "sources-changed"
    try:
        content = (folder / row.path).read_bytes()
    except OSError:
        return "file-gone"
    return "unchanged" if hashlib.sha256(content).hexdigest() == row.sha256 else "file-changed"


def forecast(
    planned: Iterable[Planned],
    folder: Path,
    rows: Mapping[str, Row],
    digest_of: Callable[[Planned], str],
    *,
    force: bool = False,
) -> Iterator[Forecast]:
    """Tell of each output of a plan what a build into a folder would do; `rows` are those of its manifest, by path."""
    for item in planned:
        handout = item.selection.handout
        path = str(item.path)
        yield Forecast(
            path,
            handout.id,
            handout.front.version,
            item.practice.id,
            handout.language,
            item.edition.format.name,
            tuple(section.id for section in item.selection.sections),
            why_built(folder, rows.get(path), digest_of(item), force=force),
        )
