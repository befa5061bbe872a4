"""The drawing of the handout on falls: a safe way up the stairs, and a safe bathroom."""

from typing import Final

import people
from people import Pose, bend_arm, bend_leg, capsule, circle, draw_floor, draw_person, solid
from strokes import COLUMN, INK, at, drawing, line, number, shape

HEIGHT: Final = 150.0
FLOOR: Final = 146.0
_TREAD: Final = 15.5
_RISE: Final = 9.0


def draw_safe_home() -> str:
    """Return stairs with rails and lights, and a bathroom with grab bars, a mat and a night-light."""
    return drawing(
        HEIGHT,
        "A safer home",
        "Left: a woman goes up clear stairs with a rail on each side; there is a lamp and a switch at the top and the "
        "bottom. Right: a bathroom with a mat in the tub, grab bars at the tub and at the toilet, and a night-light.",
        _stairs(),
        line(f"M129 4V{number(FLOOR)}", 0.9),
        _bathroom(),
        draw_floor(2, COLUMN - 2, FLOOR),
    )


def _stairs() -> str:
    left, steps = 34.0, 6
    corners = [(left, FLOOR)]
    for step in range(steps):
        x, y = left + step * _TREAD, FLOOR - (step + 1) * _RISE
        corners += [(x, y), (min(x + _TREAD, 127.0), y)]
    outline = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in [*corners, (127, FLOOR)]) + "Z"
    # Each rail is parallel to the stairs and stands on two posts; the far one is higher in the picture.
    landing = FLOOR - steps * _RISE
    far = _rail((30.0, 98.0), (118.0, 47.0), (FLOOR - 1, landing))
    near = _rail((36.0, 104.0), (124.0, 53.0), (FLOOR - _RISE, landing))
    foot, back = (73.0, FLOOR - 3 * _RISE - people.FOOT), (52.5, FLOOR - _RISE - people.FOOT - 1)
    hip = (62.0, foot[1] - people.SHANK - people.THIGH + 5)
    pose = Pose(hip=hip, torso=-82, head=-88)
    near_hand, far_hand = (75.5, 80.5), (74.0, 72.0)
    walker = Pose(
        hip=hip,
        torso=-82,
        head=-88,
        near_leg=bend_leg(hip, foot),
        far_leg=bend_leg(hip, back),
        far_foot=20,
        near_arm=bend_arm(pose.shoulder, near_hand),
        far_arm=bend_arm(pose.shoulder, far_hand),
        tied_hair=True,
    )
    return "".join(
        (
            _lamp(18),
            _lamp(112),
            _switch(10, 84),
            _switch(121, 37),
            far,
            shape(outline),
            draw_person(walker),
            near,
        )
    )


def _rail(start: people.Point, end: people.Point, feet: tuple[float, float]) -> str:
    """Return a rail on two posts, with the heights at which the posts stand."""
    posts = [capsule(top, (top[0], foot), 1.1, 1.1) for top, foot in zip((start, end), feet, strict=True)]
    return solid("#fff", *posts, capsule(start, end, 1.8, 1.8))


def _lamp(x: float) -> str:
    return "".join(
        (
            line(f"M{number(x)} 2V10"),
            shape(f"M{number(x - 9)} 19L{number(x - 4)} 10H{number(x + 4)}L{number(x + 9)} 19Z"),
            line(
                "".join(
                    f"M{number(x + a)} {number(23)}L{number(x + b)} {number(29)}"
                    for a, b in ((-7, -10), (0, 0), (7, 10))
                ),
                0.9,
            ),
        )
    )


def _switch(x: float, y: float) -> str:
    return shape(f"M{number(x - 4)} {number(y - 6)}H{number(x + 4)}V{number(y + 6)}H{number(x - 4)}Z") + line(
        f"M{number(x)} {number(y - 2.5)}V{number(y + 2.5)}", 2.2
    )


def _bathroom() -> str:
    return "".join(
        (
            _grab_bar((140, 74), (140, 100)),
            _grab_bar((152, 96), (184, 96)),
            _tub(),
            _toilet(),
            _grab_bar((214, 92), (234, 92)),
            _night_light(205, 122),
        )
    )


def _tub() -> str:
    """Return a tub that is cut open, with its tap."""
    return at(
        134,
        112,
        line("M14 31V34M48 31V34", 3),
        shape("M0 0H62V4H59C58 22 56 30 48 30H14C6 30 4 22 3 4H0Z"),
        shape("M6 3C7 20 9 26 15 26H47C53 26 55 20 56 3Z", width=0.9),
        solid(INK, capsule((16, 24.4), (46, 24.4), 1, 1)),
        line("M58-9H50V-6M58-13V-4", 2.2),
    )


def _toilet() -> str:
    return at(
        206,
        97,
        shape("M20 3H32V27H20Z"),
        shape("M0 24H21V28H0Z"),
        shape("M2 28H28V49H12C13 41 3 41 2 28Z"),
        shape("M18 0H34V4H18Z"),
    )


def _grab_bar(start: people.Point, end: people.Point) -> str:
    ends = [circle(start, 2.8), circle(end, 2.8)]
    return solid("#fff", *ends) + solid(INK, capsule(start, end, 1, 1))


def _night_light(x: float, y: float) -> str:
    bulb = solid("#fff", circle((x, y), 3.4))
    return bulb + f'<circle cx="{number(x)}" cy="{number(y)}" r="1.2" fill="{INK}" stroke="none"/>'
