"""A composed document: all that a worker needs to make its pages."""

from dataclasses import dataclass
from pathlib import Path

from handouts.schema.base import FileKind


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet; addresses in it are relative to its folder."""

    name: str
    text: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Required:
    """A text that has to be on the pages, and what it is called."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to be laid out: all it may load are `files`, and what lies in `folders`.

    Addresses in the HTML are relative to `root`.
    """

    html: str
    language: str
    sheets: tuple[Sheet, ...]
    root: Path
    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    required: tuple[Required, ...] = ()
    file: FileKind = "pdf"
