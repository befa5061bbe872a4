"""Checks tables in Markdown: the parser would trim or pad rows with more or fewer cells than the header."""

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Source

_GFM: Final = "GitHub Flavored Markdown, tables (https://github.github.com/gfm/#tables-extension-)"
UNEVEN_ROW: Final = Rule(
    "uneven-row",
    Severity.ERROR,
    title="a table row with more or fewer cells than columns",
    why="Extra cells would be dropped, and after a missing cell a dose could stand under the wrong heading.",
    source=_GFM,
    message="this row has {cells} cells, but the table has {columns} columns",
)
TEXT_BELOW_TABLE: Final = Rule(
    "text-below-table",
    Severity.ERROR,
    title="a line of text right below a table",
    why="It would be printed as a row of the table.",
    source=_GFM,
    message="this line would be printed as a row of the table above it",
    hint="leave an empty line below the table",
)
RULES: Final = (UNEVEN_ROW, TEXT_BELOW_TABLE)


def tables_plugin(parser: MarkdownIt) -> None:
    """Store in each row's meta its number of `cells` as written and of columns, and whether it has `bars`."""
    parser.block.ruler.at("table", _parse_table, {"alt": ["paragraph", "reference"]})


def _parse_table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    count = len(state.tokens)
    if not table(state, first, last, silent):
        return False
    if silent:
        return True
    new_tokens = state.tokens[count:]
    columns = sum(token.type == "th_open" for token in new_tokens)
    for token in new_tokens:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
            cells = escapedSplit(row)
            count_written = len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())
            # Print codes depend on the meta of tokens, so its form must not change.
            token.meta = {"cells": (count_written, columns), "bars": len(cells) > 1}
    return True


def check_rows(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report table rows with more or fewer cells than columns, and text that would become a row."""
    for token in tokens:
        if token.type != "tr_open" or not token.meta:
            continue
        cells, columns = token.meta["cells"]
        if not token.meta["bars"]:
            problems.add(TEXT_BELOW_TABLE.at(source.place(token)))
        elif cells != columns:
            hint = "write \\| for a bar within a cell" if cells > columns else "write an empty cell as | |"
            problems.add(UNEVEN_ROW.at(source.place(token), hint=hint, cells=cells, columns=columns))
