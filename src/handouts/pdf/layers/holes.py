"""Holes: boxes that take the place of slots when the pages of a body are painted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.pdf.layers.open_objects import Gap
from handouts.pdf.layout.slot_boxes import Spot

_PLAIN: Mapping[str, Any] = {
    "anchor": None,
    "appearance": "none",
    "bookmark_level": "none",
    "border_image_source": ("none", None),
    "mask_border_source": ("none", None),
    "object_fit": "fill",
    "opacity": 1,
    "outline_width": 0,
    "overflow": "visible",
    "transform": (),
    "visibility": "visible",
}
_EDGES = [f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")]
_BORDERS = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]


@dataclass(slots=True, eq=False)
class Hole:
    """The content of a hole: has the interface that WeasyPrint expects of an image.

    `number` counts all holes of a document. `parent` is the structure element that the slot belongs to, once written;
    `stream` is where the hole was painted.
    """

    number: int
    slot: int
    page: int
    left: float
    top: float
    parent: Any = None
    stream: Any = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name of the form in the resources of the pages."""
        return f"Slot{self.number}"

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Return any size: the hole fills its box."""
        return 1, 1, 1

    def draw(self, stream: Any, *_: object) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Paint the form of the slot, whose origin is here."""
        self.stream = stream
        stream.stream.append(f"/{self.name} Do".encode())


class _PlainStyle(dict[str, Any]):
    """The style of a slot without anything that is painted or that its form has, too."""

    def __init__(self, style: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(_PLAIN)
        self._style = style

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - values of CSS are of many types
        return self._style[name]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return getattr(self._style, name)


def get_hole(box: Any) -> Hole | None:  # noqa: ANN401 - as above
    """Return the content of a hole; None for other boxes."""
    hole = getattr(box, "replacement", None)
    return hole if isinstance(hole, Hole) else None


def fill_with_slot(box: Any, parent: Any) -> Gap:  # noqa: ANN401 - as above
    """Return a gap for the structure elements of the slot in a hole; their parent is a structure element."""
    hole = get_hole(box)
    if hole is None:
        raise TypeError("not a hole")
    hole.parent = parent
    return Gap("kids", (hole.slot,))


@contextmanager
def holes_in_place(document: Any, spots: Sequence[Spot]) -> Iterator[tuple[list[Page], tuple[Hole, ...]]]:  # noqa: ANN401 - as above
    """Replace the slots of a document by holes in this block, and return its pages and the holes."""
    parents = {id(spot.parent): (spot.parent, spot.parent.children) for spot in spots}
    holes: list[Hole] = []
    for spot in spots:
        slot = spot.box
        inner = slot._box if isinstance(slot, AbsolutePlaceholder) else slot  # noqa: SLF001 - no public way
        hole = Hole(len(holes), spot.slot, spot.page, inner.border_box_x(), inner.border_box_y())
        holes.append(hole)
        box = _make_box(inner, hole)
        if slot is not inner:
            placeholder = AbsolutePlaceholder(box)
            placeholder.set_laid_out_box(box)
            box = placeholder
        children = [*spot.parent.children]
        children[spot.index] = box
        spot.parent.children = children
    try:
        yield [Page(page._page_box) for page in document.pages], tuple(holes)  # noqa: SLF001 - no public way to the boxes
    finally:
        for parent, children in parents.values():
            parent.children = children


def _make_box(slot: Any, hole: Hole) -> Any:  # noqa: ANN401 - as above
    kind = boxes.InlineReplacedBox if isinstance(slot, boxes.InlineLevelBox) else boxes.BlockReplacedBox
    box = kind(slot.element_tag, _PlainStyle(slot.style), slot.element, hole)
    for name in (*_EDGES, *_BORDERS):
        setattr(box, name, 0)
    box.position_x, box.position_y = hole.left, hole.top
    box.width, box.height = slot.border_width(), slot.border_height()
    box.is_flex_item, box.is_grid_item, box.background = slot.is_flex_item, slot.is_grid_item, None
    box.baseline = 0
    return box
