"""One digest of everything that outputs can be made from: two that are equal make the same outputs, and problems.

A build key says the same of one output and is exact, but only a project that was read has one. This needs no reading.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.model.project import SETTINGS_FILE, SOURCE_FOLDERS, shipped
from handouts.provenance.versions import list_installed, read_engine_versions
from handouts.system.digests import digest, read_content


def digest_inputs(root: Path, folders: Iterable[str] = SOURCE_FOLDERS) -> str:
    """Return the digest of a project's settings and folders, of the shipped files, and of all that is installed.

    Files count by content, because dates are no proof: a copied or restored file can have any. Links that lead out of
    the project are not followed, because no reader follows them either.
    """
    trees = [*((root, name) for name in folders), (shipped(), "templates"), (shipped(), "styles")]
    return digest(
        [
            read_engine_versions(),
            list_installed(),
            hashlib.sha256(read_content(root / SETTINGS_FILE)).hexdigest(),
            [_digest_folder(top / name, top) for top, name in trees],
        ],
        length=64,
    )


def _digest_folder(folder: Path, root: Path) -> str:
    """Return the digest of the names and contents of all files below a folder."""
    whole = hashlib.sha256()
    for path, is_inside in _list_files(folder, root):
        name = os.fsencode(os.path.relpath(path, folder))
        content = b"file\0" + read_content(Path(path)) if is_inside else b"not read"
        whole.update(hashlib.sha256(name + b"\0" + content).digest())
    return whole.hexdigest()


def _list_files(folder: Path, root: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of each file below a folder, and whether it is inside of the project.

    Each folder is entered once, however many links lead to it; an empty folder counts as a file.
    """
    waiting = [str(folder)] if _leads_inside(folder, root) else []
    entered = set[tuple[int, int]]()
    while waiting:
        current = waiting.pop()
        try:
            status = os.stat(current)  # noqa: PTH116 - as below
            with os.scandir(current) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:  # there is none, or it cannot be read: its readers report that
            entries, status = [], None
        if status is None or (status.st_dev, status.st_ino) in entered or not entries:
            yield current, False
            continue
        entered.add((status.st_dev, status.st_ino))
        for entry in entries:
            if entry.is_symlink() and not _leads_inside(entry.path, root):
                yield entry.path, False
            elif entry.is_dir():
                waiting.append(entry.path)
            else:
                yield entry.path, True


def _leads_inside(link: str | Path, root: Path) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(root)
