"""Making prints for the front desk: too many at once, ones that hang or die, canceled ones, and the cache."""

import datetime as dt
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient

from handouts.build.layout_workers import start_layout_workers
from handouts.build.typeset import FinishedFile
from handouts.model.project import Project
from handouts.web.app import create_app
from handouts.web.desk import Desk, open_desk
from handouts.web.live_library import LiveLibrary
from handouts.web.page_painter import NotDrawnError, PagePainter
from handouts.web.running_prints import BusyError, RunningPrints, SupersededError
from handouts.web.security import Access
from support.front_desk import ENDLESS, served
from support.printers import wait_until
from support.projects import HANDOUT, SmallProject, small_project

MADE = FinishedFile(b"made", 1, ())
FORM = {"language": "en", "number": "1", "section": ["what", "worry", "helps"], "agreed": "back"}
OWN = {"Origin": "http://localhost"}
PREVIEW = {**OWN, "X-Part": "1"}
SECONDS = 60
KNEE = "content/handouts/knee/en.md"


@dataclass(frozen=True)
class Open:
    desk: Desk
    client: FlaskClient
    reported: list[str]


def opened(folder: Path, waiting: int, limit: float) -> Open:
    """Open a desk for the small project in this process, with real workers."""
    project = small_project(folder)
    project.write("templates/large-print.html.j2", ENDLESS)
    return open_project(project, waiting, limit)


def open_project(project: SmallProject, waiting: int, limit: float) -> Open:
    """Open a desk for a project in this process, with real workers."""
    reported: list[str] = []
    executor = start_layout_workers(1, limit)
    desk = open_desk(Project(project.root), executor, lambda: dt.date(2026, 11, 1), reported.append, waiting)
    client = create_app(desk, Access(frozenset({"localhost"}))).test_client()
    client.set_cookie("practice", "clinic")
    return Open(desk, client, reported)


def test_one_request_too_many_has_to_try_again(tmp_path: Path) -> None:
    full = opened(tmp_path, waiting=0, limit=SECONDS)
    try:
        answer = full.client.post("/handouts/back", data=FORM, headers=PREVIEW)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
        assert "Busy" in answer.text
        page = full.client.post("/handouts/back/print", data=FORM, headers=OWN)
        assert (page.status_code, "Please try again in a moment" in page.text) == (429, True)
        assert full.client.get("/").status_code == 200
        assert full.reported == []
    finally:
        full.desk.close()


