"""What a format can come to use of the templates and style folders, told without filling a template."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from handouts.compose.project_files import ProjectFiles
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.system.digests import content_of

# The statements of Jinja2 that take in a template, and its name where that is written out. Jinja2 could tell as well,
# but to load and parse takes a tenth of a second, also when all is up to date.
_TAKES_IN: Final = re.compile(
    r"""\{%[-+]?\s*(?:include|import|from|extends)\b
        (?:\s*("[^"\\]*"|'[^'\\]*')\s*(?=[-+]?%\}|as\b|import\b|ignore\b|with\b|without\b))?""",
    re.VERBOSE,
)
# A name in a style sheet can be written in these ways too, and a template can make up the name of a style sheet.
_HIDDEN_NAME: Final = re.compile(r"\\|%[0-9a-f]{2}", re.IGNORECASE)
_NAMES_SHEETS: Final = re.compile("<link|<style|stylesheet|@import|styles/", re.IGNORECASE)


class Reach:
    """What can be used, worked out once for each template and each choice of style sheets."""

    def __init__(self, pieces: ProjectFiles, files_in: Callable[[Path], Iterable[Path]]) -> None:
        """Take the files of a project, and what lists those of a folder."""
        self._pieces = pieces
        self._files_in = files_in
        self.templates = cache(self._templates)
        self.style_files = cache(self._style_files)

    def _templates(self, name: str) -> Mapping[str, str | None]:
        """Give the texts of a template and of those that it can include, by name; None for one that cannot be had.

        Where a name is made up while the template is filled, that is all of them.
        """
        reached: dict[str, str | None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in reached:
                continue
            piece = self._pieces.read("templates", one, Problems())
            reached[one] = piece.text if piece else None
            names = _TAKES_IN.findall(piece.text) if piece else []
            waiting += [name[1:-1] for name in names] if all(names) else self._all_templates()
        return dict(sorted(reached.items()))

    def _all_templates(self) -> Sequence[str]:
        folders = (self._pieces.project.root / "templates", shipped() / "templates")
        return [path.relative_to(folder).as_posix() for folder in folders for path in self._files_in(folder)]

    def _style_files(self, folders: tuple[Path, ...], texts: tuple[str, ...], template: str) -> tuple[Path, ...]:
        """Give the files of style folders that some style sheets, or a page made with a template, can load.

        Pictures and fonts are always among them, style sheets only if they are named.
        """
        files = [path for folder in folders for path in self._files_in(folder)]
        sheets = {path for path in files if path.suffix.lower() == ".css"}
        pages = [text for text in self.templates(template).values() if text]
        named = sheets if any(map(_NAMES_SHEETS.search, pages)) else _named_sheets(sheets, texts)
        return tuple(path for path in files if path not in sheets or path in named)


def _named_sheets(sheets: Iterable[Path], texts: Iterable[str]) -> set[Path]:
    waiting, named = set(sheets), set[Path]()
    unread = list(texts)
    while unread:
        text = unread.pop()
        folded = text.casefold()  # some file systems make no difference
        found = waiting if _HIDDEN_NAME.search(text) else {path for path in waiting if path.name.casefold() in folded}
        named |= found
        waiting = waiting - found
        unread += [content_of(path).decode("utf-8", "replace") for path in found]
    return named
