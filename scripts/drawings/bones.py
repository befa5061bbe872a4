"""The drawing of the handout on the bone density test: where the test looks, at the hip and the spine."""

from typing import Final

from strokes import BOLD, FINE, OUTLINE, drawing, line, number, shape

WIDTH: Final = 120.0
HEIGHT: Final = 150.0
_MIDDLE: Final = WIDTH / 2
_VERTEBRAE: Final = 14
_MEASURED: Final = 5  # the lowest of them
# The right half of a body from the front, in curves from the top of the head to the thigh, where the picture ends.
_HALF_BODY: Final = (
    (6.5, 3, 10.5, 8, 10, 16),
    (9.8, 21, 7.6, 25, 5.6, 28),
    (5.4, 33, 6.4, 35, 10, 36.5),
    (19, 39.5, 28, 40, 30.5, 50),
    (33, 62, 35, 78, 37.4, 94),
    (39, 103, 39, 112, 36.8, 116),
    (34, 120, 30.6, 116, 30.8, 108),
    (30, 94, 27, 74, 25, 58),
    (23, 70, 20.6, 80, 23.4, 92),
    (27.4, 108, 27, 128, 25.4, 147),
)
_INNER_THIGH: Final = (1.6, 118, 3.4, 132, 3.4, 147)
_HIP_BONE: Final = (
    (8, 84.5, 14, 83, 19, 86.5),
    (22.4, 89.4, 21, 95, 17.6, 98.5),
    (18.4, 102, 16.6, 105.6, 13, 106.6),
    (12, 111, 8.4, 113, 5.6, 112.5),
    (3.6, 112, 1.6, 110, 1.4, 107.5),
    (4.4, 106.4, 7.6, 103, 8.2, 98),
    (6.6, 94, 5.4, 90, 4, 87),
)

_HIPS: Final = ((1, OUTLINE), (-1, FINE))  # the one that is measured, and the other


def draw_test_sites() -> str:
    """Return a body from the front with the bones that the test measures."""
    rings = (
        f"M{number(_MIDDLE - 9)} 56H{number(_MIDDLE + 9)}V83H{number(_MIDDLE - 9)}Z",
        f"M{number(_MIDDLE + 3.6)} 104a10.6 10.6 0 1 0 21.2 0a10.6 10.6 0 1 0 -21.2 0Z",
    )
    return drawing(
        HEIGHT,
        "Hip and spine",
        "A body from the front, with the spine, the hip bones and the tops of the thigh bones. Dashed lines frame the "
        "lower spine and one hip.",
        *(line(f"M{number(_MIDDLE)} 3" + _curves(_HALF_BODY, side), BOLD) for side in (1, -1)),
        *(line(f"M{number(_MIDDLE)} 112" + _curves((_INNER_THIGH,), side), BOLD) for side in (1, -1)),
        _spine(),
        *(_thigh_bone(side, width) for side, width in _HIPS),
        *(shape(f"M{number(_MIDDLE + side * 4)} 87" + _curves(_HIP_BONE, side) + "Z", width=FINE) for side in (1, -1)),
        *(_hip_joint(side, width) for side, width in _HIPS),
        *(line(ring, 1.8, dashes="3.4 3.4") for ring in rings),
        width=WIDTH,
    )


def _spine() -> str:
    """Return the vertebrae, which get larger downward, and the bone at their end."""
    bones, y = [], 36.0
    for index in range(_VERTEBRAE):
        half, height = 3.2 + index * 0.17, 2.6 + index * 0.06
        bones.append(
            shape(
                f"M{number(_MIDDLE - half)} {number(y)}H{number(_MIDDLE + half)}L{number(_MIDDLE + half - 0.6)} "
                f"{number(y + height / 2)}L{number(_MIDDLE + half)} {number(y + height)}H{number(_MIDDLE - half)}"
                f"L{number(_MIDDLE - half + 0.6)} {number(y + height / 2)}Z",
                width=OUTLINE if index >= _VERTEBRAE - _MEASURED else FINE,
            )
        )
        y += height + 0.6
    sacrum = (
        f"M{number(_MIDDLE - 5)} {number(y)}H{number(_MIDDLE + 5)}L{number(_MIDDLE + 1.4)} 103H{number(_MIDDLE - 1.4)}Z"
    )
    return "".join(bones) + shape(sacrum, width=FINE)


def _thigh_bone(side: int, width: float) -> str:
    """Return the upper part of a thigh bone: the neck from the joint, the knob outside, the shaft."""
    curves = (
        (15, 98, 18.6, 99, 20, 102),
        (22, 103.6, 23.6, 105.6, 22.6, 109),
        (20.6, 118, 19, 132, 18.4, 147),
        (17, 147, 15.4, 147, 14, 147),
        (14.6, 132, 15.4, 122, 15.8, 114.6),
        (14.6, 111, 12.6, 109.4, 11, 108),
    )
    return shape(f"M{number(_MIDDLE + side * 11)} 101" + _curves(curves, side) + "Z", width=width)


def _hip_joint(side: int, width: float) -> str:
    center = _MIDDLE + side * 13.2
    return f'<circle cx="{number(center)}" cy="103.6" r="4.4" fill="#fff" stroke-width="{number(width)}"/>'


def _curves(curves: tuple[tuple[float, ...], ...], side: int) -> str:
    """Return curves to the right of the middle, or mirrored to its left."""
    path = ""
    for values in curves:
        points = zip(values[::2], values[1::2], strict=True)
        path += "C" + " ".join(f"{number(_MIDDLE + side * x)} {number(y)}" for x, y in points)
    return path
