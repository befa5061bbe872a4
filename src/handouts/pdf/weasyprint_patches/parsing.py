"""HTML and values of CSS that are read in pages: what their parsers make anew each time is made once."""

import re
from typing import Any, Final

import tinyhtml5.inputstream
from weasyprint.css.tokens import Pending

from handouts.system.cache import Cache

_MOST_VALUES: Final = 2_000


class _Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Patterns that match characters, or (opposite) all but them."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, opposite = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{'' if opposite else '^'}{codes}]+")
        return pattern


def remember_patterns() -> None:
    """Have tinyhtml5 keep the patterns that it searches with, as it means to: it looks them up by another key."""
    tinyhtml5.inputstream.characters_until_regex = _Patterns()


def remember_values() -> None:
    """Have WeasyPrint solve a value with variables once for all elements in which they stand for the same tokens."""
    solve = Pending.solve
    known: Cache[tuple[Any, ...], tuple[Any, Any]] = Cache(_MOST_VALUES)

    def look_up(pending: Any, tokens: list[Any], name: str, base_url: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        key = (pending, name, base_url, *map(id, tokens))
        # Tokens that are kept are the only ones with their ids.
        found = known.get(key)
        if found is None:
            found = (solve(pending, tokens, name, base_url), tokens)
            known.put(key, found)
        return found[0]

    Pending.solve = look_up
