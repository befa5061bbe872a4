"""Earlier versions of edited files, so that each change can be undone: output/.versions/<name of what was edited>/."""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.editing.draft import Files
from handouts.model.project import Project
from handouts.system.write import write_whole

MAX_KEPT: Final = 20
"""Versions of each edited thing; the oldest ones are removed."""
_FOLDER: Final = ".versions"
_TIME: Final = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Version:
    """The files of one edited thing as they were before a change, when that was (UTC), and the files after it."""

    name: str
    time: dt.datetime
    before: Files
    after: Files


def keep_version(project: Project, edited: str, before: Files, after: Files, now: dt.datetime) -> None:
    """Keep the files of what is edited before a change, and remove the oldest versions. Raises OSError."""
    folder = _find_folder(project, edited)
    content = {"before": _encode(before), "after": _encode(after)}
    write_whole(folder / f"{now.astimezone(dt.UTC):{_TIME}}.json", json.dumps(content).encode())
    for path in _list_files(folder)[MAX_KEPT:]:
        path.unlink(missing_ok=True)


def list_versions(project: Project, edited: str) -> tuple[Version, ...]:
    """Return the versions of what is edited, the newest first; one that cannot be read is left out."""
    versions = []
    for path in _list_files(_find_folder(project, edited)):
        try:
            content = json.loads(path.read_bytes())
            before, after = _decode(content["before"]), _decode(content["after"])
            time = dt.datetime.strptime(path.stem, _TIME).replace(tzinfo=dt.UTC)
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            continue
        versions.append(Version(path.stem, time, before, after))
    return tuple(versions)


def _encode(files: Files) -> dict[str, str | None]:
    return {name: None if raw is None else b64encode(raw).decode() for name, raw in files.items()}


def _decode(texts: Mapping[str, str | None]) -> Files:
    return {name: None if text is None else b64decode(text) for name, text in texts.items()}


def _find_folder(project: Project, edited: str) -> Path:
    """Return the folder of the versions of what is edited. Raises OutsideProjectError if output/ leads out."""
    return project.inside(project.output / _FOLDER / edited)


def _list_files(folder: Path) -> list[Path]:
    """Return the files of the versions, the newest first."""
    return sorted(folder.glob("*.json"), reverse=True)
