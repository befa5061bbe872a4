"""The font that each letter is set in, according to Pango, which chooses fonts for WeasyPrint."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.assets.bundled_fonts import SYMBOL_FONT
from handouts.assets.language_fonts import is_language_family
from handouts.pdf.page_checks.painted_text import Font, split_letters

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"})
# Unicode categories of spaces and of invisible characters: those that break or join words, or mark directions.
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_NO_INK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers of Hangul, and Braille without dots


class LetterFonts:
    """Collects the letters of each requested font, and finds out which fonts they are really set in.

    `invisible` holds the letters for which their font has an empty outline; it is filled by `find_substitutes`.
    """

    def __init__(self) -> None:
        """Create an empty collection."""
        self._styles: dict[Font, Any] = {}
        self._letters: dict[Font, set[str]] = {}
        self.invisible: set[tuple[Font, str]] = set()

    def add(self, font: Font, style: Any, text: str) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Add the letters of a text; `style` is WeasyPrint's computed style."""
        self._styles.setdefault(font, style)
        self._letters.setdefault(font, set()).update(split_letters(text))

    def find_substitutes(self) -> Mapping[tuple[Font, str], str]:
        """Return the font of each letter that is not set in the requested one: "" if no font has the letter."""
        substitutes: dict[tuple[Font, str], str] = {}
        for font, collected in self._letters.items():
            letters = sorted(letter for letter in collected if unicodedata.category(letter[0]) not in _BLANK)
            invisible: set[str] = set()
            actual = dict(_find_fonts(self._styles[font], letters, invisible))
            self.invisible.update((font, letter) for letter in invisible)
            main_family = font.families[0]
            requested = main_family.casefold()
            faces = Counter(face for family, face in actual.values() if family.casefold() == requested)
            # A letter that one face of a family lacks may come from another face of it: bold among regular ones.
            main_face = max(faces, key=faces.__getitem__, default="")
            for letter, (family, face) in actual.items():
                # Signs stand alone, so no word looks broken.
                is_sign = family == SYMBOL_FONT or (is_language_family(main_family) and not letter[0].isalpha())
                if not face or (face != main_face and requested not in _GENERIC and not is_sign):
                    substitutes[font, letter] = face if family.casefold() == requested else family
        return substitutes


def _find_fonts(
    style: Any,  # noqa: ANN401 - as above
    letters: list[str],
    invisible: set[str],
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Have Pango set letters in one line; yield the family and face of the font that it chooses for each.

    Letters for which nothing is painted are added to `invisible`.
    """
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 - slow, so only where pages are made
    from weasyprint.text.fonts import get_pango_font_key  # noqa: PLC0415 - likewise
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415 - likewise

    if not letters:
        return
    layout = create_layout(" ".join(letters), style, None, None, 0)
    text = layout.text.encode()
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        _, description, _ = get_pango_font_key(item.analysis.font)  # keeps the name of the family alive
        family = ffi.string(pango.pango_font_description_get_family(description)).decode()
        weight = pango.pango_font_description_get_weight(description)
        face = f"{family} {weight}{' italic' if pango.pango_font_description_get_style(description) else ''}"
        missing = {
            chr(glyph.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
            for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]
            if glyph.glyph != pango.PANGO_GLYPH_EMPTY and glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
        }
        ink = ffi.new("PangoRectangle *")
        painted = set()
        for number in range(glyphs.num_glyphs):
            pango.pango_font_get_glyph_extents(item.analysis.font, glyphs.glyphs[number].glyph, ink, ffi.NULL)
            if ink.width and ink.height:
                painted.add(glyphs.log_clusters[number])
        start = 0
        for letter in split_letters(text[item.offset : item.offset + item.length].decode()):
            end = start + len(letter.encode())
            if letter not in _NO_INK | {" "} and painted.isdisjoint(range(start, end)):
                invisible.add(letter)
            start = end
        for letter in split_letters(text[item.offset : item.offset + item.length].decode().replace(" ", "")):
            yield letter, (family, face) if missing.isdisjoint(letter) else ("", "")
        run = run.next
