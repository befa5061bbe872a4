"""What is painted on a page, each on its ground: colors and places read from the content, as a viewer would paint it.

Each part of a path counts as the rectangle around it, and is clipped to those around its clipping paths: exact for the
boxes, frames and rules of pages, generous for drawings.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

Rgb = tuple[float, float, float]
Matrix = tuple[float, float, float, float, float, float]

WHITE: Final[Rgb] = (1, 1, 1)
_FILLS: Final = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKES: Final = {"S", "s", "B", "B*", "b", "b*"}
_ENDS: Final = _FILLS | _STROKES | {"n"}
_POINTS: Final = {"m", "l", "c", "v", "y", "re"}
_TEXT: Final = {"BT", "Tm", "TJ", "Tj"}
_COLORS: Final = {"cs", "g", "rg", "sc", "scn", "CS", "G", "RG", "SC", "SCN"}

Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """The rectangles around the parts of a path; with `even_odd`, a part within another is a hole in it."""

    parts: tuple[Area, ...]
    even_odd: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is in the shape."""
        around = sum(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.parts)
        return around % 2 == 1 if self.even_odd else around > 0

    @property
    def area(self) -> Area:
        """The rectangle around it."""
        lefts, bottoms, rights, tops = zip(*self.parts, strict=True) if self.parts else ((0,), (0,), (0,), (0,))
        return min(lefts), min(bottoms), max(rights), max(tops)


