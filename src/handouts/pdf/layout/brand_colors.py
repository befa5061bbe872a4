"""Brand colors: bodies are laid out in stand-ins for them, and painted in those of a practice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from handouts.compose.style_sheets import BRAND_SHEET
from handouts.model.document import Sheet

# Colors that nothing else has; the value of a property is one of these when it is the color itself.
_STAND_INS: Final = {"brand": "#7a01d5", "accent": "#d5017a"}
_DECLARATION: Final = re.compile(r"--(brand|accent): (#[0-9A-Fa-f]{6});")
# From some colors the engine computes others: in gradients, mixed colors, and borders that look raised or sunken.
_COMPUTED: Final = re.compile(r"gradient\(|color-mix\(|\(\s*from\s|\b(?:groove|ridge|inset|outset)\b")
_STYLES_IN_HTML: Final = re.compile(r"""<style.*?</style|\bstyle\s*=\s*(?:"[^"]*"|'[^']*')|<svg""", re.DOTALL)

NO_COLORS: Final[Mapping[bytes, bytes]] = MappingProxyType({})


def use_stand_ins(sheets: Sequence[Sheet], html: str) -> tuple[tuple[Sheet, ...], Mapping[bytes, bytes]]:
    """Return style sheets with stand-ins for the brand colors, and operators of PDF to be replaced by others.

    Where the engine may compute colors from brand colors, they stay as they are.
    """
    texts = [sheet.text for sheet in sheets] + _STYLES_IN_HTML.findall(html)
    if any(_COMPUTED.search(text) or text == "<svg" for text in texts):
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


def _write_operator(color: str, *, stroke: bool) -> bytes:
    """Return the operator of a content stream that sets a color, as the engine writes it."""
    import pydyf  # noqa: PLC0415 - only where pages are made

    stream = pydyf.Stream()
    stream.set_color_rgb(*(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)), stroke=stroke)
    operator: bytes = stream.stream[0]
    return operator
