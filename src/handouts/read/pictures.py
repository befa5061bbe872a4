"""Pictures and fonts that texts and practices name: within the project, of sane size, and what they claim to be.

Nothing is decoded here: sizes come from the first bytes, so that a small file cannot unfold into a huge image.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from handouts.library import Picture
from handouts.problem import Place, Problem, error
from handouts.project import OutsideProjectError, Project
from handouts.read.svg import check_svg
from handouts.schema.settings import PictureLimits

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FONT_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
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
        if found is None:
            return None
        raw = _bytes(found, place, problems)
        if raw is None:
            return None
        if found.path.suffix.lower() == ".svg":
            return found if check_svg(raw, found.name, place, problems) else None
        size = picture_size(raw)
        if size is None or 0 in size:
            problems.append(
                error("not-a-picture", f"the {what} {found.name} is no SVG, PNG or JPEG file", place, "export it again")
            )
            return None
        if size[0] * size[1] > self.limits.max_pixels:
            problems.append(
                error(
                    "picture-too-large",
                    f"the {what} {found.name} has {size[0]} x {size[1]} pixels, over {self.limits.max_pixels} in all",
                    place,
                    "save it smaller, or raise pictures: max_pixels in handouts.yaml",
                )
            )
            return None
        return found

    def font(self, folder: Path, name: str, place: Place, problems: list[Problem]) -> Picture | None:
        """Find a font file and check that it is TrueType or OpenType."""
        found = self._file(folder, name, place, problems, "font")
        raw = _bytes(found, place, problems) if found else None
        if found and raw is not None and raw.startswith(_FONT_STARTS):
            return found
        if found and raw is not None:
            problems.append(error("not-a-font", f"{found.name} is no TrueType or OpenType font", place))
        return None

    def _file(self, folder: Path, name: str, place: Place, problems: list[Problem], what: str) -> Picture | None:
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
        return Picture(path.relative_to(self.project.root).as_posix(), path)

    def _shown(self, folder: Path) -> str:
        return self.project.place(folder).file + "/"


def _bytes(picture: Picture, place: Place, problems: list[Problem]) -> bytes | None:
    try:
        return picture.path.read_bytes()
    except OSError as refused:
        problems.append(error("unreadable-file", f"{picture.name} cannot be read: {refused.strerror}", place))
        return None


def picture_size(raw: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from the header of a PNG or JPEG file; None for anything else."""
    if raw.startswith(_PNG) and raw[12:16] == b"IHDR" and len(raw) >= 24:  # noqa: PLR2004 - the header's length
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
