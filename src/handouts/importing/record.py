"""A record of another program as an entry of references.yaml, before it is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from handouts.problems.problem import Place

CslName: TypeAlias = Mapping[str, str]
CslValue: TypeAlias = str | Sequence[CslName]


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of a reference as references.yaml has them, without its id.

    `key` is the id that the other program has for it, "" if none. `retracted` says how it is marked as retracted, "" if
    it is not. `unused` names the fields that have no counterpart.
    """

    fields: Mapping[str, CslValue]
    place: Place
    key: str = ""
    retracted: str = ""
    unused: frozenset[str] = field(default_factory=frozenset)

    @property
    def title(self) -> str:
        """The title, "" if there is none."""
        title = self.fields.get("title", "")
        return title if isinstance(title, str) else ""
