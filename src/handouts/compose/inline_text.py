"""The text of a line, whose tokens are read together: amounts and quotations go across them, as in "**5** mg"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from markdown_it.token import Token

from handouts.compose.reading_order import find_core, find_ltr_words, is_range
from handouts.language.amounts import find_amounts
from handouts.language.punctuation import curl_quotes

_NOT_SPACE: Final = re.compile(r"\S")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_LINE_END: Final = " \N{OBJECT REPLACEMENT CHARACTER} "  # no amount continues after it
_UNDERSCORES: Final = 6  # printed for each that is written: at 12 points, 10 mm of line


def find_amounts_of_tokens(tokens: Sequence[Token]) -> list[list[tuple[int, int]]]:
    """Return the amounts that overlap each token, as (start, end) relative to its text."""
    texts = [_get_text(token) for token in tokens]
    starts = list(accumulate((len(text) for text in texts), initial=0))
    token_amounts: list[list[tuple[int, int]]] = [[] for _ in tokens]
    first = 0
    for start, end in find_amounts("".join(texts)):
        while starts[first + 1] <= start:
            first += 1
        for index in range(first, len(tokens)):
            if starts[index] >= end:
                break
            if texts[index]:
                token_amounts[index].append((start - starts[index], end - starts[index]))
    return token_amounts


def keep_reading_order(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a line from right to left, with an element around each amount or word of several tokens.

    Engines of pages put the elements of a line in its direction: "10^9^/L" would be shown as "/L", "9" and "10".
    """
    kept, ahead = list[Token](), list(tokens)
    while ahead:
        run, rest = _split_after_run(ahead)
        kept += run
        ahead = rest
    return kept


def _split_after_run(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the tokens up to the first run from left to right, with an element around it, and those after it."""
    texts = [_get_text(token) for token in tokens]
    starts = list(accumulate((len(text) for text in texts), initial=0))
    line = "".join(texts)
    for whole_start, whole_end in find_ltr_words(line):
        core_start, core_end = find_core(line[whole_start:whole_end])
        start, end = whole_start + core_start, whole_start + core_end
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        if first >= last or is_range(line[start:end]) or "code_inline" in {tokens[first].type, tokens[last].type}:
            continue
        before, after = line[starts[first] : start], line[end : starts[last + 1]]
        around = _widen(tokens, first, last, is_at_start=not before, is_at_end=not after)
        if around is None:
            continue
        cut = list(tokens)
        cut[last] = replace(cut[last], content=cut[last].content.removesuffix(after))
        cut[first] = replace(cut[first], content=cut[first].content[len(before) :])
        first, last = around
        return [
            *cut[:first],
            *([Token("text", "", 0, content=before)] if before else ()),
            Token("left_to_right_open", "span", 1, attrs={"dir": "ltr"}),
            *cut[first : last + 1],
            Token("left_to_right_close", "span", -1),
        ], [*([Token("text", "", 0, content=after)] if after else ()), *cut[last + 1 :]]
    return list(tokens), []


def _widen(
    tokens: Sequence[Token], first: int, last: int, *, is_at_start: bool, is_at_end: bool
) -> tuple[int, int] | None:
    """Return the first and last token of a run with both ends of each element in it; None if it is a part of one."""
    depths = list(accumulate(token.nesting for token in tokens[first : last + 1]))
    for _ in range(-min(0, *depths)):
        if not is_at_start or not first or tokens[first - 1].nesting != 1:
            return None
        first -= 1
    for _ in range(sum(token.nesting for token in tokens[first : last + 1])):
        if not is_at_end or last + 1 == len(tokens) or tokens[last + 1].nesting != -1:
            return None
        last += 1
    return first, last


def write_quotation_marks(tokens: Sequence[Token], language: str) -> list[str]:
    """Return the text of each token with the quotation marks of its language; code stays as it is."""
    texts = [_get_text(token) for token in tokens]
    languages: list[str] = []  # of each token; "" for code
    outer_languages = [language]
    for token in tokens:
        if token.type == "passage_open":
            outer_languages.append(str(token.attrs["lang"]))
        elif token.type == "passage_close":
            outer_languages.pop()
        languages.append("" if token.type == "code_inline" else outer_languages[-1])
    curled = list(texts)
    for tag in set(languages) - {""}:
        # Letters in place of what is in another language, so that quotation marks around it keep their neighbors.
        masked = [text if own == tag else _NOT_SPACE.sub("x", text) for text, own in zip(texts, languages, strict=True)]
        whole, start = curl_quotes("".join(masked), tag), 0
        for index, text in enumerate(texts):
            if languages[index] == tag:
                curled[index] = whole[start : start + len(text)]
            start += len(text)
    return curled


def keep_boxes(tokens: Sequence[Token], texts: Sequence[str]) -> list[str]:
    """Return the texts with a no-break space after each box within a line, so that its first word stays beside it."""
    after_box = [False, False, *(token.type == "box" for token in tokens[1:-1])]  # a box at the start is a label
    return [
        f"{_NO_BREAK}{text[1:]}" if is_after and text.startswith(" ") else text
        for text, is_after in zip(texts, after_box, strict=False)
    ]


def draw_line(blank: Token) -> str:
    """Return a line to write on, as underscores."""
    length: int = blank.meta["length"]
    return "_" * (length * _UNDERSCORES)


def _get_text(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    if token.type == "blank":
        return draw_line(token)
    return "\n" if token.type == "softbreak" else _LINE_END if token.type == "hardbreak" else ""
