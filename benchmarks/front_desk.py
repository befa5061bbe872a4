"""How the front-desk page answers 50 people at once, each with a click a second: `python benchmarks/front_desk.py`."""

import os
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.front_desk import Served, served  # noqa: E402 - found by the line above

PEOPLE = 50
SECONDS = 60
THINKING = 1.0  # seconds between the clicks of a person, on average
SECTIONS = [["symptoms"], ["diagnosis"], ["symptoms", "diagnosis"], ["fracture-risk"], ["right-for-me"], ["who-treats"]]
FORMATS = ["handout", "large-print", "booklet"]
CACHED = 0.3  # what takes longer was made, or waited for one that was


@dataclass
class Seen:
    """What one person saw: seconds of each answer, how often the page was busy, and what failed."""

    seconds: list[float] = field(default_factory=list)
    busy: int = 0
    failed: list[str] = field(default_factory=list)


def person(page: Served, number: int, until: float, seen: Seen) -> None:
    """Click until the time is over."""
    chance = random.Random(number)  # noqa: S311 - which button is clicked is no secret
    while time.monotonic() < until:
        time.sleep(chance.expovariate(1 / THINKING))
        asked = {"section": chance.choice(SECTIONS), "format": chance.choice(FORMATS), "visit": str(number)}
        start = time.monotonic()
        try:
            answer = page.preview("spinal-fracture", **asked)
        except OSError as failed:
            seen.failed.append(repr(failed))
            continue
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            seen.busy += 1
        elif answer.status != HTTPStatus.OK or "/1.webp" not in answer.text:
            seen.failed.append(str(answer.status))
        else:
            seen.seconds.append(time.monotonic() - start)


def memory(process: int) -> int:
    """Give the memory of a process and of those it started, in megabytes."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in (process, *children)]
    return sum(pages) * 4096 // 1_000_000


def main() -> None:
    """Run, and print what was measured."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, so a checkout shall be too
    with served(ROOT, practice="lakeside-spine-center") as page:
        everybody = [Seen() for _ in range(PEOPLE)]
        until = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=person, args=(page, number, until, seen)) for number, seen in enumerate(everybody)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS / 2)
        middle = memory(page.process.pid)
        for thread in threads:
            thread.join()
        end = memory(page.process.pid)
        seconds = sorted(second for seen in everybody for second in seen.seconds)
        failed = [failure for seen in everybody for failure in seen.failed]
        cached = [second for second in seconds if second < CACHED]
        print(
            f"{len(seconds)} previews for {PEOPLE} people in {SECONDS} s; busy {sum(s.busy for s in everybody)} times"
        )
        print(f"failed: {len(failed)} {failed[:3]}")
        most = cached[len(cached) * 95 // 100]
        print(f"cached: median {statistics.median(cached) * 1000:.0f} ms, 95 of 100 under {most * 1000:.0f} ms")
        print(f"all: longest {seconds[-1]:.1f} s; made or waited for: {len(seconds) - len(cached)}")
        print(f"memory: {middle} MB after half of the time, {end} MB at the end")


if __name__ == "__main__":
    main()
