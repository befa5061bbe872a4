"""The files that a document may load: its own and those of the style folders. Never the network.

Every picture and font passes through here, whichever engine asks for it: it is checked and decoded, and only what was
decoded is handed on.
"""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from handouts.assets.decoded_files import check_font_once, decoded
from handouts.assets.decoding import Decoded, kind_of_pixels
from handouts.assets.errors import BrokenFileError
from handouts.assets.font_file import STARTS
from handouts.model.document import Asset, Composed
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, error
from handouts.schema.settings import PictureLimits
from handouts.system.digests import digest_of_bytes

_FONTS = (*STARTS, b"ttcf", b"wOFF", b"wOF2")


class RefusedAddressError(HandoutsError, ValueError):
    """An address that a document must not load."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """The content at an address, with its media type; a decoded picture has the address "decoded:"."""

    address: str
    content: bytes
    media_type: str


class DocumentFiles:
    """Loads the files of one document, and data that stands in the document itself; refuses all else.

    `requests` counts the addresses that were asked for; `refused` holds a problem for each address of a broken file.
    `pictures` are those of the document itself that were loaded: decoded, or the bytes of a drawing.
    """

    def __init__(self, composed: Composed) -> None:
        """Take a document; a file of a style folder is looked for in each of them."""
        self.requests = 0
        self.refused: dict[str, Problem] = {}
        self.pictures: dict[Asset, Decoded | bytes] = {}
        self._root = composed.root
        self._inks = composed.makeup.press
        self._files = {asset.path.resolve(): asset for asset in composed.files}
        self._folders = tuple(folder.resolve() for folder in composed.folders)

    def load(self, url: str) -> LoadedFile:
        """Load one address.

        Raise RefusedAddressError for an address that must not be loaded, BrokenFileError for a broken file.
        """
        self.requests += 1
        address = urlsplit(url)
        if address.scheme == "data":
            with DataHandler().data_open(Request(url)) as data:  # noqa: S310 - the scheme is data:
                return self._checked(url, data.read(), data.headers.get_content_type(), None, "")
        if address.scheme != "file" or address.netloc:
            raise RefusedAddressError("only files of the project are loaded, nothing from the network")
        path = self._there(Path(url2pathname(address.path))).resolve()
        asset = self._files.get(path)
        if asset is None and not any(path.is_relative_to(folder) for folder in self._folders):
            raise RefusedAddressError("the file is not one that this handout may use")
        raw = path.read_bytes()
        if asset is not None and digest_of_bytes(raw) != asset.digest:
            message = f"the {asset.what} {asset.path.name} was changed while the handout was made"
            self.refused[url] = error("changed-file", message, asset.place, "build again")
            raise BrokenFileError(message)
        shown = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        kind = mimetypes.guess_type(path.name)[0] or "text/plain"
        return self._checked(url, raw, kind, asset, shown.as_posix())

    def _checked(self, url: str, raw: bytes, kind: str, asset: Asset | None, name: str) -> LoadedFile:
        """Hand on what was decoded; raise BrokenFileError, and note the problem, if a picture or font is broken."""
        try:
            if kind_of_pixels(raw):
                # Pictures of the document were measured when it was read, against the limits of the project.
                picture = decoded(raw, None if asset else PictureLimits().max_pixels, inks=self._inks)
                if asset:
                    self.pictures[asset] = picture
                # With the address of a file, WeasyPrint would read the file again when it writes the PDF.
                return LoadedFile("decoded:", picture.content, picture.kind)
            if raw.startswith(_FONTS):
                check_font_once(raw)
            elif asset:
                self.pictures[asset] = raw
        except BrokenFileError as broken:
            is_font = raw.startswith(_FONTS)
            message = f"the {'font' if is_font else 'picture'} {name or 'in a data: address'} cannot be used: {broken}"
            code = "not-a-font" if is_font else "broken-picture"
            self.refused[url] = error(code, message, asset.place if asset else None, "export it again")
            raise
        return LoadedFile(url, raw, kind)

    def _there(self, path: Path) -> Path:
        """Give the path, or that of the same name in another style folder, for a project need not copy all it uses."""
        for folder in self._folders:
            if not path.exists() and path.is_relative_to(folder):
                for other in self._folders:
                    if (other / path.relative_to(folder)).is_file():
                        return other / path.relative_to(folder)
        return path
