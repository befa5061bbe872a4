"""A time limit for reading one file: text that is made for it can keep any parser busy for hours."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.system.time_limit import TooSlowError, find_reading_limit, time_limit

SLOW_FILE: Final = Rule(
    "slow-file",
    Severity.ERROR,
    title="a file that takes too long to read",
    why="One file would keep a build or the front desk from everything else.",
    source="docs/ci.md: While it runs",
    message="reading or checking this file takes more than {seconds} seconds",
    hint="split it into several files, or look for markup that is repeated thousands of times; "
    "HANDOUTS_READING_SECONDS sets the limit",
)
RULES: Final = (SLOW_FILE,)

_Value = TypeVar("_Value")

QUICK_BYTES: Final = 50_000  # smaller files are never slow, and a limit takes time itself


def read_with_time_limit(
    project: Project, path: Path, read: Callable[[], _Value | None], problems: Problems
) -> _Value | None:
    """Return what `read` makes of a file; report a file that takes too long and return None."""
    try:
        is_quick = path.stat().st_size < QUICK_BYTES
    except OSError:
        is_quick = True  # it is reported when it is read
    return read() if is_quick else run_with_time_limit(project.place(path), read, problems)


def run_with_time_limit(place: Place, run: Callable[[], _Value | None], problems: Problems) -> _Value | None:
    """Return what `run` makes of a file at a place; report one that takes too long and return None."""
    seconds = find_reading_limit()
    if seconds is None:
        return run()
    try:
        with time_limit(seconds):
            return run()
    except TooSlowError:
        problems.add(SLOW_FILE.at(place, seconds=f"{seconds:g}"))
    return None
