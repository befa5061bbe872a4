"""Ids of handouts, sections, practices and formats: safe as names of files on every system."""

import re
from typing import Final

ID_PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_LONGEST: Final = 80  # file names of all systems allow this
_RESERVED_ON_WINDOWS: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_id(text: str) -> bool:
    """Return whether a text can be an id: lowercase letters, digits and single hyphens."""
    return bool(re.fullmatch(ID_PATTERN, text)) and len(text) <= _LONGEST and not _RESERVED_ON_WINDOWS.fullmatch(text)
