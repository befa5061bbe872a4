"""The outline of a handout: block tokens grouped into parts, sections and important blocks, each with its id."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Block, Body, Part, Section
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import (
    CONDITIONS,
    HEADING_ATTRIBUTES,
    NO_ID,
    UNKNOWN_ATTRIBUTE,
    check_attribute_names,
    check_conditions,
    check_id,
    read_attributes,
)
from handouts.read.markdown.block_attributes import TOP_LEVEL
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AMA, AUTHORS_GUIDE
from handouts.schema.markup import find_markup

NESTED_HEADING: Final = Rule(
    "nested-heading",
    Severity.ERROR,
    title="a section that starts within a block, list or quotation",
    why="It could not be printed by itself.",
    source=AUTHORS_GUIDE,
    message="a section cannot start within a block, list or quotation",
    hint="move the heading out of it, or use ### for a heading within a section",
)
TEXT_OUTSIDE_SECTION: Final = Rule(
    "text-outside-section",
    Severity.ERROR,
    title="text before the first section",
    why="It would not be printed for any choice of sections.",
    source=AUTHORS_GUIDE,
    message="text before the first section",
    hint="put it below a ## heading",
)
EMPTY_SECTION: Final = Rule(
    "empty-section",
    Severity.ERROR,
    title="a section without text",
    why="A question without an answer would be printed.",
    source=AUTHORS_GUIDE,
    message='the section "{title}" has no text',
    hint="write it, or remove the heading",
)
EMPTY_PART: Final = Rule(
    "empty-part",
    Severity.ERROR,
    title="a part without sections",
    why="A heading with nothing below it would be printed.",
    source=AUTHORS_GUIDE,
    message='the part "{title}" has no section',
    hint="add a ## heading below it, or remove it",
)
CITATION_IN_HEADING: Final = Rule(
    "citation-in-heading",
    Severity.ERROR,
    title="a citation, note or picture in a title",
    why="Titles are also printed in lists and in the outline of the PDF, where numbers lead nowhere.",
    source=AMA,
    message="a heading cannot have a citation, note or picture",
    hint="put it into the text",
)
MARKUP_IN_HEADING: Final = Rule(
    "markup-in-heading",
    Severity.ERROR,
    title="Markdown or a citation in a title",
    why="Titles are also names in the PDF and in lists, without markup.",
    source=AUTHORS_GUIDE,
    message="a title is printed as it is: it cannot have citations or Markdown",
    hint="write it in plain words",
)
RULES: Final = (
    NESTED_HEADING,
    TEXT_OUTSIDE_SECTION,
    EMPTY_SECTION,
    EMPTY_PART,
    CITATION_IN_HEADING,
    MARKUP_IN_HEADING,
)

_SAFETY: Final = "safety information"
_FOR_EVERYONE: Final = "it is for everyone: say in its text for whom it matters"
_REPLACEABLE: Final = "replaceable"
_NOT_IN_HEADINGS: Final = frozenset({"citation", "bad_citation", "footnote_ref", "image"})
BodyMaker = Callable[[Sequence[Token]], Body]


@dataclass
class _OpenSection:
    id: str
    title: str
    place: Place
    attributes: Mapping[str, str]
    tokens: list[Token] = field(default_factory=list)


@dataclass
class _OpenPart:
    id: str | None
    title: str
    place: Place
    sections: list[_OpenSection] = field(default_factory=list)


def make_outline(
    source: Source, tokens: Sequence[Token], make_body: BodyMaker, problems: Problems
) -> tuple[tuple[Part, ...], tuple[Block, ...]]:
    """Group the tokens of a handout into its parts (`#`) with their sections (`##`), and its important blocks."""
    parts: list[_OpenPart] = []
    blocks: list[Block] = []
    for group in _group_top_level(tokens):
        first = group[0]
        for token in group[1:]:
            if _is_section_heading(token):
                problems.add(NESTED_HEADING.at(source.place(token)))
        if _is_section_heading(first):
            _open_heading(source, first, group[1], parts, problems)
        elif first.type == "container_block_open" and first.meta["name"] in TOP_LEVEL:
            blocks.append(_make_block(source, group, make_body, problems))
        elif parts and parts[-1].sections:
            parts[-1].sections[-1].tokens.extend(group)
        else:
            problems.add(TEXT_OUTSIDE_SECTION.at(source.place(first)))
    return _close_parts(parts, make_body, problems), tuple(blocks)


def _group_top_level(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the top-level blocks, each with all the tokens in it."""
    start, depth = 0, 0
    for position, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : position + 1]
            start = position + 1


