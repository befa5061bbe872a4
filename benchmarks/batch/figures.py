"""What is measured: figures with their targets, and the size of a run."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result; `met` is None where there is no target."""

    what: str
    value: str
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        """Write the line."""
        judged = {None: "", True: "met", False: "MISSED"}[self.met]
        return f"  {self.what:<58} {self.value:>12}  {self.target:<16} {judged}".rstrip()


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: a share of the full counts, and so many PDFs of the slow `weasyprint` loop."""

    share: float
    sample: int

    def of(self, full: int, least: int = 1) -> int:
        """Return a count at this size."""
        return max(least, round(full * self.share))


def at_least(what: str, value: float, target: float) -> Figure:
    """Return a figure with the least that it should be."""
    return Figure(what, f"{value:.2f}", f"at least {target:g}", value >= target)


def at_most(what: str, value: float, target: float, unit: str) -> Figure:
    """Return a figure with the most that it should be."""
    return Figure(what, _format(value, unit), f"at most {target:g} {unit}", value <= target)


def untargeted(what: str, value: float, unit: str) -> Figure:
    """Return a figure that has no target."""
    return Figure(what, _format(value, unit))


def peak_memory() -> float:
    """Return the most memory that this process has used so far, in bytes; on Linux only.

    Not that of getrusage, which begins with the memory of the process that started this one.
    """
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("the peak of memory is known on Linux only")


def machine() -> str:
    """Return one line about the machine and the versions."""
    names = ("handouts", "weasyprint", "typst")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    return (
        f"{os.cpu_count()} processors ({model}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def _format(value: float, unit: str) -> str:
    decimals = next((count for below, count in ((1, 3), (10, 2)) if abs(value) < below), 1)
    return f"{value:.{decimals}f} {unit}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
