"""Loads the files that a document may use: its own and those of the style folders, never the network.

Every picture and font passes through here, whichever engine requests it: it is checked and decoded, and the engine
gets only the decoded form.
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from handouts.assets.broken_file import BROKEN_PICTURE, CHANGED_FILE, NOT_A_FONT, BrokenFileError
from handouts.assets.decoded_files import check_font_once, decode_once, simplify_svg_once
from handouts.assets.decoding import Decoded, detect_format
from handouts.assets.font_file import STARTS
from handouts.assets.language_fonts import FONT_SCHEME, MissingFontError, load_language_font
from handouts.model.document import Asset, Composed
from handouts.model.project import shipped
from handouts.problems.exceptions import HandoutsError
from handouts.schema.settings import PictureLimits
from handouts.system.digests import digest_of_bytes

if TYPE_CHECKING:
    from handouts.problems.problem import Problem

_FONT_STARTS = (*STARTS, b"ttcf", b"wOFF", b"wOF2")


NO_SUBSTITUTES: Final[Mapping[Asset, Decoded]] = MappingProxyType({})


class RefusedAddressError(HandoutsError, ValueError):
    """A document must not load this address."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """The content at an address, and its media type; a decoded picture has the address "decoded:"."""

    address: str
    content: bytes
    media_type: str


class DocumentFiles:
    """Loads the files of one document, and data in the document itself; refuses everything else.

    `refused` holds a problem for each address of a broken file. `pictures` are the loaded pictures of the document
    itself: decoded, or the bytes of an SVG file.
    """

    def __init__(self, composed: Composed, substitutes: Mapping[Asset, Decoded] = NO_SUBSTITUTES) -> None:
        """Start with a document; a file of a style folder is looked for in each of them.

        `substitutes` are pictures that are printed in place of drawings.
        """
        self.refused: dict[str, Problem] = {}
        self.pictures: dict[Asset, Decoded | bytes] = {}
        self._substitutes = substitutes
        self._root = composed.root
        self._inks = composed.makeup.press
        self._files = {asset.path.resolve(): asset for asset in composed.files}
        self._folders = tuple(folder.resolve() for folder in composed.folders)
        self._shipped_styles = (shipped() / "styles").resolve()

    def load(self, url: str) -> LoadedFile:
        """Load one address.

        Raises RefusedAddressError for an address that must not be loaded, BrokenFileError for a broken file.
        """
        address = urlsplit(url)
        if address.scheme == "data":
            with DataHandler().data_open(Request(url)) as data:  # noqa: S310 - the scheme is data:
                return self._check(url, data.read(), data.headers.get_content_type())
        if address.scheme == FONT_SCHEME:
            return _load_language_font(url)
        if address.scheme != "file" or address.netloc:
            raise RefusedAddressError("only files of the project are loaded, nothing from the network")
        path = self._find(Path(url2pathname(address.path))).resolve()
        asset = self._files.get(path)
        if asset is None and not any(path.is_relative_to(folder) for folder in self._folders):
            raise RefusedAddressError("the file is not one that this handout may use")
        raw = path.read_bytes()
        if asset is not None and digest_of_bytes(raw) != asset.digest:
            problem = CHANGED_FILE.at(asset.place, kind=asset.what, file=asset.path.name)
            self.refused[url] = problem
            raise BrokenFileError(problem.message)
        return self._check(url, raw, mimetypes.guess_type(path.name)[0] or "text/plain", asset, path)

    def _check(
        self, url: str, raw: bytes, kind: str, asset: Asset | None = None, path: Path | None = None
    ) -> LoadedFile:
        """Decode a picture or check a font; if it is broken, note the problem and raise BrokenFileError."""
        name = self._name(path) if path else ""
        substitute = self._substitutes.get(asset) if asset else None
        if asset and substitute:
            self.pictures[asset] = substitute
            return LoadedFile("decoded:", substitute.content, substitute.kind)
        try:
            if detect_format(raw):
                # Pictures of the document were measured when it was read, against the limits of the project.
                picture = decode_once(raw, None if asset else PictureLimits().max_pixels, inks=self._inks)
                if asset:
                    self.pictures[asset] = picture
                # With the address of a file, WeasyPrint would read the file again when it writes the PDF.
                return LoadedFile("decoded:", picture.content, picture.kind)
            if raw.startswith(_FONT_STARTS):
                is_shipped = asset is None and path is not None and path.is_relative_to(self._shipped_styles)
                check_font_once(raw, is_shipped=is_shipped)
            elif _is_markup(raw, kind):
                drawing = simplify_svg_once(raw, name)
                if asset:
                    self.pictures[asset] = drawing
                return LoadedFile(url, drawing, "image/svg+xml")
        except BrokenFileError as broken:
            rule = NOT_A_FONT if raw.startswith(_FONT_STARTS) else BROKEN_PICTURE
            place = asset.place if asset else None
            self.refused[url] = rule.at(place, file=name or "in a data: address", reason=broken)
            raise
        return LoadedFile(url, raw, kind)

    def _name(self, path: Path) -> str:
        """Return the path of a file as messages show it: in the project, if it is there."""
        return (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()

    def _find(self, path: Path) -> Path:
        """Return the path, or the same name in another style folder: a project need not copy all files that it uses."""
        for folder in self._folders:
            if not path.exists() and path.is_relative_to(folder):
                for other in self._folders:
                    if (other / path.relative_to(folder)).is_file():
                        return other / path.relative_to(folder)
        return path


def _load_language_font(url: str) -> LoadedFile:
    try:
        return LoadedFile(url, load_language_font(url), "font/ttf")
    except (ValueError, MissingFontError) as unknown:
        raise RefusedAddressError(str(unknown)) from unknown


def _is_markup(raw: bytes, kind: str) -> bool:
    """Return whether an engine might take a file for a drawing, whatever its name says."""
    return kind == "image/svg+xml" or raw[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
