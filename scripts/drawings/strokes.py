"""The strokes, fills and letters that all shipped drawings share, as SVG.

Drawings are black lines on white, so that they survive a copier. They are drawn as wide as a column of the handout, or
in squares for rows of steps, and lengths are points on paper. SVG files have no style sheet (docs/practices.md: logo),
so every drawing gets its strokes from here.
"""

from typing import Final
from xml.sax.saxutils import escape

COLUMN: Final = 241.0  # width of a drawing
INK: Final = "#191919"
OUTLINE: Final = 1.3  # of what is drawn
BOLD: Final = 2.2  # of what stands out, such as skin
FINE: Final = 0.75  # hatching
POINTER: Final = 0.9  # from a label to what it names
LETTERS: Final = 11.5  # on Letter; 11.1 on A4, whose columns are narrower; the text around it is 12
FONT: Final = "Atkinson Hyperlegible Next"


def number(value: float) -> str:
    """Return a number with at most two decimals."""
    return f"{round(value, 2) + 0:g}"


def drawing(height: float, title: str, description: str, *parts: str, width: float = COLUMN) -> str:
    """Return an SVG file; title and description are for whoever edits it, alternative text is the author's."""
    size = f'width="{number(width)}pt" height="{number(height)}pt" viewBox="0 0 {number(width)} {number(height)}"'
    strokes = f'fill="none" stroke="{INK}" stroke-width="{OUTLINE}" stroke-linejoin="round" stroke-linecap="round"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(description)}</desc>",
        f"<g {strokes}>",
        *parts,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def at(x: float, y: float, *parts: str, scale: float = 1, turn: float = 0) -> str:
    """Return parts in a place of their own; a scale leaves the strokes as wide as they are on paper."""
    moves = f"translate({number(x)} {number(y)})"
    moves += f" rotate({number(turn)})" if turn else ""
    moves += f" scale({number(scale)})" if scale != 1 else ""
    width = f' stroke-width="{number(OUTLINE / scale)}"' if scale != 1 else ""
    return f'<g transform="{moves}"{width}>{"".join(parts)}</g>'


def line(path: str, width: float = 0, *, dashes: str = "", color: str = "") -> str:
    """Return a line; a width of 0 is that of outlines."""
    dashing = f' stroke-dasharray="{dashes}"' if dashes else ""
    coloring = f' stroke="{color}"' if color else ""
    return f'<path d="{path}"{_stroke(width)}{dashing}{coloring}/>'


def shape(path: str, fill: str = "#fff", width: float = 0) -> str:
    """Return a closed shape that covers what is behind it."""
    return f'<path d="{path}" fill="{fill}"{_stroke(width)}/>'


def clipped(identifier: str, outline: str, *parts: str) -> str:
    """Return parts that are cut off at an outline."""
    clip = f'<clipPath id="{identifier}"><path d="{outline}"/></clipPath>'
    return f'{clip}<g clip-path="url(#{identifier})">{"".join(parts)}</g>'


def arrow(x: float, start: float, end: float) -> str:
    """Return an arrow straight up or down."""
    back = 4 if end < start else -4
    head = f"M{number(x - 3.6)} {number(end + back)}L{number(x)} {number(end)}L{number(x + 3.6)} {number(end + back)}"
    return line(f"M{number(x)} {number(start)}V{number(end)}{head}", 1.6)


def pointer(x: float, y: float, end: float) -> str:
    """Return a level line from a dot on what is named to its label."""
    dot = f'<circle cx="{number(x)}" cy="{number(y)}" r="1.6" fill="{INK}" stroke="none"/>'
    return line(f"M{number(x)} {number(y)}H{number(end)}", POINTER) + dot


def text(x: float, y: float, words: str, *, bold: bool = False, anchor: str = "start", color: str = INK) -> str:
    """Return a label, or a title in bold; each line of the words is a line of its own."""
    weight = ' font-weight="700"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    letters = f'font-family="{FONT}" font-size="{number(LETTERS)}"{weight}{side} fill="{color}" stroke="none"'
    return "".join(
        f'<text x="{number(x)}" y="{number(y + row * (LETTERS + 1))}" {letters}>{escape(row_of_words)}</text>'
        for row, row_of_words in enumerate(words.split("\n"))
    )


def step(x: float, y: float, digit: int) -> str:
    """Return the number of a step, as large as in the list that it belongs to."""
    disk = f'<circle cx="{number(x)}" cy="{number(y)}" r="9" fill="{INK}" stroke="#fff" stroke-width="2"/>'
    return disk + text(x, y + 4.2, str(digit), bold=True, anchor="middle", color="#fff")


def _stroke(width: float) -> str:
    return f' stroke-width="{number(width)}"' if width else ""
