"""Block marks of Markdown that change, renumber or drop what an author wrote, each reported as an error."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.problem import Place, Problem, error
from handouts.read.markdown.literal import NEVER_PRINTED, unknown_markup
from handouts.read.markdown.places import Source
from handouts.schema.markup import FoundMarkup

# The marks of quotations, lists and notes that a line starts with.
_MARKS: Final = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)]|\[\^[^\s\[\]]+\]:)(?=[ \t])))*")
# What reads as "more than" behind a >: a number, with a sign or currency, or =, but no number of a list.
_COMPARED: Final = re.compile(r"(?!\d{1,9}[.)][ \t])(?:=|[<≤≥±~≈$€£+\u2212-]?[ \t]?[.,]?\d)")
_PLUS: Final = re.compile(r"(?<![^\s>])\+(?=\s|$)")
_AMOUNT: Final = re.compile(r"\d[\d.,/\u2013-]*\s*(?:%|°\s?[CFcf]|[^\W\d]{1,7}(?:/[^\W\d]{1,7})?)?\.?", re.UNICODE)
_SEVERAL_RULES: Final = re.compile(r"(?<!-)-{2,}+[ \t]+-{2}")
_FENCE: Final = re.compile(r"(?<![`~])(?:`{3,}+|~{3,}+)[ \t]*+$")


def check_block_marks(source: Source, tokens: Sequence[Token], problems: list[Problem]) -> None:
    """Report quotations, lists, tables, headings and code that say something else than what was written."""
    for position, token in enumerate(tokens):
        match token.type:
            case "blockquote_open":
                problems.extend(_quote(source, token))
            case "bullet_list_open":
                problems.extend(_bullets(source, token, _items(tokens, position), tokens))
            case "ordered_list_open":
                problems.extend(_numbers(source, token, _items(tokens, position), tokens))
            case "tr_open":
                problems.extend(_row(source, token))
            case "heading_open" if token.markup in {"-", "="} and "{#" not in tokens[position + 1].content:
                problems.append(_underlined(source, token))
            case "code_block" | "fence":
                problems.extend(_code(source, token))
            case "hr" if _SEVERAL_RULES.search(_line(source, token)):
                found = FoundMarkup(
                    0, 0, _line(source, token).strip(), "a line of a table", "write it with bars: | A | B |"
                )
                problems.append(unknown_markup(found, source.place(token)))


def _line(source: Source, token: Token) -> str:
    return source.lines[token.map[0]] if token.map else ""


def _items(tokens: Sequence[Token], start: int) -> list[int]:
    """Return the positions of the items of a list that starts there, without those of lists within it."""
    level = tokens[start].level
    found: list[int] = []
    for position in range(start + 1, len(tokens)):
        if tokens[position].level == level and tokens[position].nesting < 0:
            break
        if tokens[position].type == "list_item_open" and tokens[position].level == level + 1:
            found.append(position)
    return found


def _quote(source: Source, token: Token) -> Iterator[Problem]:
    first, end = token.map or (0, 0)
    for number in range(first, end):
        line = source.lines[number]
        marks = _marks(line)
        if marks.endswith(">") and _COMPARED.match(line[len(marks) :].lstrip()):
            message = f'"{line[len(marks) - 1 :].strip()[:20]}" is a quotation here: the sign > would not be printed'
            hint = 'write it in words, such as "above 38 °C", or \\> for the sign; start a quotation with a word'
            yield error("sign-as-mark", message, source.place_at(number, len(marks) - 1), hint)
        elif ">" not in marks and line.strip():
            message = "this line has no >, but would be printed as part of the quotation above it"
            hint = "start it with > if it is part of it; otherwise leave an empty line above it"
            yield error("unmarked-quotation", message, Place(source.file, source.first_line + number), hint)


def _marks(line: str) -> str:
    found = _MARKS.match(line)
    return found[0] if found else ""


def _bullets(source: Source, token: Token, items: list[int], tokens: Sequence[Token]) -> Iterator[Problem]:
    if token.markup == "+":
        for item in items:
            line, _ = tokens[item].map or (0, 0)
            found = _PLUS.search(source.lines[line])
            message = "a + at the start of a line is the mark of a list here: it would be printed as a bullet"
            hint = 'start the items of a list with "- "; write \\+ or "plus" for the sign'
            yield error("sign-as-mark", message, source.place_at(line, found.start() if found else 0), hint)
    elif len(items) == 1 and items[0] + 2 < len(tokens):
        inline = tokens[items[0] + 2]
        if inline.type == "inline" and inline.map and _AMOUNT.fullmatch(inline.content.strip()):
            line = inline.map[0]
            column = max(source.lines[line].find(token.markup), 0)
            message = f'"{token.markup} {inline.content.strip()}" is a list of one item here: it could be read as minus'
            hint = f'write \\{token.markup} or "minus" for the sign, or the amount without a mark'
            yield error("sign-as-mark", message, source.place_at(line, column), hint)


def _numbers(source: Source, token: Token, items: list[int], tokens: Sequence[Token]) -> Iterator[Problem]:
    if token.attrs.get("start", 1) != 1:
        hint = "if it is no list, write 2\\. for 2."
        yield error("list-start", "a numbered list starts with 1", source.place(token), hint)
        return
    written = [tokens[item].info for item in items]
    if all(number.lstrip("0") == "1" for number in written):
        return
    for number, item in enumerate(items, start=1):
        if tokens[item].info.lstrip("0") != str(number):
            message = f"this item has the number {tokens[item].info}, but would be printed as {number}"
            hint = "number the items 1, 2, 3, or all 1.; if it is no list, write 2\\. for 2."
            yield error("list-numbers", message, source.place(tokens[item]), hint)
            return


def _row(source: Source, token: Token) -> Iterator[Problem]:
    written, wanted = token.meta.get("cells", (0, 0))
    if not token.meta.get("bars", True):
        message = "this line is a row of the table above it"
        yield error("uneven-row", message, source.place(token), "leave an empty line below the table")
    elif written != wanted:
        message = f"this row has {written} cells, but the table has {wanted} columns"
        hint = "write \\| for a bar within a cell" if written > wanted else "write an empty cell as | |"
        yield error("uneven-row", message, source.place(token), hint)


def _underlined(source: Source, token: Token) -> Problem:
    message = f"a line of {token.markup * 3} right below text makes a heading of it"
    hint = "leave an empty line above it; a heading is written ### Heading"
    return error("underlined-heading", message, source.place(token), hint)


def _code(source: Source, token: Token) -> Iterator[Problem]:
    first, end = token.map or (0, 0)
    if token.type == "code_block":
        message = "a line indented by four or more spaces is printed as code"
        yield error(
            "indented-text",
            message,
            source.place(token),
            "remove the indentation; to keep lines as typed, put ``` above and below",
        )
    elif token.info.strip():
        found = FoundMarkup(0, 0, token.info.strip()[:40], "the language of code", "leave out what stands behind ```")
        yield unknown_markup(found, source.place(token))
    elif end - first < 2 or not _FENCE.search(source.lines[end - 1]):  # noqa: PLR2004 - the two lines of a fence
        message = "the code that starts here is never closed"
        yield error("unclosed-block", message, source.place(token), f"end it with a line of {token.markup}")
    for number in range(first, end):
        for match in NEVER_PRINTED.finditer(source.lines[number]):
            hint = "leave it out: also in code it is printed as it stands"
            found = FoundMarkup(0, 0, match[0], "a comment or field", hint)
            yield unknown_markup(found, source.place_at(number, match.start()))
