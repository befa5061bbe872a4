"""A project: where its files are. Nothing outside of it is ever read or written."""

from dataclasses import dataclass
from pathlib import Path

from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place

SETTINGS_FILE = "handouts.yaml"
SOURCE_FOLDERS = ("content", "templates", "styles")
"""The folders of a project that outputs are made from."""
CODES_FOLDER = "print-codes"
"""The folder in which the print codes of releases are recorded."""
MANIFEST_FILE = "manifest.json"
"""The file of an output folder that lists what was built."""


class OutsideProjectError(HandoutsError):
    """A path that leads out of the project, by `..`, by an absolute path or by a symbolic link."""


def shipped() -> Path:
    """Return the folder of the templates, styles and starter project that come with the tool."""
    installed = Path(__file__).parents[1] / "shipped"
    return installed if installed.is_dir() else Path(__file__).parents[3]


def starter() -> Path:
    """Return the folder of the starter project that comes with the tool."""
    installed = shipped() / "starter"
    return installed if installed.is_dir() else shipped()


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a handouts.yaml; `root` is absolute, its symbolic links resolved."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder of the texts of authors and practices."""
        return self.root / "content"

    @property
    def output(self) -> Path:
        """The folder that files are written to by default."""
        return self.root / "output"

    @property
    def style_folders(self) -> tuple[Path, ...]:
        """The folders that style sheets may use files of: its own and the shipped one. A symbolic link is not one."""
        folders = (self.root / "styles", shipped() / "styles")
        return tuple(folder for folder in folders if folder.is_dir() and folder.resolve() == folder)

    def place(self, path: Path, line: int = 0, column: int = 0) -> Place:
        """Return the place of a file as it is shown: relative to the project if the file is in it."""
        shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        # A name that is not in UTF-8 has bytes that cannot be shown.
        return Place(shown.as_posix().encode("utf-8", "backslashreplace").decode(), line, column)

    def inside(self, path: Path) -> Path:
        """Return the resolved path of a file of this project. Raises OutsideProjectError if it leads out of it."""
        resolved = path.resolve()
        if not resolved.is_relative_to(self.root):
            raise OutsideProjectError(path)
        return resolved

    def find(self, folder: str, name: str) -> Path | None:
        """Return a template or style sheet: the project's own file, else the shipped one, else None."""
        own_file = self.root / folder / name
        if own_file.exists() or own_file.is_symlink():
            return own_file
        shipped_file = shipped() / folder / name
        return shipped_file if shipped_file.is_file() else None


def find_project(start: Path) -> Project | None:
    """Return the project of a folder: the nearest folder upwards that has a handouts.yaml; None if there is none."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS_FILE).is_file():
            return Project(candidate)
    return None
