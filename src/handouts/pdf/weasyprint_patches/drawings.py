"""Reuses paths and lengths in drawings (SVG) that were painted before: WeasyPrint parses and computes each again."""

from functools import lru_cache
from typing import Any, Final

import weasyprint.svg
from weasyprint.svg import utils

from handouts.system.cache import Cache

_PATH_CAPACITY: Final = 1_000
_LENGTH_CAPACITY: Final = 1_000


def reuse_paths() -> None:
    """Make WeasyPrint reuse paths that it painted before.

    What is painted depends only on the path, and on what percentages and units in it refer to.
    """
    cache: Cache[tuple[Any, ...], tuple[list[Any], list[Any]]] = Cache(_PATH_CAPACITY)
    draw_original = weasyprint.svg.TAGS["path"]

    def draw(drawing: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint has no types
        key = (node.get("d", ""), font_size, drawing.inner_width, drawing.inner_height)
        content, vertices = drawing.stream.stream, node.vertices
        if painted := cache.get(key):
            content += painted[0]
            vertices += painted[1]
        else:
            content_start, vertex_start = len(content), len(vertices)
            draw_original(drawing, node, font_size)
            cache.put(key, (content[content_start:], list(vertices)[vertex_start:]))

    weasyprint.svg.TAGS["path"] = draw


def reuse_lengths() -> None:
    """Make WeasyPrint reuse the plain form of lengths and transforms: drawings have the same few again and again."""
    utils.normalize = weasyprint.svg.normalize = lru_cache(_LENGTH_CAPACITY)(utils.normalize)
