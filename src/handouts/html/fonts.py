"""Embeds fonts in pages and drawings: WOFF2 files that contain only the letters used."""

import io
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from fontTools import subset as fonttools_subset
from fontTools.ttLib import TTFont, woff2

from handouts.html.markup import make_data_address
from handouts.problems.exceptions import HandoutsError
from handouts.system.digests import digest, digest_of_bytes
from handouts.system.kept_files import read_kept_file, remove_oldest, write_kept_file

# Letters that counters and list markers add.
_ALWAYS: Final = frozenset("0123456789. \u2022\u2013")
_LINE_ENDS: Final = frozenset("\t\n\r")
# A face that sets sentences keeps all of ASCII, so that pages of many practices share one cached subset.
_ASCII: Final = frozenset(map(chr, range(0x20, 0x7F)))
_SENTENCES: Final = 40  # different letters of ASCII
_DRAWING_CAPACITY: Final = 200
_FILE_CAPACITY: Final = 500
_FONT_CAPACITY: Final = 64  # some 20 kB each
_NAME_IDS: Final = (0, 1, 2, 4, 6, 13, 14)  # with copyright and licence, which the Open Font License requires
_SVG: Final = "{http://www.w3.org/2000/svg}"
_WEIGHTS: Final = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 100}
_WEIGHT: Final = re.compile(r"font-weight\s*:\s*(\w+)")
_ITALIC: Final = re.compile(r"italic|oblique")


class NotAFontError(HandoutsError, ValueError):
    """A file that cannot be read as a font."""


@dataclass(frozen=True, slots=True)
class Face:
    """A bundled font file: weight from 100 to 900."""

    path: Path
    family: str
    weight: int
    italic: bool


@cache
def read_bundled_faces(folder: Path) -> tuple[Face, ...]:
    """Read family, weight and style of the font files in a folder."""
    faces = []
    for path in sorted(folder.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            names, style = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1)
            faces.append(Face(path, family, style.usWeightClass, bool(style.fsSelection & 1)))
    return tuple(faces)


def choose_face(faces: tuple[Face, ...], weight: int, *, italic: bool) -> Face:
    """Return the face that browsers select for a weight and style (CSS Fonts 4, 5.2)."""
    styled = [face for face in faces if face.italic == italic] or faces

    def preference(face: Face) -> tuple[int, int]:
        lighter, away = face.weight < weight, abs(face.weight - weight)
        if 400 <= weight <= 500:  # noqa: PLR2004 - heavier faces up to 500 come first
            return (0 if weight <= face.weight <= 500 else 1 if lighter else 2, away)  # noqa: PLR2004 - likewise
        return (int(lighter if weight > 500 else not lighter and away > 0), away)  # noqa: PLR2004 - likewise

    return min(styled, key=preference)


def write_font_faces(letters: Mapping[Face, frozenset[str]], kept: Path | None = None) -> str:
    """Return the @font-face rules of bundled faces, each with a font that has its letters.

    Such fonts are kept in files whose paths start with `kept`, because reducing one takes some 0.1 s.
    """
    return "\n".join(
        _write_font_face(face, _choose_letters(used), kept)
        for face, used in sorted(letters.items(), key=lambda item: item[0].path.name)
    )


@lru_cache(maxsize=_FONT_CAPACITY)
def _write_font_face(face: Face, letters: frozenset[str], kept: Path | None) -> str:
    font = face.path.read_bytes()
    reduced = _subset_font_once(font, letters, kept) if kept else _subset_font(font, letters)
    address = make_data_address("font/woff2", reduced)
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.italic else 'normal'}; "
        f'src: url("{address}") format("woff2") }}'
    )


def subset_font(font: bytes, letters: frozenset[str], kept: Path | None = None) -> bytes:
    """Return a font reduced to some letters, as WOFF2; see `write_font_faces` for `kept`.

    Raises NotAFontError if it cannot be read.
    """
    chosen = _choose_letters(letters)
    return _subset_font_once(font, chosen, kept) if kept else _subset_font(font, chosen)


