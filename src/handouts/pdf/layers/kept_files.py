"""Files of what is laid out and kept for the next build: damage is noticed, and reading them runs no code."""

import io
import pickle
from pathlib import Path
from typing import Final

from handouts.system.kept_files import read_kept_file, write_kept_file

# All that bodies and slots are made of; nothing else is created from a file, whoever wrote it.
_CLASSES: Final = frozenset(
    {
        ("handouts.pdf.layers.written_body", "WrittenBody"),
        ("handouts.pdf.layers.body_layer", "BodyLayer"),
        ("handouts.pdf.layers.places", "Place"),
        ("handouts.pdf.layers.letters", "CodeForm"),
        ("handouts.pdf.layers.letters", "Letters"),
        ("handouts.pdf.layers.open_objects", "Gap"),
        ("handouts.pdf.layers.open_objects", "OpenForm"),
        ("handouts.pdf.layers.open_objects", "OpenObject"),
        ("handouts.pdf.layers.painted_slots", "KnownSlots"),
        ("handouts.pdf.layers.painted_slots", "PaintedSlots"),
        ("handouts.pdf.layers.slot_layer", "SlotLayer"),
        ("handouts.pdf.layers.slot_layer", "Use"),
        ("handouts.model.imposition", "Placed"),
        ("handouts.model.imposition", "Side"),
        ("handouts.pdf.page_checks.painted_text", "Area"),
        ("handouts.pdf.page_checks.painted_text", "Font"),
        ("handouts.pdf.page_checks.painted_text", "Piece"),
        ("handouts.pdf.layout.bodies", "Body"),
        ("handouts.pdf.layout.renderer", "Context"),
        ("handouts.pdf.layout.slot_boxes", "Blanks"),
        ("handouts.pdf.layout.slot_rooms", "Room"),
        ("handouts.problems.problem", "Place"),
        ("handouts.problems.problem", "Problem"),
        ("handouts.problems.problem", "Severity"),
    }
)


def write_kept(path: Path, key: str, value: object) -> None:
    """Write a value, if there is plenty of room; the next build can lay out again."""
    write_kept_file(path, pickle.dumps((key, value)))


def read_kept(path: Path, key: str) -> object | None:
    """Return the value of a key from a file; None if there is none, or if it is damaged."""
    content = read_kept_file(path)
    if content is None:
        return None
    try:
        written_key, value = _ValueReader(io.BytesIO(content)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, LookupError):
        return None
    kept: object = value
    return kept if written_key == key else None


class _ValueReader(pickle.Unpickler):
    """Reads bodies and slots, and refuses everything else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a body or slot")
        return super().find_class(module, name)
