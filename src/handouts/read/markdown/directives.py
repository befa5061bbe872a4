"""The `:::` blocks an author can write: their names, their attributes, and what each attribute has to be."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError

from handouts.problems.problem import Problem, did_you_mean, error
from handouts.read.markdown.parser import parse_attributes
from handouts.read.markdown.places import Source
from handouts.schema.ids import is_id

MAX_ICONS = 100
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "important": frozenset({"id", "always-with", "title"}),
    "icon-array": frozenset({"count", "of"}),
    "figure": frozenset({"id"}),
    "note": frozenset(),
}
# What has to be in a block, and what to do if it is not.
_FILLED = {
    "important": ("text", "write what patients have to know, or remove the block"),
    "icon-array": ("text", "say the number in words, such as: About 2 in 3 people"),
    "figure": ("picture", "![What it shows, in a few words](file.svg)"),
    "note": ("text", "write it or remove the block"),
}
_TEXTS = frozenset({"text", "code_inline", "fence", "code_block"})


def check_directives(source: Source, tokens: Sequence[Token], problems: list[Problem]) -> list[Token]:
    """Put name and attributes of each `:::` block into its tokens' meta; report each block that is wrong.

    Gives the tokens without blocks that are none: a stray line of colons takes up what follows, but says nothing of it.
    """
    open_blocks: list[Token] = []
    kept: list[Token] = []
    for token in tokens:
        strays = sum(not block.meta["name"] for block in open_blocks)
        if token.type == "container_block_open":
            token.meta = _directive(source, token, problems)
            if token.meta["name"] == "important" and token.level > strays:
                problems.append(
                    error(
                        "nested-important",
                        "an important block cannot stand within a block, list or quote",
                        source.place(token),
                    )
                )
            open_blocks.append(token)
        elif token.type == "container_block_close":
            opening = open_blocks.pop()
            token.meta = opening.meta
            if opening.meta["name"] and not strays and not _is_closed(source, opening, open_blocks):
                problems.append(
                    error(
                        "unclosed-block",
                        f"the block ::: {opening.meta['name']} is never closed",
                        source.place(opening),
                        "end it with a line of three colons; a block around another one needs four",
                    )
                )
        if not token.type.startswith("container_block") or token.meta["name"]:
            kept.append(token)
    return kept


def check_filled(source: Source, tokens: Sequence[Token], problems: list[Problem]) -> None:
    """Report each block that has no text, or no picture if it is a figure, unless something is said about it."""
    told = {problem.place for problem in problems}
    open_blocks: list[tuple[Token, set[str]]] = []
    for token in tokens:
        if token.type == "container_block_open":
            open_blocks.append((token, set()))
        elif token.type == "container_block_close":
            opening, held = open_blocks.pop()
            needed, hint = _FILLED.get(opening.meta["name"], ("", ""))
            place = source.place(opening)
            if needed and needed not in held and place not in told:
                message = f"the block ::: {opening.meta['name']} has no {needed}"
                problems.append(error("empty-block", message, place, hint))
        else:
            for _, held in open_blocks:
                held.update(_held(token))


def _held(token: Token) -> Iterator[str]:
    for piece in token.children or [token]:
        if piece.type == "image":
            yield "picture"
        elif piece.type in _TEXTS and piece.content.strip():
            yield "text"


def _is_closed(source: Source, opening: Token, around: Sequence[Token]) -> bool:
    """Tell whether a block ends at a line of colons that is not the end of a block around it."""
    end = opening.map[1] if opening.map else 0
    line = source.lines[end].strip(" \t>") if end < len(source.lines) else ""
    is_end = line.startswith(opening.markup) and not line.strip(":")
    return is_end and all(outer.map is None or outer.map[1] != end for outer in around)


def _directive(source: Source, token: Token, problems: list[Problem]) -> dict[str, object]:
    place = source.place(token)
    name, _, rest = token.info.strip().partition(" ")
    attributes: dict[str, str] = {}
    if not name:
        problems.append(error("stray-colons", "a line of colons that neither starts nor ends a block", place))
    elif name not in _ATTRIBUTES:
        problems.append(error("unknown-block", f'unknown block "{name}"', place, did_you_mean(name, _ATTRIBUTES)))
    try:
        attributes = parse_attributes(rest.strip()) if rest.strip() else {}
    except ParseError:
        problems.append(
            error("bad-attributes", f"cannot read the attributes {rest.strip()}", place, 'write {#id key="value"}')
        )
        return {"name": name, "attributes": {}}
    known = _ATTRIBUTES.get(name, frozenset(attributes))
    problems.extend(
        error("unknown-attribute", f'"{name}" has no attribute "{key}"', place, did_you_mean(key, known))
        for key in attributes
        if key not in known
    )
    if name == "icon-array" and not _icons_make_sense(attributes):
        problems.append(
            error(
                "bad-icon-array",
                "count and of have to be whole numbers, count no more than of",
                place,
                f"{{count=2 of=3}}, at most {MAX_ICONS}",
            )
        )
    if name == "important" and "id" not in attributes:
        problems.append(error("no-id", "an important block needs an id", place, "::: important {#safety}"))
    if not is_id(attributes.get("id", "none")):
        problems.append(
            error("bad-id", f'"{attributes["id"]}" is no id', place, "small letters, digits and single hyphens only")
        )
    return {"name": name, "attributes": attributes}


def _icons_make_sense(attributes: dict[str, str]) -> bool:
    count, of = attributes.get("count", ""), attributes.get("of", "")
    if not (re.fullmatch("[0-9]{1,3}", count) and re.fullmatch("[0-9]{1,3}", of)):
        return False
    return int(count) <= int(of) <= MAX_ICONS and int(of) > 0
