"""Two workers against one: the same build, in turn."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from composing import ONE_SECTION
from figures import Figure, Size, at_least, untargeted
from generated import build, generate

_ROUNDS = 3
_AT_LEAST = 1.8


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure builds of one section for many practices."""
    count = size.of(200, 2)
    root = generate(folder / "project", count)
    runs = [
        tuple(build(root, *ONE_SECTION.arguments, "-j", jobs, "--force") for jobs in ("1", "2")) for _ in range(_ROUNDS)
    ]
    ratios = [one / two for one, two in runs]
    yield untargeted(
        f"{count} PDFs with 1 worker (median of {_ROUNDS})", statistics.median(one for one, _ in runs), "s"
    )
    yield untargeted(
        f"{count} PDFs with 2 workers (median of {_ROUNDS})", statistics.median(two for _, two in runs), "s"
    )
    what = f"times as fast with 2 ({min(ratios):.2f} to {max(ratios):.2f})"
    yield at_least(what, statistics.median(ratios), _AT_LEAST)
