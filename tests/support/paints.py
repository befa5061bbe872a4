"""What a PDF paints, and in which colors: read back from all its content streams."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

_DIRECT: Final = {
    "g": "/DeviceGray",
    "rg": "/DeviceRGB",
    "k": "/DeviceCMYK",
    "G": "/DeviceGray",
    "RG": "/DeviceRGB",
    "K": "/DeviceCMYK",
}
_SET: Final = {"sc", "scn", "SC", "SCN"}
_COLORED: Final = {"cs", "CS"} | _SET | set(_DIRECT)
_NAMING: Final = {"Do": "/XObject", "sh": "/Shading", "gs": "/ExtGState"}
_PAINTING: Final = {
    "text": {"Tj", "TJ", "'", '"'},
    "fill": {"f", "F", "f*", "B", "B*", "b", "b*"},
    "stroke": {"S", "s", "B", "B*", "b", "b*"},
}


@dataclass(frozen=True, slots=True)
class Color:
    """A color: its space, by name, and its numbers. Those of a pattern and of pictures are none."""

    space: str = "/DeviceGray"
    numbers: tuple[float, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Paint:
    """Something that is painted: text, fill, stroke, image, shading or group; "set" for a color that is only set.

    `mask` tells that it is part of a soft mask, `overprint` that inks it has none of stay as they are under it.
    """

    how: str
    color: Color
    mask: bool
    source: Any = field(default=None, repr=False)  # of images, shadings and groups: their object
    overprint: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    fill: Color = Color()
    stroke: Color = Color()
    overprint: bool = False


def paints(pdf: pikepdf.Pdf) -> Iterator[Paint]:
    """Return all that the pages paint, in order; groups and patterns that are used more than once, once."""
    reader = _Reader()
    for page in pdf.pages:
        yield from reader.read(page.obj, _State(), mask=False)


class _Reader:
    """Reads content streams, and those that they draw."""

    def __init__(self) -> None:
        self._seen: set[tuple[tuple[int, int], bool]] = set()

    def read(self, content: pikepdf.Object, state: _State, *, mask: bool) -> Iterator[Paint]:
        """Return what the stream or page paints, begun with these colors."""
        if "/Group" in content:
            yield Paint("group", Color(_space(content.Group.get("/CS", "none")), ()), mask, content)
        saved = []
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                saved.append(state)
            elif operator == "Q":
                state = saved.pop()
            elif operator in _COLORED:
                state, color = _colored(state, operator, operands, content.Resources)
                yield Paint("set", color, mask)
                if color.space == "/Pattern" and operator in _SET:
                    yield from self._drawn(content.Resources.Pattern[str(operands[-1])], _State(), mask=mask)
            elif operator in _NAMING:
                thing = content.Resources[_NAMING[operator]][str(operands[0])]
                if "/op" in thing:
                    state = replace(state, overprint=bool(thing.op) and int(thing.OPM) == 1)
                yield from self._named(operator, thing, state, mask)
            else:
                yield from (
                    Paint(how, state.stroke if how == "stroke" else state.fill, mask, overprint=state.overprint)
                    for how, operators in _PAINTING.items()
                    if operator in operators
                )

    def _named(self, operator: str, thing: pikepdf.Object, state: _State, mask: bool) -> Iterator[Paint]:  # noqa: FBT001
        if operator == "Do":
            yield from self._drawn(thing, state, mask=mask)
        elif operator == "sh":
            yield Paint("shading", Color(_space(thing.ColorSpace), ()), mask, thing)
        elif isinstance(thing.get("/SMask", None), pikepdf.Dictionary):
            yield from self._drawn(thing.SMask.G, _State(), mask=True)

    def _drawn(self, thing: pikepdf.Object, state: _State, *, mask: bool) -> Iterator[Paint]:
        if (thing.objgen, mask) in self._seen:
            return
        self._seen.add((thing.objgen, mask))
        if thing.get("/Subtype") == "/Image":
            yield Paint("image", Color(_space(thing.ColorSpace), ()), mask, thing)
        else:
            yield from self.read(thing, state, mask=mask)


def _colored(
    state: _State, operator: str, operands: list[pikepdf.Object], resources: pikepdf.Object
) -> tuple[_State, Color]:
    which = "stroke" if operator[0].isupper() else "fill"
    before: Color = getattr(state, which)
    if operator in {"cs", "CS"}:
        name = str(operands[0])
        named = resources.get("/ColorSpace", pikepdf.Dictionary()).get(name, None)
        color = Color(name if named is None else _space(named), ())
    else:
        numbers = tuple(float(operand) for operand in operands if not isinstance(operand, pikepdf.Name))
        color = Color(_DIRECT.get(operator, before.space), numbers)
    return replace(state, fill=color) if which == "fill" else replace(state, stroke=color), color


def _space(space: pikepdf.Object | str) -> str:
    """Return the name of a color space, and of an ICC-based or indexed one what it is made of."""
    if not isinstance(space, pikepdf.Array):
        return str(space)
    family = str(space[0])
    if family == "/ICCBased":
        return f"{family} {int(space[1].N)}"
    return f"{family} {_space(space[1])}" if family == "/Indexed" else family
