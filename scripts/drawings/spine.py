"""The drawings of the handout on spinal fractures: a collapsed vertebra, and the steps of balloon kyphoplasty.

Both show vertebrae from the side, front to the right. A vertebra is drawn with the upper left corner of its body at
0,0; its body is 54 wide and 38 high, and the next vertebra is 49 below.
"""

import math
from typing import Final

from strokes import (
    BOLD,
    FINE,
    INK,
    POINTER,
    arrow,
    at,
    clipped,
    drawing,
    line,
    number,
    pointer,
    shape,
    step,
    text,
)

_PITCH: Final = 49
_BODY: Final = (
    "M5 .6Q27 4 49 .6C52.6.2 54.4 1.6 54 4.6C51.4 13 51.4 25 54 33.4C54.4 36.4 52.6 37.8 49 37.4Q27 34 5 37.4"
    "C1.4 37.8-.4 36.4 0 33.4C2.4 25 2.4 13 0 4.6C-.4 1.6 1.4.2 5 .6Z"
)
# Collapsed at the front, with an edge that is pushed out.
_COLLAPSED: Final = (
    "M5 2.6C19 7.4 35 13.4 48.4 16.2C52.8 17 55.8 18.2 55.4 20.8C55 22.8 58.2 24.2 57 26.6C55.8 28.8 53.6 30.4 54 33.4"
    "C54.4 36.4 52.6 37.8 49 37.4Q27 34 5 37.4C1.4 37.8-.4 36.4 0 33.4C2.2 25 2.2 15 0 6.6C-.4 3.4 1.6 1.6 5 2.6Z"
)
_LIFTED: Final = (
    "M5 1.4C19 4.6 35 5.6 48.8 4.2C52.8 3.9 55 5.4 54.4 8.6C52.6 15 53 18.5 54.6 20.6C55.8 22.2 55.2 24 54.2 25.6"
    "C52.8 27.6 53.4 30.4 54 33.4C54.4 36.4 52.6 37.8 49 37.4Q27 34 5 37.4C1.4 37.8-.4 36.4 0 33.4C2.2 25 2.2 14 0 5.4"
    "C-.4 2.4 1.6.6 5 1.4Z"
)
_DISC: Final = "M4 34.4Q27 31.4 50 34.4C55.8 37.6 55.8 47.6 50 50.6Q27 53.4 4 50.6C-1.8 47.6-1.8 37.6 4 34.4Z"
# The part behind the body: its root, the upper joint, the arch, the spine that is felt in the back, the lower joint.
_ARCH: Final = (
    "M6 4.6C1 6.4-3.6 6.2-6.4 3.2C-8.2 1.2-7.6-3-8.2-6.4C-9-10.4-14.8-11.4-16.4-7.4C-17.6-4.2-16.8.6-17.6 4.4"
    "C-18.6 9-21.6 11.8-26 13.4C-31 15.2-37 15.8-42 16.6C-46.6 17.4-49 19.6-49.4 23.6C-49.8 27.6-49.8 32.4-48.4 36"
    "C-47.2 39-43.6 39.8-40.4 38C-36.8 36-33.6 34.8-30 34.6C-27.4 34.6-26.6 36.4-26.4 39.4C-26.2 42.6-26.2 44.4-25 46.4"
    "C-23.4 49-19.4 48.4-18.6 45.2C-17.6 41-18 35.4-15.4 30.2C-12.2 23.8-5.4 20.2 6 18.8Z"
)
_CRACK: Final = "M56.6 25.6L50.4 22.8L45 27.4L38.6 21.4L31.6 26.4L25 20.4L17.4 24M38.6 21.4L35.4 14.4"
_LIFTING: Final = 3  # the step in which the balloons lift the bone
# How what is above the collapsed bone stands on it: moved down, and turned forward by so many degrees.
_TILTED: Final = (2.4, 13.5)
_LIFTED_AGAIN: Final = (1.0, 3.6)


