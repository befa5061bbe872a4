"""The real command, run as people and scripts run it."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from handouts.cli.group import handouts
from support.shipped import ROOT

_READY = multiprocessing.get_context("forkserver")
_READY.set_forkserver_preload(["support.preloaded"])
_SECONDS = 120
COPIED = (
    "handouts/spinal-fracture",
    "practices/lakeside-spine-center",
    "practices/northgate-family-practice",
)
_SETTINGS = """language: en
paper: letter
sets:
  everything:
    - formats: [handout, one-page, large-print, booklet, html, text]
    - {formats: [trifold, trifold-z], sections: [leaflet]}
"""
_OTHER_SOURCES = "\n  # Sources of the handouts on bones"  # from here on, the sources are those of other handouts


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run `handouts` in a folder.

    The process is forked from one that has WeasyPrint loaded, which saves a second each time; with an environment of
    its own it is started anew, as people start it. A build has one worker unless a number is given, for as many tests
    run at once as there are processors.
    """
    if environment:
        return run_anew(folder, *arguments, **environment)
    if arguments[:1] == ("build",) and not {"-j", "--scheduler"} & {*arguments}:
        arguments = (*arguments, "-j", "1")
    with tempfile.TemporaryDirectory() as caught:
        out, err = Path(caught, "out"), Path(caught, "err")
        process = _READY.Process(target=_command, args=(folder, arguments, out, err, dict(os.environ)))
        with _findable():
            process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(arguments)
        return Ran(process.exitcode, out.read_text(), err.read_text())


@contextmanager
def _findable() -> Iterator[None]:
    """Let the process that all are forked from find this folder: Python 3.11 does not hand it the path."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "tests"), before]))
    try:
        yield
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


def invoke(folder: Path, *arguments: str) -> Ran:
    """Run `handouts` in a folder within this process: for commands that start no workers and lay out no pages."""
    with chdir(folder):
        result = CliRunner().invoke(handouts, arguments, prog_name="handouts")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def run_anew(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run `handouts` in a folder, in a process that starts with nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "handouts", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=_SECONDS,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _command(folder: Path, arguments: Sequence[str], out: Path, err: Path, environment: Mapping[str, str]) -> None:
    """Be the command: as `python -m handouts`, with its output in two files."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((0, Path(os.devnull)), (1, out), (2, err)):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT), number)
    sys.argv = ["handouts", *arguments]
    # Processes that this one spawns shall not load what the tests are run by.
    sys.modules["__main__"].__spec__ = None
    from handouts.cli.main import main  # noqa: PLC0415 - in the process that is the command

    main()


def copy_of_shipped(folder: Path) -> Path:
    """Copy the shipped templates, styles, an English handout and two practices to a folder, with a set of all of it.

    More handouts and practices would only make each test longer.
    """
    for name in ("templates", "styles"):
        shutil.copytree(ROOT / name, folder / name)
    for name in COPIED:
        shutil.copytree(
            ROOT / "content" / name, folder / "content" / name, ignore=shutil.ignore_patterns("es.md", "*.es.svg")
        )
    references = (ROOT / "content/references.yaml").read_text(encoding="utf-8")
    (folder / "content/references.yaml").write_text(references.partition(_OTHER_SOURCES)[0], encoding="utf-8")
    (folder / "handouts.yaml").write_text(_SETTINGS, encoding="utf-8")
    return folder
