"""Brand colors: bodies are laid out in stand-ins for them, and printed in the colors of a practice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from handouts.compose.style_sheets import BRAND_SHEET
from handouts.model.document import Sheet

# Colors that nothing else has; the value of a property is one of these when it is the color itself.
_STAND_INS: Final = {"brand": "#7a01d5", "accent": "#d5017a"}
_DECLARATION: Final = re.compile(r"--(brand|accent): (#[0-9A-Fa-f]{6});")
# From some colors the engine computes others: in gradients, mixed colors, and borders that look raised or sunken.
_COMPUTED: Final = re.compile(r"gradient\(|color-mix\(|\(\s*from\s|\b(?:groove|ridge|inset|outset)\b")
# Each begins with letters, which are found fast.
_STYLE_ATTRIBUTE: Final = re.compile(r"""style\s*=\s*(?:"[^"]*"|'[^']*')""")
_STYLE_ELEMENT: Final = re.compile(r"<style.*?</style", re.DOTALL)
_SHEET_CAPACITY: Final = 200

NO_COLORS: Final[Mapping[bytes, bytes]] = MappingProxyType({})


def use_stand_ins(sheets: Sequence[Sheet], html: str) -> tuple[tuple[Sheet, ...], Mapping[bytes, bytes]]:
    """Return style sheets with stand-ins for the brand colors, and operators of PDF to be replaced by others.

    If the engine may compute other colors from brand colors, these stay as they are.
    """
    texts = _STYLE_ELEMENT.findall(html) + _STYLE_ATTRIBUTE.findall(html)
    if "<svg" in html or any(map(_COMPUTED.search, texts)) or any(_computes_colors(sheet.text) for sheet in sheets):
        return tuple(sheets), NO_COLORS
    colors: dict[bytes, bytes] = {}

    def replace_color(declaration: re.Match[str]) -> str:
        name, color = declaration.groups()
        for stroke in (False, True):
            colors[_write_operator(_STAND_INS[name], stroke=stroke)] = _write_operator(color, stroke=stroke)
        return f"--{name}: {_STAND_INS[name]};"

    replaced = [
        replace(sheet, text=_DECLARATION.sub(replace_color, sheet.text))
        if sheet.name.startswith(BRAND_SHEET)
        else sheet
        for sheet in sheets
    ]
    return tuple(replaced), MappingProxyType(colors)


def use_palette(sheets: Sequence[Sheet]) -> Mapping[bytes, bytes]:
    """Return the operators that set stand-ins, and in place of each the one that sets a color of the palette.

    The palette has a color space of one color for each name.
    """
    return {
        stand_in: f"/{name} {operators}".encode()
        for name, (_, fill, stroke) in find_palette(sheets).items()
        for stand_in, operators in ((fill, "cs 0 sc"), (stroke, "CS 0 SC"))
    }


@lru_cache(_SHEET_CAPACITY)
def _computes_colors(text: str) -> bool:
    return bool(_COMPUTED.search(text))


def find_palette(sheets: Sequence[Sheet]) -> Mapping[str, tuple[str, bytes, bytes]]:
    """Return the brand colors of style sheets by name, with the operators that fill and stroke in their stand-ins."""
    return {
        name: (color, _write_operator(_STAND_INS[name], stroke=False), _write_operator(_STAND_INS[name], stroke=True))
        for sheet in sheets
        if sheet.name.startswith(BRAND_SHEET)
        for name, color in _DECLARATION.findall(sheet.text)
    }


def _write_operator(color: str, *, stroke: bool) -> bytes:
    """Return the operator of a content stream that sets a color, as the engine writes it."""
    import pydyf  # noqa: PLC0415 - only where pages are made

    stream = pydyf.Stream()
    stream.set_color_rgb(*(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)), stroke=stroke)
    operator: bytes = stream.stream[0]
    return operator
