"""Lines of text that were broken, shaped and drawn before, so that Pango need not be asked again.

That took a third of the time of a page, and documents for different practices say mostly the same.
"""

from collections.abc import Hashable
from operator import itemgetter
from typing import Any, Final

import weasyprint.draw
import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.draw import text as drawing
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from handouts.pdf.weasyprint_patches.glyph_runs import GlyphRuns, glyph_runs
from handouts.pdf.weasyprint_patches.noted_stream import NotedStream, Notes
from handouts.pdf.weasyprint_patches.text_cuts import split_first_line
from handouts.system.cache import Cache

# All of a style that weasyprint.text.line_break looks at.
_LOOKED_AT: Final = itemgetter(
    "font_family",
    "text_decoration_line",
    "direction",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "white_space",
    "word_break",
    "word_spacing",
)
_MOST_BROKEN: Final = 10_000  # some six long handouts
_MOST_SHAPED: Final = 4_000
_MOST_DRAWN: Final = 200  # drawings


class Fonts(FontConfiguration):  # type: ignore[misc] # WeasyPrint publishes no types
    """Fonts with the lines and drawings that were set in them; `own` tells that a style sheet brought fonts."""

    def __init__(self) -> None:
        """Find the fonts."""
        super().__init__()
        self.own = False
        self.broken: Cache[tuple[Hashable, ...], tuple[Any, ...]] = Cache(_MOST_BROKEN)
        self.shaped: Cache[tuple[Hashable, ...], tuple[Any, Any, GlyphRuns | None]] = Cache(_MOST_SHAPED)
        self.drawn: Cache[tuple[Hashable, ...], Notes] = Cache(_MOST_DRAWN)

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:  # noqa: ANN401 - as in the class extended
        """Add a font."""
        self.own = True
        self.broken.clear()
        self.shaped.clear()
        self.drawn.clear()
        super().add_font_face(rule_descriptors, url_fetcher)


def remember_lines() -> None:
    """Have WeasyPrint look lines up in the fonts that they are set in, where these are Fonts.

    There is no hook for it, so functions of WeasyPrint 70 are replaced. What they find depends on their arguments, on
    what they look at of a style, and on fonts.
    """
    for module in (line_break, weasyprint.layout.inline, weasyprint.layout.preferred):
        module.split_first_line = _split_first_line
    weasyprint.draw.draw_text = _draw_text
    drawing.draw_first_line = _draw_first_line
    line_break.Layout.reactivate = _reactivate


_draw = drawing.draw_text
_draw_line = drawing.draw_first_line
_set_up = line_break.Layout.reactivate


def _split_first_line(text: str, style: Any, context: Any, *how: Any, **named: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    fonts = style.font_config
    if not isinstance(fonts, Fonts):
        return split_first_line(text, style, context, *how, **named)
    key = (text, how, *named.items(), _looked_at(style))
    found = fonts.broken.get(key)
    if found is None:
        found = split_first_line(text, style, context, *how, **named)
        fonts.broken.put(key, found)
    line, *measures = found
    own = line_break.Layout.__new__(line_break.Layout)  # copy.copy takes four times as long
    own.__dict__.update(line.__dict__)
    return own, *measures


def _draw_text(stream: Any, box: Any, offset: float, text_overflow: str, *ellipsis: Any) -> None:  # noqa: ANN401 - as above
    # What is cut at an ellipsis is set anew while it is drawn.
    box.pango_layout.whole = text_overflow != "ellipsis" and ellipsis == ("none",)
    _draw(stream, box, offset, text_overflow, *ellipsis)


def _reactivate(line: Any, style: Any) -> None:  # noqa: ANN401 - as above
    """Set a line for drawing as it was set before; it is taken away while it is drawn, and kept after that."""
    line.key = line.runs = None
    if isinstance(style.font_config, Fonts) and getattr(line, "whole", True):
        line.key = (line.text, line.justification_spacing, _looked_at(style))
        if shaped := style.font_config.shaped.pop(line.key):
            line.style, (line.layout, line.language, line.runs) = style, shaped
            return
    _set_up(line, style)


def _draw_first_line(stream: Any, box: Any, *cut: Any) -> Any:  # noqa: ANN401 - as above
    *how, matrix = cut
    line = box.pango_layout
    if line.key is None or not box.text.strip():
        return _draw_line(stream, box, *how, matrix)
    line.runs = line.runs or glyph_runs(stream, line.layout, lambda paper: _draw_line(paper, box, *how, matrix))
    line.style.font_config.shaped.put(line.key, (line.layout, line.language, line.runs))
    if line.runs is None or not line.runs.fit(stream):
        return _draw_line(stream, box, *how, matrix)
    if isinstance(stream, NotedStream):
        stream.show_runs(line.runs, matrix)
    else:
        line.runs.show(stream, matrix)
    return []


def _looked_at(style: Any) -> Hashable:  # noqa: ANN401 - as above
    families, decoration, *others = _LOOKED_AT(style)
    # In drawings families are a list, and decorations other than none are a set.
    return tuple(families), frozenset(decoration), *others
