"""Which font each letter is set in: asked of Pango, which chooses fonts for WeasyPrint."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.pdf.page_checks.painted_text import Font, letters

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"})
# Spaces, and what is not painted: characters that break or join words, or mark directions and variants.
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_NO_INK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers of Hangul, and Braille without dots


class Letters:
    """Collects the letters set in each font; `style` is WeasyPrint's computed style.

    `invisible` are those whose font has an empty outline for them, once `others` was called.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._styles: dict[Font, Any] = {}
        self._letters: dict[Font, set[str]] = {}
        self.invisible: set[tuple[Font, str]] = set()

    def add(self, font: Font, style: Any, text: str) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Take in the letters of a text."""
        self._styles.setdefault(font, style)
        self._letters.setdefault(font, set()).update(letters(text))

    def others(self) -> Mapping[tuple[Font, str], str]:
        """Give the font for each letter that is not set in the one asked for first: "" if no font has the letter."""
        found: dict[tuple[Font, str], str] = {}
        for font, known in self._letters.items():
            shown = sorted(letter for letter in known if unicodedata.category(letter[0]) not in _BLANK)
            invisible: set[str] = set()
            set_in = dict(_fonts(self._styles[font], shown, invisible))
            self.invisible.update((font, letter) for letter in invisible)
            wanted = font.families[0].casefold()
            meant = Counter(face for family, face in set_in.values() if family.casefold() == wanted)
            # A letter that the face of a family lacks may come from another face of it: bold among regular ones.
            face_meant = max(meant, key=meant.__getitem__, default="")
            for letter, (family, face) in set_in.items():
                if not face or (face != face_meant and wanted not in _GENERIC):
                    found[font, letter] = face if family.casefold() == wanted else family
        return found


def _fonts(
    style: Any,  # noqa: ANN401 - as above
    shown: list[str],
    invisible: set[str],
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Have Pango lay out letters in one line; give family and face of the font that it takes for each.

    Letters that nothing is painted for are added to `invisible`.
    """
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 - slow, so only where pages are made
    from weasyprint.text.fonts import get_pango_font_key  # noqa: PLC0415 - likewise
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415 - likewise

    if not shown:
        return
    layout = create_layout(" ".join(shown), style, None, None, 0)
    text = layout.text.encode()
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        _, description, _ = get_pango_font_key(item.analysis.font)  # it owns the name of the family
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
        for letter in letters(text[item.offset : item.offset + item.length].decode()):
            end = start + len(letter.encode())
            if letter not in _NO_INK | {" "} and painted.isdisjoint(range(start, end)):
                invisible.add(letter)
            start = end
        for letter in letters(text[item.offset : item.offset + item.length].decode().replace(" ", "")):
            yield letter, (family, face) if missing.isdisjoint(letter) else ("", "")
        run = run.next
