"""Ids that are unique in a pack: `falls-at-home--stairs` is the section `stairs` of the handout `falls-at-home`.

Handouts have single hyphens only in their ids, so no two of them get the same one.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Block, Body, Handout, Insert, NoteMark, Part, Section
from handouts.schema.front_matter import SectionText

SEPARATOR: Final = "--"


def qualify_id(handout: str, identifier: str) -> str:
    """Return an id of a handout as it is in a pack."""
    return f"{handout}{SEPARATOR}{identifier}"


def qualify_handout(handout: Handout) -> Handout:
    """Return a handout with the ids that it has in a pack, also in its links, notes and lines to write on."""
    actions, questions = (
        tuple(
            SectionText(str(text), qualify_id(handout.id, text.section)) if isinstance(text, SectionText) else text
            for text in texts
        )
        for texts in (handout.front.actions, handout.front.questions)
    )
    return replace(
        handout,
        front=handout.front.model_copy(update={"actions": actions, "questions": questions}),
        parts=tuple(qualify_part(handout.id, part) for part in handout.parts),
        blocks=tuple(qualify_block(handout.id, block) for block in handout.blocks),
        notes=_qualify_notes(handout.id, handout.notes),
    )


def qualify_part(handout: str, part: Part) -> Part:
    """Return a part of a handout with the ids that it has in a pack."""
    identifier = qualify_id(handout, part.id) if part.id else None
    return replace(part, id=identifier, sections=tuple(_qualify_section(handout, one) for one in part.sections))


def qualify_block(handout: str, block: Block) -> Block:
    """Return a block of a handout with the ids that it has in a pack."""
    always_with = qualify_id(handout, block.always_with) if block.always_with else None
    body = _qualify_body(handout, block.body)
    return replace(block, id=qualify_id(handout, block.id), always_with=always_with, body=body)


def qualify_insert(insert: Insert) -> Insert:
    """Return an insert of a practice with the ids that it has in a pack."""
    handout = insert.handout
    return replace(
        insert,
        section=qualify_id(handout, insert.section),
        body=_qualify_body(handout, insert.body),
        notes=_qualify_notes(handout, insert.notes),
    )


def _qualify_section(handout: str, section: Section) -> Section:
    return replace(section, id=qualify_id(handout, section.id), body=_qualify_body(handout, section.body))


def _qualify_notes(handout: str, notes: Mapping[str, Body]) -> dict[str, Body]:
    return {qualify_id(handout, label): _qualify_body(handout, body) for label, body in notes.items()}


def _qualify_body(handout: str, body: Body) -> Body:
    return replace(
        body,
        tokens=tuple(_qualify_token(handout, token) for token in body.tokens),
        marks=tuple(
            replace(mark, label=qualify_id(handout, mark.label)) if isinstance(mark, NoteMark) else mark
            for mark in body.marks
        ),
        blanks=tuple((qualify_id(handout, identifier), place) for identifier, place in body.blanks),
    )


def _qualify_token(handout: str, token: Token) -> Token:
    address = str(token.attrs.get("href", ""))
    attributes = token.meta.get("attributes", {})
    if token.children:
        return token.copy(children=[_qualify_token(handout, child) for child in token.children])
    if token.type == "link_open" and address.startswith("#"):
        return token.copy(attrs={**token.attrs, "href": f"#{qualify_id(handout, address[1:])}"})
    if token.type == "footnote_ref":
        return token.copy(meta={**token.meta, "label": qualify_id(handout, token.meta["label"])})
    if token.type == "blank":
        return token.copy(meta={**token.meta, "id": qualify_id(handout, token.meta["id"])})
    if "id" in attributes:
        named = {**attributes, "id": qualify_id(handout, attributes["id"])}
        return token.copy(meta={**token.meta, "attributes": named})
    return token
