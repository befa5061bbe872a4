"""A file that takes too long to read is one error; the others are read."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.problems.problem import Place
from handouts.system.time_limit import TooSlowError, find_reading_limit, time_limit
from support.command import run_anew
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project

MARKDOWN = "*_" * 100_000  # quadratic in the parser
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


def test_many_unknown_fields_take_little_time(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    counts = (2_000, 20_000)
    times = [time_of(project, "".join(f"field{number}: 1\n" for number in range(count))) for count in counts]
    assert times[1] < times[0] * 40  # ten times as many; it was a hundred times as long


def time_of(project: SmallProject, fields: str) -> float:
    before = project.text(PRACTICE)
    project.write(PRACTICE, before + fields)
    began = time.process_time()
    project.read()
    project.write(PRACTICE, before)
    return time.process_time() - began


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
