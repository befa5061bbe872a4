"""Finds characters that nobody sees but that change what is read: they reverse, split or fill up text."""

import re
from typing import Final

# Overrides of the direction (UAX 9), letters and signs without ink, and tags (Unicode, ch. 23).
_NEVER: Final = (
    "\u202d\u202e\u034f\u115f\u1160\u17b4\u17b5\u180e\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
# Signs that texts may need, but numbers never: soft hyphen, breaks of no width, marks and embeddings of a direction.
_NOT_IN_NUMBERS: Final = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff"
_JOINED: Final = "\u200c\u200d"  # which join letters of some scripts
_UNIT: Final = r"[A-Za-z\u00b5\u03bc%]{1,4}"
_HIDDEN: Final = re.compile(
    f"[{_NEVER}]"
    rf"|(?<=\d)[{_NOT_IN_NUMBERS}{_JOINED}]+(?=[\w(+-]|[.,:/)]\d)|(?<=[.,:/()+-])[{_NOT_IN_NUMBERS}{_JOINED}]+(?= ?\d)"
    rf"|(?:(?<=\d)|(?<=\d[ \u00a0\u202f])){_UNIT}(?P<unit>[{_NOT_IN_NUMBERS}]+)(?=[A-Za-z])"
)
# Every match has one of these; most texts have none, and to look for them is quicker.
_ANY: Final = re.compile(f"[{_NEVER}{_NOT_IN_NUMBERS}{_JOINED}]")


def find_hidden_character(text: str) -> tuple[int, str] | None:
    """Return the position of the first hidden character that changes what is read, and the character.

    Such are overrides of the direction anywhere, and signs without ink within a number, or within a short word that
    follows one, such as a unit.
    """
    if text.isascii() or not _ANY.search(text):
        return None
    match = _HIDDEN.search(text)
    if match is None:
        return None
    position = match.start("unit") if match["unit"] else match.start()
    return position, text[position]
