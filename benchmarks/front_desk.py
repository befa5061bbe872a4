"""Measure how the front-desk page serves 50 people, each with a click a second: `python benchmarks/front_desk.py`."""

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
SECONDS_BETWEEN_CLICKS = 1.0  # of one person, on average
SECTIONS = [["symptoms"], ["diagnosis"], ["symptoms", "diagnosis"], ["fracture-risk"], ["right-for-me"], ["who-treats"]]
FORMATS = ["handout", "large-print", "booklet"]
CACHED_SECONDS = 0.3  # a response that takes longer was laid out, or waited for one that was


@dataclass
class Results:
    """What one person got: the seconds of each response, how often the page was busy, and the failures."""

    seconds: list[float] = field(default_factory=list)
    busy: int = 0
    failures: list[str] = field(default_factory=list)


def click(page: Served, number: int, until: float, results: Results) -> None:
    """Click like one person until the time is over."""
    chance = random.Random(number)  # noqa: S311 - not for security
    while time.monotonic() < until:
        time.sleep(chance.expovariate(1 / SECONDS_BETWEEN_CLICKS))
        fields = {"section": chance.choice(SECTIONS), "format": chance.choice(FORMATS), "visit": str(number)}
        start = time.monotonic()
        try:
            response = page.preview("spinal-fracture", **fields)
        except OSError as error:
            results.failures.append(repr(error))
            continue
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            results.busy += 1
        elif response.status != HTTPStatus.OK or "/1.webp" not in response.text:
            results.failures.append(str(response.status))
        else:
            results.seconds.append(time.monotonic() - start)


def memory_of(process: int) -> int:
    """Return the memory of a process and its children in megabytes."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in (process, *children)]
    return sum(pages) * 4096 // 1_000_000


def main() -> None:
    """Run the benchmark and print the results."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, so a checkout must be too
    with served(ROOT, practice="lakeside-spine-center") as page:
        people = [Results() for _ in range(PEOPLE)]
        until = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=click, args=(page, number, until, results)) for number, results in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS / 2)
        memory_at_half_time = memory_of(page.process.pid)
        for thread in threads:
            thread.join()
        memory_at_end = memory_of(page.process.pid)
    print_results(people, memory_at_half_time, memory_at_end)


def print_results(people: list[Results], memory_at_half_time: int, memory_at_end: int) -> None:
    """Print the results of all people; memory is in megabytes."""
    seconds = sorted(second for person in people for second in person.seconds)
    failures = [failure for person in people for failure in person.failures]
    cached = [second for second in seconds if second < CACHED_SECONDS]
    busy = sum(person.busy for person in people)
    print(f"{len(seconds)} previews for {PEOPLE} people in {SECONDS} s; busy {busy} times")
    print(f"failed: {len(failures)} {failures[:3]}")
    percentile_95 = cached[len(cached) * 95 // 100]
    print(f"cached: median {statistics.median(cached) * 1000:.0f} ms, 95th percentile {percentile_95 * 1000:.0f} ms")
    print(f"all: longest {seconds[-1]:.1f} s; laid out or waited for: {len(seconds) - len(cached)}")
    print(f"memory: {memory_at_half_time} MB at half time, {memory_at_end} MB at the end")


if __name__ == "__main__":
    main()
