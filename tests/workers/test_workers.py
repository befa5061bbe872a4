"""Workers: one that dies or hangs is replaced, costs its own task at most, and none outlives who waits for it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from handouts.build.layout_workers import start_layout_workers, start_layout_workers_early
from handouts.workers.errors import TimedOutError, WorkerDiedError
from handouts.workers.pool import shutting_down
from handouts.workers.supervised_pool import SupervisedPool
from handouts.workers.worker import Worker
from support.tasks import (
    core_dumps_of_this_process,
    die,
    die_once,
    double,
    fail,
    hang,
    hang_in_c,
    leave_a_file,
    nothing,
    process_of,
    take_memory,
    wait_for,
)

PATIENCE = 60


def bare(at_once: int, limit: float | None = None) -> SupervisedPool:
    """Return processes that do not import WeasyPrint, and so start at once."""
    return SupervisedPool(at_once, partial(Worker, nothing, limit))


def test_a_task_whose_worker_was_killed_is_done_by_another(tmp_path: Path) -> None:
    executor = bare(2)
    with shutting_down(executor):
        others = [executor.submit(double, number) for number in range(20)]
        killed = executor.submit(die_once, tmp_path / "mark")
        more = [executor.submit(double, number) for number in range(20)]
        assert killed.result(PATIENCE) == "done"
        assert [future.result(PATIENCE) for future in (*others, *more)] == [2 * number for number in range(20)] * 2


def test_a_task_that_kills_every_worker_costs_itself_alone(tmp_path: Path) -> None:
    executor = bare(2)
    with shutting_down(executor):
        beside = executor.submit(wait_for, tmp_path / "mark")  # is begun, and dies with the first worker
        deadly = [executor.submit(die, number) for number in range(3)]
        others = [executor.submit(double, number) for number in range(10)]
        (tmp_path / "mark").touch()
        for future in deadly:
            with pytest.raises(WorkerDiedError):
                future.result(PATIENCE)
        assert beside.result(PATIENCE) == "done"
        assert [future.result(PATIENCE) for future in others] == [2 * number for number in range(10)]


@pytest.mark.parametrize("hangs", [hang, hang_in_c])
def test_a_task_that_hangs_is_ended_after_its_time_limit(hangs: Callable[[], None]) -> None:
    executor = bare(2, limit=0.5)
    with shutting_down(executor):
        late: Future[None] = executor.submit(hangs)
        others = [executor.submit(double, number) for number in range(10)]
        with pytest.raises(TimedOutError):
            late.result(PATIENCE)
        assert [future.result(PATIENCE) for future in others] == [2 * number for number in range(10)]


def test_an_error_of_a_task_is_its_result_and_ends_no_worker() -> None:
    with shutting_down(executor := bare(1, limit=PATIENCE)):
        before = executor.submit(process_of, 1).result(PATIENCE)
        with pytest.raises(ValueError, match="no such luck"):
            executor.submit(fail).result(PATIENCE)
        assert executor.submit(process_of, 1).result(PATIENCE) == before


def test_workers_that_cannot_even_start_are_no_endless_loop() -> None:
    with shutting_down(executor := SupervisedPool(1, partial(Worker, die))):
        for future in [executor.submit(double, number) for number in range(3)]:
            with pytest.raises(WorkerDiedError):
                future.result(PATIENCE)


def test_a_worker_is_replaced_after_many_tasks_and_no_task_is_lost() -> None:
    with shutting_down(executor := bare(1)):
        done = [future.result(PATIENCE) for future in [executor.submit(process_of, number) for number in range(650)]]
        assert [number for number, _ in done] == list(range(650))
        assert len({process for _, process in done}) == 3


def test_tasks_of_many_threads_are_all_answered_though_workers_die(tmp_path: Path) -> None:
    executor = bare(2)

    def ask(number: int) -> object:
        if number % 10 == 3:
            return executor.submit(die_once, tmp_path / str(number)).result(PATIENCE)
        return executor.submit(double, number).result(PATIENCE)

    with shutting_down(executor), ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(40)))
    assert answers == ["done" if number % 10 == 3 else 2 * number for number in range(40)]


def test_a_task_that_was_called_off_is_not_begun(tmp_path: Path) -> None:
    with shutting_down(executor := bare(1)):
        first = executor.submit(wait_for, tmp_path / "mark")
        waiting = [executor.submit(double, number) for number in range(5)]
        assert waiting[4].cancel()
        (tmp_path / "mark").touch()
        assert first.result(PATIENCE) == "done"
        assert [future.result(PATIENCE) for future in waiting[:4]] == [0, 2, 4, 6]


@pytest.mark.parametrize(
    "start",
    [
        lambda: start_layout_workers_early(1),
        lambda: start_layout_workers_early(2),
        lambda: start_layout_workers(1, ahead=True),
    ],
)
def test_the_workers_of_the_command_do_the_same(start: Callable[[], Executor], tmp_path: Path) -> None:
    with shutting_down(executor := start()):
        assert executor.submit(die_once, tmp_path / "mark").result(PATIENCE) == "done"
        assert executor.submit(double, 4).result(PATIENCE) == 8


@pytest.mark.skipif(sys.platform == "win32", reason="has no process groups to look into")
@pytest.mark.parametrize(
    "start", ["start_layout_workers_early(1)", "start_layout_workers_early(2)", "start_layout_workers(2)"]
)
def test_no_worker_outlives_the_process_that_started_it(start: str) -> None:
    script = f"""
