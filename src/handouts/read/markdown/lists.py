"""Checks lists in Markdown: text that became a list by accident, and numbers that would be printed differently."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.literal import SIGN_AS_MARK
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import COMMONMARK

LIST_START: Final = Rule(
    "list-start",
    Severity.ERROR,
    title="a numbered list that does not start with 1",
    why="It would be printed as if it did.",
    source=COMMONMARK,
    message="a numbered list has to start with 1",
    hint="if this is not a list, write 2\\. for 2.",
)
LIST_NUMBERS: Final = Rule(
    "list-numbers",
    Severity.ERROR,
    title="a numbered list whose numbers are out of order",
    why="Markdown counts anew: step 4 would be printed as step 3, and references to it would be wrong.",
    source=COMMONMARK,
    message="this item has the number {written}, but would be printed as {printed}",
    hint="number the items 1, 2, 3, or all 1.; if this is not a list, write 2\\. for 2.",
)
RULES: Final = (LIST_START, LIST_NUMBERS)

_PLUS: Final = re.compile(r"(?<![^\s>])\+(?=\s|$)")
_AMOUNT: Final = re.compile(r"\d[\d.,/\u2013-]*\s*(?:%|°\s?[CFcf]|[^\W\d]{1,7}(?:/[^\W\d]{1,7})?)?\.?", re.UNICODE)


def check_lists(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report signs of numbers that became marks of lists, and numbers that would be printed differently."""
    for position, token in enumerate(tokens):
        if token.type == "bullet_list_open":
            items = _find_items(tokens, position)
            if token.markup == "+":
                _report_plus_signs(source, [tokens[item] for item in items], problems)
            elif len(items) == 1 and items[0] + 2 < len(tokens):
                _check_single_item(source, token.markup, tokens[items[0] + 2], problems)
        elif token.type == "dd_open":
            _check_definition(source, token, problems)
        elif token.type == "ordered_list_open":
            items = _find_items(tokens, position)
            _check_numbers(source, token, [tokens[item] for item in items], problems)


def _find_items(tokens: Sequence[Token], start: int) -> list[int]:
    """Return the positions of the items of the list that starts there, without those of nested lists."""
    level = tokens[start].level
    items: list[int] = []
    for position in range(start + 1, len(tokens)):
        if tokens[position].level == level and tokens[position].nesting < 0:
            break
        if tokens[position].type == "list_item_open" and tokens[position].level == level + 1:
            items.append(position)
    return items


def _report_plus_signs(source: Source, items: Sequence[Token], problems: Problems) -> None:
    hint = 'start list items with "- "; write \\+ or "plus" for the sign'
    for item in items:
        number = item.map[0] if item.map else 0
        line = source.lines[number]
        plus = _PLUS.search(line)
        column = plus.start() if plus else 0
        text = line[column:].strip()[:20]
        place = source.place_at(number, column)
        problems.add(SIGN_AS_MARK.at(place, hint=hint, text=text, sign="+", meaning="a list item"))


def _check_single_item(source: Source, mark: str, inline: Token, problems: Problems) -> None:
    """Report a list of one item that is nothing but an amount: it could be read as minus."""
    text = inline.content.strip()
    if inline.type == "inline" and inline.map and _AMOUNT.fullmatch(text):
        line = inline.map[0]
        place = source.place_at(line, max(source.lines[line].find(mark), 0))
        hint = f'write \\{mark} or "minus" for the sign, or the amount without a mark'
        problems.add(SIGN_AS_MARK.at(place, hint=hint, text=f"{mark} {text}", sign=mark, meaning="a list item"))


def _check_definition(source: Source, opening: Token, problems: Problems) -> None:
    """Report a definition that starts with ~: it could be read as "about"."""
    line = opening.map[0] if opening.map else 0
    text = source.lines[line].lstrip(" \t>")
    if text.startswith("~"):
        hint = 'start a definition with ": "; write \\~ or "about" for the sign'
        place = source.place_at(line, source.lines[line].find("~"))
        problems.add(SIGN_AS_MARK.at(place, hint=hint, text=text[:20], sign="~", meaning="a definition"))


def _check_numbers(source: Source, opening: Token, items: Sequence[Token], problems: Problems) -> None:
    if opening.attrs.get("start", 1) != 1:
        problems.add(LIST_START.at(source.place(opening)))
        return
    if all(item.info.lstrip("0") == "1" for item in items):
        return
    for number, item in enumerate(items, start=1):
        if item.info.lstrip("0") != str(number):
            problems.add(LIST_NUMBERS.at(source.place(item), written=item.info, printed=number))
            return
