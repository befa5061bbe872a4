"""Carries out the steps of the Dockerfile where there is no daemon, and makes handouts with what they install.

    scripts/image_steps.py

Copies what .dockerignore lets into the image to a temporary folder, and runs the RUN lines that install Python packages
there, with /opt/handouts in that folder; then runs the ENTRYPOINT with the environment of the image. Lines that change
the system (apt-get, useradd) are printed and left out: their packages have to be there. Exits with 1 if a step fails.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
INSTALLED: Final = "/opt/handouts"
OF_SYSTEM: Final = ("apt-get", "useradd")


def read_steps() -> Iterator[tuple[str, str]]:
    """Yield each instruction of the Dockerfile with its arguments."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        if line.strip():
            instruction, _, arguments = line.partition(" ")
            yield instruction, arguments


def copy_context(target: Path) -> None:
    """Copy what .dockerignore does not leave out."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in (rule.removeprefix("!") for rule in rules if rule.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Print a command and run it. Raises CalledProcessError if it fails."""
    sys.stdout.write(f"$ {shlex.join(command)}\n")
    sys.stdout.flush()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - of the Dockerfile and of this file


def main() -> int:
    """Carry out all steps; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        source, installed, home, project = (Path(folder, name) for name in ("src", "opt", "home", "project"))
        for made in (source, home, project):
            made.mkdir()
        environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
        entry: list[str] = []
        try:
            for instruction, arguments in read_steps():
                if instruction == "COPY" and arguments == ". .":
                    copy_context(source)
                elif instruction == "RUN" and any(word in arguments for word in OF_SYSTEM):
                    sys.stdout.write(f"left out: {arguments}\n")
                elif instruction == "RUN":
                    run(["sh", "-ec", arguments.replace(INSTALLED, str(installed))], source, environment)
                elif instruction == "ENV":
                    values = dict(pair.split("=", 1) for pair in shlex.split(arguments))
                    values["PATH"] = f"{installed / 'bin'}:{os.environ['PATH']}"
                    environment |= values | {"HOME": str(home)}
                elif instruction == "ENTRYPOINT":
                    entry = [str(installed / "bin" / arguments.strip('[]"'))]
            shutil.rmtree(source)  # an image has no more than what is installed
            for options in (["--help"], ["init"], ["doctor"], ["build", "-l", "en", "-p", "lakeside-spine-center"]):
                run([*entry, *options], project, environment)
        except subprocess.CalledProcessError as failed:
            sys.stdout.write(f"failed with exit code {failed.returncode}\n")
            return 1
        made_files = sorted(path.relative_to(project) for path in project.glob("output/*/*.pdf"))
        sys.stdout.write("".join(f"{path}\n" for path in made_files))
        return 0 if made_files else 1


if __name__ == "__main__":
    sys.exit(main())
