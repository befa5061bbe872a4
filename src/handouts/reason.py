"""Reasons: why an output is made anew, told before it is."""

from pathlib import Path

from handouts.document import Composed
from handouts.manifest import Row


def reason(row: Row | None, composed: Composed, digest: str, path: Path) -> str:
    """Say why an output that is not current has to be made; `digest` is that of its sources, `path` where it goes."""
    if not path.exists():
        return "new" if row is None else "its file is gone"
    if row is None:
        return "no record of what is there"
    if row.digest == digest:
        return "its file was changed"
    before, now = row.made_from, composed.made_from
    if before is None or now is None:
        return "no record of what it was made from"
    changed = [source for source, value in now.sources.items() if before.sources.get(source) != value]
    return f"changed: {', '.join(changed)}" if changed else "made by another version of the tool"
