"""The `:::` blocks that an author can write: their names, attributes and required content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import (
    CONDITIONS,
    NO_ID,
    check_attribute_names,
    check_conditions,
    check_id,
    check_width,
    read_attributes,
)
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.schema.base import MARKUP_IN_TEXT
from handouts.schema.field_names import FIELD
from handouts.schema.markup import find_markup
from handouts.schema.practice import is_web_address

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
    title="an important or urgent block within another element",
    why="It has to be printable by itself, for any choice of sections.",
    source=AUTHORS_GUIDE,
    message="a block ::: {name} cannot stand within a block, list or quotation",
    hint="put it directly below a section",
)
BAD_ICON_ARRAY: Final = Rule(
    "bad-icon-array",
    Severity.ERROR,
    title="invalid numbers in an icon array",
    why="A wrong picture of a risk is worse than none.",
    source=AUTHORS_GUIDE,
    message="count and of have to be whole numbers, with count no larger than of",
    hint=f"write {{{{count=2 of=3}}}}, at most {_MAX_ICONS}",
)
UNKNOWN_ICON: Final = Rule(
    "unknown-icon",
    Severity.ERROR,
    title="an icon array of an unknown icon",
    why="Icons of something else than what is counted mislead.",
    source=AUTHORS_GUIDE,
    message='unknown icon "{name}"',
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
MISSING_ATTRIBUTE: Final = Rule(
    "missing-attribute",
    Severity.ERROR,
    title="a block without an attribute that it needs",
    why="A part of the block would be missing on the page.",
    source=AUTHORS_GUIDE,
    message="the block ::: {name} has no {attribute}",
    hint='write ::: {name} {{{attribute}="..."}}',
)
BAD_BLOCK_VALUE: Final = Rule(
    "bad-block-value",
    Severity.ERROR,
    title="an attribute of a block has a value that it cannot have",
    why="The block would look different from what its author thinks.",
    source=AUTHORS_GUIDE,
    message='{attribute}="{value}" is not possible',
)
RULES: Final = (
    CONTENT_IN_BLOCK,
    MISSING_ATTRIBUTE,
    BAD_BLOCK_VALUE,
    STRAY_COLONS,
    UNKNOWN_BLOCK,
    UNCLOSED_BLOCK,
    EMPTY_BLOCK,
    NESTED_IMPORTANT,
    BAD_ICON_ARRAY,
    UNKNOWN_ICON,
)

BLOCKS: Final[Mapping[str, frozenset[str]]] = {
    "important": frozenset({"id", "always-with", "title"}),
    "icon-array": frozenset({"count", "of", "icon"}),
    "figure": frozenset({"id", "side", "width"}),
    "note": frozenset(),
    "urgent": frozenset({"id", "title"}),
    "boxed-warning": frozenset({"id", "title"}),
    "form": frozenset({"id", "title"}),
    "tear-off": frozenset({"id", "title"}),
    "teach-back": frozenset({"id", "title"}),
    "signature": frozenset({"label", "date"}),
    "steps": frozenset({"id"}),
    "figures": frozenset({"id"}),
    "qr": frozenset({"url", "caption"}),
}
"""The blocks, and the attributes that each can have besides those of CONDITIONS."""
_REQUIRED_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "urgent": ("title",),
    "signature": ("label",),
    "qr": ("url", "caption"),
}
_WITHOUT_CONTENT: Final = frozenset({"signature", "qr"})
TOP_LEVEL: Final = frozenset({"important", "urgent"})
"""Blocks that are printed by themselves, whatever sections are chosen."""
_PRINTED_ATTRIBUTES: Final = ("title", "label", "date", "caption")
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
    _check_attributes(name, attributes, place, problems)
    return {"name": name, "attributes": attributes}


def _check_attributes(name: str, attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    # Safety information is for everyone: no option may leave it out.
    conditions = () if name in TOP_LEVEL else CONDITIONS
    known_names = {*BLOCKS.get(name, frozenset(attributes)), *conditions}
    check_conditions(attributes, place, problems)
    check_attribute_names(f"the block ::: {name}", attributes, known_names, place, problems)
    if name == "icon-array" and not _is_valid_icon_array(attributes):
        problems.add(BAD_ICON_ARRAY.at(place))
    icon = attributes.get("icon", ICONS[0])
    if name == "icon-array" and icon not in ICONS:
        problems.add(UNKNOWN_ICON.at(place, hint=did_you_mean(icon, ICONS), name=icon))
    if name in TOP_LEVEL and "id" not in attributes:
        problems.add(NO_ID.at(place, hint=f"write ::: {name} {{#safety}}", element=f"the {name} block"))
    for required in _REQUIRED_ATTRIBUTES.get(name, ()):
        if not attributes.get(required, "").strip():
            problems.add(MISSING_ATTRIBUTE.at(place, name=name, attribute=required))
    _check_values(name, attributes, place, problems)
    if "id" in attributes:
        check_id(attributes["id"], place, problems)


def _check_values(name: str, attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    if attributes.get("side", "left") not in {"left", "right"}:
        problems.add(BAD_BLOCK_VALUE.at(place, hint="write left or right", attribute="side", value=attributes["side"]))
    if "width" in attributes:
        check_width(attributes, place, problems)
        if "side" not in attributes:
            hint = "write the width after the picture, as ![...](file.svg){width=40%}, or add side=left"
            problems.add(BAD_BLOCK_VALUE.at(place, hint=hint, attribute="width", value=attributes["width"]))
    url = attributes.get("url", "")
    if url and not is_web_address(FIELD.sub("https://a.example.org", url)):
        hint = "write an address such as https://clinic.example.org"
        problems.add(BAD_BLOCK_VALUE.at(place, hint=hint, attribute="url", value=url))
    for printed in _PRINTED_ATTRIBUTES if name not in TOP_LEVEL else ():
        for found in find_markup(attributes.get(printed, ""), plain=True, fields=True):
            problems.add(MARKUP_IN_TEXT.at(place, hint=found.hint, piece=found.piece, name=found.name))


def _is_valid_icon_array(attributes: Mapping[str, str]) -> bool:
    count, of = attributes.get("count", ""), attributes.get("of", "")
    if not (re.fullmatch("[0-9]{1,3}", count) and re.fullmatch("[0-9]{1,3}", of)):
        return False
    return int(count) <= int(of) <= _MAX_ICONS and int(of) > 0
