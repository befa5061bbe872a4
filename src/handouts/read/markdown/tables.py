"""Tables in Markdown: how many cells each row was written with, which the parser makes as many as the header has."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit


def tables_plugin(parser: MarkdownIt) -> None:
    """Note at each row of a table its cells as written and as wanted (`cells`), and whether it has `bars`."""
    parser.block.ruler.at("table", _counted_table, {"alt": ["paragraph", "reference"]})


def _counted_table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    count = len(state.tokens)
    if not table(state, first, last, silent):
        return False
    if silent:
        return True
    added = state.tokens[count:]
    columns = sum(token.type == "th_open" for token in added)
    for token in added:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
            cells = escapedSplit(row)
            written = len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())
            token.meta = {"cells": (written, columns), "bars": len(cells) > 1}
    return True
