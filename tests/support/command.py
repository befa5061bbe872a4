"""The real command, run as people and scripts run it."""

import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import Signals
from typing import NoReturn, ParamSpec, TextIO, TypeVar
from unittest.mock import patch
from warnings import catch_warnings, simplefilter

from click.testing import CliRunner

from handouts.build import layout_workers
from handouts.cli.group import handouts
from handouts.workers import pool
from support.shipped import ROOT

_READY = multiprocessing.get_context("forkserver")
_READY.set_forkserver_preload(["support.preloaded"])
_SECONDS = 120
_ABOUT_WORKERS = frozenset({"-j", "--jobs", "--scheduler", "--timeout", "--watch"})
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
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

    A build or a print runs in this process and lays its pages out here, unless it is about workers. For all else, the
    process is forked from one that has everything loaded, which saves a second each time, with variables of its own.
    """
    if not environment and arguments[:1] in {("build",), ("print",)} and not _ABOUT_WORKERS & {*arguments}:
        return run_here(folder, *arguments)
    with tempfile.TemporaryDirectory() as caught:
        out, err = Path(caught, "out"), Path(caught, "err")
        process = _fork(folder, arguments, out, err, environment)
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(arguments)
        return Ran(process.exitcode, out.read_text(), err.read_text())


@dataclass(frozen=True)
class Started:
    """A command that runs, and what it writes to stdout or stderr."""

    process: ForkServerProcess
    output: TextIO

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, how: Signals) -> None:
        os.kill(self.pid, how)

    def kill(self) -> None:
        self.process.kill()

    def wait(self, seconds: float = _SECONDS) -> int:
        """Wait for the end, and return the exit code."""
        self.process.join(seconds)
        if self.process.exitcode is None:
            raise TimeoutError
        return self.process.exitcode


@contextmanager
def started(
    folder: Path,
    *arguments: str,
    out: Path | None = None,
    err: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Started]:
    """Start `handouts` in a folder, forked as by `run`; it is killed at the end of the block if it still runs.

    Its output can be read from where it goes, of stdout and stderr the one that is not written to a file.
    """
    reader, writer = _READY.Pipe(duplex=False)
    process = _fork(folder, arguments, out or writer, err or writer, environment or {})
    writer.close()
    with reader, open(os.dup(reader.fileno()), encoding="utf-8") as output:  # noqa: PTH123 - it is open already
        try:
            yield Started(process, output)
        finally:
            if process.exitcode is None:
                process.kill()
            process.join(_SECONDS)


def start_on_terminal(
    folder: Path, arguments: Sequence[str], terminal: int, environment: Mapping[str, str]
) -> ForkServerProcess:
    """Start `handouts` in a folder, forked as by `run`, with its output on a terminal that is open."""
    with Connection(os.dup(terminal)) as end:
        return _fork(folder, arguments, end, end, environment)


def _fork(
    folder: Path,
    arguments: Sequence[str],
    out: Path | Connection,
    err: Path | Connection,
    environment: Mapping[str, str],
) -> ForkServerProcess:
    """Start the command in a process that has everything loaded, with variables of its own."""
    process = _READY.Process(target=_command, args=(folder, arguments, out, err, {**os.environ, **environment}))
    with _findable():
        process.start()
    return process


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


def call_apart(function: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
    """Return what a function returns in a process forked as by `run`: the engine is loaded, and has laid nothing out.

    Raises EOFError if the function fails; its error is on stderr.
    """
    reader, writer = _READY.Pipe(duplex=False)
    process = _READY.Process(target=_send_result, args=(writer, partial(function, *args, **kwargs)))
    with _findable():
        process.start()
    writer.close()
    with reader:
        result: _Result = reader.recv()
    process.join(_SECONDS)
    return result


def _send_result(writer: Connection, function: Callable[[], object]) -> None:
    writer.send(function())


def invoke(folder: Path, *arguments: str) -> Ran:
    """Run `handouts` in a folder within this process: for commands that lay out no pages.

    What workers would read is read here.
    """
    with (
        chdir(folder),
        patch.object(pool, "start_reading_pool", ThisProcess),
        patch.object(pool, "Worker", _refuse_to_start),
    ):
        result = CliRunner().invoke(handouts, arguments, prog_name="handouts")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def _refuse_to_start(*_: object) -> NoReturn:
    """Refuse to fork this process, which has threads: a lock that one of them has is never opened in the fork."""
    raise AssertionError("This command starts workers: use run.")


def run_here(folder: Path, *arguments: str) -> Ran:
    """Run `handouts` within this process, with pages laid out here as well, one print after another.

    The processes are all that is replaced. Commands offer no way to do without them, for a hostile file has to be ended
    when its time is over: tests/workers and tests that choose `-j` are about that.
    """
    with (
        patch.object(layout_workers, "start_layout_workers", ThisProcess),
        patch.object(layout_workers, "start_layout_workers_early", ThisProcess),
    ):
        return invoke(folder, *arguments)


class ThisProcess(Executor):
    """Runs each call at once, with copies of its arguments, as a worker gets them."""

    def __init__(self, _at_once: int, _limit: float | None = None, **_how: bool) -> None:
        """Take what an executor of workers takes."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Run a call whose function, arguments and result can be pickled."""
        done: Future[_Result] = Future()
        function, arguments = pickle.loads(pickle.dumps((partial(fn, **kwargs), args)))  # noqa: S301 - written here
        try:
            with catch_warnings():
                simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its color profile open
                done.set_result(pickle.loads(pickle.dumps(function(*arguments))))  # noqa: S301 - likewise
        except Exception as raised:  # noqa: BLE001 - as the worker does
            done.set_exception(raised)
        return done


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


def _command(
    folder: Path,
    arguments: Sequence[str],
    out: Path | Connection,
    err: Path | Connection,
    environment: Mapping[str, str],
) -> None:
    """Be the command: as `python -m handouts`, with its output in files or pipes."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, target in ((0, Path(os.devnull)), (1, out), (2, err)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(target, flags) if isinstance(target, Path) else target.fileno(), number)
    for pipe in {out, err}:
        if isinstance(pipe, Connection):
            pipe.close()
    sys.argv = ["handouts", *arguments]
    # Processes that this one spawns shall not load what the tests are run by.
    sys.modules["__main__"].__spec__ = None
    from handouts.cli.main import main  # noqa: PLC0415 - in the process that is the command

    with patch.object(layout_workers, "start_pool", _start_ready_pool):
        main()


def _start_ready_pool(
    prepare: Callable[[], None], at_once: int, limit: float | None = None, *, ahead: bool = False
) -> Executor:
    """Fork the workers that the front desk starts ahead: this process has loaded what they need. Others are spawned."""
    return pool.start_pool_early(prepare, at_once, limit) if ahead else pool.start_pool(prepare, at_once, limit)


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
