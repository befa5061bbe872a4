"""Reads templates, style sheets and page labels: the project's own file, or else the shipped one of the same name."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from handouts.problems.rule import Rule
from handouts.read.text_file import read_text

_SOURCE: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"
# Here and not in templates.py, so that the list of checks does not load Jinja2.
BAD_TEMPLATE: Final = Rule(
    "bad-template",
    Severity.ERROR,
    title="a template with an error",
    why="No page can be made with it.",
    source=_SOURCE,
    message="{detail}",
)
MISSING_TEMPLATE_FILE: Final = Rule(
    "missing-template-file",
    Severity.ERROR,
    title="a template or style sheet does not exist",
    why="No page can be made without it.",
    source=_SOURCE,
    message="there is no {name}",
    hint="add the file, or correct the name",
)
RULES: Final = (BAD_TEMPLATE, MISSING_TEMPLATE_FILE)


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """The text of a file and the folder that contains it; `name` is the path shown in problems."""

    name: str
    text: str
    folder: Path


KnownTexts = dict[tuple[str, str], tuple[ProjectFile | None, tuple[Problem, ...]]]
"""The files that were read, by folder and name, with the problems in them."""


class ProjectFiles:
    """The templates, style sheets and page labels of a project; each file is read once."""

    def __init__(self, project: Project) -> None:
        """Take the project; nothing is read yet."""
        self.project = project
        self.known_texts: KnownTexts = {}
        self._found: dict[tuple[str, str], bool] = {}

    @cached_property
    def style_folders(self) -> tuple[Path, ...]:
        """The folders that style sheets may use files of."""
        return self.project.style_folders

    def read(self, folder: str, name: str, problems: Problems) -> ProjectFile | None:
        """Return a file of templates/ or styles/; report a file that is missing or unreadable and return None."""
        if (folder, name) not in self.known_texts:
            file_problems = Problems()
            file = _read_file(self.project, folder, name, file_problems)
            self.known_texts[folder, name] = file, file_problems.as_tuple()
        file, known_problems = self.known_texts[folder, name]
        problems.extend(known_problems)
        return file

    def exists(self, folder: str, name: str) -> bool:
        """Return whether there is a file of templates/ or styles/."""
        file, _ = self.known_texts.get((folder, name), (None, ()))
        if file:
            return True
        if (folder, name) not in self._found:
            self._found[folder, name] = _find_file(self.project, folder, name) is not None
        return self._found[folder, name]


def _read_file(project: Project, folder: str, name: str, problems: Problems) -> ProjectFile | None:
    path = _find_file(project, folder, name)
    shown = f"{folder}/{name}"
    if path is None:
        problems.add(MISSING_TEMPLATE_FILE.at(Place(shown), name=shown))
        return None
    if not path.is_relative_to(project.root):
        return ProjectFile(shown, path.read_text(encoding="utf-8"), path.parent)
    text = read_text(project, path, problems)
    return None if text is None else ProjectFile(shown, text, path.parent)


def _find_file(project: Project, folder: str, name: str) -> Path | None:
    """Return the path of a file with a plain name, which leads to no other folder on any system."""
    if ".." in name or name.startswith(("/", "\\")) or ":" in name:
        return None
    try:
        path = project.find(folder, name)
        return None if path and path.is_dir() else path
    except (OSError, ValueError):  # too long, or with a null character
        return None
