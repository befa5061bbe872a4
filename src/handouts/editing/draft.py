"""A draft of a project: a copy in a temporary folder with some files replaced, to be read and printed."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from handouts.model.project import SETTINGS_FILE, Project

Files: TypeAlias = Mapping[str, bytes | None]
"""Contents of files, by their path within the project; None stands for no file."""

_FOLDERS: Final = ("content", "templates", "styles")


@contextmanager
def open_draft(project: Project, changes: Files) -> Iterator[Project]:
    """Yield a copy of a project with some changes; it is removed at the end of the block. Raises OSError.

    Symbolic links are copied as links, so one that leads out of the project is refused there as well.
    """
    with tempfile.TemporaryDirectory(prefix="handouts-draft-") as folder:
        root = Path(folder).resolve()
        for name in _FOLDERS:
            if (project.root / name).is_dir():
                shutil.copytree(project.root / name, root / name, symlinks=True, copy_function=_link_or_copy)
        _link_or_copy(str(project.root / SETTINGS_FILE), str(root / SETTINGS_FILE))
        draft = Project(root)
        for name, content in changes.items():
            path = draft.inside(root / name)
            path.unlink(missing_ok=True)  # never written through a link to the file of the project
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        yield draft


def _link_or_copy(source: str, target: str) -> None:
    """Link a file, which needs no space; copy it where the file system is another one or has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
