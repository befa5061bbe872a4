"""Templates, style sheets and page words: the project's own file first, then the shipped one of the same name."""

from dataclasses import dataclass
from pathlib import Path

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, error
from handouts.read.text_file import read_text


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a file, and the folder that it lies in; `name` is shown to people."""

    name: str
    text: str
    folder: Path


class Pieces:
    """The templates, style sheets and page words of a project; each file is read once."""

    def __init__(self, project: Project) -> None:
        """Take the project, of which nothing is read yet."""
        self.project = project
        self._known: dict[tuple[str, str], tuple[Piece | None, tuple[Problem, ...]]] = {}

    def read(self, folder: str, name: str, problems: list[Problem]) -> Piece | None:
        """Read a file of templates/ or styles/; add a problem and give None if it is not there or cannot be read."""
        if (folder, name) not in self._known:
            found: list[Problem] = []
            piece = _read_piece(self.project, folder, name, found)
            self._known[folder, name] = piece, tuple(found)
        piece, told = self._known[folder, name]
        problems.extend(told)
        return piece


def _read_piece(project: Project, folder: str, name: str, problems: list[Problem]) -> Piece | None:
    path = _find(project, folder, name)
    shown = f"{folder}/{name}"
    if path is None:
        problems.append(error("missing-file", f"there is no {shown}", Place(shown)))
        return None
    own = path.is_relative_to(project.root)
    found = Problems()
    text = read_text(project, path, found) if own else path.read_text(encoding="utf-8")
    problems.extend(found)
    return None if text is None else Piece(shown, text, path.parent)


def _find(project: Project, folder: str, name: str) -> Path | None:
    """Find a file of a folder by a plain name: one that leads nowhere else, on any system."""
    if ".." in name or name.startswith(("/", "\\")) or ":" in name:
        return None
    try:
        found = project.find(folder, name)
        return None if found and found.is_dir() else found
    except (OSError, ValueError):  # too long, or with a null character
        return None
