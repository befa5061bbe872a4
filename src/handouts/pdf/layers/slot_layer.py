"""The layer of slots: what is of one practice, as form XObjects that have their own fonts and structure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from handouts.pdf.layers.letters import CodeForm
from handouts.pdf.layers.open_objects import OpenForm, OpenObject, Pieces
from handouts.pdf.layers.qr_codes import QrCode

_COVER: Final = b"<</Type /XObject/Subtype /Form/BBox [-20000 -20000 20000 20000]/Length %d>>\nstream\n%s\nendstream"


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a slot in a body: in a structure element of some type, or as some type of artifact."""

    slot: int
    outer: str
    is_artifact: bool = False


@dataclass(frozen=True, slots=True)
class SlotLayer:
    """The slots of a document, painted.

    `forms` are indexes of objects. By slot, `kids` holds the structure elements of its content and `annotations` its
    links, `titles` the entries of the outline. `parents` are the values of its content in the parent tree. `codes` are
    the objects that show a print code, `qr_codes` those that show a QR code, whose text alternative is `alternative`.
    """

    objects: tuple[OpenObject, ...]
    forms: Mapping[Use, int]
    kids: Mapping[int, Pieces]
    annotations: Mapping[int, tuple[int, ...]]
    parents: tuple[Pieces, ...]
    titles: tuple[tuple[str, ...], ...]
    codes: Mapping[int, CodeForm] = field(default_factory=dict)
    qr_codes: Mapping[int, OpenForm] = field(default_factory=dict)
    alternative: bytes = b""

    def set_code(self, code: str) -> "SlotLayer | None":
        """Return the layer with a print code in its forms; None if the code is too wide."""
        objects = list(self.objects)
        for number, form in self.codes.items():
            written = form.write(code)
            if written is None:
                return None
            objects[number] = written
        return replace(self, objects=tuple(objects))

    def set_qr_code(self, qr_code: QrCode) -> "SlotLayer":
        """Return the layer with a QR code in place of its stand-in."""
        objects, path = list(self.objects), b"\n".join(qr_code.write_path())
        for number, form in self.qr_codes.items():
            objects[number] = form.write(path)
        return replace(self, objects=tuple(objects), alternative=qr_code.write_alternative())

    def cover(self, sizes: Mapping[int, tuple[float, float]]) -> "SlotLayer":
        """Return the layer with nothing but a black area in each slot; `sizes` are in CSS pixels."""
        objects = list(self.objects)
        for use, number in self.forms.items():
            width, height = sizes[use.slot]
            content = b"0 g 0 0 %f %f re f" % (width, height)
            objects[number] = OpenObject((_COVER % (len(content), content),), is_stream=True)
        return replace(self, objects=tuple(objects))
