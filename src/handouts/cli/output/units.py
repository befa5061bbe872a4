"""Counts, sizes and times as people read them."""

from collections.abc import Mapping

from handouts.build.outcome import Status, Totals

_MINUTE = 60  # seconds, and minutes in an hour
_THOUSAND = 1000


def counts(counted: Mapping[Status, Totals]) -> str:
    """Write how many came to what: 12 built, 3 unchanged, 0 failed."""
    return ", ".join(f"{one.outputs} {status}" for status, one in counted.items())


def duration(seconds: float) -> str:
    """Write a time, rounded to what matters: 8 s, 4 min, 2 h 5 min."""
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return f"{whole} s"
    minutes = round(seconds / _MINUTE)
    hours, rest = divmod(minutes, _MINUTE)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"


def file_size(size: int) -> str:
    """Write a size in decimal units: 640 B, 41.7 kB, 38.2 MB."""
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if value < _THOUSAND or unit == "GB":
            break
        value /= _THOUSAND
    return f"{size} B" if unit == "B" else f"{value:.1f} {unit}"
