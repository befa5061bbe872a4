"""The style sheets of languages: their fonts, and all sheets mirrored for those that are read from right to left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from handouts.assets.language_fonts import LanguageFont, find_language_font, write_language_sheet
from handouts.compose.language_notice import find_notice_fonts
from handouts.compose.mirrored_css import inline_imports, mirror_style_sheet
from handouts.compose.project_files import ProjectFiles
from handouts.compose.style_sheets import LANGUAGE_SHEET
from handouts.language.tags import direction_of
from handouts.model.document import Asset, Sheet
from handouts.model.library import Practice
from handouts.model.project import shipped
from handouts.problems.collector import Problems

_MAX_MIRRORED: Final = 100  # style sheets of some 10 kB
_LETTERS_OF_PHONES: Final = "0123456789+()-.:/ TY"  # TTY is a service for people who are deaf


class LanguageSheets:
    """Adds what languages need to the style sheets of documents of one project."""

    def __init__(self, files: ProjectFiles) -> None:
        """Take the files of the project, among which imported style sheets are."""
        self._files = files
        self._mirror_text = lru_cache(_MAX_MIRRORED)(self._inline_and_mirror)

    def add_to(
        self, sheets: Sequence[Sheet], practice: Practice, language: str, texts: Sequence[str], *, is_shared: bool
    ) -> tuple[Sheet, ...]:
        """Return style sheets for a page in a language, with some texts and the notices of a practice.

        `is_shared` as in `write_language_sheet`.
        """
        added = [*sheets, *self._write_notice_sheets(practice, language)]
        font = find_language_font(language, practice.language_fonts)
        if font:
            css = write_language_sheet(font, texts, is_shared=is_shared)
            added.append(self._make_font_sheet(LANGUAGE_SHEET, font, css))
        return tuple(map(self._mirror, added) if direction_of(language) == "rtl" else added)

    def _write_notice_sheets(self, practice: Practice, language: str) -> Iterator[Sheet]:
        """Yield the style sheets with the fonts of notices in other languages than the page.

        They are the same for all practices, whatever number is to be called.
        """
        for tag, font, text in find_notice_fonts(practice, language):
            css = write_language_sheet(font, (text, _LETTERS_OF_PHONES), tag, is_shared=False)
            yield self._make_font_sheet(f"font of {tag}", font, css)

    def _make_font_sheet(self, name: str, font: LanguageFont, text: str) -> Sheet:
        return Sheet(name, text, self._files.project.root if font.own_files else shipped() / "styles")

    def _mirror(self, sheet: Sheet) -> Sheet:
        return replace(sheet, text=self._mirror_text(sheet.text))

    def _inline_and_mirror(self, text: str) -> str:
        return mirror_style_sheet(inline_imports(text, self._read_sheet))

    def _read_sheet(self, name: str) -> str | None:
        if self._files.project.find("styles", name) is None:
            return None
        file = self._files.read("styles", name, Problems())
        return file.text if file else None


def list_font_files(practice: Practice, language: str) -> Iterator[Asset]:
    """Yield the project's own fonts of the languages of a page."""
    of_page = find_language_font(language, practice.language_fonts)
    of_notices = (font for _, font, _ in find_notice_fonts(practice, language))
    for font in dict.fromkeys((*([of_page] if of_page else []), *of_notices)):
        for _, file in font.own_files:
            yield Asset(file.path, "font", file.digest, file.place)
