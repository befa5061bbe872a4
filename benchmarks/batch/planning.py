"""Planning a hundred thousand outputs, reading included, in a fresh process."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from figures import MEGABYTE, Figure, Size, at_most, peak_memory, untargeted
from generated import generate

_PRACTICES = 500
_HANDOUTS = 20
_FORMATS = ("handout", "large-print", "booklet", "trifold", "trifold-z")
_INKS = ("color", "black")
_ROUNDS = 3
_SECONDS = 2
_MEGABYTES = 500


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure a set of all handouts in ten editions for all practices."""
    practices = size.of(_PRACTICES, 2)
    entries = [{"formats": list(_FORMATS), "ink": ink} for ink in _INKS]
    root = generate(folder / "project", practices, _HANDOUTS, {"all": entries})
    count = practices * _HANDOUTS * len(_FORMATS) * len(_INKS)
    taken: list[float] = []
    reading: list[float] = []
    peaks: list[float] = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, __file__, root], check=True, capture_output=True, text=True)
        taken.append(time.perf_counter() - start)
        result = json.loads(done.stdout)
        if result["count"] != count:
            raise SystemExit(f"{result['count']} outputs were planned, not {count}")
        reading.append(result["reading"])
        peaks.append(result["peak"])
    yield untargeted(f"{count:,} outputs of {practices} practices: of it reading", statistics.median(reading), "s")
    what = f"in all, from the start of the process: median of {_ROUNDS}"
    yield at_most(what, statistics.median(taken), _SECONDS, "s")
    yield at_most("peak of memory", max(peaks) / MEGABYTE, _MEGABYTES, "MB")


def _plan(root: Path) -> None:
    """Plan, and tell how it went."""
    from handouts.build.plan.plan import plan  # noqa: PLC0415 - in the fresh process only
    from handouts.build.plan.request import Request  # noqa: PLC0415 - likewise
    from handouts.model.project import Project  # noqa: PLC0415 - likewise
    from handouts.read.project import read_project  # noqa: PLC0415 - likewise
    from handouts.system.garbage_collection import collect_garbage_rarely  # noqa: PLC0415 - likewise

    collect_garbage_rarely()  # as the command does
    start = time.perf_counter()
    library = read_project(Project(root)).library
    if library is None:
        raise SystemExit("the project cannot be read")
    reading = time.perf_counter() - start
    planned = plan(library, Request(set_name="all"))
    print(json.dumps({"count": len(planned), "reading": reading, "peak": peak_memory()}))


if __name__ == "__main__":
    _plan(Path(sys.argv[1]).resolve())
