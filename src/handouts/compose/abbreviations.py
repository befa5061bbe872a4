"""Abbreviations with their long forms, which screen readers speak and web pages show."""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

Expand = Callable[[str], Markup]
"""Writes a text as HTML, with the long form of each abbreviation in it."""


def expand_with(long_forms: Mapping[str, str]) -> Expand:
    """Make a writer that knows these abbreviations: whole words, written exactly like that.

    It raises TypeError for what is not text.
    """
    if not long_forms:
        return _escape_text
    longest_first = sorted(long_forms, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")

    def expand(text: str) -> Markup:
        # Every other piece is an abbreviation.
        pieces = enumerate(pattern.split(text))
        return Markup("").join(
            Markup('<abbr title="{}">{}</abbr>').format(long_forms[piece], piece) if index % 2 else piece
            for index, piece in pieces
        )

    return expand


def _escape_text(text: str) -> Markup:
    if not isinstance(text, str):
        raise TypeError("expand() takes text")
    return escape(text)
