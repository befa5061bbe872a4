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
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    command = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--constraint", str(constraints), str(wheel)], check=True, cwd=folder)
    return scripts
