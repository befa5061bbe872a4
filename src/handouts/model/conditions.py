"""For whom a section or block is printed: `only="practice:ID"` and `audience=NAME`, as an author writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Body, Handout, Section
from handouts.problems.problem import Place

_PREFIX: Final = "practice:"
_OPENINGS: Final = frozenset({"container_block_open", "list_item_open"})


@dataclass(frozen=True, slots=True)
class Condition:
    """When a section or block is printed: for practices that match a pattern in `only`, and for an audience.

    Without patterns it is for all practices, without an audience for everyone.
    """

    only: tuple[str, ...]
    audience: str
    place: Place

    def holds(self, practice: str, audience: str) -> bool:
        """Return whether it is printed for a practice and a chosen audience, "" for everyone."""
        is_for_practice = not self.only or any(fnmatchcase(practice, pattern) for pattern in self.only)
        return is_for_practice and (not audience or self.audience in {"", audience})


def list_conditions(handout: Handout) -> tuple[Condition, ...]:
    """Return the conditions of all sections and blocks of a handout."""
    of_sections = map(make_section_condition, handout.sections)
    of_blocks = (condition for body in handout.bodies for condition, _ in find_block_conditions(body))
    return tuple(condition for condition in (*of_sections, *of_blocks) if condition.only or condition.audience)


def list_audiences(handout: Handout) -> tuple[str, ...]:
    """Return the audiences that parts of a handout are for, each once."""
    return tuple(dict.fromkeys(c.audience for c in list_conditions(handout) if c.audience))


def make_section_condition(section: Section) -> Condition:
    """Return the condition of a section as a whole."""
    return _make_condition(section.only, section.audience, section.place)


def find_block_conditions(body: Body) -> Iterator[tuple[Condition, Token]]:
    """Yield the conditions of the blocks and list items of a body that have any, each with the token that opens it."""
    origin = body.origin or Place("")
    for token in body.tokens:
        attributes = token.meta.get("attributes", {}) if token.type in _OPENINGS else {}
        if ("only" in attributes or "audience" in attributes) and token.map:
            place = Place(origin.file, origin.line + token.map[0])
            yield _make_condition(attributes.get("only", ""), attributes.get("audience", ""), place), token


def _make_condition(only: str, audience: str, place: Place) -> Condition:
    return Condition(tuple(word.removeprefix(_PREFIX) for word in only.split()), audience, place)
