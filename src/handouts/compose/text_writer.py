"""Writes text as HTML: typographic quotation marks, long forms of abbreviations, and amounts that stay on one line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import inf
from typing import Final

from markupsafe import Markup, escape

from handouts.compose.reading_order import LTR_LETTER, PLAIN_NUMBER, RTL_LETTERS, find_core, find_ltr_runs, is_range
from handouts.language.amounts import find_amounts, is_place
from handouts.language.punctuation import curl_quotes, space_quotes
from handouts.language.tags import direction_of

_NOT_A_WORD: Final = re.compile(r"[\d/\s\u00bc-\u00be\u2150-\u215e]")  # others are words with a hyphen
_SPACE_AT_END: Final = re.compile(r"^\s+|\s+$")


class TextWriter:
    """Writes text as HTML, with the quotation marks of its language.

    In languages from right to left, doses, phone numbers and Latin, Greek and Cyrillic texts keep their order.

    Each abbreviation, a whole word with the same capitals, gets its long form, which screen readers speak and web pages
    show. Each number stays on one line with its unit: style sheets do not break an element of class "amount".
    """

    def __init__(self, language: str, long_forms: Mapping[str, str] | None = None) -> None:
        """Take the language (BCP 47) and the long forms by abbreviation."""
        self._language = language
        self._is_rtl = direction_of(language) == "rtl"
        self._long_forms = long_forms or {}
        longest_first = sorted(self._long_forms, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)({words})(?!\w)") if words else None

    def __call__(self, text: str) -> Markup:
        """Return the HTML of a whole text. Raises TypeError for other values, which templates can pass."""
        if not isinstance(text, str):
            raise TypeError("only text can be written")
        written, amounts = curl_quotes(text, self._language), find_amounts(text)
        if not self._is_rtl or RTL_LETTERS.search(text) or not LTR_LETTER.search(text):
            return self.write(written, amounts)
        html = self._write_spans(written, 0, len(written), self._extend_over_abbreviations(written, amounts))
        return Markup('<span dir="ltr">{}</span>').format(html)

    def write(self, text: str, amounts: Iterable[tuple[int, int]]) -> Markup:
        """Return the HTML of a text with its amounts, as (start, end) in order; quotation marks stay as they are.

        An amount that continues in another element starts or ends outside of the text; the space at the cut becomes a
        no-break space.
        """
        spans = list(self._extend_over_abbreviations(text, amounts))
        html, position = Markup(), 0
        abbreviations = [match.span() for match in self._pattern.finditer(text)] if self._pattern else []
        for start, end, inner in find_ltr_runs(text, spans, abbreviations) if self._is_rtl else ():
            html += self._write_spans(text, position, start, [one for one in spans if position <= one[1] <= start])
            html += Markup('<span dir="ltr">{}</span>').format(self._write_spans(text, start, end, inner))
            position = end
        return html + self._write_spans(text, position, len(text), [one for one in spans if max(0, one[0]) >= position])

    def _write_spans(self, text: str, position: int, last: int, amounts: Iterable[tuple[int, int]]) -> Markup:
        """Return the HTML of a part of a text, with the amounts in it."""
        html = Markup()
        for start, end in amounts:
            amount = text[max(0, start) : end]
            if start < 0 or end > len(text):
                amount = _SPACE_AT_END.sub("\N{NO-BREAK SPACE}", amount)
            html += self._add_long_forms(text[position : max(0, start)])
            # Web pages may break these in a window that is too narrow for them.
            is_breakable = not _NOT_A_WORD.search(amount) or is_place(amount)
            kind = "amount word" if is_breakable else "amount"
            html += Markup('<span class="{}">{}</span>').format(kind, self._write_amount(amount))
            position = min(end, len(text))
        return html + self._add_long_forms(text[position:last])

    def _write_amount(self, amount: str) -> Markup:
        if not self._is_rtl:
            return self._add_long_forms(amount)
        # Every other piece is a word from right to left, as between two phone numbers.
        pieces = RTL_LETTERS.split(amount)
        return Markup("").join(
            self._add_long_forms(piece) if index % 2 else self._keep_order(piece, is_whole=len(pieces) == 1)
            for index, piece in enumerate(pieces)
        )

    def _keep_order(self, piece: str, *, is_whole: bool) -> Markup:
        """Return a piece of an amount without letters from right to left, in an element that keeps its order."""
        start, end = find_core(piece)
        core = piece[start:end]
        if not core or is_range(core) or (not is_whole and PLAIN_NUMBER.fullmatch(core)):
            return self._add_long_forms(piece)
        # What ends the sentence belongs to the text around it.
        written = Markup('<span dir="ltr">{}</span>').format(self._add_long_forms(core))
        return escape(piece[:start]) + written + escape(piece[end:])

    def _add_long_forms(self, text: str) -> Markup:
        text = space_quotes(text, self._language)
        if self._pattern is None:
            return escape(text)
        # Every other piece is an abbreviation.
        return Markup("").join(
            Markup('<abbr title="{}">{}</abbr>').format(self._long_forms[piece], piece) if index % 2 else piece
            for index, piece in enumerate(self._pattern.split(text))
        )

    def _extend_over_abbreviations(self, text: str, amounts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield amounts, extended so that they do not split an abbreviation."""
        spans = list(amounts)
        matches = self._pattern.finditer(text) if self._pattern and spans else ()
        edges = [match.span() for match in matches]
        previous_end: float = -inf
        for start, end in spans:
            first = min([start, *(left for left, right in edges if left < start < right)])
            last = max([end, *(right for left, right in edges if left < end < right)])
            if first >= previous_end:
                yield first, last
                previous_end = last
