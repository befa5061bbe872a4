"""Finds the name by which a printer knows a paper: printers name the same sheet in several ways."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from handouts.schema.print_terms import Paper

SIZES: Final[Mapping[Paper, tuple[int, int]]] = {"letter": (21590, 27940), "a4": (21000, 29700)}
"""Width and height in 1/100 mm."""
_STANDARD: Final[Mapping[Paper, str]] = {"letter": "na_letter_8.5x11in", "a4": "iso_a4_210x297mm"}  # PWG 5101.1
# Names of older printers (RFC 2911, appendix C), and those of some that follow no standard.
_OLD: Final[Mapping[Paper, tuple[str, ...]]] = {
    "letter": ("na-letter", "na-letter-white", "letter", "na_letter"),
    "a4": ("iso-a4", "iso-a4-white", "a4", "iso_a4"),
}
_SIZE: Final = re.compile(r"_([0-9.]{1,9})x([0-9.]{1,9})(in|mm)")
_UNITS: Final = {"in": 2540, "mm": 100}
_TOLERANCE: Final = 50  # 0.5 mm
_LEAST: Final = "custom_min"
_MOST: Final = "custom_max"


def find_medium(paper: Paper, names: Collection[str]) -> str | None:
    """Return the name of a paper among those that a printer supports or has in it, None if it has no such paper.

    A printer that takes papers of any size between two others gets the standard name, which has the size in it.
    """
    standard = _STANDARD[paper]
    if standard in names:
        return standard
    of_size = [name for name in names if not name.startswith((_LEAST, _MOST)) and _is_size(_read_size(name), paper)]
    old = [name for name in names if name.lower() in _OLD[paper]]
    # The shortest is the plainest one: others name a kind of paper, or that it is printed up to its edges.
    if found := min([*of_size, *old], key=lambda name: (len(name), name), default=None):
        return found
    return standard if _is_between(paper, names) else None


def _read_size(name: str) -> tuple[float, float] | None:
    """Return width and height in 1/100 mm, with which the name of a paper ends (PWG 5101.1, 5.1)."""
    found = _SIZE.search(name)
    if found is None or found.end() != len(name):
        return None
    try:
        return float(found[1]) * _UNITS[found[3]], float(found[2]) * _UNITS[found[3]]
    except ValueError:  # several points
        return None


def _is_size(size: tuple[float, float] | None, paper: Paper) -> bool:
    return size is not None and all(abs(one - own) <= _TOLERANCE for one, own in zip(size, SIZES[paper], strict=True))


def _is_between(paper: Paper, names: Collection[str]) -> bool:
    """Return whether a printer takes papers of any size in a range that has this one."""
    least = [size for name in names if name.startswith(_LEAST) and (size := _read_size(name))]
    most = [size for name in names if name.startswith(_MOST) and (size := _read_size(name))]
    width, height = SIZES[paper]
    return any(one[0] <= width and one[1] <= height for one in least) and any(
        one[0] >= width and one[1] >= height for one in most
    )
