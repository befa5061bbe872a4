"""Formats the names of authors and editors, as "van der Heijde D, King ML Jr, et al"."""

import re
from collections.abc import Sequence

from handouts.schema.reference import Name

_MOST_NAMES = 6
_NAMES_BEFORE_ET_AL = 3
_LONGEST_INITIALS = 3


def format_names(names: Sequence[Name]) -> str:
    """List up to six names; of more, the first three and "et al" (AMA Manual of Style 11th ed., 3.7)."""
    listed = [_format_name(name) for name in names]
    return ", ".join(listed if len(listed) <= _MOST_NAMES else [*listed[:_NAMES_BEFORE_ET_AL], "et al"])


def format_editors(names: Sequence[Name]) -> str:
    """List editors, with "ed." or "eds." (AMA Manual of Style 11th ed., 3.12.5)."""
    return f"{format_names(names)}, {'eds.' if len(names) > 1 else 'ed.'}" if names else ""


def _format_name(name: Name) -> str:
    if name.literal:
        return "et al" if re.fullmatch(r"et al\.?", name.literal) else name.literal
    particle = name.non_dropping_particle or ""
    space = "" if particle.endswith(("'", "\u2019", "-")) else " "
    surname = f"{particle}{space}{name.family}".strip()
    suffix = (name.suffix or "").replace(".", "")
    return " ".join(part for part in (surname, _abbreviate(name.given or ""), name.dropping_particle, suffix) if part)


def _abbreviate(given: str) -> str:
    """Return the initials of given names; lowercase words such as "van" stay whole."""
    words = [word for word in re.split(r"[\s.]+", given) if word]
    return re.sub(
        r" +", " ", "".join(f" {word} " if word.islower() else _abbreviate_word(word) for word in words)
    ).strip()


def _abbreviate_word(word: str) -> str:
    if word.isupper() and len(word) <= _LONGEST_INITIALS:
        return word.replace("-", "")
    first, *others = word.strip("-").split("-")
    # Ji-yeon has one initial, Jean-Pierre two; scripts without capitals have none.
    capitals = "".join(other[0] for other in others if other[:1].isupper())
    return (first[0] if first[:1].isupper() else first) + capitals
