"""Print options: how a handout is printed, independent of its content and practice."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, get_args

from handouts.schema.print_terms import Flag, Ink, Paper

_FLAGS: Final[tuple[Flag, ...]] = get_args(Flag)  # in the order in which they are written


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a handout is printed.

    `paper` is None for the usual paper of the practice. Without `imposed`, booklets and leaflets are single pages, not
    sheets to fold; without `fold_marks`, leaflets have no ticks where to fold. `press` makes a file for a print shop.
    `fit` allows the smaller type and space that a format has for texts that are too long.
    """

    paper: Paper | None = None
    ink: Ink = "color"
    imposed: bool = True
    fold_marks: bool = True
    press: bool = False
    fit: bool = False

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The words for options that differ from a usual print, apart from paper and ink."""
        is_set = (self.press, not self.imposed, not self.fold_marks, self.fit)
        return tuple(word for word, is_one in zip(_FLAGS, is_set, strict=True) if is_one)

    @property
    def words(self) -> tuple[str, ...]:
        """All options as words: paper (if it is chosen), ink, and flags. `from_words` reads them back."""
        return (*((self.paper,) if self.paper else ()), self.ink, *self.flags)

    @classmethod
    def from_words(cls, words: Collection[str]) -> "PrintOptions":
        """Return the options that `words` name. Raises ValueError for an unknown word."""
        unknown = set(words) - {*get_args(Paper), *get_args(Ink), *_FLAGS}
        if unknown:
            raise ValueError(f"unknown print options: {', '.join(sorted(unknown))}")
        paper: Paper | None = next((name for name in get_args(Paper) if name in words), None)
        ink: Ink = next((name for name in get_args(Ink) if name in words), "color")
        return cls(
            paper,
            ink,
            imposed="single" not in words,
            fold_marks="unmarked" not in words,
            press="press" in words,
            fit="fit" in words,
        )

    def require_paper(self) -> Paper:
        """Return the paper. Raises ValueError if none is chosen yet."""
        if self.paper is None:
            raise ValueError("no paper is chosen for this print")
        return self.paper
