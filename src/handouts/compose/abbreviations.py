"""Texts as HTML: abbreviations with their long forms, and amounts that stay on one line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import inf

from markupsafe import Markup, escape

from handouts.language.amounts import find_amounts

_SPACE_AT_END = re.compile(r"^\s+|\s+$")


class Expand:
    """Writes a text as HTML.

    Each abbreviation gets its long form, which screen readers speak and web pages show: whole words, written exactly
    like that. Each number stays on one line with its unit (the style sheet does not break an element "amount").
    """

    def __init__(self, long_forms: Mapping[str, str] | None = None) -> None:
        """Take the long forms by abbreviation."""
        self._long_forms = long_forms or {}
        longest_first = sorted(self._long_forms, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)({words})(?!\w)") if words else None

    def __call__(self, text: str) -> Markup:
        """Write a whole text; raise TypeError for what is not text, which templates can pass."""
        if not isinstance(text, str):
            raise TypeError("only text can be written")
        return self.write(text, find_amounts(text))

    def write(self, text: str, amounts: Iterable[tuple[int, int]]) -> Markup:
        """Write a text whose amounts were found before, in order; one that starts or ends outside of it is cut there.

        The space at a cut does not break, for the rest stands in another element.
        """
        html, done = Markup(), 0
        for start, end in self._whole(text, amounts):
            kept = text[max(0, start) : end]
            if start < 0 or end > len(text):
                kept = _SPACE_AT_END.sub("\N{NO-BREAK SPACE}", kept)
            html += self._with_long_forms(text[done : max(0, start)])
            html += Markup('<span class="amount">{}</span>').format(self._with_long_forms(kept))
            done = min(end, len(text))
        return html + self._with_long_forms(text[done:])

    def _with_long_forms(self, text: str) -> Markup:
        if self._pattern is None:
            return escape(text)
        # Every other piece is an abbreviation.
        return Markup("").join(
            Markup('<abbr title="{}">{}</abbr>').format(self._long_forms[piece], piece) if index % 2 else piece
            for index, piece in enumerate(self._pattern.split(text))
        )

    def _whole(self, text: str, amounts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield amounts made longer by abbreviations that they would cut."""
        found = list(amounts)
        matches = self._pattern.finditer(text) if self._pattern and found else ()
        edges = [match.span() for match in matches]
        done: float = -inf
        for start, end in found:
            first = min([start, *(one for one, other in edges if one < start < other)])
            last = max([end, *(other for one, other in edges if one < end < other)])
            if first >= done:
                yield first, last
                done = last
