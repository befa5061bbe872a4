"""People for drawings: a skeleton of angles, with limbs as tapered capsules.

Seen from the side, a person looks to the right: 0 degrees is forward, 90 down, -90 up. Lengths are points on paper; a
person who stands is 96 high. Each part of the body is drawn as its outlines first and its fills above, so that joints
show no lines.
"""

import math
from dataclasses import dataclass
from typing import Final

from strokes import INK, OUTLINE, line, number

Point = tuple[float, float]
Angles = tuple[float, float]
Outline = tuple[str, str]  # commands of a path, and the coordinates of their points

TORSO: Final = 30.0
THIGH: Final = 23.5
SHANK: Final = 22.5
FOOT: Final = 5.6  # from the sole to the ankle
UPPER_ARM: Final = 16.0
FOREARM: Final = 14.5
STANDING: Final = FOOT + SHANK + THIGH  # from the floor to the hip
SITTING: Final = FOOT + SHANK  # the same, on a chair
_SEAT_TO_HIP: Final = 7.6
SEAT: Final = SITTING - _SEAT_TO_HIP  # from the floor to the seat of a chair

PAPER: Final = "#fff"

# Outlines as curves: at 0,0 is the ankle, or the top of the neck; the toes and the face are to the right.
_SHOE: Final[Outline] = (
    "MCCCCLZ",
    "-4.4 -1.5 -5.2 1.5 -5.8 3.4 -5.2 5.6 -2 5.6 8 5.6 12.2 5.6 13.4 4.4 12.8 1.8 9 .6 6.5 .2 4.2 -2.2 2 -2.4 -2 -2.6",
)
_HEAD: Final[Outline] = (
    "MCCCCCCCCZ",
    (
        "-3.6 0 -6.6 -1.5 -8.2 -5 -7.6 -8.6 -7 -12.4 -3.6 -14.6 0 -14.4 3.4 -14.2 5.8 -12.2 6 -9.2 6 -8.4 7.4 "
        "-6.6 7.6 -6 7.7 -5.6 6.6 -5.4 6.4 -5.2 6.3 -4.6 6.6 -3.4 6.2 -2.4 5.8 -1.2 4.4 -.8 2.6 -.6 1.5 -.2 -1.5 "
        "0 -3.6 0"
    ),
)
_SHORT_HAIR: Final[Outline] = (
    "MCCCCCZ",
    (
        "5.6 -11 5 -14.2 2 -15.8 -1 -15.6 -5.4 -15.4 -8.6 -12.4 -8.7 -8.2 -8.8 -5.6 -7.6 -3.4 -6.4 -2 -5 -3 -4.6 "
        "-5 -3.8 -7 -2 -7.6 -2.4 -10 -.6 -11"
    ),
)
_TIED_HAIR: Final[Outline] = (
    "MCCCCCZ",
    (
        "5.8 -10.6 5.2 -14 2 -15.8 -1 -15.6 -5.4 -15.4 -8.8 -12.4 -8.8 -8.2 -8.8 -6.6 -8.2 -5 -7.4 -4 -5.6 -5 "
        "-4.6 -6.4 -3.8 -8.6 -1 -10.2 2.6 -10.4 5.8 -10.6"
    ),
)
_POINTS: Final = {"M": 1, "L": 1, "C": 3, "Z": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How a person is seen from the side; legs and arms as the angles of their two bones."""

    hip: Point
    torso: float = -90
    head: float = -90
    near_leg: Angles = (90, 90)
    far_leg: Angles = (90, 90)
    near_foot: float = 0
    far_foot: float = 0
    near_arm: Angles = (94, 82)
    far_arm: Angles = (88, 76)
    tied_hair: bool = False

    @property
    def shoulder(self) -> Point:
        """Where the arms begin."""
        return move(self.hip, self.torso, TORSO - 3.6)


def move(start: Point, angle: float, length: float) -> Point:
    """Return the point at a distance in the direction of an angle."""
    turn = math.radians(angle)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)


def bend_leg(hip: Point, ankle: Point) -> Angles:
    """Return the angles of a leg from a hip to an ankle, with the knee forward."""
    return _bend(hip, ankle, (THIGH, SHANK), 1)


def bend_arm(shoulder: Point, wrist: Point) -> Angles:
    """Return the angles of an arm from a shoulder to a wrist, with the elbow back."""
    return _bend(shoulder, wrist, (UPPER_ARM, FOREARM), -1)


def _bend(start: Point, end: Point, bones: tuple[float, float], side: int) -> Angles:
    """Return the angles of two bones that reach from start to end; they are stretched if it is too far away."""
    first, second = bones
    distance = min(math.dist(start, end), first + second - 0.01)
    toward = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    inner = math.degrees(math.acos((first**2 + distance**2 - second**2) / (2 * first * distance)))
    outer = math.degrees(math.acos((second**2 + distance**2 - first**2) / (2 * second * distance)))
    return toward - side * inner, toward + side * outer


def draw_person(pose: Pose) -> str:
    """Return a person from the side: the far limbs, the trunk, the near limbs."""
    neck = move(pose.hip, pose.torso, TORSO)
    chest = move(neck, pose.torso, -6)
    belly = move(pose.hip, pose.torso, 3)
    return "".join(
        (
            _arm(pose.shoulder, pose.far_arm),
            _leg(pose.hip, pose.far_leg, pose.far_foot),
            _head(neck, pose),
            _leg(pose.hip, pose.near_leg, pose.near_foot),
            solid(PAPER, capsule(chest, belly, 8.4, 8.6), capsule(move(neck, pose.torso, -2.2), chest, 5.6, 8.4)),
            _arm(pose.shoulder, pose.near_arm),
        )
    )


def draw_back(middle: float, floor: float, ankles: tuple[float, float], hands: tuple[Point, Point]) -> str:
    """Return a person who stands and is seen from behind, with ankles at two distances from the middle."""
    hip = floor - STANDING + 0.6
    top = hip - TORSO
    parts = []
    for side, ankle, hand in zip((-1, 1), ankles, hands, strict=True):
        shoulder = (middle + side * 10.4, top + 5)
        elbow = move(shoulder, _bend(shoulder, hand, (UPPER_ARM, FOREARM), side)[0], UPPER_ARM)
        parts.append(solid(PAPER, circle(hand, 2.8)))
        parts.append(solid(PAPER, capsule(shoulder, elbow, 4.4, 3.8), capsule(elbow, hand, 3.8, 2.8)))
        foot = (middle + ankle, floor - FOOT + 0.4)
        knee = (middle + (side * 4.6 + ankle) / 2, (hip + foot[1]) / 2)
        parts.append(solid(INK, capsule((foot[0] + side, floor - 3.4), (foot[0] + side * 1.6, floor - 2.8), 4, 2.8)))
        parts.append(solid(PAPER, capsule((middle + side * 4.4, hip), knee, 6.2, 5.2), capsule(knee, foot, 5.2, 4)))
    head = (middle, top - 11.6)
    parts.append(solid(PAPER, capsule((middle, top - 6), (middle, top + 2), 3.2, 3.4)))
    parts.append(solid(PAPER, circle((middle - 7, head[1] + 1.6), 1.4), circle((middle + 7, head[1] + 1.6), 1.4)))
    parts.append(solid(INK, circle(head, 6.4), capsule((middle, head[1]), (middle, head[1] + 4), 6.2, 4)))
    trunk = (
        f"M{number(middle - 4)} {number(top - 1)}C{number(middle - 12)} {number(top)} {number(middle - 14.4)} "
        f"{number(top + 3)} {number(middle - 12.6)} {number(top + 9)}L{number(middle - 10.4)} {number(hip + 3)}"
        f"Q{number(middle)} {number(hip + 7)} {number(middle + 10.4)} {number(hip + 3)}L{number(middle + 12.6)} "
        f"{number(top + 9)}C{number(middle + 14.4)} {number(top + 3)} {number(middle + 12)} {number(top)} "
        f"{number(middle + 4)} {number(top - 1)}Z"
    )
    parts.append(solid(PAPER, trunk))
    return "".join(parts)


def draw_chair(back: float, floor: float, *, facing: int = 1, height: float = 36) -> str:
    """Return a chair from the side: the back edge of its seat, and 1 if it faces right or -1 if left."""
    seat = floor - SEAT
    bars = (
        (2, seat + 2, -1, floor - 2.5),
        (25, seat + 2, 26, floor - 2.5),
        (1, seat, -4, seat - height),
        (0, seat + 2.4, 27, seat + 2.4),
    )
    outlines = [capsule((back + facing * a, b), (back + facing * c, d), 1.7, 1.7) for a, b, c, d in bars]
    return solid("#fff", *outlines)


def draw_floor(left: float, right: float, height: float) -> str:
    """Return the line that people stand on."""
    return line(f"M{number(left)} {number(height)}H{number(right)}")


def arrow(start: Point, bend: Point, end: Point, *, halo: bool = False) -> str:
    """Return a curved arrow that shows a movement; a halo sets it off from hatching."""
    angle = math.degrees(math.atan2(end[1] - bend[1], end[0] - bend[0]))
    stop, left, right = move(end, angle, -4), move(end, angle + 152, 6.8), move(end, angle - 152, 6.8)
    tip = move(end, angle, 1.5)
    curve = f"M{_at(start)}Q{_at(bend)} {_at(stop)}"
    head = f'<path d="M{_at(tip)}L{_at(left)}L{_at(right)}Z" fill="{INK}" stroke-width=".8"/>'
    ground = line(curve, 7, color=PAPER) + head.replace('stroke-width=".8"', f'stroke="{PAPER}" stroke-width="5"')
    return (ground if halo else "") + line(curve, 1.8) + head


def solid(fill: str, *outlines: str) -> str:
    """Return shapes that look like one: no lines where they overlap."""
    path = "".join(outlines)
    return f'<path d="{path}" stroke-width="{number(2 * OUTLINE)}"/><path d="{path}" fill="{fill}" stroke="none"/>'


def circle(center: Point, radius: float) -> str:
    """Return the outline of a circle."""
    arc = f"a{number(radius)} {number(radius)} 0 1 1 "
    return f"M{number(center[0] - radius)} {number(center[1])}{arc}{number(2 * radius)} 0{arc}{number(-2 * radius)} 0Z"


def capsule(start: Point, end: Point, wide: float, narrow: float) -> str:
    """Return the outline of a limb: two circles of different radii and the lines that touch both."""
    distance = math.dist(start, end)
    if distance <= abs(wide - narrow):
        return circle(*((start, wide) if wide > narrow else (end, narrow)))
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    turn = math.degrees(math.acos((wide - narrow) / distance))
    corners = [
        move(p, angle + t, r)
        for p, t, r in ((start, turn, wide), (start, -turn, wide), (end, -turn, narrow), (end, turn, narrow))
    ]
    larger = wide > narrow
    return (
        f"M{_at(corners[0])}A{number(wide)} {number(wide)} 0 {int(larger)} 1 {_at(corners[1])}"
        f"L{_at(corners[2])}A{number(narrow)} {number(narrow)} 0 {int(not larger)} 1 {_at(corners[3])}Z"
    )


def _leg(hip: Point, angles: Angles, foot: float) -> str:
    knee = move(hip, angles[0], THIGH)
    ankle = move(knee, angles[1], SHANK)
    shoe = solid(INK, _turned(_SHOE, ankle, foot))
    return shoe + solid(PAPER, capsule(hip, knee, 8.2, 5.6), capsule(knee, ankle, 5.6, 4))


def _arm(shoulder: Point, angles: Angles) -> str:
    elbow = move(shoulder, angles[0], UPPER_ARM)
    wrist = move(elbow, angles[1], FOREARM)
    hand = solid(PAPER, capsule(wrist, move(wrist, angles[1], 2.4), 2.6, 2.8))
    return hand + solid(PAPER, capsule(shoulder, elbow, 4.6, 3.8), capsule(elbow, wrist, 3.8, 2.8))


def _head(neck: Point, pose: Pose) -> str:
    top = move(neck, (pose.torso + pose.head) / 2, 6.5)
    turn = pose.head + 90
    places = ((4, -8.3), (6.2, -3.4), (4.4, -3.1), (-9.4, -10.6))
    eye, lips, corner, knot = (_place(place, top, turn) for place in places)
    hair = _turned(_TIED_HAIR if pose.tied_hair else _SHORT_HAIR, top, turn)
    return "".join(
        (
            solid(PAPER, capsule(neck, top, 3.4, 3.2)),
            solid(INK, circle(knot, 2.6)) if pose.tied_hair else "",
            solid(PAPER, _turned(_HEAD, top, turn)),
            f'<path d="{hair}" fill="{INK}" stroke-width="0.8"/>',
            f'<circle cx="{number(eye[0])}" cy="{number(eye[1])}" r=".9" fill="{INK}" stroke="none"/>',
            line(f"M{_at(lips)}L{_at(corner)}", 0.9),
        )
    )


def _turned(outline: Outline, origin: Point, angle: float) -> str:
    """Return the path of an outline that is turned by an angle and moved to its origin."""
    values = [float(value) for value in outline[1].split()]
    points = [_place(point, origin, angle) for point in zip(values[::2], values[1::2], strict=True)]
    path = ""
    for command in outline[0]:
        taken, points = points[: _POINTS[command]], points[_POINTS[command] :]
        path += command + " ".join(_at(point) for point in taken)
    return path


def _place(point: Point, origin: Point, angle: float) -> Point:
    x, y = point
    turn = math.radians(angle)
    return (
        origin[0] + x * math.cos(turn) - y * math.sin(turn),
        origin[1] + x * math.sin(turn) + y * math.cos(turn),
    )


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
