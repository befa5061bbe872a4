"""Which font each letter is set in: asked of Pango, which chooses fonts for WeasyPrint."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.render.painted_text import Font

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"})
# Spaces, and what is not painted: characters that break or join words, or mark directions and variants.
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


class Letters:
    """Collects the letters set in each font; `style` is WeasyPrint's computed style."""

    def __init__(self) -> None:
        """Begin with none."""
        self._styles: dict[Font, Any] = {}
        self._letters: dict[Font, set[str]] = {}

    def add(self, font: Font, style: Any, text: str) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Take in the letters of a text."""
        self._styles.setdefault(font, style)
        self._letters.setdefault(font, set()).update(text)

    def others(self) -> Mapping[tuple[Font, str], str]:
        """Give the family for each letter that is not set in the one asked for first: "" if no font has the letter."""
        found: dict[tuple[Font, str], str] = {}
        for font, letters in self._letters.items():
            wanted = font.families[0].casefold()
            shown = sorted(letter for letter in letters if unicodedata.category(letter) not in _BLANK)
            for letter, family in _families(self._styles[font], shown):
                if family != "" and (wanted in _GENERIC or family.casefold() == wanted):
                    continue
                found[font, letter] = family
        return found


def _families(style: Any, letters: list[str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - WeasyPrint has no types
    """Have Pango lay out letters in one line; give the family of the font that it takes for each."""
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 - slow, so only where pages are made
    from weasyprint.text.fonts import get_pango_font_key  # noqa: PLC0415 - likewise
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415 - likewise

    if not letters:
        return
    # A mark stands on the letter before it, so each letter has a space after it.
    layout = create_layout(" ".join(letters), style, None, None, 0)
    text = layout.text.encode()
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        _, description, _ = get_pango_font_key(item.analysis.font)  # it owns the name
        family = ffi.string(pango.pango_font_description_get_family(description)).decode()
        missing = {
            chr(glyph.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
            for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]
            if glyph.glyph != pango.PANGO_GLYPH_EMPTY and glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
        }
        for letter in text[item.offset : item.offset + item.length].decode().replace(" ", ""):
            yield letter, "" if letter in missing else family
        run = run.next
