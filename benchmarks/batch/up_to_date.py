"""Builds with nothing to do: a thousand outputs that are all up to date."""

import json
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, Size, at_most, untargeted
from generated import SCRIPTS, build, generate

_ROUNDS = 5
_AT_MOST = 0.5
_SELECTIONS = ("symptoms", "diagnosis", "fracture-risk", "osteoporosis", "leaflet")


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure five prints for each of 200 practices, which has the target, and one text for each of 1,000.

    As on a computer that built before, and as in a job of CI that has the outputs, but not the user's cache.
    """
    practices = size.of(200)
    entries = [{"sections": [section]} for section in _SELECTIONS]
    root = generate(folder / "prints", practices, sets={"all": entries})
    count = practices * len(_SELECTIONS)
    first, again, without_cache = _build_again(root, count, folder / "cache")
    yield untargeted(f"{count} PDFs of {practices} practices: made", first, "s")
    yield at_most(_describe(again), statistics.median(again), _AT_MOST, "s")
    yield untargeted(f"{_describe(without_cache)}, without the cache", statistics.median(without_cache), "s")
    practices = size.of(1000)
    root = generate(folder / "texts", practices, sets={"all": [{"formats": ["text"]}]})
    first, again, without_cache = _build_again(root, practices, folder / "cache")
    yield untargeted(f"{practices} texts of {practices} practices: made", first, "s")
    yield at_most(_describe(again), statistics.median(again), _AT_MOST, "s")
    yield untargeted(f"{_describe(without_cache)}, without the cache", statistics.median(without_cache), "s")


def _describe(taken: list[float]) -> str:
    return f"again, nothing to do: median of {_ROUNDS} ({min(taken):.2f} to {max(taken):.2f})"


def _build_again(root: Path, count: int, cache: Path) -> tuple[float, list[float], list[float]]:
    """Build everything, then again and again, with a cache and without; SystemExit if there was something to do."""
    first = build(root, "--set", "all", kept=cache)
    again = [build(root, "--set", "all", kept=cache) for _ in range(_ROUNDS)]
    without_cache = [build(root, "--set", "all") for _ in range(_ROUNDS)]
    command = [str(SCRIPTS / "handouts"), "build", "--set", "all", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=root).stdout)
    unchanged = report["totals"]["unchanged"]
    if unchanged != count:
        raise SystemExit(f"{unchanged} of {count} outputs were up to date")
    return first, again, without_cache
