"""Select: the sections of a handout to print, in order, with the blocks that must come along."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from handouts.model.library import Block, Handout, Part, Section
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, did_you_mean


class ChoiceError(HandoutsError):
    """A choice that cannot be meant; `problems` are errors of the project that may be the reason."""

    problems: tuple[Problem, ...] = ()


class UnknownNameError(ChoiceError):
    """A name that nothing bears; `hint` names the nearest that something does."""

    def __init__(self, what: str, name: str, known: Collection[str]) -> None:
        """Tell what kind of thing was looked for, by which name, among which names."""
        super().__init__(f'no {what} "{name}"')
        self.hint = did_you_mean(name, known)


class EmptySelectionError(ChoiceError):
    """A choice of sections that leaves nothing to print."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a handout is printed: parts with their chosen sections only, and the blocks that come along."""

    handout: Handout
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The chosen sections, in the order of the handout."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was left out."""
        return len(self.sections) == len(self.handout.sections)


def select(handout: Handout, chosen: Collection[str] = (), left_out: Collection[str] = ()) -> Selection:
    """Choose sections by their ids, by those of their parts, or by selections; nothing chosen means all.

    A block comes along as soon as any section of its part is printed: safety information stays with the claims it
    belongs to, so it cannot be left out. Raise UnknownNameError for an id the handout does not have, and
    EmptySelectionError if no section is left.
    """
    known = ids(handout)
    for name in (*chosen, *left_out):
        if name not in known:
            raise UnknownNameError(f"section of {handout.id}", name, known)
    wanted = _meant(handout, chosen) or known
    unwanted = _meant(handout, left_out)
    parts: list[Part] = []
    for part in handout.parts:
        kept = tuple(
            section
            for section in part.sections
            if wanted & {section.id, part.id} and not unwanted & {section.id, part.id}
        )
        if kept:
            parts.append(replace(part, sections=kept))
    if not parts:
        raise EmptySelectionError(f"no section of {handout.id} is left to print")
    printed_parts = {part.id for part in parts}
    blocks = tuple(block for block in handout.blocks if block.always_with is None or block.always_with in printed_parts)
    return Selection(handout, tuple(parts), blocks)


def _meant(handout: Handout, names: Collection[str]) -> frozenset[str]:
    """Give the sections and parts that names mean, each selection's in its place."""
    selections = handout.front.selections
    return frozenset(meant for name in names for meant in selections.get(name, (name,)))


def ids(handout: Handout) -> frozenset[str]:
    """Give every id that can be chosen: those of sections, of parts and of selections."""
    parts = frozenset(part.id for part in handout.parts if part.id)
    return parts | {section.id for section in handout.sections} | handout.front.selections.keys()
