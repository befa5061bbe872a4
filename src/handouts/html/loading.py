"""Loading: pictures, fonts and style sheets that a page names, through the wall that guards PDFs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.error import URLError
from urllib.parse import urljoin

from handouts.assets.decoding import Decoded
from handouts.assets.document_files import DocumentFiles, RefusedAddressError
from handouts.html.data_address import data_address
from handouts.html.drawings import with_fonts
from handouts.html.fonts import Face
from handouts.model.document import Asset, Composed
from handouts.problems.problem import Place, Problem, error

_HINT = "a web page holds all it needs: use files of the project or of the folder styles"
# How the files begin that browsers show or set text with.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"true", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands at an address: `kind` is its media type, nothing if it is neither a picture nor a font."""

    content: bytes
    kind: str
    address: str

    @property
    def is_picture(self) -> bool:
        """Tell whether browsers can show it."""
        return self.kind.startswith("image/")


class Loader:
    """Loads what one document may load; all else becomes a problem that names the address."""

    def __init__(self, composed: Composed, faces: tuple[Face, ...], problems: list[Problem]) -> None:
        """Take the document, whose files and folders may be loaded, the bundled fonts, and the list of problems."""
        self._faces = faces
        self._files = DocumentFiles(composed)
        self._problems = problems

    def load(self, address: str, base: str, place: Place | None = None) -> Loaded | None:
        """Load an address, relative to a base address; give None and add a problem if it must not or cannot be."""
        whole = ""
        try:
            whole = urljoin(base, address.strip())
            content = self._files.load(whole).content
        except (URLError, OSError, ValueError) as failed:
            known = self._files.refused.get(whole)
            if known:
                self._problems.append(replace(known, place=known.place or place))
            else:
                self.refuse(address, _reason(failed), place)
            return None
        return Loaded(content, _kind(content), whole)

    def picture(self, address: str, base: str, place: Place | None = None) -> str:
        """Give the picture at an address as a data: address; nothing, and a problem, if there is none."""
        loaded = self.load(address, base, place)
        if loaded and loaded.is_picture:
            return self.shown(loaded)
        if loaded:
            self.refuse(address, "it is no picture that browsers show (SVG, PNG, JPEG, GIF or WebP)", place)
        return ""

    @property
    def pictures(self) -> Mapping[Asset, Decoded | bytes]:
        """The pictures of the document that were loaded: decoded, or the bytes of a drawing."""
        return self._files.pictures

    def shown(self, picture: Loaded) -> str:
        """Give a picture that was loaded as a data: address."""
        drawn = picture.kind == "image/svg+xml"
        return data_address(picture.kind, with_fonts(picture.content, self._faces) if drawn else picture.content)

    def refuse(self, address: str, reason: str, place: Place | None = None) -> None:
        """Add the problem that an address is not loaded."""
        shown = address if len(address) <= 100 else f"{address[:100]}..."  # noqa: PLR2004 - enough to find it again
        self._problems.append(error("not-loaded", f'"{shown}" is not loaded: {reason}', place, _HINT))


def _kind(content: bytes) -> str:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    # An SVG may begin with a declaration and comments.
    return "image/svg+xml" if b"<svg" in content[:10_000] else ""


def _reason(failed: Exception) -> str:
    cause = failed.reason if isinstance(failed, URLError) and isinstance(failed.reason, OSError) else failed
    if isinstance(cause, RefusedAddressError):
        return str(cause)
    if isinstance(cause, FileNotFoundError):
        return "there is no such file"
    return getattr(cause, "strerror", None) or str(cause)
