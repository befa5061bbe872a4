"""The Markdown parser: CommonMark with tables, and Pandoc's citations, notes, language spans and `:::` blocks."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.inline_marks import inline_marks_plugin, ticked_boxes_plugin
from handouts.read.markdown.language_spans import language_spans_plugin
from handouts.read.markdown.links import LinkParser, links_plugin
from handouts.read.markdown.literal import literal_plugin
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.read.markdown.tables import tables_plugin
from handouts.read.text_length import MOST_CHARACTERS

NESTED_TOO_DEEPLY: Final = Rule(
    "nested-too-deeply",
    Severity.ERROR,
    title="lists, quotations or blocks that are nested too deeply",
    why="Nobody can follow them on paper.",
    source=AUTHORS_GUIDE,
    message="lists, quotations or blocks are nested too deeply",
    hint="use fewer levels",
)
RULES: Final = (NESTED_TOO_DEEPLY,)

# Pandoc's citation keys: a letter, digit or _, then also inner punctuation.
_KEY: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_CITATION: Final = re.compile(rf"\[\s*@{_KEY}(?:\s*;\s*@{_KEY})*\s*\]")
_CITATION_LIKE: Final = re.compile(r"\[(?:[^\[\]\n]*[\s;-])?@[^\[\]\n]*\]?")
_NOTE_MARK: Final = re.compile(r"\[\^([^\s\[\]]{1,80})\]")
_MARK: Final = re.compile(f"{_CITATION.pattern}|{_NOTE_MARK.pattern}")
_PICTURE_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*\}")
_MAX_NESTING: Final = 20
_PARSED_NESTING: Final = 60  # the parser drops content that is nested deeper
_NESTING: Final = frozenset({"blockquote_open", "list_item_open", "container_block_open", "footnote_reference_open"})


def make_parser() -> MarkdownIt:
    """Make the parser; raw HTML stays text, and `check_literals` reports it."""
    parser = LinkParser("commonmark", {"html": False, "typographer": False, "maxNesting": _PARSED_NESTING})
    parser.enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(container_plugin, "block", validate=lambda *_: True)
    parser.use(deflist_plugin)
    parser.inline.ruler.before("link", "citation", _parse_citation)
    inline_marks_plugin(parser)
    language_spans_plugin(parser)
    links_plugin(parser, _MARK)
    parser.inline.ruler.at("image", _parse_image)
    parser.inline.ruler.at("footnote_ref", _parse_note_mark)
    parser.inline.ruler.push("bad_citation", _parse_bad_citation)
    tables_plugin(parser)
    literal_plugin(parser)
    ticked_boxes_plugin(parser)
    parser.core.ruler.before("inline", "long_texts", _drop_long_texts)
    return parser


def _drop_long_texts(state: StateCore) -> None:
    """Leave texts that are too long to be read out; `parse_document` reports them."""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MOST_CHARACTERS:
            state.env.setdefault("long_texts", []).append((token, len(token.content)))
            token.content = ""


def _parse_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        keys = list(dict.fromkeys(re.findall(rf"@({_KEY})", match.group())))
        before = state.tokens[-1] if state.tokens and not state.pending else None
        if before and before.type == "citation":  # two side by side print as one, or "1" and "2" would read "12"
            before.meta["keys"] = list(dict.fromkeys([*before.meta["keys"], *keys]))
        else:
            token = state.push("citation", "", 0)
            token.meta = {"keys": keys, "offset": state.pos}
    state.pos = match.end()
    return True


def _parse_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    offset = state.pos
    if not image(state, silent):
        return False
    attributes = _PICTURE_ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not silent:
        state.tokens[-1].meta["offset"] = offset
        if attributes:
            state.tokens[-1].meta["written"] = attributes[0]
    state.pos = attributes.end() if attributes else state.pos
    return True


def _parse_note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.meta = {"label": match[1], "offset": state.pos}
    state.pos = match.end()
    return True


def _parse_bad_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    # As the last rule, it never sees a citation, a link, or text with a backslash before its bracket.
    match = _CITATION_LIKE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("bad_citation", "", 0)
        token.content = match.group()
        token.meta = {"offset": state.pos}
    state.pos = match.end()
    return True


def check_nesting(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report the first list, quotation or block that is nested too deeply."""
    deep = next((token for token in tokens if token.type in _NESTING and token.level >= _MAX_NESTING), None)
    if deep:
        problems.add(NESTED_TOO_DEEPLY.at(source.place(deep)))