def test_a_pack_is_for_one_group_of_patients(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    items = "\n- Lift your child. {audience=parents}\n- Stay in bed. {audience=children}\n"
    text = project.text(HANDOUT)
    project.write(HANDOUT, text + items)
    project.write(KNEE, text.replace("HO-1", "HO-2") + items)
    project.write(KNEE.replace("knee", "neck"), text.replace("HO-1", "HO-3"))
    desk = open_project(project, waiting=8, limit=SECONDS)
    try:
        form = {"practice": "clinic", "format": "text", "agreed": ["back", "knee", "neck"]}

        def ask(*items: str) -> tuple[int, str]:
            answer = desk.client.post("/pack/download", data={**form, "item": [*items]}, headers=OWN)
            return answer.status_code, answer.text

        status, made = ask("back?audience=parents", "knee?audience=parents", "neck")
        assert (status, made.count("Lift your child."), made.count("Stay in bed.")) == (200, 2, 0)
        status, made = ask("back", "knee")
        assert (status, made.count("Lift your child."), made.count("Stay in bed.")) == (200, 2, 2)
        for other, named in (("knee", "everyone"), ("knee?audience=children", "children")):
            status, refusal = ask("back?audience=parents", other)
            assert (status, f"is for {named}" in refusal, "Lift your child." in refusal) == (422, True, False)
    finally:
        desk.desk.close()


class Counted(Executor):
    """Counts what is to be laid out, and has it at once."""

    def __init__(self) -> None:
        self.count = 0

    def submit(self, *_task: object, **_options: object) -> Future[FinishedFile]:  # type: ignore[override]  # any task
        self.count += 1
        made: Future[FinishedFile] = Future()
        made.set_result(MADE)
        return made


@pytest.fixture
def nothing_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be laid out that differs by one section from what is shown."""
    monkeypatch.setattr("handouts.web.prints_ahead._PAUSE_BEFORE_NEXT", SECONDS)


@pytest.mark.usefixtures("nothing_next")
def test_what_is_opened_first_is_laid_out_ahead_but_drafts_are_not(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    draft = project.text(HANDOUT)
    for name in ("ankle", "wrist"):
        project.write(f"content/handouts/{name}/en.md", draft)
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine team")
    workers = Counted()
    day = dt.date(2026, 11, 1)
    desk = open_desk(Project(project.root), workers, lambda: day, print, workers=2)
    try:
        client = create_app(desk, Access(frozenset({"localhost"}))).test_client()
        client.set_cookie("practice", "clinic")
        assert client.get("/").status_code == client.get("/").status_code == 200
        wait_until(lambda: workers.count == 1)
        for handout, count in (("back", 1), ("wrist", 2)):
            answer = client.post(f"/handouts/{handout}", data={**FORM, "paper": "a4"}, headers=PREVIEW)
            assert ("/1.webp" in answer.text, workers.count) == (True, count)
    finally:
        desk.close()


def is_making_next() -> bool:
    return any(thread.name == "next" for thread in threading.enumerate())


def test_what_differs_by_one_section_from_what_is_shown_is_laid_out_ahead(tmp_path: Path) -> None:
    workers = Counted()
    desk = open_desk(Project(small_project(tmp_path).root), workers, lambda: dt.date(2026, 11, 1), print, workers=2)
    try:
        client = create_app(desk, Access(frozenset({"localhost"}))).test_client()
        client.set_cookie("practice", "clinic")
        client.post("/handouts/back", data=FORM, headers=PREVIEW)
        wait_until(lambda: workers.count == 1 + 3)
        answer = client.post("/handouts/back", data={**FORM, "section": ["what", "helps"]}, headers=PREVIEW)
        assert ("/1.webp" in answer.text, workers.count) == (True, 4)
        wait_until(lambda: workers.count == 4 + 2)  # either section alone; all three are there
        wait_until(lambda: not is_making_next())
        # Those that differ from the print of a patient would be for the patient, too.
        client.post("/handouts/back", data={**FORM, "section": ["what"], "patient": "Name"}, headers=PREVIEW)
        assert not is_making_next()
    finally:
        desk.close()


@pytest.mark.usefixtures("nothing_next")
def test_workers_are_made_ready_and_a_page_that_loads_has_its_print_begun(tmp_path: Path) -> None:
    workers = Counted()
    desk = open_desk(Project(small_project(tmp_path).root), workers, lambda: dt.date(2026, 11, 1), print, workers=2)
    assert desk.prints_ahead
    try:
        desk.prints_ahead.begin(desk.live_library.snapshot)
        wait_until(lambda: workers.count == 2)  # an empty page in each
        client = create_app(desk, Access(frozenset({"localhost"}))).test_client()
        client.set_cookie("practice", "clinic")
        # The script of the page has a name that somebody typed, perhaps: then it needs another print.
        assert client.get("/handouts/back", headers={"Sec-Fetch-Mode": "cors"}).status_code == 200
        assert client.get("/handouts/back", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 200
        wait_until(lambda: workers.count == 3)
        answer = client.post("/handouts/back", data={**FORM, "paper": "a4"}, headers=PREVIEW)
        assert ("/1.webp" in answer.text, workers.count) == (True, 3)
    finally:
        desk.close()


def test_the_library_is_read_again_only_if_a_file_has_changed(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    live = [LiveLibrary(Project(project.root), print) for _ in range(2)]
    first = [one.snapshot.number for one in live]
    try:
        live[0].watch()  # now, and again when it is there, nothing has changed
        title = "Back pain today"
        project.replace(HANDOUT, "title: Back pain", f"title: {title}")
        live[1].watch()  # the change was before that
        wait_until(lambda: all(one.snapshot.number > number for one, number in zip(live, first, strict=True)))
        for one, number in zip(live, first, strict=True):
            assert one.snapshot.library
            titles = [handout.front.title for handout in one.snapshot.library.handouts]
            assert (one.snapshot.number, titles) == (number + 1, [title])
    finally:
        for one in live:
            one.close()


def test_a_server_that_is_started_again_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    # Open pages compare this number with theirs, to notice that files have changed.
    project = Project(small_project(tmp_path).root)
    assert LiveLibrary(project, print).snapshot.number != LiveLibrary(project, print).snapshot.number


def test_a_print_that_takes_too_long_is_reported_and_the_next_one_is_made(tmp_path: Path) -> None:
    one = opened(tmp_path, waiting=4, limit=2)  # a worker computes all that time; a text takes little of it
    try:
        answer = one.client.post("/handouts/back", data={**FORM, "format": "large-print"}, headers=PREVIEW)
        assert answer.status_code == 200
        assert "It took too long to make" in answer.text
        answer = one.client.post("/handouts/back", data={**FORM, "format": "text"}, headers=PREVIEW)
        assert "characters of plain text" in answer.text
    finally:
        one.desk.close()


def test_the_server_ends_at_once_without_leaving_processes_even_while_making_a_print(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("templates/large-print.html.j2", ENDLESS)
    for how in (signal.SIGINT, signal.SIGTERM):
        with served(project.root, practice="clinic") as page, ThreadPoolExecutor() as others:
            assert page.preview("back", section=["what"]).status == 200
            before = page.seconds_worked()
            response = others.submit(page.preview, "back", section=["what"], format="large-print")
            page.wait_until_busy(before)
            processes = children_of(page.process.pid)
            assert len(processes) >= 2
            assert page.end(how) == 0
            assert isinstance(response.exception(SECONDS), OSError) or response.result().status
            wait_until_gone(processes)
            assert "Traceback" not in page.log.read_text()


def children_of(process: int) -> set[int]:
    """Return the child processes of a process."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(child) for child in children}


def wait_until_gone(processes: set[int]) -> None:
    """Wait until processes are gone; the last one is the resource tracker of Python."""
    left = threading.Event()
    for _ in range(SECONDS * 20):
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return
        left.wait(0.05)
    raise AssertionError(processes)


@pytest.fixture
def painter() -> Iterator[PagePainter]:
    one = PagePainter()
    yield one
    one.close()


def test_a_drawing_process_that_dies_is_replaced(painter: PagePainter) -> None:
    with pytest.raises(NotDrawnError):
        painter.draw(b"no PDF at all", [0], 100)
    blank = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 300))
        pdf.save(blank)
    page = blank.getvalue()
    first = painter.draw(page, [0], 100)
    (process,) = (
        child for child in children_of(os.getpid()) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    )
    os.kill(process, signal.SIGKILL)
    with pytest.raises(NotDrawnError):
        painter.draw(page, [0], 100)
    assert painter.draw(page, [0], 100) == first


