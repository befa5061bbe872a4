"""What a document may load while it is laid out: its own files and those of the style folders. Never the network."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse


class RefusedAddressError(ValueError):
    """An address that a document must not load."""


class ProjectFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """Loads files of a document, and data that stands in the document itself; refuses all else.

    `asked` counts what was asked for.
    """

    def __init__(self, files: Iterable[Path], folders: Iterable[Path]) -> None:
        """Take the files that may be loaded, and folders whose files all may; a file is looked for in each of them."""
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.asked = 0
        self._files = frozenset(path.resolve() for path in files)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401 - as in the class extended
        """Load one address; raise RefusedAddressError for what must not be loaded."""
        self.asked += 1
        address = urlsplit(url)
        if address.scheme == "data":
            return super().fetch(url, headers)
        if address.scheme != "file" or address.netloc:
            raise RefusedAddressError("only files of the project are loaded, nothing from the network")
        path = self._there(Path(url2pathname(address.path))).resolve()
        if path not in self._files and not any(path.is_relative_to(folder) for folder in self._folders):
            raise RefusedAddressError("the file is not one that this handout may use")
        return super().fetch(path.as_uri(), headers)

    def _there(self, path: Path) -> Path:
        """Give the path, or that of the same name in another style folder, for a project need not copy all it uses."""
        for folder in self._folders:
            if not path.exists() and path.is_relative_to(folder):
                for other in self._folders:
                    if (other / path.relative_to(folder)).is_file():
                        return other / path.relative_to(folder)
        return path
