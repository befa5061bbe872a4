"""Outline: the sections of a handout as check boxes, with what is printed in any case and why."""

from dataclasses import dataclass

from handouts.model.library import Handout, Section
from handouts.numbering.select import UnknownNameError, select
from handouts.web.print_choice import NotChosenError


@dataclass(frozen=True, slots=True)
class Group:
    """A part: its sections, and the titles of the blocks that come along with any of them."""

    title: str
    sections: tuple[Section, ...]
    along: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A selection that the author saved, with its sections."""

    name: str
    sections: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name as words."""
        words = self.name.replace("-", " ")
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Outline:
    """All that can be chosen of a handout, and what is printed `always`."""

    groups: tuple[Group, ...]
    saved: tuple[Saved, ...]
    always: tuple[str, ...]


def outline(handout: Handout) -> Outline:
    """Lay out a handout's sections."""
    untitled = "Important safety information"
    groups = tuple(
        Group(
            part.title or "Sections",
            part.sections,
            tuple(block.title or untitled for block in handout.blocks if part.id and block.always_with == part.id),
        )
        for part in handout.parts
    )
    saved = tuple(Saved(name, tuple(sections_of(handout, name))) for name in handout.front.selections)
    blocks = tuple(block.title or untitled for block in handout.blocks if block.always_with is None)
    return Outline(groups, saved, (*blocks, "Sources of what is printed", "Disclaimer", "How to reach the practice"))


def sections_of(handout: Handout, name: str) -> list[str]:
    """Give the sections of a saved selection, all for "". Raise NotChosenError for a name that it does not have."""
    if not name:
        return [section.id for section in handout.sections]
    try:
        return [section.id for section in select(handout, [name]).sections]
    except UnknownNameError:
        raise NotChosenError from None
