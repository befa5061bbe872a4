"""Ids and notes of a handout: each id is there once, and each mark and selection leads to something."""

from collections.abc import Collection, Mapping, Sequence

from handouts.model.library import Block, Body, Citation, Part
from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.schema.front_matter import FrontMatter


def check_ids(
    parts: Sequence[Part], blocks: Sequence[Block], figures: Sequence[tuple[str, Place]], problems: list[Problem]
) -> Collection[str]:
    """Report ids given twice, and blocks bound to a part that is not there; give all ids."""
    seen: dict[str, Place] = {}
    named = [
        *((part.id, part.place) for part in parts if part.id),
        *((section.id, section.place) for part in parts for section in part.sections),
        *((block.id, block.place) for block in blocks),
        *figures,
    ]
    for identifier, place in sorted(named, key=lambda one: one[1].line):
        if identifier in seen:
            first = seen[identifier]
            problems.append(
                error(
                    "duplicate-id",
                    f'the id "{identifier}" is taken, on line {first.line}',
                    place,
                    "each id once a handout",
                )
            )
        elif identifier:
            seen[identifier] = place
    part_ids = {part.id for part in parts if part.id}
    problems.extend(
        error(
            "unknown-part",
            f'always-with="{block.always_with}" names no part of this handout',
            block.place,
            did_you_mean(block.always_with, part_ids) if part_ids else "leave always-with out: there are no parts",
        )
        for block in blocks
        if block.always_with is not None and block.always_with not in part_ids
    )
    return seen.keys()


def check_selections(
    front: FrontMatter, parts: Sequence[Part], front_at: Mapping[tuple[str | int, ...], Place], problems: list[Problem]
) -> None:
    """Report selections that bear the id of a section or part, and those that name one which is not there."""
    known = {part.id for part in parts if part.id} | {section.id for part in parts for section in part.sections}
    for name, chosen in front.selections.items():
        if name in known:
            place = front_at["selections", name]
            problems.append(error("duplicate-id", f'"{name}" is the id of a section or part', place, "another name"))
        for position, wanted in enumerate(chosen):
            if wanted not in known:
                place = front_at["selections", name, position]
                message = f'the selection "{name}" names "{wanted}", which is no section or part'
                problems.append(error("unknown-section", message, place, did_you_mean(wanted, known)))


def check_treatment(
    front: FrontMatter,
    parts: Sequence[Part],
    blocks: Sequence[Block],
    front_at: Mapping[tuple[str | int, ...], Place],
    problems: list[Problem],
) -> None:
    """Report ids of sections, parts or blocks that `treatment` names and that are not there."""
    known = {part.id for part in parts if part.id} | {section.id for part in parts for section in part.sections}
    known |= {block.id for block in blocks}
    for topic, named in front.treatment or ():
        for position, wanted in enumerate(named):
            if wanted not in known:
                place = front_at["treatment", topic, position]
                message = f'"{topic}" names "{wanted}", which is no section, part or block'
                problems.append(error("unknown-section", message, place, did_you_mean(wanted, known)))


def check_notes(
    bodies: Sequence[Body], notes: dict[str, Body], places: dict[str, Place], problems: list[Problem]
) -> None:
    """Report note marks without a note, notes without a mark, and notes within notes."""
    used: set[str] = set()
    for body in bodies:
        for mark in body.marks:
            if isinstance(mark, Citation):
                continue
            used.add(mark.label)
            if mark.label not in notes:
                hint = did_you_mean(mark.label, notes) or f"add a line: [^{mark.label}]: ..."
                problems.append(error("unknown-note", f"there is no note [^{mark.label}]", mark.place, hint))
    for label, note in notes.items():
        inner = next((mark for mark in note.marks if not isinstance(mark, Citation)), None)
        if inner:
            problems.append(error("note-in-note", f"the note [^{label}] has a note itself", inner.place))
        if label not in used:
            problems.append(
                error(
                    "unused-note", f"nothing refers to the note [^{label}]", places[label], "add the mark or remove it"
                )
            )
