"""How the time of a task grows with its input, on machines of any speed."""

import time
from collections.abc import Callable

# Ten times as much input takes some ten times as long where time is linear, a hundred times where it is quadratic.
_TIMES = 10
_MOST = 40


def assert_linear(run: Callable[[int], object], size: int, most: int = _MOST) -> None:
    """Assert that a task with ten times `size` takes less than `most` times the processor time of `size`."""
    short = min(_measure(run, size) for _ in range(3))
    long = _measure(run, size * _TIMES)
    if long >= short * most:  # other work on the machine may have slowed it down
        long = _measure(run, size * _TIMES)
    assert long < short * most, f"{short:.4f} s became {long:.4f} s"


def _measure(run: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    run(size)
    return time.process_time() - began
