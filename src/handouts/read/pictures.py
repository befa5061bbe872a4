"""Pictures and fonts that texts and practices name: within the project, of sane size, whole and undamaged.

Nothing is decoded here, so a build that has nothing to do reads quickly: pictures are decoded when they are used.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from handouts.assets.errors import BrokenFileError
from handouts.assets.font_file import check_font_tables
from handouts.assets.jpeg import check_jpeg
from handouts.assets.png import SIGNATURE as PNG
from handouts.assets.png import check_png
from handouts.model.library import Picture
from handouts.model.project import OutsideProjectError, Project
from handouts.problems.problem import Place, Problem, error
from handouts.read.svg.svg import check_svg
from handouts.schema.settings import PictureLimits
from handouts.system.digests import digest_of_bytes

EXPORT_AGAIN = "export it again"
FONT_AGAIN = "save it again as TTF or OTF from the program that it comes from"
_JPEG = b"\xff\xd8\xff"
# JPEG's start-of-frame markers; the others in this range are tables (ITU T.81, table B.1).
_JPEG_SEGMENT = re.compile(rb"\xff+([\xc0-\xfe])(..)", re.DOTALL)  # any number of FF may stand before a marker
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class PictureFinder:
    """Finds and checks the files that texts and practices name, within one project and its limits."""

    project: Project
    limits: PictureLimits

    def beside(self, file: Path, name: str, place: Place, *, problems: list[Problem]) -> Picture | None:
        """Find a picture named in a text, relative to the text's own folder."""
        return self.picture(file.parent, name, place, problems, what="picture")

    def picture(self, folder: Path, name: str, place: Place, problems: list[Problem], *, what: str) -> Picture | None:
        """Find a picture and check it: SVG, PNG or JPEG; add a problem and give None if it is not as it should be."""
        found = self._file(folder, name, place, problems, what)
        raw = _bytes(found, place, problems) if found else None
        if found is None or raw is None:
            return None
        file = found.relative_to(self.project.root).as_posix()
        if found.suffix.lower() == ".svg":
            size = None
            wrong = not check_svg(raw, file, place, problems)
        else:
            size = picture_size(raw)
            problem = self._against(raw, size, f"the {what} {file}", place)
            problems.extend([problem] if problem else [])
            wrong = problem is not None
        return None if wrong else Picture(file, found, digest_of_bytes(raw), place, size)

    def _against(self, raw: bytes, size: tuple[int, int] | None, what: str, place: Place) -> Problem | None:
        """Say what is wrong with a picture made of pixels, without decoding it."""
        if size is None or 0 in size:
            return error("not-a-picture", f"{what} is no SVG, PNG or JPEG file", place, EXPORT_AGAIN)
        if size[0] * size[1] > self.limits.max_pixels:
            return error(
                "picture-too-large",
                f"{what} has {size[0]} x {size[1]} pixels, over {self.limits.max_pixels} in all",
                place,
                "save it smaller, or raise pictures: max_pixels in handouts.yaml",
            )
        try:
            (check_png if raw.startswith(PNG) else check_jpeg)(raw)
        except BrokenFileError as broken:
            return error("broken-picture", f"{what} cannot be used: {broken}", place, EXPORT_AGAIN)
        return None

    def font(self, folder: Path, name: str, place: Place, problems: list[Problem]) -> Picture | None:
        """Find a font file and check that it is a whole TrueType or OpenType font."""
        found = self._file(folder, name, place, problems, "font")
        raw = _bytes(found, place, problems) if found else None
        if found is None or raw is None:
            return None
        file = found.relative_to(self.project.root).as_posix()
        try:
            check_font_tables(raw)
        except BrokenFileError as broken:
            problems.append(error("not-a-font", f"the font {file} cannot be used: {broken}", place, FONT_AGAIN))
            return None
        return Picture(file, found, digest_of_bytes(raw), place)

    def _file(self, folder: Path, name: str, place: Place, problems: list[Problem], what: str) -> Path | None:
        written = unquote(name)
        if "://" in written or written.startswith(("data:", "//")):
            problems.append(
                error(
                    "not-a-file", f"the {what} {name[:60]} is no file of the project", place, "save it beside this file"
                )
            )
            return None
        try:
            path = self.project.inside(folder / written)
            bytes_ = path.stat().st_size if path.is_file() else None
        except OutsideProjectError:
            problems.append(
                error(
                    "outside-project", f"the {what} {name} lies outside the project", place, "copy it into the project"
                )
            )
            return None
        except (OSError, RuntimeError, ValueError):  # a name that can be no file's, or a link that leads to itself
            bytes_ = None
        if bytes_ is None:
            problems.append(
                error("missing-file", f"there is no {what} {name}", place, f"looked in {self._shown(folder)}")
            )
            return None
        if bytes_ > self.limits.max_bytes:
            problems.append(
                error(
                    "picture-too-large",
                    f"the {what} {name} has {bytes_} bytes; {self.limits.max_bytes} are allowed",
                    place,
                    "save it smaller, or raise pictures: max_bytes in handouts.yaml",
                )
            )
            return None
        return path

    def _shown(self, folder: Path) -> str:
        return self.project.place(folder).file + "/"


def _bytes(path: Path, place: Place, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as refused:
        problems.append(error("unreadable-file", f"{path.name} cannot be read: {refused.strerror}", place))
        return None


def picture_size(raw: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from the header of a PNG or JPEG file; None for anything else."""
    if raw.startswith(PNG) and raw[12:16] == b"IHDR" and len(raw) >= 24:  # noqa: PLR2004 - the header's length
        width, height = struct.unpack(">II", raw[16:24])
        return width, height
    position = 2
    while raw.startswith(_JPEG) and (found := _JPEG_SEGMENT.match(raw, position)):
        length = int.from_bytes(found[2], "big")
        if found[1][0] in _JPEG_FRAMES:
            frame = raw[found.end() + 1 : found.end() + 5]
            return struct.unpack(">HH", frame)[::-1] if len(frame) == 4 else None  # noqa: PLR2004 - height and width
        if length < 2:  # noqa: PLR2004 - a length counts its own two bytes
            break
        position = found.end() - 2 + length
    return None
