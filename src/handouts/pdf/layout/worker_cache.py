"""The cache of a worker process: fonts and parsed style sheets, kept from one document to the next."""

import functools
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.document_files import DocumentFiles, RefusedAddressError
from handouts.model.document import Sheet
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest_of_bytes

_SHEET_CAPACITY: Final = 50  # style sheets, including one for each practice


class DocumentFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """WeasyPrint's interface for loading files; loads only what a document may use."""

    def __init__(self, files: DocumentFiles) -> None:
        """Load addresses through the files of a document."""
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.files = files
        # The addresses that were loaded, and digests of their content, "" if that was not possible.
        self.loaded: list[tuple[str, str]] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as in the base class
        """Load one address. Raises RefusedAddressError or BrokenFileError."""
        self.loaded.append((url, ""))
        loaded = self.files.load(url)
        self.loaded[-1] = url, digest_of_bytes(loaded.content)
        return URLFetcherResponse(loaded.address, loaded.content, {"Content-Type": loaded.media_type})

    def is_unchanged(self, url: str, digest: str) -> bool:
        """Return whether the content of an address still has a digest."""
        try:
            return digest_of_bytes(self.files.load(url).content) == digest
        except (RefusedAddressError, BrokenFileError, OSError):
            return False


@dataclass(frozen=True, slots=True)
class _ParsedSheet:
    """A weasyprint.CSS, and the addresses of the style sheets that it imports with digests of their content."""

    css: Any
    imported: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class WorkerCache:
    """Fonts, and parsed style sheets by their text and folder."""

    fonts: Fonts = field(default_factory=Fonts)
    _sheets: Cache[tuple[str, Path, bool], _ParsedSheet] = field(default_factory=lambda: Cache(_SHEET_CAPACITY))

    def parse_sheet(self, sheet: Sheet, fetcher: DocumentFetcher, problems: Problems) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return a parsed style sheet and report its problems.

        Cached unless it has problems or defines fonts, as long as the style sheets that it imports are the same.
        """
        key = (sheet.text, sheet.folder, sheet.final)
        parsed = self._sheets.get(key)
        if parsed and all(fetcher.is_unchanged(*imported) for imported in parsed.imported):
            return parsed.css
        own_problems, count = Problems(), len(fetcher.loaded)
        with captured_log(own_problems, sheet.name, refused=fetcher.files.refused):
            css = weasyprint.CSS(
                string=sheet.text, base_url=f"{sheet.folder.as_uri()}/", url_fetcher=fetcher, font_config=self.fonts
            )
        if sheet.final:
            _make_final(css)
        problems.extend(own_problems)
        imported = tuple(fetcher.loaded[count:])
        if not self.fonts.has_own and not own_problems and all(digest for _, digest in imported):
            self._sheets.put(key, _ParsedSheet(css, imported))
        return css

    def reset_after(self, problems: Problems) -> None:
        """Drop what must not affect the next document: the fonts of this one, and style sheets if it has problems.

        A cached style sheet would report its problems only once.
        """
        if self.fonts.has_own:
            self.fonts = Fonts()
        if problems:
            self._sheets.clear()


def _make_final(css: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Raise the specificity of rules for pages above all selectors: theirs count before all other important ones."""
    css.page_rules[:] = [
        (rule, [([math.inf] * len(specificity), box, pages) for specificity, box, pages in selectors], declarations)
        for rule, selectors, declarations in css.page_rules
    ]


@functools.cache
def worker_cache() -> WorkerCache:
    """Return the cache of this process."""
    return WorkerCache()
