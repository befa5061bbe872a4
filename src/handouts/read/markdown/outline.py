"""The outline of a handout: block tokens cut into parts, sections and blocks, each with its id."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError

from handouts.model.library import Block, Body, Part, Section
from handouts.problems.problem import Place, Problem, error
from handouts.read.markdown.parser import heading
from handouts.read.markdown.places import Source
from handouts.schema.ids import is_id
from handouts.schema.markup import find_markup

BodyMaker = Callable[[Sequence[Token]], Body]


@dataclass
class _OpenSection:
    id: str
    title: str
    place: Place
    tokens: list[Token] = field(default_factory=list)


@dataclass
class _OpenPart:
    id: str | None
    title: str
    place: Place
    sections: list[_OpenSection] = field(default_factory=list)


def outline(
    source: Source, tokens: Sequence[Token], make_body: BodyMaker, problems: list[Problem]
) -> tuple[tuple[Part, ...], tuple[Block, ...]]:
    """Cut the tokens of a whole handout into its parts (`#`) with their sections (`##`), and its important blocks."""
    parts: list[_OpenPart] = []
    blocks: list[Block] = []
    for unit in _units(tokens):
        first = unit[0]
        problems.extend(
            error("nested-heading", "a section cannot start within a block, list or quote", source.place(token))
            for token in unit[1:]
            if token.type == "heading_open" and token.tag in {"h1", "h2"}
        )
        if first.type == "heading_open" and first.tag in {"h1", "h2"}:
            identifier, title = _heading(source, first, unit[1], problems)
            place = source.place(first)
            if first.tag == "h1":
                parts.append(_OpenPart(identifier, title, place))
            else:
                if not parts:
                    parts.append(_OpenPart(None, "", place))
                parts[-1].sections.append(_OpenSection(identifier, title, place))
        elif first.type == "container_block_open" and first.meta["name"] == "important":
            attributes = first.meta["attributes"]
            title = attributes.get("title", "")
            problems.extend([_markup(source.place(first))] if find_markup(title, plain=True) else [])
            body = make_body(unit[1:-1])
            blocks.append(
                Block(attributes.get("id", ""), title, attributes.get("always-with"), body, source.place(first))
            )
        elif parts and parts[-1].sections:
            parts[-1].sections[-1].tokens.extend(unit)
        else:
            problems.append(
                error(
                    "text-outside-section",
                    "text before the first section",
                    source.place(first),
                    "put it below a ## heading",
                )
            )
    return _close(parts, make_body, problems), tuple(blocks)


def _units(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the top-level blocks, each with all the tokens it holds."""
    start, depth = 0, 0
    for position, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : position + 1]
            start = position + 1


def _heading(source: Source, token: Token, inline: Token, problems: list[Problem]) -> tuple[str, str]:
    place = source.place(token)
    marks = "#" * int(token.tag[1])
    try:
        title, attributes = heading(inline)
    except ParseError:
        problems.append(
            error("bad-attributes", f"cannot read the end of the heading {inline.content}", place, "## Title {#id}")
        )
        return "", inline.content
    problems.extend(
        error("unknown-attribute", f'a heading has no attribute "{name}"', place, "only an id: {#id}")
        for name in attributes
        if name != "id"
    )
    if any(child.type in {"citation", "bad_citation", "footnote_ref", "image"} for child in inline.children or ()):
        message = "a heading cannot have a citation, note or picture"
        problems.append(error("citation-in-heading", message, place, "put it into the text"))
    elif any(child.type not in {"text", "softbreak"} for child in inline.children or ()):
        problems.append(_markup(place))
    identifier = attributes.get("id", "")
    if not identifier:
        hint = f"{marks} {title} {{#{_suggestion(title)}}}"
        problems.append(error("no-id", f'the heading "{title}" has no id', place, hint))
    elif not is_id(identifier):
        problems.append(
            error("bad-id", f'"{identifier}" is no id', place, "small letters, digits and single hyphens only")
        )
    return identifier, title


def _markup(place: Place) -> Problem:
    message = "a title is printed as it is: no citations or Markdown in it"
    return error("markup-in-heading", message, place, "write it in plain words")


def _suggestion(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.lower()).replace("'", "")
    words = re.findall("[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c)))
    return "-".join(words[:4])[:80] or "a-short-name"


def _close(parts: Sequence[_OpenPart], make_body: BodyMaker, problems: list[Problem]) -> tuple[Part, ...]:
    number = 0
    closed: list[Part] = []
    for part in parts:
        sections: list[Section] = []
        for section in part.sections:
            number += 1
            if not section.tokens:
                problems.append(error("empty-section", f'the section "{section.title}" has no text', section.place))
            sections.append(Section(section.id, section.title, number, make_body(section.tokens), section.place))
        if not sections:
            problems.append(error("empty-part", f'the part "{part.title}" has no section', part.place))
        closed.append(Part(part.id, part.title, tuple(sections), part.place))
    return tuple(closed)
