"""Fills in the fields of a selection, such as {{ practice.phone }}, with the values of a practice.

Everything after this stage, digests and print codes too, has the values that are printed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from handouts.model.field_values import fill_body, fill_text, list_field_values
from handouts.model.library import Block, FieldUse, Handout, Part, Practice
from handouts.numbering.select import Selection
from handouts.schema.front_matter import FIELD_TEXTS, FrontMatter, SectionText


def fill_selection(selection: Selection, practice: Practice) -> Selection:
    """Return a selection with the values of a practice; a field without a value stays as it is."""
    if not selection.has_fields:
        return selection
    values = list_field_values(practice.profile)
    return replace(
        selection,
        handout=_fill_handout(selection.handout, values),
        parts=tuple(_fill_part(part, values) for part in selection.parts),
        blocks=tuple(_fill_block(block, values) for block in selection.blocks),
        members=tuple(
            replace(member, selection=fill_selection(member.selection, practice)) for member in selection.members
        ),
    )


def fill_for_display(handout: Handout, practices: Iterable[Practice]) -> Handout:
    """Return a handout with the values that all of these practices share, for lists; `[practice.phone]` for others."""
    if not handout.fields:
        return handout
    all_values = [list_field_values(practice.in_language(handout.language).profile) for practice in practices]
    names = {use.name for use in handout.fields}
    shared = {name: {values.get(name) for values in all_values} for name in names}
    values = {name: found.pop() if len(found) == 1 else None for name, found in shared.items()}
    return _fill_handout(handout, {name: value or f"[{name}]" for name, value in values.items()})


def find_printed_fields(selection: Selection) -> Iterator[FieldUse]:
    """Yield the fields that a selection prints: those of its sections and blocks, with their notes, and of the rest."""
    for member in selection.members:
        yield from member.selection.handout.front_fields
    handout = selection.handout
    yield from handout.front_fields
    for part in selection.parts:
        yield from part.fields
    for body in (*(section.body for section in selection.sections), *(block.body for block in selection.blocks)):
        yield from body.fields
    for block in selection.blocks:
        yield from block.fields
    for note in handout.notes.values():
        yield from note.fields


def _fill_handout(handout: Handout, values: Mapping[str, str]) -> Handout:
    return replace(
        handout,
        front=_fill_front(handout.front, values),
        parts=tuple(_fill_part(part, values) for part in handout.parts),
        blocks=tuple(_fill_block(block, values) for block in handout.blocks),
        notes={label: fill_body(note, values) for label, note in handout.notes.items()},
    )


def _fill_part(part: Part, values: Mapping[str, str]) -> Part:
    sections = tuple(
        replace(section, title=fill_text(section.title, values), body=fill_body(section.body, values))
        for section in part.sections
    )
    return replace(part, title=fill_text(part.title, values), sections=sections)


def _fill_block(block: Block, values: Mapping[str, str]) -> Block:
    return replace(block, title=fill_text(block.title, values), body=fill_body(block.body, values))


def _fill_front(front: FrontMatter, values: Mapping[str, str]) -> FrontMatter:
    return front.model_copy(update={name: _fill_value(getattr(front, name), values) for name in FIELD_TEXTS})


def _fill_value(value: Any, values: Mapping[str, str]) -> Any:  # noqa: ANN401 - a text, None, or a group or list of these
    if isinstance(value, SectionText):
        return SectionText(fill_text(value, values), value.section)
    if isinstance(value, str):
        return fill_text(value, values)
    if isinstance(value, tuple):
        return tuple(_fill_value(item, values) for item in value)
    if value is None:
        return None
    return value.model_copy(update={name: _fill_value(inner, values) for name, inner in value})
