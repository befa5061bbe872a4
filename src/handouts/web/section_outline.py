"""The sections of a handout to choose from: by part, with saved selections, and how long they are."""

from dataclasses import dataclass
from typing import Final

from handouts.model.library import Handout, Section
from handouts.numbering.select import UnknownNameError, select
from handouts.search.index import write_words
from handouts.web.print_choice import NotOfferedError

_UNTITLED_BLOCK = "Important safety information"
_ALWAYS_PRINTED = ("Sources of what is printed", "Disclaimer", "How to reach the practice")
_WORDS_OF_PAGE: Final = 380
_PICTURE_OF_PAGE: Final = 0.25
_QUARTERS: Final = ("", "¼", "½", "¾")


@dataclass(frozen=True, slots=True)
class SectionGroup:
    """The sections of a part, and the titles of the blocks that are printed with any of them."""

    title: str
    sections: tuple[Section, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedSelection:
    """A selection that the author saved, with the ids of its sections."""

    name: str
    sections: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name as words: pre-visit-pack is "Pre visit pack"."""
        words = self.name.replace("-", " ")
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Outline:
    """The selectable sections of a handout, and the titles of texts that are always printed."""

    groups: tuple[SectionGroup, ...]
    selections: tuple[SavedSelection, ...]
    always_printed: tuple[str, ...]


def make_outline(handout: Handout) -> Outline:
    """Return the outline of a handout."""
    groups = tuple(
        SectionGroup(
            part.title or "Sections",
            part.sections,
            tuple(
                block.title or _UNTITLED_BLOCK for block in handout.blocks if part.id and block.always_with == part.id
            ),
        )
        for part in handout.parts
    )
    selections = tuple(SavedSelection(name, tuple(find_sections(handout, name))) for name in handout.front.selections)
    blocks = tuple(block.title or _UNTITLED_BLOCK for block in handout.blocks if block.always_with is None)
    return Outline(groups, selections, (*blocks, *_ALWAYS_PRINTED))


def find_sections(handout: Handout, selection: str) -> list[str]:
    """Return the ids of the sections of a saved selection, or of all sections for "".

    Raises NotOfferedError if the handout has no such selection.
    """
    if not selection:
        return [section.id for section in handout.sections]
    try:
        return [section.id for section in select(handout, [selection]).sections]
    except UnknownNameError:
        raise NotOfferedError from None


def describe_cost(section: Section) -> str:
    """Return about how many pages a section takes, in quarters: "≈ ½ p", because only the preview measures it."""
    words = len(write_words(section.body).split())
    quarters = max(1, round((words / _WORDS_OF_PAGE + len(section.body.pictures) * _PICTURE_OF_PAGE) * 4))
    whole, rest = divmod(quarters, 4)
    return f"\N{ALMOST EQUAL TO} {whole or ''}{_QUARTERS[rest]} p"
