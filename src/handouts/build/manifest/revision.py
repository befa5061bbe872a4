"""The revision of a project, if git keeps it."""

import subprocess
from pathlib import Path

_PATIENCE = 10  # seconds


def git_revision(root: Path) -> str | None:
    """Give the commit that is checked out in a folder; None without git, or where it keeps no project of this user."""
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", "HEAD"],  # noqa: S607 - wherever git is on this machine
            cwd=root,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip() or None
