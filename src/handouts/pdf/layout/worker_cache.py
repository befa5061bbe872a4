"""The cache of a worker process: fonts and parsed style sheets, kept from one document to the next."""

import functools
import math
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.document_files import DocumentFiles, RefusedAddressError
from handouts.model.document import Composed, Sheet
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest, digest_of_bytes, digest_of_text

_SHEET_CAPACITY: Final = 50  # style sheets, including one for each practice
_FONTS_CAPACITY: Final = 4  # those of languages and practices, each with lines of text
_DEFINES_FONTS: Final = "@font-face"
_BUNDLED: Final = ""  # the key of fonts without others


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
    """A weasyprint.CSS, its text and those of the style sheets that it imports, and their addresses with digests."""

    css: Any
    texts: tuple[str, ...]
    imported: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class WorkerCache:
    """Fonts, and parsed style sheets by their text and folder.

    `fonts` are those of the document that is laid out: the bundled ones, and those that its style sheets define.
    """

    fonts: Fonts = field(default_factory=Fonts)
    _key: str | None = _BUNDLED
    _other_fonts: Cache[str, Fonts] = field(default_factory=lambda: Cache(_FONTS_CAPACITY))
    _sheets: Cache[tuple[str, Path, bool], _ParsedSheet] = field(default_factory=lambda: Cache(_SHEET_CAPACITY))

    def choose_fonts(self, composed: Composed, sheets: Sequence[Sheet]) -> None:
        """Take the fonts of a document, with all that was set in them before."""
        key = _make_fonts_key(composed, [sheet for sheet in sheets if _DEFINES_FONTS in sheet.text])
        if key is not None and key == self._key:
            return
        if self._key is not None:
            self._other_fonts.put(self._key, self.fonts)
        self.fonts = (self._other_fonts.pop(key) if key is not None else None) or Fonts()
        self._key = key

    def parse_sheet(self, sheet: Sheet, fetcher: DocumentFetcher, problems: Problems) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return a parsed style sheet and report its problems.

        Cached unless it has problems, as long as the style sheets that it imports are the same; one that defines fonts
        is kept with them.
        """
        fonts, key = self.fonts, (sheet.text, sheet.folder, sheet.final)
        defines_fonts = _DEFINES_FONTS in sheet.text and self._key is not None
        if defines_fonts and (css := fonts.defining_sheets.get(key)):
            return css
        parsed = None if defines_fonts else self._sheets.get(key)
        if parsed and all(fetcher.is_unchanged(*imported) for imported in parsed.imported):
            return parsed.css
        own_problems, count, face_count = Problems(), len(fetcher.loaded), fonts.face_count
        with (
            captured_log(own_problems, sheet.name, refused=fetcher.files.refused),
            fonts.expecting_faces() if defines_fonts else nullcontext(),
        ):
            css = weasyprint.CSS(
                string=sheet.text, base_url=f"{sheet.folder.as_uri()}/", url_fetcher=fetcher, font_config=fonts
            )
        if sheet.final:
            _make_final(css)
        problems.extend(own_problems)
        loaded = tuple(fetcher.loaded[count:])
        if own_problems or not all(digest for _, digest in loaded):
            return css
        if defines_fonts:
            if len(loaded) == fonts.face_count - face_count:  # it loads nothing but its fonts
                fonts.defining_sheets[key] = css
        elif not fonts.for_one_document:
            found = (fetcher.files.load(address) for address, _ in loaded)
            imported = (one.content.decode(errors="replace") for one in found if one.media_type == "text/css")
            self._sheets.put(key, _ParsedSheet(css, (sheet.text, *imported), loaded))
        return css

    def get_texts(self, sheet: Sheet) -> tuple[str, ...] | None:
        """Return the texts of a parsed style sheet and of those that it imports; None if they are not known."""
        if "@import" not in sheet.text:
            return (sheet.text,)
        parsed = self._sheets.get((sheet.text, sheet.folder, sheet.final))
        return parsed.texts if parsed else None

    def reset_after(self, problems: Problems) -> None:
        """Drop what must not affect the next document: fonts of this one alone, and style sheets if it has problems.

        A cached style sheet would report its problems only once.
        """
        if self._key is None or self.fonts.for_one_document or (problems and self._key != _BUNDLED):
            self.fonts = self._other_fonts.pop(_BUNDLED) or Fonts()
            self._key = _BUNDLED
        if problems:
            self._sheets.clear()


def _make_fonts_key(composed: Composed, defining: Sequence[Sheet]) -> str | None:
    """Return what the fonts of a document are known by, from the style sheets that define some.

    None if they may be others each time: what is imported is not in the key, and nothing says what files are used.
    """
    if not defining:
        return _BUNDLED
    if composed.made_from is None or any("@import" in sheet.text for sheet in defining):
        return None
    texts = [(digest_of_text(sheet.text), str(sheet.folder)) for sheet in defining]
    return digest([texts, composed.made_from.sources["fonts"], [str(composed.root), *map(str, composed.folders)]])


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
