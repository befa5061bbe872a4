"""Builds with nothing to do: a thousand outputs that are all up to date."""

import json
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, Size, at_most, told
from generated import SCRIPTS, build, generate

_ROUNDS = 5
_AT_MOST = 0.5
_SELECTIONS = ("symptoms", "diagnosis", "fracture-risk", "osteoporosis", "leaflet")


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure five prints for each of 200 practices, which has the target, and one text for each of 1,000."""
    practices = size.of(200)
    entries = [{"sections": [section]} for section in _SELECTIONS]
    root = generate(folder / "prints", practices, sets={"all": entries})
    count = practices * len(_SELECTIONS)
    first, taken = _built_again(root, count)
    yield told(f"{count} PDFs of {practices} practices: made", first, "s")
    what = f"again, nothing to do: median of {_ROUNDS} ({min(taken):.2f} to {max(taken):.2f})"
    yield at_most(what, statistics.median(taken), _AT_MOST, "s")
    practices = size.of(1000)
    root = generate(folder / "texts", practices, sets={"all": [{"formats": ["text"]}]})
    first, taken = _built_again(root, practices)
    yield told(f"{practices} texts of {practices} practices: made", first, "s")
    what = f"again, nothing to do: median of {_ROUNDS} ({min(taken):.2f} to {max(taken):.2f})"
    yield told(what, statistics.median(taken), "s")


def _built_again(root: Path, count: int) -> tuple[float, list[float]]:
    """Build everything, then again and again; raise SystemExit if there was something to do."""
    first = build(root, "--set", "all")
    taken = [build(root, "--set", "all") for _ in range(_ROUNDS)]
    command = [str(SCRIPTS / "handouts"), "build", "--set", "all", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=root).stdout)
    unchanged = report["totals"]["unchanged"]
    if unchanged != count:
        raise SystemExit(f"{unchanged} of {count} outputs were up to date")
    return first, taken
