"""Reuses lines of text that were broken, shaped and drawn before, and records how each text was broken into lines.

Pango took a third of the time of a page, and documents for different practices have mostly the same text. Finished
pages do not show how a text was broken. There are no hooks for either, so functions of WeasyPrint 70 are replaced.
"""

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import weasyprint.draw
import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.draw import text as drawing
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from handouts.pdf.page_checks.painted_text import Cut
from handouts.pdf.weasyprint_patches.recordings import GlyphRuns, record_line
from handouts.system.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path

# All properties of a style that weasyprint.text.line_break reads.
_TEXT_STYLE: Final = itemgetter(
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
_BROKEN_CAPACITY: Final = 10_000  # lines, those of about six long handouts
_SHAPED_CAPACITY: Final = 4_000  # lines


class Fonts(FontConfiguration):  # type: ignore[misc] # WeasyPrint publishes no types
    """Fonts with caches of the lines set in them.

    `defining_sheets` are the parsed style sheets that define fonts among them; `face_count` is how often one was
    defined. They are `for_one_document` if anything else defines fonts, too.
    """

    def __init__(self) -> None:
        """Find the fonts of fontconfig."""
        super().__init__()
        self.defining_sheets: dict[tuple[str, Path, bool], Any] = {}
        self.face_count = 0
        self.for_one_document = False
        self._is_expected = False
        self.broken_lines: Cache[tuple[Hashable, ...], tuple[Any, ...]] = Cache(_BROKEN_CAPACITY)
        self.shaped_lines: Cache[tuple[Hashable, ...], tuple[Any, Any, GlyphRuns | None]] = Cache(_SHAPED_CAPACITY)

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:  # noqa: ANN401 - as in the base class
        """Add a font, which may replace one of the same name: nothing cached is valid any more."""
        self.face_count += 1
        self.for_one_document |= not self._is_expected
        self.broken_lines.clear()
        self.shaped_lines.clear()
        super().add_font_face(rule_descriptors, url_fetcher)

    @contextmanager
    def expecting_faces(self) -> Iterator[None]:
        """Take fonts that are defined in the block for those of all documents with these fonts."""
        self._is_expected = True
        try:
            yield
        finally:
            self._is_expected = False


@functools.cache
def record_line_breaks() -> None:
    """Make WeasyPrint record on each line how its text was broken, as `cut` of its `pango_layout`; once per process."""
    _replace_split_first_line(_split_and_record)
    weasyprint.layout.inline.add_word_spacing = _space_and_record


def reuse_lines() -> None:
    """Make WeasyPrint reuse lines that are cached in its Fonts.

    A line depends on the arguments of the replaced functions, on the properties of the style that they read, and on
    fonts.
    """
    _replace_split_first_line(_split_once)
    weasyprint.draw.draw_text = _draw_text
    drawing.draw_first_line = _draw_first_line
    line_break.Layout.reactivate = _reactivate


_split_original = line_break.split_first_line
_space_original = weasyprint.layout.inline.add_word_spacing
_draw_text_original = drawing.draw_text
_draw_line_original = drawing.draw_first_line
_reactivate_original = line_break.Layout.reactivate


def _replace_split_first_line(function: Callable[..., Any]) -> None:
    for module in (line_break, weasyprint.layout.inline, weasyprint.layout.preferred):
        module.split_first_line = function


def _split_and_record(text: str, style: Any, context: Any, *options: Any, **more: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    line, length, resume, *measures = _split_original(text, style, context, *options, **more)
    if resume is not None and text.endswith(" ") and " " not in text.encode()[:resume].decode().strip():
        # WeasyPrint 70 breaks after the first word if all words fit but the space behind them does not.
        without_space = _split_original(text.rstrip(" "), style, context, *options, **more)
        if without_space[2] is None:
            line, length, resume, *measures = without_space
    line.cut = "" if resume is None else _find_cut(text, resume, style["lang"])
    return line, length, resume, *measures


def _space_and_record(context: Any, box: Any, spacing: float, advance: float) -> Any:  # noqa: ANN401 - as above
    """Justify a line or a box in it: a text gets another layout then."""
    line = getattr(box, "pango_layout", None)
    advance = _space_original(context, box, spacing, advance)
    if line is not None:
        box.pango_layout.cut = line.cut
    return advance


def _find_cut(text: str, resume: int, lang: str | None) -> Cut:
    """Return how a text is broken that continues on the next line after `resume` bytes of UTF-8."""
    before = text.encode()[:resume].decode()
    after = text[len(before) :]
    if not before or not after:
        return ""
    if "\n" in before[-1] + after[0]:
        return "line"
    if before[-1].isspace() or after[0].isspace():
        return "space"
    start = before.split(" ")[-1]
    attributes = line_break.get_log_attrs(start + after.split(" ", 1)[0], lang)  # freed with the last reference to it
    return "joint" if attributes[len(start)].is_line_break else "word"


def _split_once(text: str, style: Any, context: Any, *options: Any, **more: Any) -> Any:  # noqa: ANN401 - as above
    fonts = style.font_config
    if not isinstance(fonts, Fonts):
        return _split_and_record(text, style, context, *options, **more)
    key = (text, options, *more.items(), _get_text_style(style))
    split_line = fonts.broken_lines.get(key)
    if split_line is None:
        split_line = _split_and_record(text, style, context, *options, **more)
        fonts.broken_lines.put(key, split_line)
    line, *measures = split_line
    line_copy = line_break.Layout.__new__(line_break.Layout)  # copy.copy takes four times as long
    line_copy.__dict__.update(line.__dict__)
    return line_copy, *measures


def _draw_text(stream: Any, box: Any, offset: float, text_overflow: str, *ellipsis: Any) -> None:  # noqa: ANN401 - as above
    # A text that ends in an ellipsis is shaped again while it is drawn.
    box.pango_layout.is_whole = text_overflow != "ellipsis" and ellipsis == ("none",)
    _draw_text_original(stream, box, offset, text_overflow, *ellipsis)


def _reactivate(line: Any, style: Any) -> None:  # noqa: ANN401 - as above
    """Prepare a line for drawing with a cached layout, which leaves the cache until the line is drawn."""
    line.key = line.runs = None
    if isinstance(style.font_config, Fonts) and getattr(line, "is_whole", True):
        line.key = (line.text, line.justification_spacing, _get_text_style(style))
        if shaped := style.font_config.shaped_lines.pop(line.key):
            line.style, (line.layout, line.language, line.runs) = style, shaped
            return
    _reactivate_original(line, style)


def _draw_first_line(stream: Any, box: Any, *arguments: Any) -> Any:  # noqa: ANN401 - as above
    *options, matrix = arguments
    line = box.pango_layout
    if line.key is None or not box.text.strip():
        return _draw_line_original(stream, box, *options, matrix)
    line.runs = line.runs or record_line(
        stream, line.layout, lambda recorder: _draw_line_original(recorder, box, *options, matrix)
    )
    line.style.font_config.shaped_lines.put(line.key, (line.layout, line.language, line.runs))
    if line.runs is None or not line.runs.can_replay(stream):
        return _draw_line_original(stream, box, *options, matrix)
    line.runs.replay(stream, matrix)
    return []


def _get_text_style(style: Any) -> Hashable:  # noqa: ANN401 - as above
    families, decoration, *others = _TEXT_STYLE(style)
    # In drawings families are a list, and decorations other than none are a set.
    return tuple(families), frozenset(decoration), *others
