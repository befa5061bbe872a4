"""Reuses drawings (SVG), and paths in them, that were painted before.

WeasyPrint parses and paints each drawing again, which took a tenth of the time of a page. Logos of practices often
differ only in a color or a name.
"""

import hashlib
from typing import Any, Final

import weasyprint.svg
from weasyprint.images import SVGImage
from weasyprint.svg import SVG

from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.pdf.weasyprint_patches.recordings import RecordingStream
from handouts.system.cache import Cache

_PATH_CAPACITY: Final = 1_000


def reuse_drawings() -> None:
    """Make WeasyPrint replay drawings that it painted before; they are cached with their fonts.

    What is painted depends on the drawing, its address, its size, its position on the page, and the fonts.
    """
    SVGImage.__init__ = _init_image
    SVG.draw = _draw


def reuse_paths() -> None:
    """Make WeasyPrint reuse paths that it painted before.

    What is painted depends only on the path, and on what percentages and units in it refer to.
    """
    cache: Cache[tuple[Any, ...], tuple[list[Any], list[Any]]] = Cache(_PATH_CAPACITY)
    draw_original = weasyprint.svg.TAGS["path"]

    def draw(drawing: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint has no types
        key = (node.get("d", ""), font_size, drawing.inner_width, drawing.inner_height)
        stream, vertices = drawing.stream, node.vertices
        content = stream.page.stream if isinstance(stream, RecordingStream) else stream.stream
        if painted := cache.get(key):
            content += painted[0]
            vertices += painted[1]
        else:
            content_start, vertex_start = len(content), len(vertices)
            draw_original(drawing, node, font_size)
            cache.put(key, (content[content_start:], list(vertices)[vertex_start:]))

    weasyprint.svg.TAGS["path"] = draw


_init_image_original = SVGImage.__init__
_draw_original = SVG.draw


def _init_image(image: Any, tree: Any, *others: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    digest = _digest(tree)  # before painting, which may change the tree
    _init_image_original(image, tree, *others)
    image._svg.content_digest = digest  # noqa: SLF001 - as above


def _digest(tree: Any) -> bytes:  # noqa: ANN401 - as above
    """Return the digest of a drawing; b"" if it contains pictures, which may come from other files."""
    elements = [(element.tag, element.text, element.tail, len(element), element.attrib) for element in tree.iter()]
    if any(str(tag).endswith("image") for tag, *_ in elements):
        return b""
    return hashlib.sha256(repr(elements).encode("utf-8", "surrogatepass")).digest()


def _draw(svg: Any, stream: Any, width: float, height: float, *others: Any) -> None:  # noqa: ANN401 - as above
    digest = getattr(svg, "content_digest", b"")
    if not digest or not isinstance(svg.font_config, Fonts):
        _draw_original(svg, stream, width, height, *others)
        return
    cache = svg.font_config.drawings
    key = (digest, svg.url, width, height, stream.ctm.values)
    recording = cache.get(key)
    if recording and recording.can_replay(stream):
        recording.replay(stream)
        return
    recorder = RecordingStream(stream)
    _draw_original(svg, recorder, width, height, *others)
    recording = recorder.recording()
    if recording.complete:
        cache.put(key, recording)
