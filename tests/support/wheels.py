"""The wheel of the tool, and environments of its own to install it into."""

import subprocess
import sys
import venv
from pathlib import Path

from support.shipped import ROOT


def build_wheel(folder: Path) -> Path:
    """Build the wheel into an empty folder."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def install(wheel: Path, folder: Path, constraints: Path) -> Path:
    """Install a wheel in a new environment, in versions that a file pins; return the folder of its commands."""
    venv.create(folder)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    # One pip serves all, and only the modules that are used are compiled.
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "--quiet", "--disable-pip-version-check"]
    options = ["--no-compile", "--constraint", str(constraints)]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True, cwd=folder)
    return scripts
