"""A stream whose calls are noted while they are carried out, so that the same can be put on another page."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from handouts.pdf.weasyprint_patches.glyph_runs import GlyphRuns

# What always adds the same to the content of a stream, and what is only looked at.
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
_LOOKED_AT: Final = frozenset(("_fonts", "add_font", "ctm", "extra", "id", "ink_rect", "logical_rect"))
# What adds something else after other calls.
_DEPENDENT: Final = frozenset(
    ("begin_text", "end_text", "pop_state", "push_state", "set_alpha", "set_color", "transform")
)


@dataclass(slots=True)
class Notes:
    """What was done to a stream and to groups made from it; not `whole` if it cannot be repeated.

    Streams have numbers: 0 is the one that was noted, the others are its groups in the order in which they were made.
    """

    calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    whole: bool = True

    def fit(self, stream: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        """Tell whether text would look the same on another stream."""
        return all(what[0].fit(stream) for _, name, what, _ in self.calls if name == "show_runs")

    def repeat(self, stream: Any) -> None:  # noqa: ANN401 - as above
        """Do the same to another stream."""
        streams = [stream]
        for number, name, what, named in self.calls:
            on = streams[number]
            match name:
                case "content":
                    on.stream += what
                case "show_runs":
                    what[0].show(on, what[1])
                case "add_group":
                    streams.append(on.add_group(*what))
                case "draw_x_object":
                    on.draw_x_object(streams[what[0]].id)
                case _:
                    getattr(on, name)(*what, **named)
        for group, box in zip(streams[1:], self.boxes, strict=True):
            group.extra["BBox"][:] = box


class NotedStream:
    """Stands for a stream, and notes what is done to it."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - as above
        """Take the stream that all is done to."""
        self.page = stream
        self._all = [self]
        self._notes = Notes()
        self._groups: dict[str, int] = {}
        self._noted = len(stream.stream)

    def notes(self) -> Notes:
        """Give what was done so far."""
        for stream in self._all:
            stream.note_content()
        self._notes.boxes = [[*group.page.extra["BBox"]] for group in self._all[1:]]  # set when a group was drawn
        return self._notes

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Give what a stream has."""
        if name in _DEPENDENT:
            return partial(self._do, name)
        self._notes.whole &= name in _CONSTANT or name in _LOOKED_AT
        return getattr(self.page, name)

    def show_runs(self, runs: GlyphRuns, matrix: Any) -> None:  # noqa: ANN401 - as above
        """Show a line of text."""
        self._note("show_runs", (runs, matrix))
        runs.show(self.page, matrix)
        self._noted = len(self.page.stream)

    def add_group(self, *box: float) -> "NotedStream":
        """Make a group, which is noted too."""
        self._note("add_group", box)
        group = NotedStream(self.page.add_group(*box))
        self._groups[group.page.id] = len(self._all)
        self._all.append(group)
        group._all, group._notes = self._all, self._notes
        return group

    def draw_x_object(self, name: str) -> None:
        """Draw a group."""
        self._note("draw_x_object", (self._groups[name],))
        self.page.draw_x_object(name)
        self._noted = len(self.page.stream)

    def _do(self, name: str, *what: Any, **named: Any) -> None:  # noqa: ANN401 - as above
        self._note(name, what, named)
        getattr(self.page, name)(*what, **named)
        self._noted = len(self.page.stream)

    def _note(self, name: str, what: tuple[Any, ...], named: dict[str, Any] | None = None) -> None:
        self.note_content()
        self._notes.calls.append((self._all.index(self), name, what, named or {}))

    def note_content(self) -> None:
        """Note what was added since the last note."""
        if content := tuple(self.page.stream[self._noted :]):
            self._notes.calls.append((self._all.index(self), "content", content, {}))
            self._noted += len(content)
