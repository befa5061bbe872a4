"""Finds and checks the pictures and fonts that texts and practices name: within the project, whole and undamaged.

Nothing is decoded here, so that a build with nothing to do starts quickly: files are decoded when they are used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from handouts.assets.broken_file import BROKEN_PICTURE, NOT_A_FONT, BrokenFileError
from handouts.assets.font_file import check_font_tables
from handouts.assets.jpeg import check_jpeg, read_jpeg_size
from handouts.assets.png import SIGNATURE, check_png, read_png_size
from handouts.assets.svg import check_svg
from handouts.language.tags import is_language_tag
from handouts.model.library import Picture
from handouts.model.project import OutsideProjectError, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.text_file import FILES_SOURCE, MISSING_FILE, OUTSIDE_PROJECT, UNREADABLE_FILE
from handouts.read.yaml.nodes import Mapping, Node, text_of
from handouts.schema.settings import PictureLimits
from handouts.system.digests import digest_of_bytes

NOT_A_FILE: Final = Rule(
    "not-a-file",
    Severity.ERROR,
    title="a web address in place of a file of the project",
    why="Nothing is loaded from the web: pages have to come out the same each time.",
    source=FILES_SOURCE,
    message='"{address}" is an address, not a file of the project',
    hint="save the file beside this one, and write its name",
)
NOT_A_PICTURE: Final = Rule(
    "not-a-picture",
    Severity.ERROR,
    title="a picture that is not an SVG, PNG or JPEG file",
    why="It cannot be printed.",
    source=FILES_SOURCE,
    message="{file} is not an SVG, PNG or JPEG file",
    hint="export it again",
)
PICTURE_TOO_LARGE: Final = Rule(
    "picture-too-large",
    Severity.ERROR,
    title="a picture with too many bytes or pixels",
    why="A small file can hold a picture that uses up the memory.",
    source=FILES_SOURCE,
    message="{file} is too large: {size}, and the limit is {limit}",
    hint="save it smaller, or raise pictures: {setting} in handouts.yaml",
)
RULES: Final = (NOT_A_FILE, NOT_A_PICTURE, PICTURE_TOO_LARGE)

_LAST_DRAWINGS: Final = 8


@dataclass(frozen=True, slots=True)
class PictureFinder:
    """Finds and checks the files that texts and practices name, within one project and its limits."""

    project: Project
    limits: PictureLimits

    def find_beside(self, text_file: Path, name: str, place: Place, problems: Problems) -> Picture | None:
        """Find a picture that a text names, relative to the folder of the text.

        One with words may be there for the language of the text: beside bone.svg, es.md has bone.es.svg instead.
        """
        before, dot, ending = name.rpartition(".")
        own = f"{before}.{text_file.stem}{dot}{ending}"
        has_own = bool(before) and is_language_tag(text_file.stem) and _is_file(text_file.parent / unquote(own))
        return self.find_picture(text_file.parent, own if has_own else name, place, problems)

    def find_picture(self, folder: Path, name: str, place: Place, problems: Problems) -> Picture | None:
        """Find and check an SVG, PNG or JPEG file, named relative to a folder; return None if it has errors."""
        path = self._find_file(folder, name, place, problems)
        raw = _read_bytes(path, place, problems) if path else None
        if path is None or raw is None:
            return None
        file = path.relative_to(self.project.root).as_posix()
        size = None
        if path.suffix.lower() == ".svg":
            is_right = _has_no_fault(raw) or check_svg(raw, file, place, problems)
        else:
            size = read_picture_size(raw)
            is_right = self._check_pixels(raw, size, file, place, problems)
        return Picture(file, path, digest_of_bytes(raw), place, size) if is_right else None

    def find_font(self, folder: Path, name: str, place: Place, problems: Problems) -> Picture | None:
        """Find a TrueType or OpenType file, named relative to a folder; return None if it has errors."""
        path = self._find_file(folder, name, place, problems)
        raw = _read_bytes(path, place, problems) if path else None
        if path is None or raw is None:
            return None
        file = path.relative_to(self.project.root).as_posix()
        try:
            check_font_tables(raw)
        except BrokenFileError as broken:
            problems.add(NOT_A_FONT.at(place, file=file, reason=broken))
            return None
        return Picture(file, path, digest_of_bytes(raw), place)

    def find_fonts(
        self, node: Node | None, find_folder: Callable[[Node], Path], problems: Problems
    ) -> dict[str, Picture]:
        """Find the files of a font by style; those that have errors are left out.

        `find_folder` returns the folder that a name is relative to.
        """
        fonts: dict[str, Picture] = {}
        for style, _, value in node.items if isinstance(node, Mapping) else ():
            is_reported = any(problem.place == value.place for problem in problems)
            name = "" if is_reported else text_of(value)
            font = self.find_font(find_folder(value), name, value.place, problems) if name else None
            if font:
                fonts[style] = font
        return fonts

    def _check_pixels(
        self, raw: bytes, size: tuple[int, int] | None, file: str, place: Place, problems: Problems
    ) -> bool:
        """Return whether a PNG or JPEG file can be used; otherwise report why not. Nothing is decoded."""
        if size is None or 0 in size:
            problems.add(NOT_A_PICTURE.at(place, file=file))
            return False
        if size[0] * size[1] > self.limits.max_pixels:
            shown, limit = f"{size[0]} x {size[1]} pixels", f"{self.limits.max_pixels} pixels in all"
            problems.add(PICTURE_TOO_LARGE.at(place, file=file, size=shown, limit=limit, setting="max_pixels"))
            return False
        try:
            (check_png if raw.startswith(SIGNATURE) else check_jpeg)(raw)
        except BrokenFileError as broken:
            problems.add(BROKEN_PICTURE.at(place, file=file, reason=broken))
            return False
        return True

    def _find_file(self, folder: Path, name: str, place: Place, problems: Problems) -> Path | None:
        unquoted = unquote(name)
        if "://" in unquoted or unquoted.startswith(("data:", "//")):
            problems.add(NOT_A_FILE.at(place, address=name[:60]))
            return None
        try:
            path = self.project.inside(folder / unquoted)
            size = path.stat().st_size if path.is_file() else None
        except OutsideProjectError:
            problems.add(OUTSIDE_PROJECT.at(place, file=name))
            return None
        except (OSError, RuntimeError, ValueError):  # an impossible name, or a link that leads back to itself
            size = None
        if size is None:
            where = "there" if folder == self.project.root else f"into {self.project.place(folder).file}/"
            hint = f"put it {where}, or correct its name"
            problems.add(MISSING_FILE.at(place, file=name, hint=hint))
            return None
        if size > self.limits.max_bytes:
            shown, limit = f"{size} bytes", f"{self.limits.max_bytes} bytes"
            problems.add(PICTURE_TOO_LARGE.at(place, file=name, size=shown, limit=limit, setting="max_bytes"))
            return None
        return path


@lru_cache(_LAST_DRAWINGS)
def _has_no_fault(raw: bytes) -> bool:
    """Return whether nothing is to be reported of a drawing; texts in several languages name the same."""
    problems = Problems()
    return check_svg(raw, "", Place(""), problems) and not problems


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # an impossible name
        return False


def _read_bytes(path: Path, place: Place, problems: Problems) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as refused:
        problems.add(UNREADABLE_FILE.at(place, file=path.name, reason=refused.strerror))
        return None


def read_picture_size(raw: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels from the header of a PNG or JPEG file; None for anything else."""
    return read_png_size(raw) if raw.startswith(SIGNATURE) else read_jpeg_size(raw)
