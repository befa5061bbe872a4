"""Drawings (SVG) and paths in them that were painted before: WeasyPrint reads and paints each anew.

That took a tenth of the time of a page. Logos of practices are often alike but for a color or a name.
"""

import hashlib
from typing import Any, Final

import weasyprint.svg
from weasyprint.images import SVGImage
from weasyprint.svg import SVG

from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.pdf.weasyprint_patches.noted_stream import NotedStream
from handouts.system.cache import Cache

_MOST_PATHS: Final = 1_000


def remember_drawings() -> None:
    """Have WeasyPrint paint drawings as before; there is no hook for it, so functions of WeasyPrint 70 are replaced.

    What is painted depends on the drawing, its address, its size, where on the page it begins, and on fonts.
    """
    SVGImage.__init__ = _read
    SVG.draw = _paint


def remember_paths() -> None:
    """Have WeasyPrint paint paths as before.

    What is painted depends on the path alone, and on what percentages and units in it refer to.
    """
    known: Cache[tuple[Any, ...], tuple[list[Any], list[Any]]] = Cache(_MOST_PATHS)
    paint_first = weasyprint.svg.TAGS["path"]

    def paint(drawing: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint has no types
        key = (node.get("d", ""), font_size, drawing.inner_width, drawing.inner_height)
        stream, vertices = drawing.stream, node.vertices
        content = stream.page.stream if isinstance(stream, NotedStream) else stream.stream
        if painted := known.get(key):
            content += painted[0]
            vertices += painted[1]
        else:
            before, corners = len(content), len(vertices)
            paint_first(drawing, node, font_size)
            known.put(key, (content[before:], list(vertices)[corners:]))

    weasyprint.svg.TAGS["path"] = paint


_read_first = SVGImage.__init__
_paint_first = SVG.draw


def _read(image: Any, tree: Any, *others: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    known_by = _digest(tree)  # painting may change it
    _read_first(image, tree, *others)
    image._svg.known_by = known_by  # noqa: SLF001 - as above


def _digest(tree: Any) -> bytes:  # noqa: ANN401 - as above
    """Take the digest of a drawing; give none if it has pictures, which may come from other files."""
    elements = [(element.tag, element.text, element.tail, len(element), element.attrib) for element in tree.iter()]
    if any(str(tag).endswith("image") for tag, *_ in elements):
        return b""
    return hashlib.sha256(repr(elements).encode("utf-8", "surrogatepass")).digest()


def _paint(svg: Any, stream: Any, width: float, height: float, *others: Any) -> None:  # noqa: ANN401 - as above
    known_by = getattr(svg, "known_by", b"")
    if not known_by or not isinstance(svg.font_config, Fonts):
        _paint_first(svg, stream, width, height, *others)
        return
    key = (known_by, svg.url, width, height, stream.ctm.values)
    notes = svg.font_config.drawn.pop(key)
    if notes and notes.fit(stream):
        notes.repeat(stream)
    else:
        noted = NotedStream(stream)
        _paint_first(svg, noted, width, height, *others)
        notes = noted.notes()
    if notes.whole:
        svg.font_config.drawn.put(key, notes)
