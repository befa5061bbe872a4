"""Puts off what stands in the margins of pages, and backgrounds, until pages are chosen among several layouts on trial.

Neither makes a difference to where text is broken. They take a seventh of the time of a layout.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint import document, layout

_Untyped = Any  # WeasyPrint has no types


def put_off_margins() -> None:
    """Make WeasyPrint leave out both if the document says `is_on_trial`; going through its `rest` adds them."""
    document.layout_document = _lay_out
    layout.make_margin_boxes = _make_margin_boxes
    layout.layout_backgrounds = _lay_out_backgrounds


_lay_out_original = layout.layout_document
_make_margin_boxes_original = layout.make_margin_boxes
_lay_out_backgrounds_original = layout.layout_backgrounds


def _lay_out(html: _Untyped, root_box: _Untyped, context: _Untyped) -> Iterator[_Untyped]:
    if getattr(html, "is_on_trial", False):
        context.put_off = []
        html.rest = _finish(context)
    pages: Iterator[_Untyped] = _lay_out_original(html, root_box, context)
    return pages


def _make_margin_boxes(context: _Untyped, page: _Untyped, state: _Untyped) -> Iterable[_Untyped]:
    put_off = getattr(context, "put_off", None)
    if put_off is None:
        boxes: Iterable[_Untyped] = _make_margin_boxes_original(context, page, state)
        return boxes
    put_off.append((context.current_page, page, state))
    page.has_no_background_yet = True
    return ()


def _lay_out_backgrounds(page: _Untyped, get_image: _Untyped) -> None:
    if not getattr(page, "has_no_background_yet", False):
        _lay_out_backgrounds_original(page, get_image)


def _finish(context: _Untyped) -> Iterator[_Untyped]:
    """Yield each page with its margins and background."""
    for number, page, state in context.put_off:
        context.current_page = number
        page.children = (*page.children, *_make_margin_boxes_original(context, page, state))
        _lay_out_backgrounds_original(page, context.get_image_from_uri)
        yield page
