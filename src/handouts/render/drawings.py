"""Paths of drawings (SVG) that were read before: WeasyPrint reads them each time they are painted."""

from typing import Any, Final

import weasyprint.svg
from weasyprint.svg.path import path as _paint

from handouts.render.recent import Recent

_MOST_PATHS: Final = 1_000


def remember_paths() -> None:
    """Have WeasyPrint paint paths as before; there is no hook for it, so its function is replaced.

    What is painted depends on the path alone, and on what percentages and units in it refer to.
    """
    known: Recent[tuple[list[Any], list[Any]]] = Recent(_MOST_PATHS)

    def paint(drawing: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint has no types
        key = (node.get("d", ""), font_size, drawing.inner_width, drawing.inner_height)
        stream, vertices = drawing.stream.stream, node.vertices
        if painted := known.take(key):
            stream += painted[0]
            vertices += painted[1]
        else:
            before, corners = len(stream), len(vertices)
            _paint(drawing, node, font_size)
            painted = stream[before:], list(vertices)[corners:]
        known.keep(key, painted)

    weasyprint.svg.TAGS["path"] = paint
