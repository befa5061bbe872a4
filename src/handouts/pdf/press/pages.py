"""Pages for the press: painted, and nothing else."""

from typing import Any, Final

import pydyf


class PaintedOnly:
    """A page without links, anchors, bookmarks and form fields; in all else the page it was made of."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - a weasyprint Page, which has no types, or like one
        """Take the page."""
        self._page = page
        self.links: Final[list[object]] = []
        self.anchors: Final[dict[str, object]] = {}
        self.bookmarks: Final[list[object]] = []
        self.forms: Final[dict[None, list[object]]] = {None: []}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the page has
        """Give what the page has."""
        return getattr(self._page, name)


def blend_in_inks(page: Any) -> None:  # noqa: ANN401 - a pydyf.Dictionary, which has no types
    """Have what is translucent on a page blended in inks (ISO 15930-7, 6.20; ISO 32000-1, 11.4.7)."""
    page["Group"] = pydyf.Dictionary({"Type": "/Group", "S": "/Transparency", "CS": "/DeviceCMYK"})


def all_plates() -> pydyf.Array:
    """Give the color space of all inks at once (ISO 32000-1, 8.6.6.4)."""
    function = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0, 0, 0, 0]),
            "C1": pydyf.Array([1, 1, 1, 1]),
            "N": 1,
        }
    )
    return pydyf.Array(["/Separation", "/All", "/DeviceCMYK", function])
