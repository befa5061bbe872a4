"""Finds the templates and files of style folders that a print uses, or can use, by the names in their texts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from handouts.compose.project_files import ProjectFiles
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.system.digests import read_content

# The statements of Jinja2 that load a template, and its name if that is a constant. Jinja2 could find them too,
# but loading it and parsing takes a tenth of a second, also when all is up to date.
_LOADS_TEMPLATE: Final = re.compile(
    r"""\{%[-+]?\s*(?:include|import|from|extends)\b
        (?:\s*("[^"\\]*"|'[^'\\]*')\s*(?=[-+]?%\}|as\b|import\b|ignore\b|with\b|without\b))?""",
    re.VERBOSE,
)
# A name in a style sheet can be written in these ways too, and a template can compute the name of a style sheet.
_HIDDEN_NAME: Final = re.compile(r"\\|%[0-9a-f]{2}", re.IGNORECASE)
_NAMES_SHEETS: Final = re.compile("<link|<style|stylesheet|@import|styles/", re.IGNORECASE)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)

IsNamed = Callable[[Path, str], bool]


def find_named_files(texts: Iterable[str], files: Iterable[Path]) -> list[Path]:
    """Return the files whose names occur in the texts, or in style sheets that are named there, outside of comments."""
    return _follow_names(
        [_COMMENT.sub("", text) for text in texts],
        files,
        lambda path, text: path.name in text,
        lambda sheet: _COMMENT.sub("", sheet),
    )


class UsableFiles:
    """Finds the files that a format can use, without filling templates; results are cached."""

    def __init__(self, files: ProjectFiles, list_files: Callable[[Path], Iterable[Path]]) -> None:
        """Take the files of a project, and the function that lists those of a folder."""
        self._files = files
        self._list_files = list_files
        self.templates = cache(self._find_templates)
        self.style_files = cache(self._find_style_files)

    def _find_templates(self, name: str) -> Mapping[str, str | None]:
        """Return the texts of a template and of those that it can include, by name; None for one that cannot be read.

        If a name is computed while the template is filled, these are all templates.
        """
        texts: dict[str, str | None] = {}
        waiting = [name]
        while waiting:
            template_name = waiting.pop()
            if template_name in texts:
                continue
            piece = self._files.read("templates", template_name, Problems())
            texts[template_name] = piece.text if piece else None
            names = _LOADS_TEMPLATE.findall(piece.text) if piece else []
            waiting += [name[1:-1] for name in names] if all(names) else self._list_all_templates()
        return dict(sorted(texts.items()))

    def _list_all_templates(self) -> Sequence[str]:
        folders = (self._files.project.root / "templates", shipped() / "templates")
        return [path.relative_to(folder).as_posix() for folder in folders for path in self._list_files(folder)]

    def _find_style_files(self, folders: tuple[Path, ...], texts: tuple[str, ...], template: str) -> tuple[Path, ...]:
        """Return the files of style folders that some style sheets, or a page made with a template, can load.

        Pictures and fonts are always among them, style sheets only if they are named.
        """
        files = [path for folder in folders for path in self._list_files(folder)]
        sheets = {path for path in files if path.suffix.lower() == ".css"}
        pages = [text for text in self.templates(template).values() if text]
        named = sheets if any(map(_NAMES_SHEETS.search, pages)) else set(_follow_names(texts, sheets, _may_be_named))
        return tuple(path for path in files if path not in sheets or path in named)


def _may_be_named(path: Path, text: str) -> bool:
    # Some file systems make no difference between small and capital letters.
    return bool(_HIDDEN_NAME.search(text)) or path.name.casefold() in text.casefold()


def _follow_names(
    texts: Iterable[str],
    files: Iterable[Path],
    is_named: IsNamed,
    prepare: Callable[[str], str] = str,
) -> list[Path]:
    """Return the files that are named in texts, or in style sheets that are themselves named; each once."""
    waiting, unread = list(dict.fromkeys(files)), list(texts)
    named: list[Path] = []
    while unread and waiting:
        text = unread.pop()
        newly_named = [path for path in waiting if is_named(path, text)]
        waiting = [path for path in waiting if path not in newly_named]
        named += newly_named
        sheets = (path for path in newly_named if path.suffix.lower() == ".css")
        unread += [prepare(read_content(path).decode("utf-8", "replace")) for path in sheets]
    return named
