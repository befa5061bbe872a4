"""Selects the sections of a handout to print, and the blocks that must be printed with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from handouts.model.library import Block, Handout, Insert, Part, Section
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, did_you_mean
from handouts.schema.front_matter import SectionText


class ChoiceError(HandoutsError):
    """A request that matches nothing; `problems` are errors of the project that may be the reason."""

    problems: tuple[Problem, ...] = ()


class UnknownNameError(ChoiceError):
    """A name that does not exist; `hint` suggests the most similar one."""

    def __init__(self, kind: str, name: str, known: Collection[str]) -> None:
        """Create the error from the kind of item, the name that was requested and the names that exist."""
        super().__init__(f'no {kind} "{name}"')
        self.hint = did_you_mean(name, known)


class EmptySelectionError(ChoiceError):
    """A selection without sections: nothing would be printed."""


@dataclass(frozen=True, slots=True)
class Member:
    """A handout of a pack: its selection as it was made, and the same with ids that are unique in the pack."""

    source: "Selection"
    selection: "Selection"


@dataclass(frozen=True, slots=True)
class Selection:
    """The printed content of a handout: its parts, with only the selected sections, and the required blocks.

    `audience` is the one that its handout was tailored to, if any. A pack has the selections of its handouts as
    `members`, and the parts and blocks of all of them.
    """

    handout: Handout
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    audience: str = ""
    members: tuple[Member, ...] = ()

    @property
    def sources(self) -> tuple["Selection", ...]:
        """The selections of handouts as they are in their files: those of a pack, or this one."""
        return tuple(member.source for member in self.members) or (self,)

    @property
    def handouts(self) -> tuple[Handout, ...]:
        """The handouts that it prints: those of a pack, or its own."""
        return tuple(member.selection.handout for member in self.members) or (self.handout,)

    @property
    def has_fields(self) -> bool:
        """Whether a text of its handouts has a field."""
        return any(handout.fields for handout in (self.handout, *self.handouts))

    def prints_insert(self, insert: Insert) -> bool:
        """Return whether the section of an insert is printed."""
        return any(
            insert.handout == source.handout.id and any(section.id == insert.section for section in source.sections)
            for source in self.sources
        )

    @property
    def sections(self) -> tuple[Section, ...]:
        """The selected sections, in the order of the handout."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def urgent(self) -> tuple[Block, ...]:
        """The blocks that are printed first."""
        return tuple(block for block in self.blocks if block.is_urgent)

    @property
    def important(self) -> tuple[Block, ...]:
        """The blocks that are printed after the sections."""
        return tuple(block for block in self.blocks if not block.is_urgent)

    @property
    def actions(self) -> tuple[tuple[int, str], ...]:
        """The actions, with their positions in the front matter, without those of sections that are not printed."""
        return self._drop_other_sections(self.handout.front.actions)

    @property
    def questions(self) -> tuple[tuple[int, str], ...]:
        """The questions, likewise."""
        return self._drop_other_sections(self.handout.front.questions)

    def _drop_other_sections(self, texts: Sequence[str]) -> tuple[tuple[int, str], ...]:
        printed = {part.id for part in self.parts} | {section.id for section in self.sections}
        return tuple(
            (position, text)
            for position, text in enumerate(texts)
            if not isinstance(text, SectionText) or text.section in printed
        )

    @property
    def is_whole(self) -> bool:
        """Whether all sections are printed."""
        return len(self.sections) == len(self.handout.sections)


def select(handout: Handout, chosen: Collection[str] = (), left_out: Collection[str] = ()) -> Selection:
    """Select sections by id, by the id of their part or by a named selection; without `chosen`, select all.

    A block is printed as soon as any section of its part is: safety information stays with the claims it belongs to,
    so it cannot be left out. Raises UnknownNameError for an id that the handout does not have, EmptySelectionError if
    no section remains.
    """
    selectable_ids = collect_selectable_ids(handout)
    for name in (*chosen, *left_out):
        if name not in selectable_ids:
            raise UnknownNameError(f"section of {handout.id}", name, selectable_ids)
    wanted = _expand_names(handout, chosen) or selectable_ids
    unwanted = _expand_names(handout, left_out)
    parts: list[Part] = []
    for part in handout.parts:
        selected = tuple(
            section
            for section in part.sections
            if wanted & {section.id, part.id} and not unwanted & {section.id, part.id}
        )
        if selected:
            parts.append(replace(part, sections=selected))
    if not parts:
        raise EmptySelectionError(f"no section of {handout.id} is left to print")
    printed_parts = {part.id for part in parts}
    blocks = tuple(block for block in handout.blocks if block.always_with is None or block.always_with in printed_parts)
    return Selection(handout, tuple(parts), blocks)


def _expand_names(handout: Handout, names: Collection[str]) -> frozenset[str]:
    """Return the ids of sections and parts, with each named selection replaced by its members."""
    selections = handout.front.selections
    return frozenset(member for name in names for member in selections.get(name, (name,)))


def collect_selectable_ids(handout: Handout) -> frozenset[str]:
    """Return all ids that can be selected: of sections, parts and named selections."""
    parts = frozenset(part.id for part in handout.parts if part.id)
    return parts | {section.id for section in handout.sections} | handout.front.selections.keys()