def draw_vertebrae() -> str:
    """Return healthy bones beside a collapsed one."""
    scale, top = 0.62, 62.0
    healthy, broken = 32.0, 149.0
    level = top - _PITCH * scale  # the top of the healthy bones
    front = 54 * scale
    bottom = top + (_PITCH + 38) * scale
    return drawing(
        bottom + 22,
        "Healthy bones and a spinal fracture",
        "Two short pieces of spine, seen from the side. On the left, three bones of normal height with discs between "
        "them. On the right, the middle bone is cracked and has collapsed at the front, so the bone above it tilts "
        "forward.",
        line(
            f"M{number(healthy + front + 4)} {number(level + 0.6)}H{number(broken + front + 22)}",
            POINTER,
            dashes="1 3.4",
        ),
        at(healthy, top, _spine(scale, _BODY, (0, 0)), scale=scale),
        at(broken, top, _spine(scale, _COLLAPSED, _TILTED), line(_CRACK, 1.4 / scale), scale=scale),
        pointer(healthy + 36 * scale, level + 13, healthy + front + 7),
        pointer(healthy + 36 * scale, top + 42.5 * scale, healthy + front + 7),
        pointer(broken + 34 * scale, top + 31.2 * scale, broken + front + 5),
        arrow(broken + front + 14, level + 3, level + 17),
        text(0, 11, "Healthy bones", bold=True),
        text(broken - healthy, 11, "Spinal fracture", bold=True),
        text(healthy + front + 9, level + 16.5, "vertebra\n(bone)"),
        text(healthy + front + 9, top + 42.5 * scale + 3.5, "disc"),
        text(broken + front + 21, level + 11, "height\nlost"),
        text(broken + front + 6.6, top + 31.2 * scale + 3.5, "collapsed\nvertebra"),
        *(
            text(left - shift, bottom + 18, word, anchor=anchor)
            for left in (healthy, broken)
            for shift, word, anchor in ((healthy, "back", "start"), (-front, "front", "end"))
        ),
    )


