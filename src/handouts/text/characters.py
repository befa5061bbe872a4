"""Characters of a plain text: no control characters, one space between words, no space at the end of a line."""

import re
from collections.abc import Iterable

# Control characters, what cannot be encoded, and what is there only to say where a line may be broken. White space is
# left, and so are the marks that scripts are joined and turned with.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_WHITE = re.compile(r"\s+")
_SPACES = re.compile("[ \xa0\u202f]{2,}")
_EMPTY_LINES = re.compile("\n{3,}")


def cleaned(text: str) -> str:
    """Drop what has no place in a message."""
    return _UNWANTED.sub("", text)


def squeezed(text: str) -> str:
    """Drop white space too: what is left can be compared."""
    return "".join(cleaned(text).split())


def collapsed(text: str) -> str:
    """Make white space one space, as HTML does; one that holds words together stays such."""
    return _WHITE.sub(lambda run: _one_space(run[0]), cleaned(text))


def flowing(text: str) -> list[str]:
    """Give the lines of a collapsed text."""
    return _without_empty_ends(_SPACES.sub(lambda run: _one_space(run[0]), line).strip() for line in text.split("\n"))


def as_typed(text: str) -> list[str]:
    """Give the lines of a text whose spaces and line ends count; a tab goes on to the next fourth column."""
    lines = _LINE_ENDS.sub("\n", cleaned(text)).split("\n")
    return _without_empty_ends(line.expandtabs(4).rstrip() for line in lines)


def _one_space(run: str) -> str:
    return next((space for space in run if space in "\xa0\u202f"), " ")


def _without_empty_ends(lines: Iterable[str]) -> list[str]:
    text = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    return text.split("\n") if text else []
