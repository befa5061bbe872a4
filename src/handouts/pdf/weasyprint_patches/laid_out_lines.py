"""Reuses lines that were laid out before in the same document, also in an earlier layout of it.

Columns are laid out at several heights until they are balanced, and each time the lines of most paragraphs are the
same. WeasyPrint has no hook for this, so the function that yields the lines of a paragraph is replaced.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css import Style
from weasyprint.formatting_structure.boxes import InlineBox, TextBox
from weasyprint.layout import block, inline
from weasyprint.text.line_break import Layout

_Untyped = Any  # WeasyPrint has no types


def reuse_laid_out_lines() -> None:
    """Make WeasyPrint copy lines of a paragraph that it has laid out in the same width."""
    block.iter_line_boxes = inline.iter_line_boxes = _iter_line_boxes
    inline.line_box_verticality = _align_and_record


_iter_original = inline.iter_line_boxes
_align_original = inline.line_box_verticality


def _align_and_record(line: _Untyped) -> tuple[float, float]:
    """Return the bottom and top of a line, and record its top and those of all boxes in it, with its baseline at 0.

    WeasyPrint moves it to its place next. Moved from there to another place, its tops would not be exactly the same.
    """
    bottom, top = _align_original(line)
    if getattr(line, "is_kept", False):
        line.tops = [top]
        _add_tops(line, line.tops)
    return bottom, top


def _iter_line_boxes(  # noqa: PLR0913, PLR0917 - the signature in WeasyPrint
    context: _Untyped,
    box: _Untyped,
    position_y: float,
    bottom_space: float,
    skip_stack: _Untyped,
    containing_block: _Untyped,
    absolute_boxes: _Untyped,
    fixed_boxes: _Untyped,
    first_letter_style: _Untyped,
    first_line_style: _Untyped,
) -> Iterator[tuple[_Untyped, _Untyped]]:
    """Yield each line, and where the text behind it goes on."""

    def lay_out(position_y: float, skip_stack: _Untyped) -> Iterator[tuple[_Untyped, _Untyped]]:
        lines: Iterator[tuple[_Untyped, _Untyped]] = _iter_original(
            context,
            box,
            position_y,
            bottom_space,
            skip_stack,
            containing_block,
            absolute_boxes,
            fixed_boxes,
            first_letter_style,
            first_line_style,
        )
        return lines

    is_plain = not (first_letter_style or first_line_style or context.excluded_shapes)
    content = _list_content(box) if is_plain else None
    if content is None:
        yield from lay_out(position_y, skip_stack)
        return
    left = containing_block.content_box_x()
    lines = _find_lines(context, containing_block, content)
    box.is_kept = True
    while True:
        key = _freeze(skip_stack)
        if key in lines:
            known, known_left, resume_at = lines[key]
            line = _copy_moved(known, left - known_left, position_y - known.position_y)
            line.position_y = position_y  # exactly, as in WeasyPrint
        else:
            line, resume_at = next(lay_out(position_y, skip_stack), (None, None))
            if line is None:
                return
            tops = line.__dict__.pop("tops", None)
            if tops is not None:  # there is something in it
                lines[key] = _copy_at(line, iter(tops)), left, resume_at
        position_y += line.height
        yield line, resume_at
        if resume_at is None:
            return
        skip_stack = resume_at


def _find_lines(context: _Untyped, containing_block: _Untyped, content: list[_Untyped]) -> dict[_Untyped, _Untyped]:
    """Return the lines of a paragraph that were laid out, by where its text goes on."""
    kept = context.style_for.kept_layout
    paragraphs = context.__dict__.setdefault("laid_out_lines", {}) if kept is None else kept.lines
    key = (
        containing_block.width,
        containing_block.height,
        containing_block.style["direction"],
        *(id(one) if isinstance(one, Style | Element) else one for one in content),
    )
    # Styles and elements, which are known by their ids, must live as long as the key.
    lines: dict[_Untyped, _Untyped]
    _, lines = paragraphs.setdefault(key, (content, {}))
    return lines


def _list_content(box: _Untyped) -> list[_Untyped] | None:
    """Return all that a line or inline box is laid out by; None if it holds anything but text in the flow.

    The text changes between layouts if it holds page numbers.
    """
    content: list[_Untyped] = [box.style, box.element, box.element_tag]
    for child in box.children:
        kind = type(child)
        if kind is TextBox:
            content += (child.style, child.element, child.element_tag, child.text)
            content += (child.leading_collapsible_space, child.trailing_collapsible_space)
        elif kind is InlineBox and child.is_in_normal_flow() and not _is_special(child):
            inner = _list_content(child)
            if inner is None:
                return None
            content += ("(", child.leading_collapsible_space, child.trailing_collapsible_space, *inner, ")")
        else:
            return None
    return content


def _is_special(box: _Untyped) -> bool:
    """Return whether an inline box is more than text: a leader, or the origin of notes, titles or page numbers."""
    return bool(
        box.is_leader
        or box.footnote
        or box.note
        or box.note_call
        or box.bookmark_label
        or box.missing_link
        or box.string_set
    )


def _freeze(skip_stack: _Untyped) -> tuple[int, ...]:
    """Return where a text goes on as a tuple: it is a dictionary with one key, the value of which is another one."""
    indexes = []
    while skip_stack is not None:
        ((index, skip_stack),) = skip_stack.items()
        indexes.append(index)
    return tuple(indexes)


def _add_tops(box: _Untyped, tops: list[float]) -> None:
    """Add the tops of all boxes in a box to a list, each before those in it."""
    for child in box.children:
        tops.append(child.position_y)
        _add_tops(child, tops)


def _copy_at(box: _Untyped, tops: Iterator[float]) -> _Untyped:
    """Return a copy of a laid-out line or box in it, with these tops."""
    copy = _copy_moved(box, 0, 0, with_children=False)
    copy.position_y = next(tops)
    copy.children = [_copy_at(child, tops) for child in box.children]
    return copy


def _copy_moved(box: _Untyped, right: float, down: float, *, with_children: bool = True) -> _Untyped:
    """Return a copy of a laid-out line or box in it, moved by CSS pixels."""
    kind = box.__class__
    copy = kind.__new__(kind)
    values = copy.__dict__
    values.update(box.__dict__)
    values["position_x"] += right
    values["position_y"] += down
    if kind is TextBox:
        # It is changed when the line is drawn.
        layout = values["pango_layout"] = Layout.__new__(Layout)
        layout.__dict__.update(box.pango_layout.__dict__)
    elif with_children:
        values["children"] = [_copy_moved(child, right, down) for child in box.children]
    return copy
