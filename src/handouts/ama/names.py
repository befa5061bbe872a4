"""The names of authors and editors, as "van der Heijde D, King ML Jr, et al"."""

import re
from collections.abc import Sequence

from handouts.schema.reference import Name

_MOST_NAMES = 6
_NAMES_BEFORE_ET_AL = 3
_LONGEST_INITIALS = 3


def people(names: Sequence[Name]) -> str:
    """List all of up to six names, and three of more, with "et al" (AMA Manual of Style 11th ed., 3.7)."""
    listed = [_person(name) for name in names]
    return ", ".join(listed if len(listed) <= _MOST_NAMES else [*listed[:_NAMES_BEFORE_ET_AL], "et al"])


def editors(names: Sequence[Name]) -> str:
    """List editors, with "ed." or "eds." (AMA Manual of Style 11th ed., 3.12.5)."""
    return f"{people(names)}, {'eds.' if len(names) > 1 else 'ed.'}" if names else ""


def _person(name: Name) -> str:
    if name.literal:
        return "et al" if re.fullmatch(r"et al\.?", name.literal) else name.literal
    particle = name.non_dropping_particle or ""
    space = "" if particle.endswith(("'", "\u2019", "-")) else " "
    surname = f"{particle}{space}{name.family}".strip()
    suffix = (name.suffix or "").replace(".", "")
    return " ".join(part for part in (surname, _initials(name.given or ""), name.dropping_particle, suffix) if part)


def _initials(given: str) -> str:
    """Give the initials of given names; words in small letters, such as "van", stay."""
    words = [word for word in re.split(r"[\s.]+", given) if word]
    return re.sub(r" +", " ", "".join(f" {word} " if word.islower() else _initial(word) for word in words)).strip()


def _initial(word: str) -> str:
    if word.isupper() and len(word) <= _LONGEST_INITIALS:
        return word.replace("-", "")
    first, *others = word.strip("-").split("-")
    # Ji-yeon is one name, Jean-Pierre are two; a script without capitals has no initials.
    capitals = "".join(other[0] for other in others if other[:1].isupper())
    return (first[0] if first[:1].isupper() else first) + capitals
