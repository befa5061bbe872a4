"""Leaves out what is only for other practices or audiences, before sections are selected.

Without a chosen audience, what is for any of them is printed: leaving something out takes a choice.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from markdown_it.token import Token

from handouts.model.conditions import find_block_conditions, list_conditions, make_section_condition
from handouts.model.library import Body, Handout, Part, Section
from handouts.problems.problem import Place


def tailor(handout: Handout, practice: str, audience: str = "") -> Handout:
    """Return a handout without what is for other practices or audiences; its sections are numbered anew."""
    if all(condition.holds(practice, audience) for condition in list_conditions(handout)):
        return handout
    numbers = count(1)
    parts: list[Part] = []
    for part in handout.parts:
        left = (_tailor_section(section, practice, audience) for section in part.sections)
        sections = tuple(replace(section, number=next(numbers)) for section in left if section)
        if sections:
            parts.append(replace(part, sections=sections))
    return replace(
        handout,
        parts=tuple(parts),
        blocks=tuple(replace(block, body=_tailor_body(block.body, practice, audience)) for block in handout.blocks),
        notes={label: _tailor_body(note, practice, audience) for label, note in handout.notes.items()},
    )


def _tailor_section(section: Section, practice: str, audience: str) -> Section | None:
    """Return a section without blocks for others; None if it is for others, or if nothing is left of it."""
    if not make_section_condition(section).holds(practice, audience):
        return None
    body = _tailor_body(section.body, practice, audience)
    return replace(section, body=body) if body.tokens else None


def _tailor_body(body: Body, practice: str, audience: str) -> Body:
    """Return a body without blocks for others, and without the citations, notes, pictures and fields in them."""
    left_out = [token for condition, token in find_block_conditions(body) if not condition.holds(practice, audience)]
    if not left_out:
        return body
    first = body.origin.line if body.origin else 0
    lines = {first + line for token in left_out if token.map for line in range(*token.map)}

    def stays(place: Place) -> bool:
        return place.line not in lines

    return replace(
        body,
        tokens=tuple(_drop_blocks(body.tokens, left_out)),
        marks=tuple(mark for mark in body.marks if stays(mark.place)),
        pictures=tuple(picture for picture in body.pictures if stays(picture.place)),
        fields=tuple(use for use in body.fields if stays(use.place)),
        blanks=tuple(blank for blank in body.blanks if stays(blank[1])),
    )


def _drop_blocks(tokens: Sequence[Token], left_out: Sequence[Token]) -> list[Token]:
    """Return the tokens without some blocks and list items, and without lists and blocks of which nothing is left."""
    opened = {id(token) for token in left_out}
    emptied: set[int] = set()  # openings right behind which something was dropped
    depth = 0  # within a block that is left out
    left: list[Token] = []
    for token in tokens:
        is_empty = token.nesting < 0 and bool(left) and id(left[-1]) in emptied
        if depth or id(token) in opened:
            depth += token.nesting
        elif is_empty:
            left.pop()
        else:
            left.append(token)
            continue
        if not depth and left and left[-1].nesting > 0:
            emptied.add(id(left[-1]))
    return left
