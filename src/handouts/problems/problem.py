"""Problems: the record of anything that is wrong, and suggestions for mistyped words."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

_LONGEST_WORD: Final = 100  # characters: nobody mistypes a longer one
_SHORTEST_PART: Final = 3  # characters: shorter ones are in many names by chance


class Severity(StrEnum):
    """How severe a problem is: an error stops the output that it belongs to, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place: a file as it is shown, with line and column counted from 1 (0 = unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return file:line:column, without unknown numbers."""
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: what is wrong, where, and what to do about it."""

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem on one line, as place: severity[code]: message (hint)."""
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}{hint}"


def escape_invalid_bytes(text: str) -> str:
    """Return a text in which bytes that are not UTF-8, as in some file names, are written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def select_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are errors."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def sort_by_file(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once: files in the order of their first problem, problems of a file from top to bottom."""
    files: dict[str, int] = {}

    def position(problem: Problem) -> tuple[int, int, int]:
        place = problem.place or Place("")
        return files.setdefault(place.file, len(files)), place.line, place.column

    return tuple(sorted(dict.fromkeys(problems), key=position))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the most similar known word, or with all known words if there are few; else "".

    The same word in other capital or small letters comes first, then one that contains the typed one: people shorten
    names.
    """
    names = sorted(known)
    same = [name for name in names if name.casefold() == word.casefold()]
    whole = [name for name in names if word in name] if len(word) >= _SHORTEST_PART else []
    cutoff = 0 if same or whole else 0.5
    near = get_close_matches(word, same or whole or names, n=1, cutoff=cutoff) if len(word) <= _LONGEST_WORD else []
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(names)}" if 0 < len(names) <= 12 else ""  # noqa: PLR2004 - a longer list helps nobody
