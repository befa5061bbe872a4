"""What a worker keeps from one document for the next: its fonts, and style sheets that were read."""

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import weasyprint

from handouts.model.document import Sheet
from handouts.pdf.layout.captured_log import heard
from handouts.pdf.layout.fetcher import DocumentFetcher
from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.problems.problem import Problem
from handouts.system.cache import Cache

_MOST_SHEETS: Final = 50  # those of each practice are among them


@dataclass(slots=True)
class Kept:
    """Fonts, and style sheets by their text."""

    fonts: Fonts = field(default_factory=Fonts)
    _sheets: Cache[tuple[str, Path], Any] = field(default_factory=lambda: Cache(_MOST_SHEETS))

    def read(self, sheet: Sheet, fetcher: DocumentFetcher, problems: list[Problem]) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Read a style sheet, and report its problems; one without fault that loads no other is read but once."""
        key = (sheet.text, sheet.folder)
        css = self._sheets.get(key)
        if css is None:
            told, requests = len(problems), fetcher.files.requests
            with heard(problems, sheet.name, refused=fetcher.files.refused):
                css = weasyprint.CSS(
                    string=sheet.text, base_url=f"{sheet.folder.as_uri()}/", url_fetcher=fetcher, font_config=self.fonts
                )
            if self.fonts.own or len(problems) > told or fetcher.files.requests > requests:
                return css
            self._sheets.put(key, css)
        return css

    def release(self, problems: list[Problem]) -> None:
        """Forget what the next document shall not find: fonts of this one, and sheets whose faults are told once."""
        if self.fonts.own:
            self.fonts = Fonts()
        if problems:
            self._sheets.clear()


@functools.cache
def kept() -> Kept:
    """Give what this process keeps."""
    return Kept()
