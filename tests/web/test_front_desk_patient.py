"""What is typed for a patient on the front-desk page appears on the print and is left nowhere else."""

import os
import re
import resource
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import pytest

from support.front_desk import ENDLESS, Answer, Served, open_client, served
from support.pdf import text
from support.projects import HANDOUT, small_project

NAME, NOTE, LINE = "Zebedee Quimby-Okonkwo", "Walks with Persephone each Tuesday", "two of Yolanda's bags"
WORDS = ("Zebedee", "Okonkwo", "Persephone", "Yolanda")
TRACES = [word.encode(form) for word in WORDS for form in ("utf-8", "utf-16-le")]
TYPED = {"patient": NAME, "note": NOTE, "blank.back.lift": LINE}
SECTIONS = ["what", "worry", "helps"]
MEMORY = Path("/dev/shm")  # noqa: S108 - only read


@dataclass(frozen=True)
class Started:
    desk: Served
    folder: Path


@contextmanager
def start(folder: Path, *options: str) -> Iterator[Started]:
    """Serve a project whose large print takes for ever to make, with its own folders for temporary files."""
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    own = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home")}
    project = small_project(folder / "project")
    project.write("templates/large-print.html.j2", ENDLESS)
    project.replace(
        HANDOUT, "- after a fall", '::: form\nLift [____]{#lift label="What I may lift"}.\n:::\n\n- after a fall'
    )
    with served(project.root, *options, practice="clinic", **own) as desk:
        yield Started(desk, folder)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    with start(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def traces(folder: Path) -> list[str]:
    """Return the files that contain a word of what was typed."""
    found = []
    for path in folder.rglob("*"):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except OSError:
            continue
        found += [str(path)] if any(trace in content for trace in TRACES) else []
    return found


def request_file(desk: Served, way: str, **fields: object) -> Answer:
    return desk.ask(
        f"/handouts/back/{way}", {"language": "en", "number": "1", "section": SECTIONS, "agreed": "back", **fields}
    )


def request_pack(desk: Served, way: str) -> Answer:
    """Request a pack of the handout twice, for one patient."""
    items = ["back?language=en&section=worry", "back?language=en"]
    return desk.ask(f"/pack/{way}", {"item": items, "practice": "clinic", "agreed": "back", **TYPED})


def test_what_was_typed_is_on_the_print(started: Started, tmp_path: Path) -> None:
    for way in ("print", "download"):
        answer = request_file(started.desk, way, **TYPED)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        (tmp_path / "print.pdf").write_bytes(answer.body)
        assert NAME in text(tmp_path / "print.pdf")
        assert NOTE in text(tmp_path / "print.pdf")
        assert LINE in text(tmp_path / "print.pdf")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Quimby" not in str(answer.headers)


def test_the_preview_contains_its_images_so_that_no_address_leads_to_them(started: Started) -> None:
    answer = started.desk.preview("back", section=SECTIONS, **TYPED)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'src="data:image/webp;base64,' in answer.text
    assert "/pages/" not in answer.text
    assert "Quimby" not in answer.text


def test_no_other_request_is_answered_with_name_and_note(started: Started, tmp_path: Path) -> None:
    before = request_file(started.desk, "download").body
    request_file(started.desk, "download", **TYPED)
    started.desk.preview("back", section=SECTIONS, visit="mine", **TYPED)
    assert request_file(started.desk, "download").body == before
    again = started.desk.preview("back", section=SECTIONS, visit="mine")
    assert "/pages/" in again.text
    (tmp_path / "print.pdf").write_bytes(before)
    assert "For:" not in text(tmp_path / "print.pdf")


def test_the_text_for_messages_does_not_contain_name_and_note(started: Started) -> None:
    answer = request_file(started.desk, "message", **TYPED)
    assert answer.status == 200
    assert "Most back pain gets better" in answer.text
    assert not any(trace in answer.body for trace in TRACES)


def test_a_name_that_is_too_long_is_rejected_without_repeating_it(started: Started) -> None:
    answer = request_file(started.desk, "print", patient=NAME * 20)
    assert answer.status == 422
    assert not any(trace in answer.body for trace in TRACES)


def test_a_letter_that_no_font_has_is_reported_and_nothing_is_printed(started: Started) -> None:
    answer = started.desk.preview("back", section=SECTIONS, patient="姓")
    assert answer.status == 200
    assert "The letter “姓” of the name or note cannot be printed." in answer.text
    assert "Leave the name and note off" in answer.text
    assert "<img" not in answer.text


def test_an_error_in_a_template_is_reported_without_name_and_note(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path)
    project.write("templates/parts/patient.html.j2", "{% if patient %}{{ patient.name.nothing }}{% endif %}")
    form = {"language": "en", "number": "1", "section": SECTIONS, "agreed": "back", "practice": "clinic", **TYPED}
    with open_client(project.root) as (client, reported):
        answer = client.post("/handouts/back/print", data=form, headers={"Origin": "http://localhost"})
    assert answer.status_code == 422
    output = capfd.readouterr()
    said = "\n".join([answer.text, *reported, output.out, output.err])
    assert not any(word in said for word in WORDS)


def test_no_file_and_no_terminal_output_contains_name_and_note_during_or_after(started: Started) -> None:
    for fields in (TYPED, {**TYPED, "format": "booklet"}, {**TYPED, "ink": "black"}, {**TYPED, "format": "text"}):
        assert request_file(started.desk, "print", **fields).status == 200
        assert started.desk.preview("back", section=SECTIONS, **fields).status == 200
    for way in ("print", "download"):
        pack = request_pack(started.desk, way)
        assert (pack.status, pack.headers["Content-Type"]) == (200, "application/pdf")
        assert not any(trace.decode(errors="ignore") in str(pack.headers) for trace in TRACES)
    for path in ("/handouts/back/given", "/pack/given"):
        items = {"item": ["back?language=en&section=worry", "back?language=en"], "practice": "clinic"}
        record = started.desk.ask(
            path, {"language": "en", "number": "1", "section": SECTIONS, **items, "agreed": "back", **TYPED}
        )
        assert (record.status, record.headers["Content-Type"]) == (200, "application/fhir+json")
        assert not any(trace in record.body + str(record.headers).encode() for trace in TRACES)
    assert list((started.folder / "home").rglob("*.body"))  # what is laid out is kept, but not for a patient
    while_it_runs = [*traces(started.folder), *traces(MEMORY)]
    # Command lines are visible to other users of the computer.
    command_lines = subprocess.run(["ps", "-e", "-ww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    log = started.desk.log.read_bytes()
    assert started.desk.end() == 0
    assert while_it_runs == []
    assert not any(word in command_lines for word in WORDS)
    assert not any(trace in log for trace in TRACES)
    assert [*traces(started.folder), *traces(MEMORY)] == []
    assert list((started.folder / "tmp").rglob("*")) == []


# Processes that are killed


def kill(processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def request_two(desk: Served, people: ThreadPoolExecutor) -> list[Future[Answer]]:
    """Request a print that never ends and, once it is being made, another one that has to wait for it."""
    assert request_file(desk, "print").status == 200
    before = desk.seconds_worked()
    responses = [people.submit(request_file, desk, "print", format="large-print", **TYPED)]
    desk.wait_until_busy(before)
    responses.append(people.submit(request_file, desk, "print", **TYPED))
    time.sleep(0.3)
    assert not any(answer.done() for answer in responses)
    return responses


def test_no_file_contains_name_and_note_after_the_workers_were_killed(tmp_path: Path) -> None:
    with start(tmp_path, "--jobs", "1") as started, ThreadPoolExecutor() as people:
        endless, waiting = request_two(started.desk, people)
        while not endless.done():  # a print whose worker dies is tried once more
            kill(started.desk.processes())
            time.sleep(1)
        statuses = [endless.result().status, waiting.result().status]
        assert [*traces(tmp_path), *traces(MEMORY)] == []
        assert statuses == [422, 200]


def test_no_file_contains_name_and_note_after_the_server_was_killed(tmp_path: Path) -> None:
    with start(tmp_path, "--jobs", "1") as started, ThreadPoolExecutor() as people:
        responses = request_two(started.desk, people)
        kill([started.desk.process.pid, *started.desk.processes()])
        assert all(isinstance(answer.exception(), OSError | HTTPException) for answer in responses)
        assert [*traces(tmp_path), *traces(MEMORY)] == []


def test_no_core_dump_contains_name_and_note(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        with start(tmp_path) as started:
            assert request_file(started.desk, "print", **TYPED).status == 200
            assert started.desk.preview("back", section=SECTIONS, **TYPED).status == 200
            processes = [*started.desk.processes(), started.desk.process.pid]
            assert len(processes) >= 3
            for process in processes:
                limits = Path(f"/proc/{process}/limits").read_text()
                assert re.search(r"Max core file size +0 +0 ", limits), limits
                os.kill(process, signal.SIGSEGV)
            started.desk.process.wait(60)
        assert list((tmp_path / "project").glob("core*")) == []
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
