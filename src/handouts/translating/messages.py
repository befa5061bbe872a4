"""A file for translators, whatever its format: the units with their texts in both languages."""

from dataclasses import dataclass

from handouts.problems.exceptions import HandoutsError
from handouts.schema.translation import UnitState


@dataclass(frozen=True, slots=True)
class Message:
    """A unit as translators see it; `is_stale` if its original has changed since it was translated."""

    id: str
    source: str
    target: str = ""
    state: UnitState = "translated"
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """The units of one handout for one language."""

    handout: str
    source_language: str
    language: str
    messages: tuple[Message, ...]


class BadExchangeError(HandoutsError):
    """A file from translators that cannot be read; the text says why."""
