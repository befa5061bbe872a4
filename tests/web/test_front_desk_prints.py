"""Prints for the front desk: too many at once, those that hang or die, those asked for in vain, and what is kept."""

import datetime as dt
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient

from handouts.build.layout_workers import start_layout_workers
from handouts.build.typeset import Typeset
from handouts.model.project import Project
from handouts.web.app import create_app
from handouts.web.desk import Desk, open_desk
from handouts.web.page_painter import NotDrawnError, Painter
from handouts.web.running_prints import BusyError, Running, SupersededError
from handouts.web.security import Door
from support.front_desk import ENDLESS, served
from support.projects import small_project

MADE = Typeset(b"made", 1, ())
FORM = {"language": "en", "number": "1", "section": ["what", "worry", "helps"]}
OWN = {"Origin": "http://localhost"}
PREVIEW = {**OWN, "HX-Request": "true"}
SECONDS = 60


@dataclass(frozen=True)
class Open:
    desk: Desk
    client: FlaskClient
    said: list[str]


def opened(folder: Path, waiting: int, limit: float) -> Open:
    """Open a desk on the small project in this process, with real workers."""
    project = small_project(folder)
    project.write("templates/large-print.html.j2", ENDLESS)
    said: list[str] = []
    executor = start_layout_workers(1, limit)
    desk = open_desk(Project(project.root), executor, lambda: dt.date(2026, 11, 1), said.append, waiting)
    client = create_app(desk, Door(frozenset({"localhost"}))).test_client()
    client.set_cookie("practice", "clinic")
    return Open(desk, client, said)


def test_one_too_many_is_told_to_try_again(tmp_path: Path) -> None:
    full = opened(tmp_path, waiting=0, limit=SECONDS)
    try:
        answer = full.client.post("/handouts/back", data=FORM, headers=PREVIEW)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
        assert "Busy" in answer.text
        assert "data-again" in answer.text
        page = full.client.post("/handouts/back/print", data=FORM, headers=OWN)
        assert (page.status_code, "Please try again in a moment" in page.text) == (429, True)
        assert full.client.get("/thumbnails/clinic/back/en.webp").status_code == 429
        assert full.client.get("/").status_code == 200
        assert full.said == []
    finally:
        full.desk.close()


def test_a_print_that_takes_too_long_is_ended_and_told_and_the_next_is_made(tmp_path: Path) -> None:
    one = opened(tmp_path, waiting=4, limit=8)
    try:
        answer = one.client.post("/handouts/back", data={**FORM, "format": "large-print"}, headers=PREVIEW)
        assert answer.status_code == 200
        assert "Making it took too long" in answer.text
        assert "timed-out" in answer.text
        answer = one.client.post("/handouts/back", data=FORM, headers=PREVIEW)
        assert "/1.webp" in answer.text
    finally:
        one.desk.close()


def test_it_ends_at_once_and_leaves_no_process_also_while_a_print_is_made(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("templates/large-print.html.j2", ENDLESS)
    for how in (signal.SIGINT, signal.SIGTERM):
        with served(project.root, practice="clinic") as page, ThreadPoolExecutor() as others:
            asked = others.submit(page.preview, "back", section=["what"], format="large-print")
            assert page.preview("back", section=["what"]).status == 200
            processes = below(page.process.pid)
            assert len(processes) >= 3
            assert page.end(how) == 0
            assert isinstance(asked.exception(SECONDS), OSError) or asked.result().status
            gone(processes)
            assert "Traceback" not in page.said.read_text()


def below(process: int) -> set[int]:
    """Give the processes that a process started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(child) for child in children}


def gone(processes: set[int]) -> None:
    """Wait until processes are gone: the helper of Python that tidies up after them is the last."""
    left = threading.Event()
    for _ in range(SECONDS * 20):
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return
        left.wait(0.05)
    raise AssertionError(processes)


@pytest.fixture
def painter() -> Iterator[Painter]:
    one = Painter()
    yield one
    one.close()


def test_what_draws_pages_is_replaced_when_it_dies(painter: Painter) -> None:
    with pytest.raises(NotDrawnError):
        painter.draw(b"no PDF at all", [0], 100)
    blank = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 300))
        pdf.save(blank)
    page = blank.getvalue()
    first = painter.draw(page, [0], 100)
    (process,) = (child for child in below(os.getpid()) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes())
    os.kill(process, signal.SIGKILL)
    with pytest.raises(NotDrawnError):
        painter.draw(page, [0], 100)
    assert painter.draw(page, [0], 100) == first


def test_a_print_is_made_once_for_all_who_want_it() -> None:
    running = Running(room=3)
    made: Future[Typeset] = Future()
    starts: list[str] = []

    def start() -> Future[Typeset]:
        starts.append("same")
        return made

    with ThreadPoolExecutor() as people:
        answers = [people.submit(running.wait, "same", start, who) for who in ("a", "b", "c")]
        while has_room(running):
            pass
        made.set_result(MADE)
        assert [answer.result(SECONDS) for answer in answers] == [MADE] * 3
    assert starts == ["same"]


def has_room(running: Running) -> bool:
    done: Future[Typeset] = Future()
    done.set_result(MADE)
    try:
        running.wait("other", lambda: done, "somebody else")
    except BusyError:
        return False
    return True


def test_what_somebody_no_longer_waits_for_is_given_up_unless_another_does() -> None:
    running = Running(room=9)
    first: Future[Typeset] = Future()
    second: Future[Typeset] = Future()
    second.set_result(MADE)
    begun = threading.Event()

    def start() -> Future[Typeset]:
        begun.set()
        return first

    with ThreadPoolExecutor() as people:
        early = people.submit(running.wait, "first", start, "a")
        assert begun.wait(SECONDS)
        assert running.wait("second", lambda: second, "a") == MADE
        assert isinstance(early.exception(SECONDS), SupersededError)
    assert first.cancelled()


def test_no_more_wait_than_there_is_room_for() -> None:
    with pytest.raises(BusyError):
        Running(room=0).wait("one", Future, "a")
