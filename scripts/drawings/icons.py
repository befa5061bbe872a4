"""The icons of icon arrays: outlined, and filled for those that are counted.

ICONS in src/handouts/read/markdown/block_attributes.py lists their names, styles/base.css says how large they are.
"""

from collections.abc import Mapping
from typing import Final

from strokes import INK, number

_WIDTH, _HEIGHT = 13.2, 24.0  # beside text of 12 points
_STROKE = 1.15
_HEAD: Final = "M6.6 1A3.1 3.1 0 1 1 6.6 7.2A3.1 3.1 0 1 1 6.6 1Z"
_SHAPES: Final[Mapping[str, str]] = {
    "person": f"{_HEAD}M2.6 23.2H10.6Q11.8 23.2 11.8 22V14.6Q11.8 9.2 6.6 9.2Q1.4 9.2 1.4 14.6V22Q1.4 23.2 2.6 23.2Z",
    "woman": f"{_HEAD}M4.8 9.2H8.4Q9.7 9.2 10.1 10.4L12.4 18.4H9.8V23.2H7.3V19H5.9V23.2H3.4V18.4H.8L3.1 10.4"
    "Q3.5 9.2 4.8 9.2Z",
    "man": f"{_HEAD}M2.6 9.2H10.6Q12.3 9.2 12.3 10.9V17H10.2V23.2H7.3V17.6H5.9V23.2H3V17H.9V10.9Q.9 9.2 2.6 9.2Z",
    "child": "M6.6 9.2A2.6 2.6 0 1 1 6.6 14.4A2.6 2.6 0 1 1 6.6 9.2Z"
    "M3.4 23.2H9.8Q10.4 23.2 10.4 22.6V19.6Q10.4 16.2 6.6 16.2Q2.8 16.2 2.8 19.6V22.6Q2.8 23.2 3.4 23.2Z",
    "bone": "M4.9 6.6A2.9 2.9 0 1 1 6.6 2.2A2.9 2.9 0 1 1 8.3 6.6V17.4A2.9 2.9 0 1 1 6.6 21.8A2.9 2.9 0 1 1 4.9 17.4Z",
}


def draw_icons() -> Mapping[str, str]:
    """Return each icon as SVG, by the name of its file."""
    return {
        f"{name}{ending}.svg": _draw_icon(path, fill)
        for name, path in _SHAPES.items()
        for ending, fill in (("", "none"), ("-filled", INK))
    }


def _draw_icon(path: str, fill: str) -> str:
    size = f'width="{number(_WIDTH)}pt" height="{number(_HEIGHT)}pt" viewBox="0 0 {number(_WIDTH)} {number(_HEIGHT)}"'
    stroke = f'fill="{fill}" stroke="{INK}" stroke-width="{number(_STROKE)}" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="{path}" {stroke}/></svg>\n'
