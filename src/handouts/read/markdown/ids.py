"""Ids of a handout: each is used once, and everything that names one matches a part, section or block."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from handouts.model.library import Block, Part
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.schema.front_matter import FrontMatter, SectionText

DUPLICATE_ID: Final = Rule(
    "duplicate-id",
    Severity.ERROR,
    title="an id that is used twice in a handout",
    why="It is not clear which of the two is meant.",
    source=AUTHORS_GUIDE,
    message='the id "{id}" is already used on line {line}',
    hint="use each id once in a handout",
)
AMBIGUOUS_SELECTION: Final = Rule(
    "ambiguous-selection",
    Severity.ERROR,
    title="a selection with the id of a section or part",
    why="It is not clear which of the two is meant.",
    source=AUTHORS_GUIDE,
    message='the selection "{name}" has the id of a section or part',
    hint="use another name",
)
UNKNOWN_PART: Final = Rule(
    "unknown-part",
    Severity.ERROR,
    title="an always-with that matches no part",
    why="Safety information would not be printed together with what it belongs to.",
    source=AUTHORS_GUIDE,
    message='always-with="{id}" matches no part of this handout',
    hint="leave always-with out: there are no parts",
)
UNKNOWN_SECTION: Final = Rule(
    "unknown-section",
    Severity.ERROR,
    title="the id of a section, part or block that does not exist",
    why="The intended text would not be printed.",
    source=AUTHORS_GUIDE,
    message='no {elements} has the id "{id}"',
)
RULES: Final = (DUPLICATE_ID, AMBIGUOUS_SELECTION, UNKNOWN_PART, UNKNOWN_SECTION)


def check_ids(
    parts: Sequence[Part],
    blocks: Sequence[Block],
    figures: Sequence[tuple[str, Place]],
    blanks: Sequence[tuple[str, Place]],
    problems: Problems,
) -> Collection[str]:
    """Report repeated ids, and blocks that belong to an unknown part; return all ids that links can lead to."""
    elements = [
        *((part.id, part.place) for part in parts if part.id),
        *((section.id, section.place) for part in parts for section in part.sections),
        *((block.id, block.place) for block in blocks),
        *figures,
        *blanks,
    ]
    ids = check_repeated_ids(elements, problems)
    part_ids = {part.id for part in parts if part.id}
    for block in blocks:
        if block.always_with is not None and block.always_with not in part_ids:
            hint = did_you_mean(block.always_with, part_ids) if part_ids else None
            problems.add(UNKNOWN_PART.at(block.place, hint=hint, id=block.always_with))
    return ids - {identifier for identifier, _ in blanks}


def check_repeated_ids(elements: Sequence[tuple[str, Place]], problems: Problems) -> frozenset[str]:
    """Report ids that are used twice in a file; return all ids."""
    first_places: dict[str, Place] = {}
    for identifier, place in sorted(elements, key=lambda element: (element[1].line, element[1].column)):
        if identifier in first_places:
            problems.add(DUPLICATE_ID.at(place, id=identifier, line=first_places[identifier].line))
        elif identifier:
            first_places[identifier] = place
    return frozenset(first_places)


def check_selections(
    front: FrontMatter, parts: Sequence[Part], front_at: Mapping[tuple[str | int, ...], Place], problems: Problems
) -> None:
    """Report selections named like a section or part, and unknown names in them and in `default`."""
    known_ids = _collect_section_and_part_ids(parts)
    for name, chosen in front.selections.items():
        if name in known_ids:
            problems.add(AMBIGUOUS_SELECTION.at(front_at["selections", name], name=name))
        for position, identifier in enumerate(chosen):
            if identifier not in known_ids:
                place = front_at["selections", name, position]
                hint = did_you_mean(identifier, known_ids)
                problems.add(UNKNOWN_SECTION.at(place, hint=hint, elements="section or part", id=identifier))
    named = known_ids | front.selections.keys()
    if front.default is not None and front.default not in named:
        hint = did_you_mean(front.default, named)
        place = front_at["default",]
        problems.add(UNKNOWN_SECTION.at(place, hint=hint, elements="selection, section or part", id=front.default))


def check_listed_texts(
    front: FrontMatter, parts: Sequence[Part], front_at: Mapping[tuple[str | int, ...], Place], problems: Problems
) -> None:
    """Report actions and questions that belong to an unknown section or part."""
    known_ids = _collect_section_and_part_ids(parts)
    for name, texts in (("actions", front.actions), ("questions", front.questions)):
        for position, text in enumerate(texts):
            if isinstance(text, SectionText) and text.section not in known_ids:
                place = front_at[name, position, "section"]
                hint = did_you_mean(text.section, known_ids)
                problems.add(UNKNOWN_SECTION.at(place, hint=hint, elements="section or part", id=text.section))


def check_treatment(
    front: FrontMatter,
    parts: Sequence[Part],
    blocks: Sequence[Block],
    front_at: Mapping[tuple[str | int, ...], Place],
    problems: Problems,
) -> None:
    """Report unknown sections, parts and blocks in the `treatment` field of the front matter."""
    known_ids = _collect_section_and_part_ids(parts) | {block.id for block in blocks}
    for topic, named in front.treatment or ():
        for position, identifier in enumerate(named):
            if identifier not in known_ids:
                place = front_at["treatment", topic, position]
                hint = did_you_mean(identifier, known_ids)
                problems.add(UNKNOWN_SECTION.at(place, hint=hint, elements="section, part or block", id=identifier))


def _collect_section_and_part_ids(parts: Sequence[Part]) -> set[str]:
    return {part.id for part in parts if part.id} | {section.id for part in parts for section in part.sections}