def test_a_print_is_made_once_for_everybody_who_waits_for_it() -> None:
    running = RunningPrints(max_waiting=3)
    made: Future[FinishedFile] = Future()
    starts: list[str] = []

    def start() -> Future[FinishedFile]:
        starts.append("same")
        return made

    with ThreadPoolExecutor() as people:
        answers = [people.submit(running.wait, "same", start, visit) for visit in ("a", "b", "c")]
        while has_room(running):
            pass
        made.set_result(MADE)
        assert [answer.result(SECONDS) for answer in answers] == [MADE] * 3
    assert starts == ["same"]


def has_room(running: RunningPrints) -> bool:
    done: Future[FinishedFile] = Future()
    done.set_result(MADE)
    try:
        running.wait("other", lambda: done, "somebody else")
    except BusyError:
        return False
    return True


def test_a_print_that_nobody_waits_for_any_more_is_canceled() -> None:
    running = RunningPrints(max_waiting=9)
    first: Future[FinishedFile] = Future()
    second: Future[FinishedFile] = Future()
    second.set_result(MADE)
    begun = threading.Event()

    def start() -> Future[FinishedFile]:
        begun.set()
        return first

    with ThreadPoolExecutor() as people:
        early = people.submit(running.wait, "first", start, "a")
        assert begun.wait(SECONDS)
        assert running.wait("second", lambda: second, "a") == MADE
        assert isinstance(early.exception(SECONDS), SupersededError)
    assert first.cancelled()


def test_too_many_waiting_requests_are_refused() -> None:
    with pytest.raises(BusyError):
        RunningPrints(max_waiting=0).wait("one", Future, "a")