from handouts.build.layout_workers import start_layout_workers, start_layout_workers_early
from support.tasks import hang
if __name__ == "__main__":
    executor = {start}
    for _ in range(2):
        executor.submit(hang)
    print("asked", flush=True)
    hang()
"""
    path = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout
        parent.stdout.readline()
        wait_until(lambda: len(in_session(parent.pid)) > 1)
        os.kill(parent.pid, signal.SIGKILL)
    wait_until(lambda: not in_session(parent.pid))


def test_workers_for_texts_do_not_load_the_layout_engine() -> None:
    script = """
from handouts.build.layout_workers import start_layout_workers_early
from support.tasks import has_loaded
with start_layout_workers_early(1, has_pages=False) as executor:
    print(executor.submit(has_loaded, "handouts.build.typeset").result(),
          executor.submit(has_loaded, "weasyprint").result())
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "True False\n"


@pytest.mark.parametrize("start", [lambda: start_layout_workers_early(1), lambda: start_layout_workers(1)])
def test_a_worker_writes_no_core_dump(start: Callable[[], Executor]) -> None:
    with shutting_down(executor := start()):
        assert executor.submit(core_dumps_of_this_process).result(PATIENCE) == (0, 0, 0)


def test_an_idle_worker_that_was_killed_costs_no_task() -> None:
    with shutting_down(executor := bare(2)):
        for _ in range(2):
            killed = {executor.submit(process_of, number).result(PATIENCE)[1] for number in range(4)}
            for process in killed:
                os.kill(process, signal.SIGKILL)
            assert [executor.submit(double, number).result(PATIENCE) for number in range(4)] == [0, 2, 4, 6]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be held to some processors")
def test_what_a_process_may_use_counts_and_not_what_the_machine_has() -> None:
    held = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])"
    script = f"{held}; from handouts.workers.pool import count_processors; print(count_processors())"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == "1\n"


def in_session(session: int) -> list[int]:
    """Return the processes of a session that are alive."""
    found = subprocess.run(["ps", "-s", str(session), "-o", "pid=,stat="], capture_output=True, text=True, check=False)
    return [int(line.split()[0]) for line in found.stdout.splitlines() if not line.split()[1].startswith("Z")]


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_worker_uses_no_more_memory_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_MEMORY", "600")
    with bare(1) as pool:
        assert pool.submit(take_memory, 100).result(PATIENCE) == 100
        with pytest.raises(MemoryError):
            pool.submit(take_memory, 2_000).result(PATIENCE)
        assert pool.submit(take_memory, 100).result(PATIENCE) == 100


def test_what_a_library_leaves_behind_is_removed_with_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with bare(1) as pool:
        assert Path(pool.submit(leave_a_file).result(PATIENCE)).is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_library_leaves_behind_is_removed_also_if_the_worker_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    pool = bare(1)

    def interrupt() -> None:
        with shutting_down(pool):
            assert Path(pool.submit(leave_a_file).result(PATIENCE)).is_relative_to(tmp_path)
            os.kill(pool.submit(process_of, 0).result(PATIENCE)[1], signal.SIGKILL)
            assert Path(pool.submit(leave_a_file).result(PATIENCE)).is_relative_to(tmp_path)
            assert len(list(tmp_path.iterdir())) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert list(tmp_path.iterdir()) == []