def _is_section_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.tag in {"h1", "h2"}


def _open_heading(source: Source, opening: Token, inline: Token, parts: list[_OpenPart], problems: Problems) -> None:
    title, attributes = _read_heading(source, opening, inline, problems)
    identifier = attributes.get("id", "")
    place = source.place(opening)
    if opening.tag == "h1":
        parts.append(_OpenPart(identifier, title, place))
        return
    if not parts:
        parts.append(_OpenPart(None, "", place))
    parts[-1].sections.append(_OpenSection(identifier, title, place, attributes))


def _read_heading(source: Source, opening: Token, inline: Token, problems: Problems) -> tuple[str, dict[str, str]]:
    """Return the title of a heading, and its attributes."""
    place = source.place(opening)
    marks = "#" * int(opening.tag[1])
    braces = HEADING_ATTRIBUTES.search(inline.content)
    title = (inline.content[: braces.start()] if braces else inline.content).strip()
    hint = f"write {marks} {title} {{#{_suggest_id(title)}}}"
    attributes = read_attributes(braces[1], place, problems, hint=hint) if braces else {}
    if attributes is None:
        return inline.content, {}
    known = {"id", "class"} if opening.tag == "h1" else {"id", "class", *CONDITIONS}
    check_attribute_names("a heading", attributes, known, place, problems)
    check_conditions(attributes, place, problems)
    if attributes.get("class", _REPLACEABLE) != _REPLACEABLE or ("class" in attributes and opening.tag == "h1"):
        problems.add(UNKNOWN_ATTRIBUTE.at(place, element="a heading", name=f".{attributes['class']}"))
    kinds = {child.type for child in inline.children or ()}
    if kinds & _NOT_IN_HEADINGS:
        problems.add(CITATION_IN_HEADING.at(place))
    elif kinds - {"text", "softbreak", "field", "condition"}:
        problems.add(MARKUP_IN_HEADING.at(place))
    identifier = attributes.get("id", "")
    if identifier:
        check_id(identifier, place, problems)
    else:
        problems.add(NO_ID.at(place, hint=hint, element=f'the heading "{title}"'))
    return title, attributes


def _suggest_id(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.lower()).replace("'", "")
    words = re.findall("[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c)))
    return "-".join(words[:4])[:80] or "a-short-name"


def _make_block(source: Source, tokens: Sequence[Token], make_body: BodyMaker, problems: Problems) -> Block:
    opening = tokens[0]
    place = source.place(opening)
    attributes = opening.meta["attributes"]
    title = attributes.get("title", "")
    if find_markup(title, plain=True, fields=True):
        problems.add(MARKUP_IN_HEADING.at(place))
    for token in tokens[1:-1]:
        for name in sorted(token.meta.get("attributes", {}).keys() & {*CONDITIONS} if token.nesting > 0 else ()):
            problems.add(UNKNOWN_ATTRIBUTE.at(source.place(token), hint=_FOR_EVERYONE, element=_SAFETY, name=name))
    body = make_body(tokens[1:-1])
    is_urgent = opening.meta["name"] == "urgent"
    return Block(attributes.get("id", ""), title, attributes.get("always-with"), body, place, is_urgent=is_urgent)


def _close_parts(parts: Sequence[_OpenPart], make_body: BodyMaker, problems: Problems) -> tuple[Part, ...]:
    number = 0
    closed: list[Part] = []
    for part in parts:
        sections: list[Section] = []
        for section in part.sections:
            number += 1
            if not section.tokens:
                problems.add(EMPTY_SECTION.at(section.place, title=section.title))
            body = make_body(section.tokens)
            given = section.attributes
            conditions = {name: given.get(name, "") for name in CONDITIONS}
            is_replaceable = "class" in given
            own = Section(
                section.id, section.title, number, body, section.place, replaceable=is_replaceable, **conditions
            )
            sections.append(own)
        if not sections:
            problems.add(EMPTY_PART.at(part.place, title=part.title))
        closed.append(Part(part.id, part.title, tuple(sections), part.place))
    return tuple(closed)