@dataclass(frozen=True, slots=True)
class Painted:
    """Something painted: text, fill, stroke or image, its color on the ground that it stands on, and where.

    Colors are None where pictures and patterns are: there are no numbers for them. `area` is left, bottom, right, top
    in points; of text only where it begins.
    """

    how: str
    color: Rgb | None
    ground: Rgb | None
    area: Area
    artifact: bool
    shapes: tuple[Shape, ...] = field(default=(), repr=False)

    @property
    def contrast(self) -> float:
        """The contrast of the color on its ground (WCAG 2.2), 0 if one of them has no number."""
        return contrast(self.color, self.ground) if self.color and self.ground else 0


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colors (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def painted(page: pikepdf.Page) -> list[Painted]:
    """Return all that a page paints, in order."""
    reader = _Reader()
    reader.read(page.obj, _State())
    return reader.found


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    clips: tuple[Shape, ...] = ()
    fill: Rgb | None = (0, 0, 0)
    stroke: Rgb | None = (0, 0, 0)
    fill_alpha: float = 1
    stroke_alpha: float = 1
    size: float = 0


@dataclass
class _At:
    """Where reading a content stream has come to."""

    state: _State
    text: Matrix
    path: list[Area] = field(default_factory=list)
    clip: str = ""
    saved: list[_State] = field(default_factory=list)


@dataclass
class _Reader:
    """Reads content streams, and the forms that they draw."""

    found: list[Painted] = field(default_factory=list)
    _marked: list[str] = field(default_factory=list)

    def read(self, content: pikepdf.Object, state: _State) -> None:
        at = _At(state, state.matrix)
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in _POINTS:
                at.path = _extended(at.path, operator, [float(number) for number in operands], at.state.matrix)
            elif operator in {"W", "W*"}:
                at.clip = operator
            elif operator in _ENDS:
                self._end_path(operator, at)
            elif operator in _TEXT:
                self._write(operator, operands, at)
            elif operator in {"Do", "sh"}:
                self._draw(operator, operands, content, at.state)
            elif operator in {"BMC", "BDC"}:
                self._marked.append(str(operands[0]))
            elif operator == "EMC":
                self._marked.pop()
            else:
                _change(at, operator, operands, content)

    def _end_path(self, operator: str, at: _At) -> None:
        shapes = (Shape(tuple(at.path), "*" in operator), *at.state.clips)
        if operator in _FILLS:
            self._add("fill", at.state.fill, shapes, at.state.fill_alpha)
        if operator in _STROKES:
            self._add("stroke", at.state.stroke, shapes, at.state.stroke_alpha)
        if at.clip:
            at.state = replace(at.state, clips=(*at.state.clips, Shape(tuple(at.path), at.clip == "W*")))
        at.path, at.clip = [], ""

    def _write(self, operator: str, operands: list[pikepdf.Object], at: _At) -> None:
        if operator in {"BT", "Tm"}:
            at.text = _product(_matrix(operands), at.state.matrix)
        else:
            x, y = _moved(at.text, at.state.size * 0.2, at.state.size * 0.2)
            self._add("text", at.state.fill, (Shape(((x, y, x, y),)),), at.state.fill_alpha)

    def _draw(self, operator: str, operands: list[pikepdf.Object], content: pikepdf.Object, state: _State) -> None:
        thing = None if operator == "sh" else content.Resources.XObject[str(operands[0])]
        if thing is None:
            self._add("image", None, state.clips, state.fill_alpha)
        elif thing.Subtype == "/Image":
            area = _around([], [_moved(state.matrix, x, y) for x in (0, 1) for y in (0, 1)])
            self._add("image", None, (Shape((area,)), *state.clips), state.fill_alpha)
        else:
            self.read(thing, replace(state, matrix=_product(_matrix(thing.get("/Matrix", [])), state.matrix)))

    def _add(self, how: str, color: Rgb | None, shapes: tuple[Shape, ...], alpha: float) -> None:
        areas = [shape.area for shape in shapes]
        area = (max(a[0] for a in areas), max(a[1] for a in areas), min(a[2] for a in areas), min(a[3] for a in areas))
        if not alpha or area[0] > area[2] or area[1] > area[3]:
            return
        ground = self._ground((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
        if color and ground and alpha < 1:
            color = _mixed(color, ground, alpha)
        self.found.append(Painted(how, color, ground, area, "/Artifact" in self._marked, shapes))

    def _ground(self, x: float, y: float) -> Rgb | None:
        for one in reversed(self.found):
            if one.how in {"fill", "image"} and all(shape.holds(x, y) for shape in one.shapes):
                return one.color
        return WHITE


def _change(at: _At, operator: str, operands: list[pikepdf.Object], content: pikepdf.Object) -> None:
    changes: dict[str, Any] = {}
    if operator == "q":
        at.saved.append(at.state)
    elif operator == "Q":
        at.state = at.saved.pop()
    elif operator == "cm":
        changes["matrix"] = _product(_matrix(operands), at.state.matrix)
    elif operator in _COLORS:
        kind = "stroke" if operator.isupper() else "fill"
        before = getattr(at.state, kind)
        is_indexed = operator in {"sc", "SC"} and len(operands) == 1 and before is not None
        changes[kind] = before if is_indexed else _color(operands, content)
    elif operator == "gs":
        named = content.Resources.ExtGState[str(operands[0])]
        names = {"fill_alpha": "/ca", "stroke_alpha": "/CA"}
        changes = {name: float(named[key]) for name, key in names.items() if key in named}
    elif operator == "Tf":
        changes["size"] = float(operands[1])
    at.state = replace(at.state, **changes)


def _extended(path: list[Area], operator: str, numbers: list[float], matrix: Matrix) -> list[Area]:
    """Add to a path: "m" and "re" begin a part, the others go on with the last."""
    if operator == "re":
        x, y, width, height = numbers
        numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
    points = [_moved(matrix, numbers[place], numbers[place + 1]) for place in range(0, len(numbers), 2)]
    begins = operator in {"m", "re"}
    return [*path, _around([], points)] if begins else [*path[:-1], _around(path[-1:], points)]


def _matrix(numbers: Iterable[object]) -> Matrix:
    """Return the matrix of six numbers; of none, the one that moves nothing."""
    a, b, c, d, e, f = [float(str(number)) for number in numbers] or (1, 0, 0, 1, 0, 0)
    return a, b, c, d, e, f


def _color(operands: list[pikepdf.Object], content: pikepdf.Object) -> Rgb | None:
    names = [str(operand) for operand in operands if isinstance(operand, pikepdf.Name)]
    space = content.Resources.ColorSpace.get(names[0]) if names else None
    if isinstance(space, pikepdf.Array) and space[0] == "/Indexed":  # the only color of a practice in it
        red, green, blue = bytes(space[3])
        return red / 255, green / 255, blue / 255
    if names:
        return None
    numbers = [float(operand) for operand in operands]
    return (numbers[0], numbers[0], numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1], numbers[2])


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(begun: list[Area], points: list[tuple[float, float]]) -> Area:
    xs = [x for x, _ in points] + [x for left, _, right, _ in begun for x in (left, right)]
    ys = [y for _, y in points] + [y for _, bottom, _, top in begun for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


def _mixed(color: Rgb, ground: Rgb, alpha: float) -> Rgb:
    red, green, blue = (part * alpha + under * (1 - alpha) for part, under in zip(color, ground, strict=True))
    return red, green, blue
