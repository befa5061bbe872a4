"""Counts, sizes and durations as text."""

from collections.abc import Mapping

from handouts.build.outcome import Status, Totals

_SIXTY = 60  # seconds in a minute, minutes in an hour
_THOUSAND = 1000


def format_counts(counts: Mapping[Status, Totals]) -> str:
    """Return the number of outputs of each status, such as "12 built, 3 unchanged, 0 failed"."""
    return ", ".join(f"{total.outputs} {status}" for status, total in counts.items())


def format_duration(seconds: float) -> str:
    """Return a duration rounded to its larger units, such as "8 s", "4 min" or "2 h 5 min"."""
    whole = round(seconds)
    if whole < 2 * _SIXTY:
        return f"{whole} s"
    minutes = round(seconds / _SIXTY)
    hours, rest = divmod(minutes, _SIXTY)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"


def format_file_size(size: int) -> str:
    """Return a size in decimal units, such as "640 B", "41.7 kB" or "38.2 MB"."""
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if value < _THOUSAND or unit == "GB":
            break
        value /= _THOUSAND
    return f"{size} B" if unit == "B" else f"{value:.1f} {unit}"
