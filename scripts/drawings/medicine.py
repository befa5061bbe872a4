"""The drawings of the handout on a weekly tablet: one for each step of taking it."""

from functools import partial
from typing import Final

import people
from people import Pose, capsule, circle, draw_floor, draw_person, move, solid
from strokes import FINE, INK, at, clipped, drawing, line, number, shape

WIDTH: Final = 108.0
HEIGHT: Final = 96.0
FLOOR: Final = 92.0
_step = partial(drawing, HEIGHT, width=WIDTH)


def draw_getting_up() -> str:
    """Return a woman who sits on the edge of her bed in the morning."""
    hip = (62.0, FLOOR - people.SITTING)
    leg = people.bend_leg(hip, (84, FLOOR - people.FOOT))
    rays = "".join(
        f"M{_pair(move((26, 32), angle, 13))}L{_pair(move((26, 32), angle, 17))}" for angle in range(-170, 0, 32)
    )
    return _step(
        "Get up",
        "A woman sits on the edge of her bed. The sun comes up outside the window.",
        line("M6 6H46V40H6Z"),
        line("M10 32H42"),
        shape("M17.5 32A8.5 8.5 0 0 1 34.5 32Z"),
        line(rays),
        draw_floor(4, WIDTH - 4, FLOOR),
        _bed(6, 68),
        draw_person(
            Pose(hip=hip, torso=-88, near_leg=leg, far_leg=leg, near_arm=(106, 78), far_arm=(100, 72), tied_hair=True)
        ),
    )


def draw_glass() -> str:
    """Return a full glass of water and one tablet."""
    return _step(
        "Water",
        "A full glass of water, and one tablet beside it.",
        shape("M22 10L28 86Q28.4 90 32.4 90H55.6Q59.6 90 60 86L66 10Z", "#fff"),
        shape("M24.2 20Q34 16.6 44 20T63.8 20L58.8 83.6Q58.4 86.6 55.4 86.6H32.6Q29.6 86.6 29.2 83.6Z", width=0.9),
        line("M54.5 30L52 64", 2.2),
        line("M31 34q4-2.4 8 0M34 48q4-2.4 8 0M33 62q4-2.4 8 0M36 76q4-2.4 8 0", FINE),
        draw_floor(4, WIDTH - 4, 92),
        shape("M76 80C76 75.6 80.6 73 87 73S98 75.6 98 80V84C98 88.4 93.4 91 87 91S76 88.4 76 84Z", "#fff"),
        line("M76 80C76 84.4 80.6 87 87 87S98 84.4 98 80"),
        line("M82 80H92", 0.9),
    )


def draw_half_hour() -> str:
    """Return a clock face with half an hour marked."""
    center = (54.0, 48.0)
    ticks = "".join(
        f"M{_pair(move(center, angle, 36 if angle % 90 else 33))}L{_pair(move(center, angle, 39))}"
        for angle in range(0, 360, 30)
    )
    half = "M54 48V18A30 30 0 0 1 54 78Z"
    hatching = "".join(f"M54 {y}L88 {y - 34}" for y in range(18, 114, 4))
    return _step(
        "Half an hour",
        "The face of a clock. The half from the top to the bottom is shaded, with an arrow along it: 30 minutes.",
        solid("#fff", circle(center, 43)),
        clipped("half", half, line(hatching, FINE)),
        line(half, 0.9),
        line(ticks, 1.6),
        people.arrow((60, 25), (80, 48), (61, 71), halo=True),
        line("M54 48V20", 2.4),
        f'<circle cx="54" cy="48" r="3" fill="{INK}"/>',
    )


def draw_not_lying() -> str:
    """Return a person who lies in bed, crossed out."""
    return _step(
        "Do not lie down",
        "A person lies in bed. The picture is crossed out.",
        draw_floor(4, WIDTH - 4, FLOOR),
        _bed(6, 102),
        solid("#fff", capsule((16, 65), (26, 65), 3.6, 3.6)),
        at(
            0,
            0,
            draw_person(
                Pose(
                    hip=(66.0, 72.2),
                    torso=180,
                    head=184,
                    near_leg=(0, 0),
                    far_leg=(0, 0),
                    near_foot=-80,
                    far_foot=-80,
                    near_arm=(4, 2),
                    far_arm=(4, 2),
                )
            ),
            scale=0.85,
        ),
        '<path d="M20 10L88 88M88 10L20 88" stroke="#fff" stroke-width="9"/>',
        f'<path d="M20 10L88 88M88 10L20 88" stroke="{INK}" stroke-width="4.6"/>',
    )


def _bed(left: float, right: float) -> str:
    """Return a bed from the side, its head at the left."""
    top = FLOOR - people.SEAT
    return "".join(
        (
            solid("#fff", capsule((left + 1.7, FLOOR - 2.4), (left + 1.7, top - 16), 1.7, 1.7)),
            solid("#fff", capsule((right - 3, FLOOR - 2.4), (right - 3, top + 8), 1.7, 1.7)),
            shape(f"M{number(left + 3)} {number(top + 1)}H{number(right)}V{number(top + 11)}H{number(left + 3)}Z"),
        )
    )


def _pair(point: people.Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
