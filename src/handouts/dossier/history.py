"""The versions of a file in the history of its Git repository."""

import datetime as dt
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handouts.schema.dossier import VersionReport

_MOST_COMMITS: Final = 2_000
_TIMEOUT: Final = 30  # seconds
_VERSION: Final = re.compile(rb"^version:[ \t]*[\"']?([^\"'#\r\n]+)", re.MULTILINE)
_HEAD: Final = 20_000  # bytes; front matter is shorter


def find_versions(file: Path) -> tuple[VersionReport, ...]:
    """Return the versions that a handout's file has had, newest first; none without Git or outside a repository.

    Only commands that read objects are used: none of them runs what the configuration of a repository names.
    """
    listed = _run_git(file.parent, ["rev-list", "--timestamp", f"--max-count={_MOST_COMMITS}", "HEAD", "--", file.name])
    commits = [line.split() for line in reversed(listed.decode().splitlines())]
    names = "".join(f"{commit}:./{file.name}\n" for _, commit in commits)
    contents = _parse_batch(_run_git(file.parent, ["cat-file", "--batch"], names.encode())) if commits else iter(())
    versions: list[VersionReport] = []
    for (seconds, commit), (blob, content) in zip(commits, contents, strict=False):
        match = _VERSION.search(content[:_HEAD])
        version = match[1].decode("utf-8", "replace").strip() if match else ""
        if version and (not versions or versions[-1].version != version):
            day = dt.datetime.fromtimestamp(int(seconds), dt.UTC).date()
            versions.append(VersionReport(version=version, since=day, commit=commit, digest=blob))
    return tuple(reversed(versions))


def _parse_batch(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each object of `git cat-file --batch`; a file that was not there has neither."""
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        head = answer[start:end].split(b" ")
        if len(head) == 3 and head[2].isdigit():  # noqa: PLR2004 - object, type and size
            size = int(head[2])
            yield head[0].decode(), answer[end + 1 : end + 1 + size]
            start = end + 1 + size + 1
        else:
            yield "", b""
            start = end + 1


def _run_git(folder: Path, arguments: list[str], sent: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are those above
            ["git", *arguments],  # noqa: S607 - wherever git is on this machine
            cwd=folder,
            input=sent,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""
