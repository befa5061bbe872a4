"""Reasons: why an output has to be made anew, told before it is."""

from collections.abc import Mapping
from pathlib import Path

from handouts.build.manifest.manifest import Row
from handouts.schema.provenance import Source


def reason(row: Row | None, contents: Mapping[Source, str], digest: str, path: Path) -> str:
    """Say why an output that is not current has to be made.

    `contents` are the digests of what a patient reads, `digest` is that of all sources, `path` is where it goes.
    """
    if not path.exists():
        return "new" if row is None else "its file is gone"
    if row is None:
        return "no record of what is there"
    if row.digest == digest:
        return "its file was changed"
    before = row.made_from.sources if row.made_from else {}
    changed = [source for source, now in contents.items() if before.get(source) != now]
    return f"changed: {', '.join(changed)}" if changed else "changed: its looks, or the tool"
