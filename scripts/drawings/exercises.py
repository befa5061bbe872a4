"""The drawings of the handout on exercises: one position each."""

from functools import partial
from typing import Final

import people
from people import Pose, arrow, bend_arm, bend_leg, draw_back, draw_chair, draw_floor, draw_person
from strokes import drawing, line, number

WIDTH: Final = 108.0
HEIGHT: Final = 116.0
FLOOR: Final = 112.0
_ANKLE: Final = FLOOR - people.FOOT
_HIP: Final = FLOOR - people.STANDING + 0.3  # of a person who stands; the knees are not stretched to the end
_position = partial(drawing, HEIGHT, width=WIDTH)

_CHAIR: Final = 18.0  # the back edge of the seat, in all pictures of the chair rise
_FEET: Final = 61.0


def draw_sitting() -> str:
    """Return the start of the chair rise."""
    hip = (39.0, FLOOR - people.SITTING)
    return _position(
        "Chair rise, 1",
        "A woman sits near the front edge of a chair, with a straight back, flat feet, and her hands on the seat.",
        _floor(),
        draw_chair(_CHAIR, FLOOR),
        draw_person(_with_feet(hip, -85, -87, arms=((112, 80), (106, 76)))),
    )


def draw_leaning() -> str:
    """Return the second position of the chair rise."""
    hip = (40.0, FLOOR - people.SITTING)
    return _position(
        "Chair rise, 2",
        "The woman leans forward from the hips, with a straight back. An arrow points forward.",
        _floor(),
        draw_chair(_CHAIR, FLOOR),
        draw_person(_with_feet(hip, -55, -64, arms=((126, 112), (120, 106)))),
        arrow((44, 22), (66, 14), (87, 27)),
    )


def draw_standing() -> str:
    """Return the third position of the chair rise."""
    return _position(
        "Chair rise, 3",
        "The woman stands upright in front of the chair. An arrow points up.",
        _floor(),
        draw_chair(_CHAIR, FLOOR),
        draw_person(_with_feet((60.0, _HIP), -90, -90, arms=((94, 82), (88, 76)))),
        arrow((90, 84), (90, 60), (90, 32)),
    )


def draw_lowering() -> str:
    """Return the last position of the chair rise."""
    hip = (43.0, FLOOR - people.SITTING - 12)
    return _position(
        "Chair rise, 4",
        "The woman lowers herself toward the seat, with bent knees and a straight back. An arrow points down.",
        _floor(),
        draw_chair(_CHAIR, FLOOR),
        draw_person(_with_feet(hip, -62, -74, arms=((76, 54), (70, 48)))),
        arrow((90, 32), (90, 56), (90, 84)),
    )


def draw_one_foot() -> str:
    """Return a man who stands on one foot behind a chair."""
    pose = Pose(hip=(38.0, _HIP), far_leg=bend_leg((38, _HIP), (38, _ANKLE)), near_leg=(97, 148), near_foot=60)
    hand = (66.0, 57.0)
    return _position(
        "Standing on one foot",
        "A man stands behind a chair and holds its back. One foot is lifted off the floor behind him.",
        _floor(),
        draw_chair(74, FLOOR, height=38),
        draw_person(_holding(pose, hand)),
    )


def draw_heel_to_toe() -> str:
    """Return a man who walks with one foot right in front of the other, along a counter."""
    hip = (46.0, _HIP + 1)
    pose = Pose(
        hip=hip, near_leg=bend_leg(hip, (55.5, _ANKLE)), far_leg=bend_leg(hip, (37, _ANKLE)), near_arm=(100, 82)
    )
    pose = Pose(
        hip=hip,
        near_leg=pose.near_leg,
        far_leg=pose.far_leg,
        near_arm=pose.near_arm,
        far_arm=bend_arm(pose.shoulder, (68, 62)),
    )
    return _position(
        "Walking heel to toe",
        "A man walks along a counter with one hand on it. The heel of his front foot touches the toes of the other.",
        _counter(64),
        _floor(),
        draw_person(pose),
        arrow((74, 103), (84, 103), (97, 103)),
    )


def draw_side_step() -> str:
    """Return a woman who steps to the side along a counter."""
    return _position(
        "Walking sideways",
        "A person seen from behind holds on to a counter with both hands and steps to the side. An arrow points there.",
        _counter(64),
        _floor(),
        draw_back(44, FLOOR, (-6, 19), ((21.5, 61.5), (66.5, 61.5))),
        arrow((78, 103), (86, 103), (100, 103)),
    )


def draw_walking() -> str:
    """Return a woman who walks with long steps."""
    hip = (47.0, _HIP + 3)
    pose = Pose(
        hip=hip,
        torso=-87,
        near_leg=bend_leg(hip, (65, _ANKLE - 0.8)),
        far_leg=bend_leg(hip, (27, _ANKLE - 5)),
        near_foot=-12,
        far_foot=38,
        near_arm=(118, 74),
        far_arm=(56, 8),
        tied_hair=True,
    )
    return _position(
        "Walking",
        "A woman walks with long steps and swings her arms. An arrow points forward.",
        _floor(),
        draw_person(pose),
        arrow((82, 48), (90, 48), (102, 48)),
    )


def _floor() -> str:
    return draw_floor(4, WIDTH - 4, FLOOR)


def _counter(top: float) -> str:
    """Return a kitchen counter behind a person."""
    left, right, base = 4.0, WIDTH - 4, FLOOR - 6
    doors = "".join(f"M{number(x)} {number(top + 9)}V{number(base)}" for x in (left + 33.3, left + 66.6))
    return line(
        f"M{number(left)} {number(top)}H{number(right)}V{number(top + 5)}H{number(left)}Z"
        f"M{number(left + 2)} {number(top + 5)}V{number(base)}H{number(right - 2)}V{number(top + 5)}{doors}",
        0.75,
    )


def _with_feet(hip: people.Point, torso: float, head: float, *, arms: tuple[people.Angles, people.Angles]) -> Pose:
    leg = bend_leg(hip, (_FEET, _ANKLE))
    return Pose(
        hip=hip, torso=torso, head=head, near_leg=leg, far_leg=leg, near_arm=arms[0], far_arm=arms[1], tied_hair=True
    )


def _holding(pose: Pose, hand: people.Point) -> Pose:
    near, far = bend_arm(pose.shoulder, hand), bend_arm(pose.shoulder, (hand[0] + 1, hand[1] - 2))
    return Pose(
        hip=pose.hip,
        near_leg=pose.near_leg,
        far_leg=pose.far_leg,
        near_foot=pose.near_foot,
        near_arm=near,
        far_arm=far,
    )
