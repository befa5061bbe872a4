"""HTML comments cut out of Markdown, so that they are never printed; places still refer to the file."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_START: Final = re.compile(r"(?<!\\)((?:\\\\)*)<!--")
_INDENT: Final = re.compile(r"[ \t]*")
_QUOTED: Final = re.compile(r"[ \t]*>[ \t>]*")

Cuts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Uncommented:
    """Markdown without its comments, with the same number of lines.

    `cuts` maps the number of a line to its cuts: pairs of the column where text was cut out, and the total length cut
    out up to there. `open` is line and column of a comment that is never closed. All are counted from 0.
    """

    text: str
    cuts: Mapping[int, Cuts]
    open: tuple[int, int] | None

    def column(self, line: int, column: int) -> int:
        """Return the column in the file for a column in the text; all are counted from 0."""
        return column_in_file(self.cuts.get(line, ()), column)


def column_in_file(cuts: Cuts, column: int) -> int:
    """Return the column in the file for a column in a line with these cuts; both are counted from 0."""
    at = bisect_right(cuts, column, key=lambda cut: cut[0])
    return column + cuts[at - 1][1] if at else column


def cut_comments(text: str) -> Uncommented:
    """Cut `<!-- ... -->` out of Markdown: within a line, over several lines, and in code.

    The number of lines stays the same: lines within a comment keep their indentation and quotation marks (`>`).
    An unclosed comment is kept.
    """
    if "<!--" not in text:
        return Uncommented(text, {}, None)
    spans, unclosed = find_comments(text)
    lines: list[str] = []
    cuts: dict[int, Cuts] = {}
    start = first = 0
    for number, line in enumerate(text.split("\n")):
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        here = spans[first : bisect_left(spans, (start + len(line), 0))]
        within = [(max(a - start, 0), min(b - start, len(line))) for a, b in here]
        remaining, cut = _cut_line(line, within, _measure_margin(text, line, here[0][0], start)) if here else (line, ())
        lines.append(remaining)
        if cut:
            cuts[number] = cut
        start += len(line) + 1
    place = None
    if unclosed is not None:
        place = (text.count("\n", 0, unclosed), unclosed - text.rfind("\n", 0, unclosed) - 1)
    return Uncommented("\n".join(lines), cuts, place)


def find_comments(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Return start and end of each comment, and the start of an unclosed one."""
    spans: list[tuple[int, int]] = []
    at = 0
    while match := _START.search(text, at):
        start = match.end(1)
        end = text.find("-->", start + 2)  # <!--> and <!---> are whole comments (CommonMark 0.31, 6.6)
        if end < 0:
            return spans, start
        spans.append((start, end + 3))
        at = end + 3
    return spans, None


def _measure_margin(text: str, line: str, comment: int, start: int) -> int:
    """Return the length of a line's indentation, which stays when a comment from a line above continues on it."""
    if comment >= start:
        return 0
    above = text[text.rfind("\n", 0, comment) + 1 : comment]
    match = (_QUOTED.match(line) if _QUOTED.match(above) else None) or _INDENT.match(line)
    return match.end() if match else 0


def _cut_line(line: str, spans: list[tuple[int, int]], margin: int) -> tuple[str, Cuts]:
    pieces: list[str] = []
    cut: list[tuple[int, int]] = []
    length = removed = at = 0
    is_blank = True
    for start, end in spans:
        first = min(margin, end) if start == 0 else start
        piece = line[at:first]
        pieces.append(piece)
        length += len(piece)
        is_blank = is_blank and not piece.strip(" \t>")
        # Spaces after a comment are not indentation.
        at = _INDENT.match(line, end).end() if is_blank else end  # type: ignore[union-attr] # it matches any text
        removed += at - first
        cut.append((length, removed))
    rest = line[at:]
    # Spaces before a comment at the end of a line do not make a line break.
    return ("".join([*pieces, rest]) if rest.strip() else "".join(pieces).rstrip()), tuple(cut)
