"""How long `handouts check` takes for many handouts.

Run: .venv/bin/python benchmarks/check_speed.py [HANDOUTS] [RUNS]. Each handout is the shipped one, with its pictures,
under another id, code and title.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "content" / "handouts" / "spinal-fracture"


def make(folder: Path, count: int) -> None:
    """Make a project of so many handouts."""
    shutil.copy(ROOT / "handouts.yaml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    text = (SHIPPED / "en.md").read_text(encoding="utf-8")
    for number in range(1, count):
        copy = folder / "content" / "handouts" / f"handout-{number}"
        shutil.copytree(SHIPPED, copy)
        changed = text.replace("SF-101", f"SF-{101 + number}").replace(
            "title: Spinal", f"title: Number {number}, spinal", 1
        )
        (copy / "en.md").write_text(changed, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, so a checkout shall be too
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - the second argument
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), count)
        for _ in range(runs):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "handouts", "check"], cwd=name, check=True, capture_output=True, text=True
            )
            taken.append(time.perf_counter() - start)
    print(
        f"{count} handouts: {statistics.median(taken):.1f} s (median of {runs}, {min(taken):.1f} to {max(taken):.1f})"
    )
    print(f"on {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}: {done.stderr.strip()}")


if __name__ == "__main__":
    main()
