"""Marks within a line that CommonMark lacks: H~2~O, 10^9^, boxes, blanks, fields, for whom an item is."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handouts.schema.field_names import FIELD

EMPTY_BOX: Final = "\N{BALLOT BOX}"
TICKED_BOX: Final = "\N{BALLOT BOX WITH CHECK}"

_RAISED: Final = re.compile(r"\^([^\s^~*`_\[\]{}<>\\|]{1,30})\^")
_LOWERED: Final = re.compile(r"~([^\s^~*`_\[\]{}<>\\|]{1,30})~")
_BOX: Final = re.compile(r"\[ \](?=[\s.,;:!?)]|$)")
_TICKED: Final = re.compile(r"\[[xX]\](?=\s|$)")
_BLANK: Final = re.compile(r"\[(_{2,60})\](\{[^{}\n]*\})?")
_CONDITION: Final = re.compile(r"\{(?:only|audience)=[^{}\n]*\}(?=\s*\Z)")
"""For whom a list item is printed, at its end."""
_BEFORE_BOXES: Final = frozenset({"td_open", "th_open"})


def inline_marks_plugin(parser: MarkdownIt) -> None:
    """Parse these marks; must come before `literal_plugin`, which then knows that they are parsed."""
    ruler = parser.inline.ruler
    ruler.before("link", "blank", _parse_blank)
    ruler.before("link", "box", _parse_box)
    ruler.push("superscript", _parse_superscript)
    ruler.push("subscript", _parse_subscript)
    ruler.push("field", _parse_field)
    ruler.push("condition", _parse_condition)


def ticked_boxes_plugin(parser: MarkdownIt) -> None:
    """Parse `[x]` at the start of list items and table cells; must come after `literal_plugin`.

    Elsewhere it is text: only there is it known what the brackets mean.
    """
    parser.core.ruler.push("ticked_boxes", _split_ticked_boxes)


def _parse_superscript(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    return _parse_script(state, _RAISED, "sup", silent=silent)


def _parse_subscript(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    # Right after a letter or bracket only: ~5 mg and 5~10 are amounts.
    before = state.src[state.pos - 1] if state.pos else ""
    return (before.isalpha() or before in {")", "]"}) and _parse_script(state, _LOWERED, "sub", silent=silent)


def _parse_script(state: StateInline, pattern: re.Pattern[str], tag: str, *, silent: bool) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = match[1]
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _parse_box(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _BOX.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("box", "span", 0).content = EMPTY_BOX
    state.pos = match.end()
    return True


def _parse_blank(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _BLANK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("blank", "span", 0)
        token.meta = {"offset": state.pos, "length": len(match[1]), "written": match[2] or ""}
    state.pos = match.end()
    return True


def _parse_field(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = FIELD.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("field", "", 0)
        token.content = match[1]
        token.meta = {"offset": state.pos}
    state.pos = match.end()
    return True


def _parse_condition(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _CONDITION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("condition", "", 0)
        token.content = match[0]
        token.meta = {"offset": state.pos}
    state.pos = match.end()
    return True


def _split_ticked_boxes(state: StateCore) -> None:
    for position, token in enumerate(state.tokens):
        if token.type != "inline" or not token.children or not _TICKED.match(token.meta["literal"]):
            continue
        before = state.tokens[position - 1].type
        is_item = before == "paragraph_open" and state.tokens[position - 2].type == "list_item_open"
        if is_item or before in _BEFORE_BOXES:
            first = token.children[0]
            box = Token("box", "span", 0, content=TICKED_BOX)
            token.children = [box, first.copy(content=first.content[3:]), *token.children[1:]]
            token.meta["literal"] = "\ue000" * 3 + token.meta["literal"][3:]