def _subset_font_once(font: bytes, letters: frozenset[str], kept: Path) -> bytes:
    """Return a reduced font from a file, which is written if it is not there."""
    key = digest([digest_of_bytes(font), "".join(sorted(letters)), woff2.brotli.__version__])
    path = kept.with_name(f"{kept.name}-{key}.woff2")
    reduced = read_kept_file(path)
    if reduced is None:
        reduced = _subset_font(font, letters)
        write_kept_file(path, reduced)
        remove_oldest(path.parent, "*.woff2", _FILE_CAPACITY)
    return reduced


def _choose_letters(letters: frozenset[str]) -> frozenset[str]:
    """Return the letters that a reduced font has, for a text with some letters."""
    shown = frozenset(letter for letter in letters if letter not in _LINE_ENDS)
    return shown | _ALWAYS | (_ASCII if len(letters & _ASCII) > _SENTENCES else frozenset())


@lru_cache(maxsize=_FONT_CAPACITY)
def _subset_font(font: bytes, letters: frozenset[str]) -> bytes:
    options = fonttools_subset.Options(flavor="woff2", hinting=False, name_IDs=list(_NAME_IDS), notdef_outline=True)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # its messages do not concern the handout
    try:
        # Without the time of subsetting, so that each run writes the same bytes.
        with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
            subsetter = fonttools_subset.Subsetter(options)
            subsetter.populate(unicodes=sorted(ord(letter) for letter in letters))
            subsetter.subset(whole)
            whole.flavor = "woff2"
            output = io.BytesIO()
            whole.save(output)
    except Exception as broken:  # fontTools raises any error on a broken table
        raise NotAFontError(f"the font cannot be read ({type(broken).__name__})") from broken
    return output.getvalue()


@lru_cache(maxsize=32)
def read_face_letters(faces: tuple[Face, ...]) -> frozenset[str]:
    """Return the letters that any of some bundled faces has."""
    return frozenset[str]().union(*(read_letters(face.path.read_bytes()) for face in faces))


@lru_cache(maxsize=32)
def read_letters(font: bytes) -> frozenset[str]:
    """Return the letters that a font has."""
    with TTFont(io.BytesIO(font), lazy=True) as whole:
        return frozenset(map(chr, whole.getBestCmap()))


@lru_cache(_DRAWING_CAPACITY)
def embed_fonts(drawing: bytes, faces: tuple[Face, ...]) -> bytes:
    """Return an SVG drawing with the bundled faces that its text names embedded; unchanged if it names none.

    A drawing shown as a picture cannot use the fonts of its page.
    """
    named = tuple(face for face in faces if face.family.encode() in drawing)
    if not named or b"<!" in drawing.replace(b"<!--", b""):  # a DOCTYPE could define entities
        return drawing
    try:
        root = fromstring(drawing)  # noqa: S314 - the line above rules out entities
    except ParseError:
        return drawing  # browsers and WeasyPrint show it as broken
    letters = "".join("".join(text.itertext()) for text in root.iter(f"{_SVG}text"))
    if not letters:
        return drawing
    style = Element(f"{_SVG}style")
    used = {
        choose_face(named, weight, italic=italic)
        for weight in _collect_weights(root)
        for italic in _collect_styles(root)
    }
    style.text = write_font_faces(dict.fromkeys(used, frozenset(letters)))
    root.insert(0, style)
    output: bytes = tostring(root, encoding="utf-8")
    return output


def _collect_weights(root: Element) -> set[int]:
    names = {"normal"}
    for element in root.iter():
        names.update([element.get("font-weight", "normal"), *_WEIGHT.findall(element.get("style", ""))])
    return {int(name) if name.isdecimal() else _WEIGHTS.get(name, 400) for name in names}


def _collect_styles(root: Element) -> set[bool]:
    has_italics = any(
        _ITALIC.search(element.get("font-style", "") + element.get("style", "")) is not None for element in root.iter()
    )
    return {False, True} if has_italics else {False}
