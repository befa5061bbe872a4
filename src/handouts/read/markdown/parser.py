"""Markdown in Pandoc's conventions, parsed to tokens: CommonMark, tables, citations, notes and `:::` blocks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handouts.model.library import Body, Citation, NoteMark, Picture
from handouts.problems.problem import Place, Problem, error
from handouts.read.markdown.language_spans import check_passages, passages_plugin
from handouts.read.markdown.links import LinkParser, links_plugin
from handouts.read.markdown.literal import literal_plugin
from handouts.read.markdown.places import HEADING_ATTRIBUTES, Inline, Source
from handouts.read.markdown.tables import tables_plugin

# Pandoc's citation keys: a letter, digit or _, then also inner punctuation.
_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_CITATION = re.compile(rf"\[\s*@{_KEY}(?:\s*;\s*@{_KEY})*\s*\]")
_CITATION_LIKE = re.compile(r"\[(?:[^\[\]\n]*[\s;-])?@[^\[\]\n]*\]?")
_NOTE_MARK = re.compile(r"\[\^([^\s\[\]]{1,80})\]")
_MARK = re.compile(f"{_CITATION.pattern}|{_NOTE_MARK.pattern}")
_QUOTED = re.compile(r'"[^"]*"')
_NAMES = re.compile(r"#|[\w-]+(?==)")
_MAX_NESTING = 20
_PARSED_NESTING = 60  # the parser leaves out what is nested deeper
_NESTING = frozenset({"blockquote_open", "list_item_open", "container_block_open", "footnote_reference_open"})

PictureReader = Callable[[str, Place], Picture | None]


def markdown_parser() -> MarkdownIt:
    """Make the parser; raw HTML stays text, and is reported as such."""
    parser = LinkParser("commonmark", {"html": False, "typographer": False, "maxNesting": _PARSED_NESTING})
    parser.enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(container_plugin, "block", validate=lambda *_: True)
    parser.inline.ruler.before("link", "citation", _citation)
    passages_plugin(parser)
    links_plugin(parser, _MARK)
    parser.inline.ruler.at("image", _image)
    parser.inline.ruler.at("footnote_ref", _note_mark)
    parser.inline.ruler.push("bad_citation", _bad_citation)
    tables_plugin(parser)
    literal_plugin(parser)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        keys = list(dict.fromkeys(re.findall(rf"@({_KEY})", found.group())))
        before = state.tokens[-1] if state.tokens and not state.pending else None
        if before and before.type == "citation":  # two side by side print as one, or "1" and "2" would read "12"
            before.meta["keys"] = list(dict.fromkeys([*before.meta["keys"], *keys]))
        else:
            token = state.push("citation", "", 0)
            token.meta = {"keys": keys, "offset": state.pos}
    state.pos = found.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    offset = state.pos
    if not image(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta["offset"] = offset
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    found = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.meta = {"label": found[1], "offset": state.pos}
    state.pos = found.end()
    return True


def _bad_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    # The last rule: what stands here is no citation, no link, and no text with a backslash before its bracket.
    found = _CITATION_LIKE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("bad_citation", "", 0)
        token.content = found.group()
        token.meta = {"offset": state.pos}
    state.pos = found.end()
    return True


def parse_attributes(text: str) -> dict[str, str]:
    """Read `{#id .class key="value"}`; raise ParseError for anything else."""
    end, attributes = parse(text)
    unquoted = _QUOTED.sub("", text)
    names = _NAMES.findall(unquoted)
    if "%" in unquoted or len(names) > len(set(names)):  # comments, and all but the last of a name, are dropped
        raise ParseError("a comment, or a name given twice", end)
    if text[end + 1 :].strip():
        raise ParseError("text after the attributes", end)
    return attributes


def heading(token: Token) -> tuple[str, dict[str, str]]:
    """Split the inline token of a heading into its plain title and the attributes after it."""
    found = HEADING_ATTRIBUTES.search(token.content)
    title = token.content[: found.start()] if found else token.content
    return title.strip(), parse_attributes(found.group(1)) if found else {}


def check_nesting(source: Source, tokens: Sequence[Token], problems: list[Problem]) -> None:
    """Report the first list, quote or block that is nested too deeply."""
    deep = next((token for token in tokens if token.type in _NESTING and token.level >= _MAX_NESTING), None)
    if deep:
        message = "lists, quotes or blocks are nested too deeply"
        problems.append(error("nested-too-deeply", message, source.place(deep)))


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """The definition of a note (`[^label]: ...`)."""

    tokens: tuple[Token, ...]
    place: Place


def split_notes(
    source: Source, tokens: Sequence[Token], problems: list[Problem]
) -> tuple[list[Token], dict[str, WrittenNote]]:
    """Part the definitions of notes from the other tokens; report those that are empty or given twice."""
    text: list[Token] = []
    notes: dict[str, WrittenNote] = {}
    open_notes: list[tuple[str, Place, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append((token.meta["label"], source.place(token), []))
        elif token.type == "footnote_reference_close":
            label, place, inside = open_notes.pop()
            if label in notes:
                message = f"the note [^{label}] is given twice, first on line {notes[label].place.line}"
                problems.append(error("duplicate-note", message, place, "keep one of the two"))
            elif not inside:
                problems.append(error("empty-note", f"the note [^{label}] has no text", place))
            notes.setdefault(label, WrittenNote(tuple(inside), place))
        else:
            (open_notes[-1][2] if open_notes else text).append(token)
    return text, notes


def make_body(source: Source, tokens: Sequence[Token], read_picture: PictureReader, problems: list[Problem]) -> Body:
    """Make a body of block tokens: collect citations, notes and pictures; report what looks like one but is none."""
    marks: list[Citation | NoteMark] = []
    pictures: list[Picture] = []
    level = 2
    for inline in source.inlines(tokens):
        # With them, checks find a word of the text in its file.
        inline.token.meta |= {"columns": inline.columns, "cuts": inline.cuts}
        if inline.subheading:
            level = _check_level(source, inline, level, problems)
        if inline.subheading and HEADING_ATTRIBUTES.search(inline.token.content):
            message = "only # and ## headings have an id"
            problems.append(error("bad-attributes", message, source.place(inline.token), "leave out what is in { }"))
        check_passages(inline, problems)
        for child in inline.token.children or ():
            if child.type == "citation":
                marks.append(Citation(tuple(child.meta["keys"]), inline.place(child.meta["offset"])))
            elif child.type == "footnote_ref":
                child.meta["file"] = source.file
                marks.append(NoteMark(child.meta["label"], inline.place(child.meta["offset"])))
            elif child.type == "image":
                _check_description(inline, child, problems)
                if picture := read_picture(str(child.attrs["src"]), inline.place(child.meta["offset"])):
                    pictures.append(picture)
                    child.attrs["src"] = quote(picture.name)
            elif child.type == "bad_citation":
                place = inline.place(child.meta["offset"])
                problems.append(
                    error(
                        "bad-citation", f"{child.content} is no citation", place, "write [@key] or [@key; @other-key]"
                    )
                )
    return Body(tuple(tokens), tuple(marks), tuple(pictures), Place(source.file, source.first_line))


def _check_level(source: Source, inline: Inline, above: int, problems: list[Problem]) -> int:
    if inline.subheading > above + 1:
        hint = f"use {'#' * (above + 1)} here"
        problems.append(error("heading-skipped", "a heading skips a level", source.place(inline.token), hint))
    return inline.subheading


def _check_description(inline: Inline, picture: Token, problems: list[Problem]) -> None:
    place = inline.place(picture.meta["offset"])
    if not picture.content.strip():
        hint = "![What it shows, in a few words](file.svg)"
        problems.append(
            error("no-description", "the picture has no description for those who cannot see it", place, hint)
        )
    # It is read aloud, not printed: a number in it would lead nowhere.
    if any(child.type in {"citation", "footnote_ref", "bad_citation"} for child in picture.children or ()):
        message = "the description of a picture cannot have a citation or note"
        problems.append(error("citation-in-description", message, place, "put it into the text"))
