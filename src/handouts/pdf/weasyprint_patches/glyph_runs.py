"""The runs of glyphs of a line, as they are shown on a page of a PDF, so that they can be shown on another."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.fonts import get_pango_font_key


@dataclass(frozen=True, slots=True)
class _Used:
    """A font as a line uses it: what its glyphs stand for, and how wide they are."""

    pango_font: Any
    key: int
    to_unicode: Mapping[int, str]
    widths: Mapping[int, int]

    def of(self, stream: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Give the font of a document that this is; WeasyPrint asks Pango for its key each time."""
        return stream._fonts.get(self.key) or stream.add_font(self.pango_font)[0]  # noqa: SLF001 - no public way


@dataclass(frozen=True, slots=True)
class GlyphRuns:
    """What a line shows: calls of a stream, and the fonts that they need; the layout keeps those of Pango alive."""

    layout: Any
    used: tuple[_Used, ...]
    calls: tuple[tuple[str, tuple[Any, ...]], ...]

    def fit(self, stream: Any) -> bool:  # noqa: ANN401 - as above
        """Tell whether this is what would be drawn: WeasyPrint takes the width of a glyph from where it came first."""
        return all(
            widths.get(glyph, width) == width
            for font in self.used
            for widths in [font.of(stream).widths]
            for glyph, width in font.widths.items()
        )

    def show(self, stream: Any, matrix: Any) -> None:  # noqa: ANN401 - as above
        """Show the line, and have its fonts know its glyphs."""
        stream.set_text_matrix(*matrix.values)
        for name, arguments in self.calls:
            getattr(stream, name)(*arguments)
        for used in self.used:
            font = used.of(stream)
            for glyph, text in used.to_unicode.items():
                font.to_unicode.setdefault(glyph, text)
                font.widths.setdefault(glyph, used.widths[glyph])


def glyph_runs(stream: Any, layout: Any, draw: Callable[[Any], list[Any]]) -> GlyphRuns | None:  # noqa: ANN401 - as above
    """Note what a line would show on a stream if it were drawn; None if a letter is missing or an emoji."""
    paper = _Paper(stream)
    emojis = draw(paper)
    if emojis or any(font.missing for _, font in paper.fonts.values()):
        return None
    used = (
        _Used(pango_font, key, font.to_unicode, {glyph: font.widths[glyph] for glyph in font.to_unicode})
        for key, (pango_font, font) in paper.fonts.items()
    )
    return GlyphRuns(layout, tuple(used), tuple(paper.calls))


@dataclass(slots=True)
class _Paper:
    """Stands for a stream while a line is drawn: it notes the calls, and lends fonts that are written on instead."""

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
            own = copy.copy(font)
            own.to_unicode, own.widths, own.missing = {}, dict(font.widths), {}
            self.fonts[key] = pango_font, own
        return self.fonts[key][1], size

    def set_text_matrix(self, *_: float) -> None:
        """Leave it to whoever shows the line."""

    def set_font_size(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("set_font_size", arguments))

    def set_text_rise(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("set_text_rise", arguments))

    def show_text(self, *arguments: Any) -> None:  # noqa: ANN401 - as above
        self.calls.append(("show_text", arguments))
