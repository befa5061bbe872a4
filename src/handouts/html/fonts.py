"""Fonts in a page: WOFF2 with only the letters that the page has."""

import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools import subset as fonttools_subset
from fontTools.ttLib import TTFont

from handouts.html.data_address import data_address
from handouts.problems.exceptions import HandoutsError

# What counters and lists add to the letters of a text.
_ALWAYS = frozenset("0123456789. \u2022\u2013")
# A face that sets sentences has all of these: so pages of many practices need the same subset, which is made once.
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_SENTENCES = 40
_KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)  # with copyright and licence, as the Open Font License asks


class NotAFontError(HandoutsError, ValueError):
    """A file that no font can be read from."""


@dataclass(frozen=True, slots=True)
class Face:
    """A bundled font file: weight from 100 to 900."""

    path: Path
    family: str
    weight: int
    italic: bool


def bundled_faces(folder: Path) -> tuple[Face, ...]:
    """Read what the font files of a folder call themselves."""
    faces = []
    for path in sorted(folder.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            names, style = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1)
            faces.append(Face(path, family, style.usWeightClass, bool(style.fsSelection & 1)))
    return tuple(faces)


def chosen_face(faces: tuple[Face, ...], weight: int, *, italic: bool) -> Face:
    """Give the face that browsers take for a weight and style (CSS Fonts 4, 5.2)."""
    styled = [face for face in faces if face.italic == italic] or faces

    def preference(face: Face) -> tuple[int, int]:
        lighter, away = face.weight < weight, abs(face.weight - weight)
        if 400 <= weight <= 500:  # noqa: PLR2004 - upwards to 500 first
            return (0 if weight <= face.weight <= 500 else 1 if lighter else 2, away)  # noqa: PLR2004 - likewise
        return (int(lighter if weight > 500 else not lighter and away > 0), away)  # noqa: PLR2004 - likewise

    return min(styled, key=preference)


def font_faces(letters: Mapping[Face, frozenset[str]]) -> str:
    """Write the @font-face rules of bundled faces, each with the letters that are set in it."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.italic else 'normal'}; "
        f'src: url("{data_address("font/woff2", subset(face.path.read_bytes(), found))}") format("woff2") }}'
        for face, found in sorted(letters.items(), key=lambda item: item[0].path.name)
    )


@lru_cache(maxsize=32)
def subset(font: bytes, letters: frozenset[str]) -> bytes:
    """Cut a font down to some letters, as WOFF2; raise NotAFontError for what is no font."""
    options = fonttools_subset.Options(flavor="woff2", hinting=False, name_IDs=list(_KEPT_NAMES), notdef_outline=True)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what it says is not about the handout
    kept = letters | _ALWAYS | (_ASCII if len(letters & _ASCII) > _SENTENCES else frozenset())
    try:
        # The time of subsetting is not written, so that each run gives the same bytes.
        with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
            cutter = fonttools_subset.Subsetter(options)
            cutter.populate(unicodes=sorted(ord(letter) for letter in kept))
            cutter.subset(whole)
            whole.flavor = "woff2"
            made = io.BytesIO()
            whole.save(made)
    except Exception as broken:  # fontTools raises whatever a broken table leads it to
        raise NotAFontError(f"it is no font that can be read ({type(broken).__name__})") from broken
    return made.getvalue()


def letters_of(font: bytes) -> frozenset[str]:
    """Give the letters that a font has."""
    with TTFont(io.BytesIO(font), lazy=True) as whole:
        return frozenset(map(chr, whole.getBestCmap()))
