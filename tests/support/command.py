"""The real command, run as people and scripts run it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.shipped import ROOT


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run `handouts` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "handouts", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def copy_of_shipped(folder: Path) -> Path:
    """Copy the shipped content, settings, templates and styles to a folder, to be changed there."""
    for name in ("content", "templates", "styles"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "handouts.yaml", folder)
    return folder
