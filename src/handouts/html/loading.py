"""Loads the pictures, fonts and style sheets that a page names, with the same restrictions as for PDFs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from urllib.error import URLError
from urllib.parse import urljoin

from handouts.assets.decoding import Decoded
from handouts.assets.document_files import DocumentFiles, RefusedAddressError
from handouts.html.fonts import Face, embed_fonts
from handouts.html.markup import make_data_address
from handouts.model.document import Asset, Composed
from handouts.model.output_rules import NOT_LOADED
from handouts.problems.collector import Problems
from handouts.problems.problem import Place

# The first bytes of pictures and fonts that browsers can use.
_SIGNATURES: Final = (
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
    """The content at an address; `media_type` is empty if it is neither a picture nor a font."""

    content: bytes
    media_type: str
    address: str

    @property
    def is_picture(self) -> bool:
        """Whether browsers can show it as a picture."""
        return self.media_type.startswith("image/")


class Loader:
    """Loads the files of one document and reports every address that is not loaded.

    `addresses` are those that were loaded.
    """

    def __init__(self, composed: Composed, faces: tuple[Face, ...], problems: Problems) -> None:
        """Take the document, whose files and folders may be loaded, and the bundled fonts."""
        self._faces = faces
        self._composed = composed
        self._problems = problems
        self.addresses: set[str] = set()

    @cached_property
    def _files(self) -> DocumentFiles:
        return DocumentFiles(self._composed)

    def load(self, address: str, base: str, place: Place | None = None) -> Loaded | None:
        """Return the content of an address relative to a base; report an address that is not loaded and return None."""
        full_address = ""
        try:
            full_address = urljoin(base, address.strip())
            content = self._files.load(full_address).content
        except (URLError, OSError, ValueError) as failed:
            refused_problem = self._files.refused.get(full_address)
            if refused_problem:
                self._problems.add(replace(refused_problem, place=refused_problem.place or place))
            else:
                self.report_not_loaded(address, _explain(failed), place)
            return None
        self.addresses.add(full_address)
        return Loaded(content, _detect_media_type(content), full_address)

    def embed_picture(self, address: str, base: str) -> str:
        """Return the picture at an address as a data: address; report a problem and return "" if there is none."""
        loaded = self.load(address, base)
        if loaded and loaded.is_picture:
            return self.to_data_address(loaded)
        if loaded:
            self.report_not_loaded(address, "it is not a picture (SVG, PNG, JPEG, GIF or WebP)")
        return ""

    @property
    def pictures(self) -> Mapping[Asset, Decoded | bytes]:
        """The loaded pictures of the document: decoded, or the bytes of a drawing."""
        return self._files.pictures if self.addresses else {}

    def to_data_address(self, picture: Loaded) -> str:
        """Return a loaded picture as a data: address; drawings get the fonts that they name."""
        is_drawing = picture.media_type == "image/svg+xml"
        content = embed_fonts(picture.content, self._faces) if is_drawing else picture.content
        return make_data_address(picture.media_type, content)

    def report_not_loaded(self, address: str, reason: str, place: Place | None = None) -> None:
        """Report that an address is not loaded."""
        shown = address if len(address) <= 100 else f"{address[:100]}..."  # noqa: PLR2004 - enough to find it
        self._problems.add(NOT_LOADED.at(place, address=shown, reason=reason))


def _detect_media_type(content: bytes) -> str:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    # An SVG may begin with a declaration and comments.
    return "image/svg+xml" if b"<svg" in content[:10_000] else ""


def _explain(failed: Exception) -> str:
    cause = failed.reason if isinstance(failed, URLError) and isinstance(failed.reason, OSError) else failed
    if isinstance(cause, RefusedAddressError):
        return str(cause)
    if isinstance(cause, FileNotFoundError):
        return "the file does not exist"
    return getattr(cause, "strerror", None) or str(cause)
