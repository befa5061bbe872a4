"""Records how blocks are laid out, in functions that take the place of those of WeasyPrint meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, preferred

from handouts.pdf.weasyprint_patches.recorded_blocks import (
    MOVES,
    RECORD,
    RecordedBlock,
    RecordedWidth,
    Recording,
    describe_outcome,
    read_state,
)

_Untyped = Any  # WeasyPrint has no types


@contextmanager
def recorded_blocks() -> Iterator[Recording]:
    """Record the blocks of the document that is laid out in this block."""
    recording = Recording()
    recorder = _Recorder(recording)
    replacements = [
        (block, "block_container_layout", recorder.record_block(block.block_container_layout)),
        (inline, "inline_block_width", recorder.record_width(inline.inline_block_width)),
        (preferred, "inline_line_widths", recorder.note_measured(preferred.inline_line_widths, 1)),
        (preferred, "replaced_min_content_width", recorder.note_measured(preferred.replaced_min_content_width, 0)),
        (preferred, "replaced_max_content_width", recorder.note_measured(preferred.replaced_max_content_width, 0)),
        (weasyprint.document, "layout_document", recorder.note_document(weasyprint.document.layout_document)),
        (boxes.Box, "deepcopy", recorder.note_copied(boxes.Box.deepcopy)),
        (boxes.ParentBox, "deepcopy", recorder.note_copied(boxes.ParentBox.deepcopy)),
        (boxes.Box, "translate", _translate_and_record(boxes.Box.translate)),
    ]
    originals = [(owner, name, getattr(owner, name)) for owner, name, _ in replacements]
    for owner, name, replacement in replacements:
        setattr(owner, name, replacement)
    try:
        yield recording
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


class _Recorder:
    """Makes functions that record what those of WeasyPrint do."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._is_fitting = False

    def record_block(self, lay_out: _Untyped) -> _Untyped:
        def lay_out_and_record(  # noqa: PLR0913, PLR0917 - as in the function that is replaced
            context: _Untyped,
            box: _Untyped,
            bottom_space: float,
            skip_stack: _Untyped,
            page_is_empty: _Untyped,
            absolute_boxes: _Untyped,
            fixed_boxes: _Untyped,
            adjoining_margins: _Untyped,
            first_letter_style: _Untyped,
            first_line_style: _Untyped,
            discard: _Untyped,
            max_lines: _Untyped,
        ) -> _Untyped:
            recorded = None
            is_leaf = all(
                isinstance(child, boxes.LineBox | boxes.ReplacedBox) or child.is_outside_marker
                for child in box.children
            )
            is_plain = skip_stack is None and not first_letter_style and not first_line_style
            if is_leaf and is_plain and box.children and not context.excluded_shapes:
                arguments = {
                    "bottom_space": bottom_space,
                    "page_is_empty": page_is_empty,
                    "adjoining_margins": adjoining_margins and list(adjoining_margins),
                    "first_letter_style": None,
                    "first_line_style": None,
                    "discard": discard,
                    "max_lines": max_lines,
                }
                recorded = RecordedBlock(box.copy(), arguments, read_state(context))
            laid_out = lay_out(
                context,
                box,
                bottom_space,
                skip_stack,
                page_is_empty,
                absolute_boxes,
                fixed_boxes,
                adjoining_margins,
                first_letter_style,
                first_line_style,
                discard,
                max_lines,
            )
            if recorded and laid_out[0] is not None and laid_out[1] is None:
                recorded.outcome = describe_outcome(laid_out)
                setattr(laid_out[0], RECORD, recorded)
                for child in laid_out[0].children:
                    if not child.is_outside_marker:
                        setattr(child, MOVES, ())
            return laid_out

        return lay_out_and_record

    def record_width(self, compute: _Untyped) -> _Untyped:
        def compute_and_record(box: _Untyped, context: _Untyped, containing_block: _Untyped) -> None:
            before, was_fitting = box.copy(), self._is_fitting
            self._is_fitting = True
            try:
                compute(box, context, containing_block)
            finally:
                self._is_fitting = was_fitting
            around = containing_block if isinstance(containing_block, tuple) else containing_block.copy()
            self._recording.widths.append(RecordedWidth(before, around, box.width))

        return compute_and_record

    def note_measured(self, measure: _Untyped, position: int) -> _Untyped:
        def measure_and_note(*arguments: _Untyped, **named: _Untyped) -> _Untyped:
            if not self._is_fitting:
                self._recording.measured.update(
                    (inner.element, inner.element_tag) for inner in arguments[position].descendants()
                )
            return measure(*arguments, **named)

        return measure_and_note

    def note_copied(self, copy_deeply: _Untyped) -> _Untyped:
        def copy_and_note(box: _Untyped) -> _Untyped:
            if (
                self._recording.root is not None
            ):  # for a trial in layout: what it is for depends on the size of the copy
                self._recording.measured.update((inner.element, inner.element_tag) for inner in box.descendants())
            return copy_deeply(box)

        return copy_and_note

    def _note(self, box: _Untyped) -> None:
        self._recording.measured.update((inner.element, inner.element_tag) for inner in box.descendants())

    def note_document(self, lay_out: _Untyped) -> _Untyped:
        def lay_out_and_note(html: _Untyped, root: _Untyped, context: _Untyped, *others: _Untyped) -> _Untyped:
            self._recording.root, self._recording.context = root, context
            return lay_out(html, root, context, *others)

        return lay_out_and_note


def _translate_and_record(translate: _Untyped) -> _Untyped:
    def move_and_record(box: _Untyped, dx: float = 0, dy: float = 0, ignore_floats: bool = False) -> None:  # noqa: FBT001, FBT002 - as in the method that is replaced
        if MOVES in vars(box):
            setattr(box, MOVES, (*vars(box)[MOVES], (dx, dy, ignore_floats)))
        translate(box, dx, dy, ignore_floats)

    return move_and_record
