"""Boxes of slots: lays out slots alone, and puts their boxes into the pages of a body."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isclose
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element

from handouts.pdf.layout.renderer import Context, Engine, Pages
from handouts.pdf.layout.slots import grow


class Blanks(NamedTuple):
    """The pages on which slots are laid out alone: the names of the blank pages after them, "" for most.

    The slots are `apart`, each on a new page, only if one of them would be broken because it follows another.
    """

    names: tuple[str, ...] = ()
    apart: bool = False


# Margins may be other ones on the first page, on left and on right pages, and on pages with names.
_UNNAMED: Final = ((), ("",), ("", ""))
_LENGTH_TOLERANCE: Final = 1e-3  # in CSS pixels, of all boxes in a slot
# Properties that show whether a box looks the same.
_LOOKS: Final = (
    "color",
    "background_color",
    "border_top_color",
    "font_family",
    "font_size",
    "font_style",
    "font_weight",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the box of a slot is: its number, the number of its page, its parent, and its index there."""

    slot: int
    page: int
    parent: Any
    index: int

    @property
    def box(self) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """The box."""
        return self.parent.children[self.index]


Size = tuple[float, float]
"""The width and height of the border of a slot in CSS pixels; 0 x 0 if it is not displayed."""


@dataclass(frozen=True, slots=True)
class SlotBoxes:
    """Slots that were laid out alone: their elements, their pages, and the box of each; None if it is not displayed.

    `whole` is false if one of them is broken over two pages.
    """

    elements: Sequence[Element]
    pages: Pages
    boxes: tuple[Any, ...]
    whole: bool

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The size of each slot."""
        return tuple((box.border_width(), box.border_height()) if box is not None else (0, 0) for box in self.boxes)


class SlotRenderer:
    """Lays out a group of the slots of one document alone, once in each context."""

    def __init__(self, engine: Engine, head: str, slots: Sequence[Element], group: Collection[int]) -> None:
        """Take the start of the HTML of the document, up to <body>, the elements in all slots, and the group."""
        self.engine: Final = engine
        self.slots: Final = slots
        self.group: Final = frozenset(group)
        self._head = head
        self._laid_out: dict[tuple[Context, Blanks], SlotBoxes] = {}

    def lay_out(self, context: Context, blanks: Blanks) -> SlotBoxes:
        """Lay out the slots, and blank pages behind them."""
        key = context.select(self.group), blanks
        if key not in self._laid_out:
            self._laid_out[key] = self._lay_out(*key)
        return self._laid_out[key]

    def _lay_out(self, context: Context, blanks: Blanks) -> SlotBoxes:
        html = self.engine.parse(f"{self._head}<body>")
        for slot in self.slots:
            slot.tail = None  # the text after it, if it was in a document
        root = grow(context.skeleton, self.slots)
        body = next(root.iter("body"))
        for name in blanks.names:
            blank = Element("div", {"style": f"break-before: page; page: {name or 'auto'}"})
            blank.text = "\N{NO-BREAK SPACE}"
            body.append(blank)
        html.etree_element[-1] = body
        with _breaks_before([self.slots[number] for number in sorted(self.group)[1:]] if blanks.apart else ()):
            pages = self.engine.render(html, context.css)
        boxes: dict[int, Any] = {}
        whole = True
        for spot in find_spots(pages, self.slots):
            first = boxes.setdefault(spot.slot, spot.box)
            # In margins, the same is on several pages.
            whole &= first is spot.box or _is_alike(first, spot.box)
        return SlotBoxes(self.slots, pages, tuple(boxes.get(number) for number in range(len(self.slots))), whole)


LayOutSlots = Callable[[Context, Blanks], SlotBoxes | None]
"""Lays out a group of slots alone, with blank pages after them; None if anything is reported."""


def find_blanks(
    lay_out: LayOutSlots, group: Collection[int], context: Context, spots: Sequence[Spot], names: Sequence[str]
) -> Blanks | None:
    """Return the pages that a group of slots needs to look as it does in a document; None if it never does.

    `names` are those of the pages of the document.
    """
    spots = [spot for spot in spots if spot.slot in group]
    needed = {spot.slot for spot in spots}
    named = tuple(dict.fromkeys(names[spot.page] for spot in spots))
    for behind in (*_UNNAMED, named):
        blanks = Blanks(behind)
        alone = lay_out(context, blanks)
        if alone is not None and _list_displayed(alone) >= needed:
            if not alone.whole and len(needed) > 1:
                blanks = Blanks(behind, apart=True)
                alone = lay_out(context, blanks)
            is_same = (
                alone is not None
                and alone.whole
                and _list_displayed(alone) == needed
                and all(_is_alike(spot.box, alone.boxes[spot.slot]) for spot in spots)
            )
            return blanks if is_same else None
    return None


def _list_displayed(slots: SlotBoxes) -> set[int]:
    return {number for number, box in enumerate(slots.boxes) if box is not None}


@contextmanager
def _breaks_before(elements: Iterable[Element]) -> Iterator[None]:
    """Begin a new page with each element in this block; the elements are those of the document, too."""
    styles = {element: element.get("style") for element in elements}
    for element, style in styles.items():
        element.set("style", f"{style or ''}; break-before: page")
    try:
        yield
    finally:
        for element, style in styles.items():
            if style is None:
                del element.attrib["style"]
            else:
                element.set("style", style)


def find_spots(pages: Pages, slots: Sequence[Element]) -> tuple[Spot, ...]:
    """Return where the boxes of slots are on pages; a box that is broken has several spots."""
    numbers = {slot: number for number, slot in enumerate(slots)}

    def find(page: int, parent: Any) -> Iterator[Spot]:  # noqa: ANN401 - as above
        for index, child in enumerate(parent.children):
            if child.element in numbers:
                yield Spot(numbers[child.element], page, parent, index)
            else:
                yield from find(page, child)

    found = (find(number, page._page_box) for number, page in enumerate(pages.document.pages))  # noqa: SLF001 - no public way to the boxes
    return tuple(spot for spots in found for spot in spots)


def find_margin_slots(pages: Pages, slots: Sequence[Element]) -> frozenset[int]:
    """Return the numbers of slots that are in margins of pages."""
    numbers = {slot: number for number, slot in enumerate(slots)}
    boxes = (page._page_box for page in pages.document.pages)  # noqa: SLF001 - no public way to the boxes
    inside = (box for page in boxes for margin in page.children[1:] for box in margin.descendants())
    return frozenset(numbers[box.element] for box in inside if box.element in numbers)


def _is_alike(one: Any, other: Any) -> bool:  # noqa: ANN401 - as above
    """Return whether two boxes look the same, with all boxes in them, wherever they are."""

    def is_alike(inner: Any, counterpart: Any) -> bool:  # noqa: ANN401 - as above
        return (
            inner.element_tag == counterpart.element_tag
            and all(map(is_close, measure(inner, one), measure(counterpart, other)))
            and all(str(inner.style[name]) == str(counterpart.style[name]) for name in _LOOKS)
            and getattr(inner, "text", "") == getattr(counterpart, "text", "")
            and len(inner.children) == len(counterpart.children)
            and all(map(is_alike, inner.children, counterpart.children))
        )

    def measure(inner: Any, box: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as above
        x, y = inner.border_box_x() - box.border_box_x(), inner.border_box_y() - box.border_box_y()
        return x, y, inner.width, inner.height

    return is_alike(one, other)


def is_close(one: object, other: object) -> bool:
    """Return whether lengths are the same; not after rounding, because that can move two apart that are equal."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other, abs_tol=_LENGTH_TOLERANCE)
    return one == other
