"""`build --watch`: each save is built, by editors of all kinds, and errors are reported until they are mended."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from support.command import run
from support.projects import HANDOUT, SmallProject, small_project

PATIENCE = 60
OUTPUT = "output/clinic/back.en.txt"


class Watching:
    """A build that watches, and the lines that it prints."""

    def __init__(self, project: SmallProject) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "handouts", "build", "-f", "text", "--watch"],
            cwd=project.root,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.lines: Queue[str] = Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        with self.process.stderr as said:
            for line in said:
                self.lines.put(line.rstrip("\n"))

    def until(self, wanted: str) -> list[str]:
        """Return all lines up to the one that holds a text."""
        seen: list[str] = []
        while not seen or wanted not in seen[-1]:
            seen.append(self.lines.get(timeout=PATIENCE))
        return seen


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path / "project")


@pytest.fixture
def watching(project: SmallProject) -> Iterator[Watching]:
    started = Watching(project)
    try:
        started.until("waiting for changes")
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        started.reader.join()


def test_each_save_is_built_and_a_broken_one_leaves_what_was_there(project: SmallProject, watching: Watching) -> None:
    text, file = project.root / HANDOUT, project.root / OUTPUT
    good = text.read_text()
    text.write_text(good.replace("title: ", "title: New ", 1))
    watching.until("1 built")
    assert "New " in file.read_text()
    # An editor that writes another file and renames it.
    beside = text.with_name(".en.md.swp")
    beside.write_text(good.replace("title: ", "title: Newer ", 1))
    beside.replace(text)
    watching.until("1 built")
    before = file.read_text()
    assert "Newer " in before
    text.write_text(good.replace("title: ", "titel: ", 1))
    said = watching.until("0 built")
    assert any(HANDOUT in line and "error[" in line for line in said), said
    assert file.read_text() == before
    text.write_text(good)
    watching.until("1 built")
    assert "New" not in file.read_text()
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(PATIENCE) == 0
    watching.until("ended")


@pytest.mark.parametrize("option", [["--json"], ["--dry-run"], ["--summary", "x.md"], ["--scheduler", "tcp://x:1"]])
def test_what_is_for_scripts_does_not_go_with_watching(project: SmallProject, option: list[str]) -> None:
    ran = run(project.root, "build", "--watch", *option)
    assert (ran.code, "--watch" in ran.err) == (2, True)
