"""Recordings of drawing calls on one page of a PDF, replayed on another: lines of text, and whole drawings."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from weasyprint.text.fonts import get_pango_font_key

# Methods of a stream that always add the same to its content, and those that only read it.
_CONSTANT: Final = frozenset(
    (
        "clip",
        "close",
        "curve_to",
        "end",
        "fill",
        "fill_and_stroke",
        "line_to",
        "move_to",
        "rectangle",
        "set_dash",
        "set_line_cap",
        "set_line_join",
        "set_line_width",
        "set_miter_limit",
        "set_text_rendering",
        "stroke",
    )
)
_READ_ONLY: Final = frozenset(("_fonts", "add_font", "ctm", "extra", "id", "ink_rect", "logical_rect"))
# Methods whose result depends on earlier calls.
_DEPENDENT: Final = frozenset(
    ("begin_text", "end_text", "pop_state", "push_state", "set_alpha", "set_color", "transform")
)


@dataclass(frozen=True, slots=True)
class _UsedFont:
    """A font as a line uses it: the characters of its glyphs, and their widths."""

    pango_font: Any
    key: int
    to_unicode: Mapping[int, str]
    widths: Mapping[int, int]

    def font_of(self, stream: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return this font in the document of a stream; WeasyPrint would compute its key each time."""
        return stream._fonts.get(self.key) or stream.add_font(self.pango_font)[0]  # noqa: SLF001 - no public way


@dataclass(frozen=True, slots=True)
class GlyphRuns:
    """A recorded line of text: calls of a stream, and the fonts that they use; the layout keeps Pango's fonts alive."""

    layout: Any
    fonts: tuple[_UsedFont, ...]
    calls: tuple[tuple[str, tuple[Any, ...]], ...]

    def can_replay(self, stream: Any) -> bool:  # noqa: ANN401 - as above
        """Return whether drawing would have the same result: WeasyPrint takes a glyph's width from its first use."""
        return all(
            widths.get(glyph, width) == width
            for font in self.fonts
            for widths in [font.font_of(stream).widths]
            for glyph, width in font.widths.items()
        )

    def replay(self, stream: Any, matrix: Any) -> None:  # noqa: ANN401 - as above
        """Draw the line on another stream, and register its glyphs with the fonts there."""
        stream.set_text_matrix(*matrix.values)
        for name, arguments in self.calls:
            getattr(stream, name)(*arguments)
        for used in self.fonts:
            font = used.font_of(stream)
            for glyph, text in used.to_unicode.items():
                font.to_unicode.setdefault(glyph, text)
                font.widths.setdefault(glyph, used.widths[glyph])


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
            lent.to_unicode, lent.widths, lent.missing = {}, dict(font.widths), {}
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


@dataclass(slots=True)
class Recording:
    """Calls of a stream and of groups made from it; not `complete` if one of them cannot be replayed.

    Streams are numbered: 0 is the recorded one, the others are its groups in the order in which they were made.
    """

    calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    complete: bool = True

    def can_replay(self, stream: Any) -> bool:  # noqa: ANN401 - as above
        """Return whether text would look the same on another stream."""
        return all(arguments[0].can_replay(stream) for _, name, arguments, _ in self.calls if name == "show_runs")

    def replay(self, stream: Any) -> None:  # noqa: ANN401 - as above
        """Repeat the calls on another stream."""
        streams = [stream]
        for number, name, arguments, options in self.calls:
            target = streams[number]
            match name:
                case "content":
                    target.stream += arguments
                case "show_runs":
                    arguments[0].replay(target, arguments[1])
                case "add_group":
                    streams.append(target.add_group(*arguments))
                case "draw_x_object":
                    target.draw_x_object(streams[arguments[0]].id)
                case _:
                    getattr(target, name)(*arguments, **options)
        for group, box in zip(streams[1:], self.boxes, strict=True):
            group.extra["BBox"][:] = box


class RecordingStream:
    """Wraps a stream: passes calls on to it and records them."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - as above
        """Wrap the stream that is drawn on."""
        self.page = stream
        self._streams = [self]
        self._recording = Recording()
        self._group_numbers: dict[str, int] = {}
        self._recorded = len(stream.stream)

    def recording(self) -> Recording:
        """Return the recording so far."""
        for stream in self._streams:
            stream.record_content()
        # Boxes are set when a group was drawn.
        self._recording.boxes = [[*group.page.extra["BBox"]] for group in self._streams[1:]]
        return self._recording

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Return an attribute of the stream; one that cannot be replayed makes the recording incomplete."""
        if name in _DEPENDENT:
            return partial(self._call, name)
        self._recording.complete &= name in _CONSTANT or name in _READ_ONLY
        return getattr(self.page, name)

    def show_runs(self, runs: GlyphRuns, matrix: Any) -> None:  # noqa: ANN401 - as above
        """Draw a recorded line of text."""
        self._record("show_runs", (runs, matrix))
        runs.replay(self.page, matrix)
        self._recorded = len(self.page.stream)

    def add_group(self, *box: float) -> "RecordingStream":
        """Add a group, which is recorded too."""
        self._record("add_group", box)
        group = RecordingStream(self.page.add_group(*box))
        self._group_numbers[group.page.id] = len(self._streams)
        self._streams.append(group)
        group._streams, group._recording = self._streams, self._recording
        return group

    def draw_x_object(self, name: str) -> None:
        """Draw a group."""
        self._record("draw_x_object", (self._group_numbers[name],))
        self.page.draw_x_object(name)
        self._recorded = len(self.page.stream)

    def record_content(self) -> None:
        """Record the content that was added since the last call."""
        if content := tuple(self.page.stream[self._recorded :]):
            self._recording.calls.append((self._streams.index(self), "content", content, {}))
            self._recorded += len(content)

    def _call(self, name: str, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as above
        self._record(name, arguments, options)
        getattr(self.page, name)(*arguments, **options)
        self._recorded = len(self.page.stream)

    def _record(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any] | None = None) -> None:
        self.record_content()
        self._recording.calls.append((self._streams.index(self), name, arguments, options or {}))
