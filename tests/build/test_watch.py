"""Changes of files are noticed, however an editor saves them, and those of outputs are ignored."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from handouts.build.watch import watch_changes
from handouts.model.project import Project
from support.projects import HANDOUT, SETTINGS, SmallProject, small_project

SECONDS = 60


class Watching:
    """A project that is watched, from when `start` noticed a first file."""

    def __init__(self, project: SmallProject) -> None:
        self.project = project
        self.stop = threading.Event()
        self.noticed: Queue[frozenset[Path]] = Queue()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        for found in watch_changes(Project(self.project.root), self.stop):
            self.noticed.put(found)

    def until(self, name: str) -> None:
        """Wait until a file is noticed, or a new folder that it is in; or a watch begins, when all may have changed."""
        path = self.project.root / name
        while found := self.noticed.get(timeout=SECONDS):
            if found & {path, path.parent}:
                return


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    one = Watching(small_project(tmp_path))
    assert one.noticed.get(timeout=SECONDS) == frozenset()  # the watch is there
    yield one
    one.stop.set()
    one.thread.join(SECONDS)
    assert not one.thread.is_alive()


def test_a_file_that_is_written_in_place(watching: Watching) -> None:
    watching.project.write(HANDOUT, "new")
    watching.until(HANDOUT)


@pytest.mark.parametrize("name", [HANDOUT, SETTINGS])
def test_a_file_that_another_takes_the_place_of_twice(watching: Watching, name: str) -> None:
    for content in ("new", "newer"):
        watching.project.write(f"{name}.swp", content).replace(watching.project.root / name)
        watching.until(name)


def test_a_file_that_is_removed_and_one_in_a_new_folder(watching: Watching) -> None:
    (watching.project.root / HANDOUT).unlink()
    watching.until(HANDOUT)
    watching.project.write("content/handouts/knee/en.md", "new")
    watching.until("content/handouts/knee/en.md")


def test_a_folder_of_templates_that_comes_later(watching: Watching) -> None:
    watching.project.write("templates/handout.html.j2", "new")
    watching.until("templates")
    watching.project.write("templates/handout.html.j2", "newer")
    watching.until("templates/handout.html.j2")


def test_what_is_built_is_no_change(watching: Watching) -> None:
    watching.project.write("output/clinic/back.en.handout.pdf", "made")
    watching.project.write(HANDOUT, "new")
    assert all("output" not in path.parts for path in watching.noticed.get(timeout=SECONDS))
