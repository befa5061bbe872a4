"""Reads the `:::` blocks that an author wrote: where they start and end, and whether they have what they need."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import (
    read_attributes,
)
from handouts.read.markdown.block_attributes import BLOCKS, TOP_LEVEL, check_block_attributes
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE

STRAY_COLONS: Final = Rule(
    "stray-colons",
    Severity.ERROR,
    title="a line of colons that belongs to no block",
    why="It would enclose the text after it in a block without a meaning.",
    source=AUTHORS_GUIDE,
    message="a line of colons that neither starts nor ends a block",
    hint="remove it, or start a block with ::: and its name",
)
UNKNOWN_BLOCK: Final = Rule(
    "unknown-block",
    Severity.ERROR,
    title="a block with an unknown name",
    why="It would be printed as plain text, without what makes it safe.",
    source=AUTHORS_GUIDE,
    message='unknown block "{name}"',
)
UNCLOSED_BLOCK: Final = Rule(
    "unclosed-block",
    Severity.ERROR,
    title="a block that is never closed",
    why="Everything after it would be part of it.",
    source=AUTHORS_GUIDE,
    message="the block ::: {name} is never closed",
    hint="end it with a line of three colons; a block around another one needs four",
)
EMPTY_BLOCK: Final = Rule(
    "empty-block",
    Severity.ERROR,
    title="a block without text, or a figure without a picture",
    why="An empty frame would be printed.",
    source=AUTHORS_GUIDE,
    message="the block ::: {name} has no {content}",
)
NESTED_IMPORTANT: Final = Rule(
    "nested-important",
    Severity.ERROR,
    title="an important or urgent block within another element",
    why="It has to be printable by itself, for any choice of sections.",
    source=AUTHORS_GUIDE,
    message="a block ::: {name} cannot stand within a block, list or quotation",
    hint="put it directly below a section",
)
CONTENT_IN_BLOCK: Final = Rule(
    "content-in-block",
    Severity.ERROR,
    title="text in a block that takes none",
    why="It would not be printed.",
    source=AUTHORS_GUIDE,
    message="a block ::: {name} has attributes, but no text",
    hint="put the text above or below the block",
)
RULES: Final = (
    CONTENT_IN_BLOCK,
    STRAY_COLONS,
    UNKNOWN_BLOCK,
    UNCLOSED_BLOCK,
    EMPTY_BLOCK,
    NESTED_IMPORTANT,
)

_WITHOUT_CONTENT: Final = frozenset({"signature", "qr"})
# The required content of a block, and what to do if it is missing.
_REQUIRED_CONTENT: Final = {
    "important": ("text", "write what patients have to know, or remove the block"),
    "icon-array": ("text", "say the number in words, such as: About 2 in 3 people"),
    "figure": ("picture", "write ![What it shows, in a few words](file.svg)"),
    "note": ("text", "write it or remove the block"),
    "urgent": ("text", "write what patients have to know first, or remove the block"),
    "boxed-warning": ("text", "write the warning, or remove the block"),
    "form": ("text", "write it or remove the block"),
    "tear-off": ("text", "write it or remove the block"),
    "teach-back": ("text", "write what staff ask, or remove the block"),
    "steps": ("picture", "write 1. ![What it shows](file.svg) What to do"),
    "figures": ("picture", "write ![What it shows, in a few words](file.svg) The caption"),
}
_TEXTS: Final = frozenset({"text", "code_inline", "fence", "code_block", "field"})
_MARKS: Final = frozenset({"box", "blank"})


def check_directives(source: Source, tokens: Sequence[Token], problems: Problems) -> list[Token]:
    """Store name and attributes of each `:::` block in the meta of its tokens; report invalid blocks.

    Returns the tokens without those of stray lines of colons.
    """
    open_blocks: list[Token] = []
    remaining: list[Token] = []
    for token in tokens:
        open_strays = sum(not block.meta["name"] for block in open_blocks)
        if token.type == "container_block_open":
            token.meta = _read_directive(source, token, problems)
            if token.meta["name"] in TOP_LEVEL and token.level > open_strays:
                problems.add(NESTED_IMPORTANT.at(source.place(token), name=token.meta["name"]))
            open_blocks.append(token)
        elif token.type == "container_block_close":
            opening = open_blocks.pop()
            token.meta = opening.meta
            if opening.meta["name"] and not open_strays and not _is_closed(source, opening, open_blocks):
                problems.add(UNCLOSED_BLOCK.at(source.place(opening), name=opening.meta["name"]))
        if not token.type.startswith("container_block") or token.meta["name"]:
            remaining.append(token)
    return remaining


def check_block_contents(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report blocks without text, or figures without a picture, unless they already have a problem."""
    reported = {problem.place for problem in problems}
    open_blocks: list[tuple[Token, set[str]]] = []
    for token in tokens:
        if token.type == "container_block_open":
            open_blocks.append((token, set()))
        elif token.type == "container_block_close":
            opening, contents = open_blocks.pop()
            name = opening.meta["name"]
            required, hint = _REQUIRED_CONTENT.get(name, ("", ""))
            place = source.place(opening)
            if name in _WITHOUT_CONTENT and contents:
                problems.add(CONTENT_IN_BLOCK.at(place, name=name))
            if required and required not in contents and place not in reported:
                problems.add(EMPTY_BLOCK.at(place, hint=hint, name=name, content=required))
        else:
            for _, contents in open_blocks:
                contents.update(_find_kinds_of_content(token))


def _find_kinds_of_content(token: Token) -> Iterator[str]:
    for piece in token.children or [token]:
        if piece.type == "image":
            yield "picture"
        elif piece.type in _MARKS or (piece.type in _TEXTS and piece.content.strip()):
            yield "text"


def _is_closed(source: Source, opening: Token, outer_blocks: Sequence[Token]) -> bool:
    """Return whether a block ends at a line of colons that does not end a block around it."""
    end = opening.map[1] if opening.map else 0
    line = source.lines[end].strip(" \t>") if end < len(source.lines) else ""
    is_end = line.startswith(opening.markup) and not line.strip(":")
    return is_end and all(outer.map is None or outer.map[1] != end for outer in outer_blocks)


def _read_directive(source: Source, token: Token, problems: Problems) -> dict[str, object]:
    place = source.place(token)
    name, _, rest = token.info.strip().partition(" ")
    if not name:
        problems.add(STRAY_COLONS.at(place))
    elif name not in BLOCKS:
        problems.add(
            UNKNOWN_BLOCK.at(place, hint=did_you_mean(name, BLOCKS) or "docs/syntax.md lists all blocks", name=name)
        )
    attributes = read_attributes(rest.strip(), place, problems) if rest.strip() else {}
    if attributes is None:
        return {"name": name, "attributes": {}}
    check_block_attributes(name, attributes, place, problems)
    return {"name": name, "attributes": attributes}
