"""The drawing of the handout on food: foods with calcium."""

from typing import Final

from strokes import INK, at, drawing, line, shape

HEIGHT: Final = 66.0


def draw_calcium_foods() -> str:
    """Return a row of five foods."""
    return drawing(
        HEIGHT,
        "Foods with calcium",
        "From left to right: a glass of milk, a piece of cheese, an open can of sardines, a stalk of broccoli, and a "
        "head of bok choy.",
        at(2, 4, _milk()),
        at(40, 18, _cheese()),
        at(92, 20, _sardines()),
        at(153, 6, _broccoli()),
        at(202, 2, _bok_choy()),
        line("M2 62H239"),
    )


def _milk() -> str:
    return (
        shape("M2 2L5.4 52Q5.8 57 10 57H20Q24.2 57 24.6 52L28 2Z")
        + shape("M3 13Q9 10.6 15 13T27.2 13L24.2 51Q23.8 55 19.6 55H10.4Q6.2 55 5.8 51Z", width=0.9)
        + line("M22.6 22L21 42", 1.8)
    )


def _cheese() -> str:
    holes = (
        '<ellipse cx="11" cy="33" rx="4" ry="3.4"/><ellipse cx="29" cy="30" rx="3" ry="2.6"/>'
        '<ellipse cx="36" cy="37.4" rx="3.6" ry="2.8"/><ellipse cx="22" cy="38.6" rx="2.2" ry="1.8"/>'
    )
    return shape("M1 24L27 2Q42 6 45 24Z") + shape("M1 24H45V43H1Z") + f'<g fill="#fff" stroke="{INK}">{holes}</g>'


def _sardines() -> str:
    fish = "M6 0C12-5 26-5 33-1L39-5V6L33 2C26 6 12 6 6 0Z"
    one = (
        shape(fish, width=0.9) + line("M12-2.6Q14 .4 12 3.2", 0.9) + '<circle cx="9.6" cy="-.4" r=".9" fill="#191919"/>'
    )
    return (
        shape("M1 20Q1 12 9 12H45Q53 12 53 20V34Q53 42 45 42H9Q1 42 1 34Z")
        + shape("M4 20Q4 14.6 9.4 14.6H44.6Q50 14.6 50 20V30Q50 35.4 44.6 35.4H9.4Q4 35.4 4 30Z", width=0.9)
        + at(5, 19.6, one)
        + at(5, 26, one)
        + at(5, 31.4, one, scale=0.9)
        + shape("M4 12Q8 1 27 1T50 12Q40 7.4 27 7.4T4 12Z")
    )


def _broccoli() -> str:
    crown = (
        "M6 28C0 27-1 19 4 16.6C2 10 8 5.6 13 7.6C15 1 25 0 28 5.4C34 2.6 40 8 38.4 13.6C44 15.4 45 24 39 26.6"
        "C37 31 30 31 27.6 28.4C25 31.4 19 31.4 17 28.6C14 31.4 8 31.4 6 28Z"
    )
    return (
        shape("M15 27L18.4 40Q19 47 17.6 55H27.4Q26 47 26.8 40L31.6 27Z")
        + line("M22.6 30V44", 0.9)
        + shape(crown)
        + line(
            "M10 16Q13 12 17 14.4M20 10Q24 7.6 27 11M29 18Q33 14.6 36 18M13 23Q16 20 19.6 23M23 22Q26 18.6 29.6 22.4",
            0.9,
        )
    )


def _bok_choy() -> str:
    return (
        shape("M12 40C2 34-2 18 4 8C9 12 13 24 14 38Z")
        + shape("M22 40C32 34 36 18 30 8C25 12 21 24 20 38Z")
        + shape("M17 42C8 32 7 12 17 1C27 12 26 32 17 42Z")
        + shape("M10 38C6 44 6 54 11 60H23C28 54 28 44 24 38C21 36 19.4 38 17 38S13 36 10 38Z")
        + line("M17 8V30M13 40Q11 50 14 59M21 40Q23 50 20 59", 0.9)
    )