def draw_steps() -> str:
    """Return the steps that can be seen from the side: 2, 3, 5 and 6 of the list in the text."""
    closed_crack = line("M55 22.4L48.4 20.6")
    broken = (_COLLAPSED, _TILTED, line(_CRACK))
    lifted = (_LIFTED, _LIFTED_AGAIN, closed_crack)
    steps = (
        (2, broken, _skin(hole=True) + _tubes(13)),
        (3, lifted, _skin(hole=True) + _balloons() + _tubes(14)),
        (5, lifted, _skin(hole=True) + _cement(5) + _tubes(13, INK)),
        (6, lifted, _skin() + _cement(6) + _plaster()),
    )
    width, height, gap, scale = 116.0, 78.0, 9.0, 0.86
    frame = _round_frame(width, height)
    pictures = []
    for place, (digit, (body, tilt, crack), instruments) in enumerate(steps):
        inside = at(58, 23, _spine(scale, body, tilt), crack, instruments, scale=scale)
        if digit == _LIFTING:
            inside += arrow(110.5, 50, 31)
        picture = clipped(f"frame-{digit}", frame, inside) + line(frame, POINTER) + step(10.4, 10.4, digit)
        pictures.append(at(place % 2 * (width + gap), place // 2 * (height + gap), picture))
    return drawing(
        2 * height + gap,
        "Balloon kyphoplasty in four pictures",
        "Four pictures of the broken bone, seen from the side, with the numbers of the steps in the text. 2: two thin "
        "tubes go through the skin of the back into the collapsed bone. 3: two balloons in the bone are filled and "
        "lift its top. 5: the balloons are gone and bone cement fills the space. 6: the tubes are gone, the skin is "
        "closed and the cement stays in the bone.",
        *pictures,
    )


def _spine(scale: float, body: str, tilt: tuple[float, float]) -> str:
    """Return three vertebrae with their discs, the middle one with a body of its own; the upper one leans on it."""
    down, turn = tilt
    disc = shape(_DISC) + line(_draw_grain(2.3 / scale), FINE / scale)
    arch = shape(_ARCH, width=0.9 / scale)
    upper = at(0, down, at(0, -_PITCH, arch), at(0, -_PITCH, disc), at(0, -_PITCH, shape(_BODY)), turn=turn)
    lower = at(0, _PITCH, arch) + disc + at(0, _PITCH, shape(_BODY))
    return lower + arch + upper + shape(body)


def _draw_grain(spacing: float) -> str:
    """Return lines from the top to the bottom of a disc, which tell it from bone also on a bad copy."""
    path = ""
    for n in range(int(46 / spacing) + 1):
        along = n * spacing / 46
        bulge = 6 * along * (1 - along)
        path += f"M{number(4 + n * spacing)} {number(34.4 - bulge)}V{number(50.6 + bulge)}"
    return path


def _round_frame(width: float, height: float, edge: float = 0.65, corner: float = 4) -> str:
    right, bottom = number(width - edge), number(height - edge)
    inner_right, inner_bottom = number(width - corner), number(height - corner)
    return (
        f"M{corner} {edge}H{inner_right}Q{right} {edge} {right} {corner}V{inner_bottom}Q{right} {bottom} {inner_right} "
        f"{bottom}H{corner}Q{edge} {bottom} {edge} {inner_bottom}V{corner}Q{edge} {edge} {corner} {edge}Z"
    )


def _tubes(tip: float, fill: str = "#fff") -> str:
    """Return two tubes, one behind the other, that come in from the back and end inside the bone."""
    start, radius, slope = -90, 2.9, math.tan(math.radians(3))

    def tube(middle: float) -> str:
        left, right = middle + (start - tip) * slope, middle
        return shape(
            f"M{start} {number(left - radius)}L{number(tip)} {number(right - radius)}V{number(right + radius)}"
            f"L{start} {number(left + radius)}Z",
            fill,
            1.2,
        )

    between = line(f"M{start} {number(13.4 + (start - tip) * slope)}L{number(tip)} 13.4", 0.9, color="#fff")
    return tube(10.5) + tube(16.3) + (between if fill == INK else "")


def _balloons() -> str:
    """Return two balloons at the ends of the tubes."""
    outline = "M13 0C13-5 21-7 30-7C40-7 48-4 48 0C48 4 40 7 30 7C21 7 13 5 13 0Z"
    balloon = shape(outline) + line("M34-3.6C38-3.4 41.4-2.4 42.6-.6", 1)
    return at(0, 11.4, balloon) + at(0, 23.6, balloon)


def _cement(digit: int) -> str:
    """Return the space in the bone, filled with cement."""
    space = (
        "M12 12.4C15 7.6 23 6 30 6.4C39.4 7 47 9.6 48 15.4C49.2 22 47.4 27.6 40.6 29.6C33.4 31.6 25 31 19.4 27.8"
        "C14.6 25 11 17.6 12 12.4Z"
    )
    hatching = "".join(f"M{x} 2L{x - 32} 34" for x in range(16, 84, 4))
    return shape(space) + clipped(f"cement-{digit}", space, line(hatching, 1.6)) + line(space, 1.8)


def _skin(*, hole: bool = False) -> str:
    """Return the skin of the back, with a hole for the tubes."""
    surface, inside = "M-54.4 -40V{0}M-54.4 {1}V76", "M-51.2 -40V{0}M-51.2 {1}V76"
    ends = (3, 19) if hole else (11, 11)
    return line(surface.format(*ends), BOLD) + line(inside.format(*ends), FINE)


def _plaster() -> str:
    """Return a plaster over the closed hole, seen from the edge."""
    outline = "M-59.6 0H-58Q-56 0-56 2V20Q-56 22-58 22H-59.6Q-61.6 22-61.6 20V2Q-61.6 0-59.6 0Z"
    return shape(outline) + line("M-58.8 8.5V13.5", FINE)
