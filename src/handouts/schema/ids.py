"""Ids of handouts, sections, practices and formats: safe as names of files on every system."""

import re
from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

ID_HINT: Final = (
    "use lowercase letters, digits and single hyphens, at most 80, and no name of a Windows device such as aux"
)
BAD_ID: Final = Rule(
    "bad-id",
    Severity.ERROR,
    title="an invalid id",
    why="Ids are parts of file names and web addresses, and have to work on every system.",
    source="docs/authors.md; Naming Files, Paths, and Namespaces (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)",
    message='invalid id "{id}"',
    hint=ID_HINT,
)
RULES: Final = (BAD_ID,)

ID_PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_MAX_LENGTH: Final = 80  # file names of all systems allow this
_RESERVED_ON_WINDOWS: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_id(text: str) -> bool:
    """Return whether a text is a valid id: lowercase letters, digits and single hyphens, at most 80 characters."""
    is_reserved = _RESERVED_ON_WINDOWS.fullmatch(text)
    return bool(re.fullmatch(ID_PATTERN, text)) and len(text) <= _MAX_LENGTH and not is_reserved
