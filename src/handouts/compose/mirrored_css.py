"""Mirrors style sheets for languages written from right to left: what is at the left comes to the right.

Rules of left and right pages stay: a right page has its back at the left in all languages.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import tinycss2
from tinycss2 import ast

_SIDES: Final = {"left": "right", "right": "left"}
_FOUR_SIDES: Final = frozenset({"margin", "padding", "inset", "border-width", "border-style", "border-color"})
_POSITIONS: Final = frozenset({"background", "background-position"})
_NUMBERS: Final = frozenset({"number", "dimension", "percentage"})
_CACHE_SIZE: Final = 100


def inline_imports(text: str, read: Callable[[str], str | None]) -> str:
    """Return a style sheet with those that it imports by name in their places, so that they can be mirrored too.

    `read` returns the text of a style sheet, None for one that does not exist; its import stays, and is reported later.
    """
    pieces = []
    for rule in tinycss2.parse_stylesheet(text):
        name = _find_import(rule)
        imported = read(name) if name else None
        pieces.append(rule.serialize() if imported is None else inline_imports(imported, read))
    return "".join(pieces)


def _find_import(rule: Any) -> str | None:  # noqa: ANN401 - tinycss2 has no types
    """Return the name of the style sheet that a rule imports for all media; None for any other rule."""
    if not isinstance(rule, ast.AtRule) or rule.lower_at_keyword != "import":
        return None
    tokens = [token for token in rule.prelude if token.type not in {"whitespace", "comment"}]
    is_plain = len(tokens) == 1 and tokens[0].type in {"url", "string"} and "/" not in tokens[0].value
    return str(tokens[0].value) if is_plain else None


@lru_cache(_CACHE_SIZE)
def mirror_style_sheet(text: str) -> str:
    """Return a style sheet with left and right exchanged."""
    rules = tinycss2.parse_stylesheet(text)
    for rule in rules:
        _mirror_rule(rule)
    return str(tinycss2.serialize(rules))


def _mirror_rule(rule: Any) -> None:  # noqa: ANN401 - tinycss2 has no types
    if not isinstance(rule, ast.QualifiedRule | ast.AtRule) or rule.content is None:
        return
    name = rule.lower_at_keyword if isinstance(rule, ast.AtRule) else ""
    if name in {"font-face", "import"} or (name == "page" and _is_of_one_side(rule.prelude)):
        return
    if name in {"media", "layer", "supports"}:
        inner = tinycss2.parse_rule_list(rule.content)
        for each in inner:
            _mirror_rule(each)
        rule.content = inner
        return
    rule.content = _mirror_block(rule.content)


def _is_of_one_side(prelude: list[Any]) -> bool:
    return any(token.type == "ident" and token.lower_value in _SIDES for token in prelude)


def _mirror_block(content: list[Any]) -> list[Any]:
    """Return the declarations of a rule, and the rules in it, mirrored."""
    mirrored: list[Any] = tinycss2.parse_blocks_contents(content)
    for node in mirrored:
        if isinstance(node, ast.Declaration):
            node.name = node.lower_name if node.name.startswith("--") else _swap_sides(node.name)
            node.value = _mirror_value(node.name, node.value)
        elif isinstance(node, ast.AtRule):
            # Margin boxes of a page.
            node.at_keyword = _swap_sides(node.at_keyword)
            node.content = _mirror_block(node.content) if node.content is not None else None
        elif isinstance(node, ast.QualifiedRule):
            node.content = _mirror_block(node.content)
    return mirrored


def _swap_sides(name: str) -> str:
    return "-".join(_SIDES.get(part, part) for part in name.split("-"))


def _mirror_value(name: str, value: list[Any]) -> list[Any]:
    for token in value:
        if token.type == "ident" and token.lower_value in _SIDES:
            token.value = token.lower_value = _SIDES[token.lower_value]
    parts = [at for at, token in enumerate(value) if token.type not in {"whitespace", "comment"}]
    if name in _FOUR_SIDES and len(parts) == len(("top", "right", "bottom", "left")):
        value[parts[1]], value[parts[3]] = value[parts[3]], value[parts[1]]
    if name == "border-radius":
        _mirror_corners(value, parts)
    if name in _POSITIONS:
        _mirror_position(value)
    return value


def _mirror_corners(value: list[Any], parts: list[int]) -> None:
    """Exchange the corners of two and of four lengths; two are those of top left and top right."""
    pairs = [(0, 1), (2, 3)] if len(parts) == len(("tl", "tr", "br", "bl")) else [(0, 1)] if len(parts) > 1 else []
    for one, other in pairs:
        value[parts[one]], value[parts[other]] = value[parts[other]], value[parts[one]]


def _mirror_position(value: list[Any]) -> None:
    """Turn a picture at the left edge into one at the right edge, and a share of the width into the rest of it."""
    for at, token in enumerate(value):
        if token.type == "literal" and token.value == "/":
            return
        if token.type in _NUMBERS:
            if token.type == "percentage" or token.value == 0:
                share = 100 - token.value if token.type == "percentage" else 100
                value[at] = ast.PercentageToken(token.source_line, token.source_column, share, share, f"{share:g}")
            return
