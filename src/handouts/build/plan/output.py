"""Output: the ids and the path by which results name an output, whether it could be planned or not."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a request; `path` is relative to the output folder.

    If a source cannot be read, what depends on it is not known: `path` is None then, and `sections` is empty.
    """

    practice: str
    handout: str
    language: str
    format: str
    sections: tuple[str, ...]
    path: PurePosixPath | None

    @property
    def key(self) -> PurePosixPath:
        """The path, or else a name made of the ids: it stays the same from build to build."""
        return self.path or PurePosixPath(self.practice, f"{self.handout}.{self.language}.{self.format}")
