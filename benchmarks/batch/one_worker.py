"""Memory of one worker process that is never replaced, over thousands of PDFs."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from composing import ONE_SECTION, composed
from figures import MEGABYTE, Figure, Size, at_most, peak_memory, untargeted
from generated import generate

from handouts.build.typeset import FinishedFile, typeset, warm_up
from handouts.workers.worker import Worker

_COUNTS = (100, 1_000, 10_000)
_PRACTICES = 50
_GROWTH = 5  # per cent
_MOST = 250  # megabytes
_LIMIT = 120  # seconds a task, as `handouts build` has it


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure the peak of memory after some counts of PDFs."""
    root = generate(folder / "project", size.of(_PRACTICES, 2))
    calls = [pickle.dumps((typeset, (document,))) for document in composed(root, ONE_SECTION)]
    counts = [size.of(count) for count in _COUNTS]
    peaks: dict[int, float] = {}
    worker = Worker(warm_up, _LIMIT)
    for number in range(1, counts[-1] + 1):
        made = worker.run(calls[number % len(calls)])
        if not isinstance(made, FinishedFile) or not made.pages:
            raise SystemExit(f"PDF {number} was not made")
        if number in counts:
            peaks[number] = cast("float", worker.run(pickle.dumps((peak_memory, ())))) / MEGABYTE
            yield untargeted(f"peak after {number} PDFs of {len(calls)} practices", peaks[number], "MB")
    worker.stop()
    worker.join()
    first, last = peaks[counts[0]], peaks[counts[-1]]
    yield at_most(f"growth from PDF {counts[0]} to {counts[-1]}", 100 * (last / first - 1), _GROWTH, "%")
    yield at_most("peak in all", last, _MOST, "MB")
