"""How blocks of text were laid out, and how one is laid out again when its text is another.

What is around a block depends on little of it: its size, its lines, and the widths of its content where something
shrinks to fit it. A block that comes out the same in these, laid out by WeasyPrint with all that it was given before,
can take the place of the other one.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint.layout import block, inline
from weasyprint.layout.background import layout_box_backgrounds

_Untyped = Any  # WeasyPrint has no types
_STATE: Final = ("page_bottom", "current_page", "in_column", "forced_break")
_FREE: Final = frozenset({"position_x", "width"})  # of lines: what is around a block does not depend on it
_LABEL: Final = frozenset({"bookmark_label"})  # only the outline depends on it
_BALANCED: Final = ("width", "padding_left", "padding_right")  # of blocks: balanced lines take padding for width
_DIGITS: Final = 6  # of lengths in CSS pixels that are compared
RECORD: Final = "recorded_block"
"""The name of the attribute that leads from the block of a page to its record."""
MOVES: Final = "recorded_moves"
"""The name of the attribute with the moves of a box since it was laid out."""


@dataclass(slots=True, eq=False)
class RecordedBlock:
    """A block of lines or pictures as it was before its layout, what its layout was given, and what came out.

    `final` is the block on its finished page. `is_exact` if laid out again with the same text, it is the same. `within`
    are the boxes in it before layout, `inner` the blocks in its lines.
    """

    before: _Untyped
    arguments: dict[str, _Untyped]
    state: dict[str, _Untyped]
    outcome: object = None
    final: _Untyped = None
    page: _Untyped = None
    is_exact: bool | None = None
    within: frozenset[_Untyped] = frozenset()
    inner: "frozenset[RecordedBlock]" = frozenset()

    def has(self, before: _Untyped) -> bool:
        """Return whether a box before layout is in this block; copies of it have the same children."""
        return any(inner.children is before.children for inner in self.within if inner is not self.before)

    def is_of(self, before: _Untyped) -> bool:
        """Return whether this is the block of a box before layout."""
        return self.before.children is before.children


@dataclass(slots=True, eq=False)
class RecordedWidth:
    """A box that is as wide as its content needs, before its width was computed, what is around it, and its width."""

    before: _Untyped
    around: _Untyped
    width: object
    within: frozenset[_Untyped] = frozenset()


Contents = Mapping[RecordedBlock, _Untyped]
"""Blocks that are laid out again, whose children take the place of those on the page."""


@dataclass(slots=True)
class Recording:
    """What was recorded of a document: the tree of its boxes before layout, its blocks, and widths that fit content."""

    root: _Untyped = None
    context: _Untyped = None
    widths: list[RecordedWidth] = field(default_factory=list)
    # The elements whose widths were needed for anything else, with their tags: markers have the elements of lists.
    measured: set[tuple[_Untyped, str]] = field(default_factory=set)

    def find_blocks(self, pages: Sequence[_Untyped]) -> dict[_Untyped, tuple[RecordedBlock, ...]]:
        """Return the blocks that each box of text or picture of the tree before layout is in, the innermost first.

        `pages` are the boxes of the pages. A block may have others within its lines.
        """
        finals: dict[RecordedBlock, list[tuple[_Untyped, _Untyped]]] = {}
        for page in pages:
            for box in page.descendants(placeholders=True):
                recorded = vars(box).get(RECORD)
                if recorded is not None:
                    finals.setdefault(recorded, []).append((box, page))
        found: dict[_Untyped, list[RecordedBlock]] = {}
        for recorded, places in finals.items():
            [(recorded.final, recorded.page), *others] = places
            inside = (inner for inner in recorded.final.descendants() if inner is not recorded.final)
            if others or not all(inner.is_in_normal_flow() or inner.is_outside_marker for inner in inside):
                continue
            recorded.within = frozenset(recorded.before.descendants())
            for inner in recorded.within:
                found.setdefault(inner, []).append(recorded)
        recorded_blocks = {recorded for blocks in found.values() for recorded in blocks}
        for recorded in recorded_blocks:
            recorded.inner = frozenset(one for one in recorded_blocks if recorded.has(one.before))
        for width in self.widths:
            width.within = frozenset(width.before.descendants())
        return {box: tuple(sorted(blocks, key=lambda one: len(one.within))) for box, blocks in found.items()}

    def choose_blocks(
        self, changed: Iterable[_Untyped], blocks: Mapping[_Untyped, Sequence[RecordedBlock]]
    ) -> list[RecordedBlock] | None:
        """Return blocks to be laid out again, so that nothing else depends on boxes that show something else now.

        These are boxes of the tree before layout, and `blocks` those that each is in. None if there are no such blocks.
        """
        chosen: list[RecordedBlock] = []
        for box in changed:
            if (box.element, box.element_tag) in self.measured:
                return None
            widths = [recorded for recorded in self.widths if box in recorded.within]
            found = next((one for one in blocks[box] if self.check(one) and self._keeps_widths(one, widths)), None)
            if found is None:
                return None
            chosen.append(found)
        return [one for one in dict.fromkeys(chosen) if not any(one in other.inner for other in chosen)]

    def check(self, recorded: RecordedBlock) -> bool:
        """Return whether a block, laid out again with the same text, is the same; looked at once."""
        if recorded.is_exact is None:
            again, final = self._lay_out_again(recorded), recorded.final
            recorded.is_exact = (
                again is not None
                and _list_widths(again) == _list_widths(final)
                and all(map(_is_same, again.children, final.children))
            )
        return recorded.is_exact

    def lay_out_again(self, blocks: Iterable[RecordedBlock]) -> Contents | None:
        """Return blocks as they are laid out with the text that they have now; None if more depends on it."""
        contents = {recorded: self._lay_out_again(recorded) for recorded in blocks}
        found = {recorded: content for recorded, content in contents.items() if content is not None}
        return found if len(found) == len(contents) else None

    def put_in_place(self, contents: Contents) -> None:
        """Replace the contents of blocks on their pages."""
        for recorded, content in contents.items():
            recorded.final.children = content.children
            for name, width in zip(_BALANCED, _list_widths(content), strict=True):
                setattr(recorded.final, name, width)
            layout_box_backgrounds(recorded.page, recorded.final, self.context.get_image_from_uri)
            for other in recorded.inner:
                other.is_exact = False  # its lines are no longer on the page

    def _keeps_widths(self, block: RecordedBlock, widths: Iterable[RecordedWidth]) -> bool:
        """Return whether widths of boxes around a block are the same as before."""
        for recorded in widths:
            if not block.has(recorded.before):
                box = recorded.before.copy()
                inline.inline_block_width(box, self.context, recorded.around)
                if box.width != recorded.width:
                    return False
        return True

    def _lay_out_again(self, recorded: RecordedBlock) -> _Untyped:
        """Return a block that comes out the same for all around it, with its children moved; otherwise None."""
        laid_out = self._lay_out(recorded)
        if laid_out is None or describe_outcome(laid_out) != recorded.outcome:
            return None
        content, final = laid_out[0].children, recorded.final.children
        if len(content) != len(final):
            return None
        # Markers of lists are laid out with what is around the block.
        pairs = zip(content, final, strict=True)
        moved = _move([old if new.is_outside_marker else new for new, old in pairs], final)
        if moved is None:
            return None
        laid_out[0].children = moved
        return laid_out[0]

    def _lay_out(self, recorded: RecordedBlock) -> tuple[_Untyped, ...] | None:
        context = self.context
        kept = read_state(context)
        _write_state(context, recorded.state)
        context.create_block_formatting_context()
        try:
            arguments = recorded.arguments
            margins = arguments["adjoining_margins"]
            laid_out: tuple[_Untyped, ...] = block.block_container_layout(
                context,
                recorded.before.copy(),
                **arguments | {"adjoining_margins": margins and list(margins)},
                skip_stack=None,
                absolute_boxes=[],
                fixed_boxes=[],
            )
        finally:
            _write_state(context, kept)
            context.finish_block_formatting_context()
        return laid_out if laid_out[0] is not None else None


def read_state(context: _Untyped) -> dict[str, _Untyped]:
    """Return what of the state of a layout the layout of a block depends on."""
    return {name: getattr(context, name) for name in _STATE}


def _write_state(context: _Untyped, state: Mapping[str, _Untyped]) -> None:
    for name, value in state.items():
        setattr(context, name, value)


def _move(content: Sequence[_Untyped], replaced: Sequence[_Untyped]) -> Sequence[_Untyped] | None:
    """Move new content of a block as the content that it replaces was moved; None if that is not known."""
    for box, other in zip(content, replaced, strict=True):
        if box is other:
            continue
        moves = vars(other).get(MOVES)
        if moves is None:
            return None
        for move in moves:
            box.translate(*move)
        setattr(box, MOVES, moves)
    return content


def describe_outcome(laid_out: Sequence[_Untyped]) -> object:
    """Return all that boxes around a block may depend on."""
    box, *others = laid_out
    return (
        _list_values(box, _LABEL.union(_BALANCED)),
        round(sum(_list_widths(box)), _DIGITS),
        [(type(child), child.is_outside_marker or _list_values(child, _FREE)) for child in box.children],
        copy.deepcopy(others),
    )


def _list_widths(box: _Untyped) -> tuple[float, ...]:
    return tuple(getattr(box, name) for name in _BALANCED)


def _is_same(one: _Untyped, other: _Untyped) -> bool:
    values = _list_values(one)
    return (
        type(one) is type(other)
        and values == {name: vars(other).get(name) for name in values}
        and len(one.children) == len(other.children)
        and all(map(_is_same, one.children, other.children))
    )


def _list_values(box: _Untyped, free: frozenset[str] = frozenset()) -> dict[str, object]:
    return {
        name: value for name, value in vars(box).items() if isinstance(value, int | float | str) and name not in free
    }
