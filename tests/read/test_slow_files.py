"""A file that takes too long to read is one error; the others are read."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.problems.problem import Place
from handouts.system.time_limit import TooSlowError, find_reading_limit, time_limit
from support.command import run_anew
from support.growth import assert_linear
from support.projects import HANDOUT, PRACTICE, REFERENCES, small_project

MARKDOWN = ("*_" * 1_000 + "\n\n") * 100  # quadratic in the parser
YAML = "".join(f"field{number}: 1\n" for number in range(60_000))


@pytest.mark.parametrize(
    ("file", "text"), [(HANDOUT, MARKDOWN), (HANDOUT.replace("back", "more"), MARKDOWN), (PRACTICE, YAML)]
)
def test_a_file_that_takes_too_long_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str
) -> None:
    project = small_project(tmp_path)
    project.write(file, (project.text(file) if (project.root / file).exists() else project.text(HANDOUT)) + text)
    monkeypatch.setenv("HANDOUTS_READING_SECONDS", "0.05")
    reading = project.read()
    assert [(problem.code, problem.place) for problem in reading.problems if problem.code == "slow-file"] == [
        ("slow-file", Place(file))
    ]
    assert reading.library
    assert len(reading.library.handouts) + len(reading.library.practices) >= 1  # what is not slow


def test_no_limit_is_zero_and_what_is_no_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_READING_SECONDS", "0")
    assert find_reading_limit() is None
    for wrong in ("soon", "nan", "1,5"):
        ran = run_anew(tmp_path, "list", HANDOUTS_READING_SECONDS=wrong)
        assert (ran.code, ran.err) == (2, "error: HANDOUTS_READING_SECONDS has to be a number of seconds\n")


def test_many_unknown_fields_take_linear_time(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    practice = project.text(PRACTICE)

    def read(count: int) -> None:
        project.write(PRACTICE, practice + "".join(f"field{number}: 1\n" for number in range(count)))
        project.read()

    assert_linear(read, 2_000)


def spin() -> None:
    while True:
        pass


def spin_and_catch() -> None:
    while True:
        try:
            spin()
        except TooSlowError:
            break
    spin()


@pytest.mark.parametrize("slow", [spin, spin_and_catch])
def test_a_limit_ends_a_loop_in_any_thread(slow: object) -> None:
    ended: list[bool] = []

    def run() -> None:
        try:
            with time_limit(0.01):
                slow()  # type: ignore[operator]
        except TooSlowError:
            ended.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    run()
    thread.join()
    assert ended == [True, True]


def test_nothing_is_raised_after_the_block() -> None:
    for _ in range(300):
        try:
            with time_limit(0.0005):
                time.sleep(0.0005)
        except TooSlowError:
            pass
    time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name == "time limit":
            thread.join(5)
            assert not thread.is_alive()


LONG = "word " * 2_001


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (HANDOUT, "Back pain is common", LONG, 26),
        (HANDOUT, "Back pain is common", "a few words\n" * 900, 26),  # one paragraph
        (HANDOUT, "- after a fall", "- " + "(" * 2_000_000, 30),
        (HANDOUT, "main_message: ", f"main_message: {LONG}", 9),
        (HANDOUT, "main_message: ", "main_message: >\n" + "  some words\n" * 1_000 + "  ", 9),
        (PRACTICE, "name: ", f"name: {LONG}", 1),
        (REFERENCES, "title: Back", f"title: {LONG}", 6),
    ],
)
def test_a_text_of_any_length_is_an_error_and_no_slow_file(
    tmp_path: Path, file: str, old: str, new: str, line: int
) -> None:
    project = small_project(tmp_path)
    project.replace(file, old, new)
    problems = [problem for problem in project.read().problems if problem.code == "paragraph-too-long"]
    assert [problem.place and (problem.place.file, problem.place.line) for problem in problems] == [(file, line)]


def test_a_handout_that_takes_too_long_to_check_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = small_project(tmp_path)
    checked = Project(project.root.resolve()), Scope(), dt.date(2026, 3, 1)
    check_project(*checked)  # libraries are loaded: what interrupts that leaves files open
    project.replace(HANDOUT, "It is mostly harmless", "It is mostly harmless.\n\n" + "Take two tablets. " * 400)
    monkeypatch.setenv("HANDOUTS_READING_SECONDS", "0.002")
    found = check_project(*checked).open
    assert [problem.place for problem in found if problem.code == "slow-file"][:1] == [Place(HANDOUT, 1)]


@pytest.mark.parametrize(
    ("file", "text", "listed"),
    [
        (HANDOUT, "".join(f"\n[a{number}]: b\n" for number in range(300)), 200),
        (PRACTICE, "more: 1\n" * 201, 100),
    ],
)
def test_an_error_in_each_line_is_not_listed_to_the_end(tmp_path: Path, file: str, text: str, listed: int) -> None:
    project = small_project(tmp_path)
    project.write(file, project.text(file) + text)
    found = [problem for problem in project.read().problems if problem.place and problem.place.file == file]
    assert len(found) == listed + 1
    (more,) = (problem for problem in found if problem.code == "more-problems")
    assert more.message == "the file has 100 more problems"
