"""The `:::` blocks that an author can write: their names, attributes and required content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import NO_ID, check_attribute_names, check_id, read_attributes
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE

ICONS: Final = ("person", "woman", "man", "child", "bone")
"""What an icon array can count; the first one is drawn if the author names none."""

_MAX_ICONS: Final = 100

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
    title="an important block within another element",
    why="It has to be printable by itself, for any choice of sections.",
    source=AUTHORS_GUIDE,
    message="an important block cannot stand within a block, list or quotation",
    hint="put it directly below a section",
)
BAD_ICON_ARRAY: Final = Rule(
    "bad-icon-array",
    Severity.ERROR,
    title="invalid numbers in an icon array",
    why="A wrong picture of a risk is worse than none.",
    source=AUTHORS_GUIDE,
    message="count and of have to be whole numbers, with count no larger than of",
    hint=f"{{{{count=2 of=3}}}}, at most {_MAX_ICONS}",
)
UNKNOWN_ICON: Final = Rule(
    "unknown-icon",
    Severity.ERROR,
    title="an icon array of an unknown icon",
    why="Icons of something else than what is counted mislead.",
    source=AUTHORS_GUIDE,
    message='unknown icon "{name}"',
)
RULES: Final = (
    STRAY_COLONS,
    UNKNOWN_BLOCK,
    UNCLOSED_BLOCK,
    EMPTY_BLOCK,
    NESTED_IMPORTANT,
    BAD_ICON_ARRAY,
    UNKNOWN_ICON,
)

_ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "important": frozenset({"id", "always-with", "title"}),
    "icon-array": frozenset({"count", "of", "icon"}),
    "figure": frozenset({"id"}),
    "note": frozenset(),
}
# The required content of a block, and what to do if it is missing.
_REQUIRED_CONTENT: Final = {
    "important": ("text", "write what patients have to know, or remove the block"),
    "icon-array": ("text", "say the number in words, such as: About 2 in 3 people"),
    "figure": ("picture", "![What it shows, in a few words](file.svg)"),
    "note": ("text", "write it or remove the block"),
}
_TEXTS: Final = frozenset({"text", "code_inline", "fence", "code_block"})


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
            if token.meta["name"] == "important" and token.level > open_strays:
                problems.add(NESTED_IMPORTANT.at(source.place(token)))
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
            if required and required not in contents and place not in reported:
                problems.add(EMPTY_BLOCK.at(place, hint=hint, name=name, content=required))
        else:
            for _, contents in open_blocks:
                contents.update(_find_kinds_of_content(token))


def _find_kinds_of_content(token: Token) -> Iterator[str]:
    for piece in token.children or [token]:
        if piece.type == "image":
            yield "picture"
        elif piece.type in _TEXTS and piece.content.strip():
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
    elif name not in _ATTRIBUTES:
        problems.add(UNKNOWN_BLOCK.at(place, hint=did_you_mean(name, _ATTRIBUTES), name=name))
    attributes = read_attributes(rest.strip(), place, problems) if rest.strip() else {}
    if attributes is None:
        return {"name": name, "attributes": {}}
    _check_attributes(name, attributes, place, problems)
    return {"name": name, "attributes": attributes}


def _check_attributes(name: str, attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    known_names = _ATTRIBUTES.get(name, frozenset(attributes))
    check_attribute_names(f"the block ::: {name}", attributes, known_names, place, problems)
    if name == "icon-array" and not _is_valid_icon_array(attributes):
        problems.add(BAD_ICON_ARRAY.at(place))
    icon = attributes.get("icon", ICONS[0])
    if name == "icon-array" and icon not in ICONS:
        problems.add(UNKNOWN_ICON.at(place, hint=did_you_mean(icon, ICONS), name=icon))
    if name == "important" and "id" not in attributes:
        problems.add(NO_ID.at(place, hint="::: important {#safety}", element="the important block"))
    if "id" in attributes:
        check_id(attributes["id"], place, problems)


def _is_valid_icon_array(attributes: Mapping[str, str]) -> bool:
    count, of = attributes.get("count", ""), attributes.get("of", "")
    if not (re.fullmatch("[0-9]{1,3}", count) and re.fullmatch("[0-9]{1,3}", of)):
        return False
    return int(count) <= int(of) <= _MAX_ICONS and int(of) > 0
