"""Escapes text so that Markdown takes none of it for markup."""

import re
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>~^$|#@])")
_LINE_START: Final = re.compile(r"^([-+:]|\d{1,9}[.)])(?=\s|:)")


def escape_markdown(text: str) -> str:
    """Return a text with a backslash before every character that is markup."""
    return _SPECIAL.sub(r"\\\1", text)


def escape_line(text: str) -> str:
    """Return Markdown whose start cannot be read as an item, a definition or a block."""
    return _LINE_START.sub(lambda mark: f"{mark[1][:-1]}\\{mark[1][-1]}", text)
