"""Memory of one worker process that is never replaced, over thousands of PDFs."""

import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from composing import ONE_SECTION, composed
from figures import MEGABYTE, Figure, Size, at_most, peak_memory, told
from generated import generate

from handouts.typeset import Typeset, typeset, warm_up
from handouts.workers.task import carry_out, settle

_COUNTS = (100, 500, 1000, 2000)
_PRACTICES = 50
_GROWTH = 10  # per cent
_MOST = 250  # megabytes
_LIMIT = 120  # seconds a task, as `handouts build` has it


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure the peak of memory after some counts of PDFs."""
    root = generate(folder / "project", size.of(_PRACTICES, 2))
    calls = [pickle.dumps((typeset, (document,))) for document in composed(root, ONE_SECTION)]
    counts = [size.of(count) for count in _COUNTS]
    peaks: dict[int, float] = {}
    task = folder / "task"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_ready) as worker:
        for number in range(1, counts[-1] + 1):
            task.write_bytes(calls[number % len(calls)])
            made = worker.submit(carry_out, task, _LIMIT).result()
            if not isinstance(made, Typeset) or not made.pages:
                raise SystemExit(f"PDF {number} was not made")
            if number in counts:
                peaks[number] = worker.submit(peak_memory).result() / MEGABYTE
                yield told(f"peak after {number} PDFs of {len(calls)} practices", peaks[number], "MB")
    first, last = peaks[counts[0]], peaks[counts[-1]]
    yield at_most(f"growth from PDF {counts[0]} to {counts[-1]}", 100 * (last / first - 1), _GROWTH, "%")
    yield at_most("peak in all", last, _MOST, "MB")


def _ready() -> None:
    """Prepare a worker as `handouts build` does."""
    settle()
    warm_up()
