"""Puts off what stands in the margins of pages, and backgrounds, until pages are chosen among several layouts on trial.

Neither makes a difference to where text is broken. They take a seventh of the time of a layout.
"""

import inspect
from collections.abc import Iterator
from typing import Any, Final

from weasyprint import document, layout

_Untyped = Any  # WeasyPrint has no types
# What `layout_document` of WeasyPrint 70 does last. There is no hook within it.
_MARGINS: Final = "    # Add margin boxes\n"


def put_off_margins() -> None:
    """Make WeasyPrint stop before margins if the document says `is_on_trial`; going through its `rest` adds them."""
    source = inspect.getsource(layout.layout_document)
    if source.count(_MARGINS) != 1:
        raise RuntimeError("this version of WeasyPrint adds margins in another way")
    changed = compile(source.replace(_MARGINS, f"    yield pages\n{_MARGINS}"), layout.__file__, "exec")
    exec(changed, vars(layout))  # noqa: S102 - WeasyPrint's own code, changed as shown above
    lay_out_in_steps = layout.layout_document

    def lay_out(html: _Untyped, *others: _Untyped) -> Iterator[_Untyped]:
        steps: Iterator[_Untyped] = lay_out_in_steps(html, *others)
        pages: list[_Untyped] = next(steps)
        if not getattr(html, "is_on_trial", False):
            return steps
        html.rest = steps
        return iter(pages)

    layout.layout_document = document.layout_document = lay_out
