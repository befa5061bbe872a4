"""Recordings of lines of text that were drawn on one page of a PDF, replayed on another."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.fonts import get_pango_font_key


@dataclass(frozen=True, slots=True)
class _UsedFont:
    """A font as a line uses it: the characters of its glyphs, and their widths."""

    pango_font: Any
    key: int
    to_unicode: dict[int, str]
    widths: dict[int, int]

    def font_of(self, stream: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return this font in the document of a stream; WeasyPrint would compute its key each time."""
        return stream._fonts.get(self.key) or stream.add_font(self.pango_font)[0]  # noqa: SLF001 - no public way

    def has_widths_of(self, font: Any) -> bool:  # noqa: ANN401 - as above
        """Return whether no glyph has another width in a font."""
        widths = font.widths
        # Most lines have no glyphs that are new to a document, and sets are compared faster than each glyph.
        return self.widths.items() <= widths.items() or all(
            widths.get(glyph, width) == width for glyph, width in self.widths.items()
        )

    def register(self, font: Any) -> None:  # noqa: ANN401 - as above
        """Add the glyphs to a font, with their characters and widths."""
        if self.to_unicode.keys() <= font.to_unicode.keys() and self.widths.keys() <= font.widths.keys():
            return
        for glyph, text in self.to_unicode.items():
            font.to_unicode.setdefault(glyph, text)
            font.widths.setdefault(glyph, self.widths[glyph])


@dataclass(frozen=True, slots=True)
class GlyphRuns:
    """A recorded line of text: calls of a stream, and the fonts that they use; the layout keeps Pango's fonts alive."""

    layout: Any
    fonts: tuple[_UsedFont, ...]
    calls: tuple[tuple[str, tuple[Any, ...]], ...]

    def can_replay(self, stream: Any) -> bool:  # noqa: ANN401 - as above
        """Return whether drawing would have the same result: WeasyPrint takes a glyph's width from its first use."""
        return all(font.has_widths_of(font.font_of(stream)) for font in self.fonts)

    def replay(self, stream: Any, matrix: Any) -> None:  # noqa: ANN401 - as above
        """Draw the line on another stream, and register its glyphs with the fonts there."""
        stream.set_text_matrix(*matrix.values)
        for name, arguments in self.calls:
            getattr(stream, name)(*arguments)
        for used in self.fonts:
            used.register(used.font_of(stream))


def record_line(stream: Any, layout: Any, draw: Callable[[Any], list[Any]]) -> GlyphRuns | None:  # noqa: ANN401 - as above
    """Record the drawing calls of a line without drawing it; None if a letter is missing or is an emoji."""
    recorder = _LineRecorder(stream)
    emojis = draw(recorder)
    if emojis or any(font.missing for _, font in recorder.fonts.values()):
        return None
    fonts = (
        _UsedFont(pango_font, key, font.to_unicode, {glyph: font.widths[glyph] for glyph in font.to_unicode})
        for key, (pango_font, font) in recorder.fonts.items()
    )
    return GlyphRuns(layout, tuple(fonts), tuple(recorder.calls))


@dataclass(slots=True)
class _LineRecorder:
    """Takes the place of a stream while a line is drawn: records the calls, and lends copies of the fonts."""

    stream: Any
    fonts: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    calls: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    @property
    def ink_rect(self) -> Any:  # noqa: ANN401 - as above
        return self.stream.ink_rect

    @property
    def logical_rect(self) -> Any:  # noqa: ANN401 - as above
        return self.stream.logical_rect

    def add_font(self, pango_font: Any) -> tuple[Any, float]:  # noqa: ANN401 - as above
        key, _, size = get_pango_font_key(pango_font)
        if key not in self.fonts:
            font, _ = self.stream.add_font(pango_font)
            lent = copy.copy(font)
            lent.to_unicode, lent.widths, lent.missing = {}, {}, {}
            self.fonts[key] = pango_font, lent
        return self.fonts[key][1], size

    def set_text_matrix(self, *_: float) -> None:
        """Ignored: `GlyphRuns.replay` sets its own."""

    def set_font_size(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("set_font_size", arguments))

    def set_text_rise(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("set_text_rise", arguments))

    def show_text(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("show_text", arguments))
