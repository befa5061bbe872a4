"""Formats the names of authors, editors and translators, as "van der Heijde D, King ML Jr, et al"."""

import re
from collections.abc import Sequence
from typing import Final

from handouts.schema.reference import Name

_MOST_NAMES: Final = 6
_NAMES_BEFORE_ET_AL: Final = 3
_LONGEST_INITIALS: Final = 3
_WITHOUT_VOWELS: Final = re.compile(r"[^AEIOUY\W\d_]{4,5}")  # too long for initials, but no name
_ET_AL: Final = re.compile(r"et al\.?", re.IGNORECASE)
# Words that link a group to the authors before it; they are left out.
_LINK: Final = re.compile(
    r"[;,]?\s*(?:(?:for|and|on behalf of|in collaboration with)\s+(?:the\s+)?)?(?=\S)", re.IGNORECASE
)
# The JAMA Network journals prefer roman numerals to 2nd and 3rd (3.7).
_NUMERALS: Final = {"2nd": "II", "3rd": "III", "4th": "IV"}


def format_names(names: Sequence[Name]) -> str:
    """List up to six persons, of more the first three and "et al"; then the group that they wrote for.

    AMA Manual of Style 11th ed., 3.7: "Doe JF, Roe JP III, Coe RT Jr, et al; Laser ROP Study Group".
    """
    is_group = [bool(name.literal and not _ET_AL.fullmatch(name.literal)) for name in names]
    persons = [_format_name(name) for name, group in zip(names, is_group, strict=True) if not group]
    groups = [name.literal or "" for name, group in zip(names, is_group, strict=True) if group]
    if not persons:
        return ", ".join(_shorten(groups))
    linked = [group[_find_link_end(group) :] for group in groups]
    return "; ".join([", ".join(_shorten(persons)), *linked])


def format_editors(names: Sequence[Name]) -> str:
    """List editors, with "ed." or "eds." (AMA Manual of Style 11th ed., 3.12.5)."""
    return f"{format_names(names)}, {'eds.' if len(names) > 1 else 'ed.'}" if names else ""


def format_translators(names: Sequence[Name]) -> str:
    """List translators, with "trans" (AMA Manual of Style 11th ed., 3.12.5)."""
    return f"{format_names(names)}, trans" if names else ""


def _shorten(names: list[str]) -> list[str]:
    return names if len(names) <= _MOST_NAMES else [*names[:_NAMES_BEFORE_ET_AL], "et al"]


def _find_link_end(group: str) -> int:
    link = _LINK.match(group)
    return link.end() if link else 0


def _format_name(name: Name) -> str:
    if name.literal:
        return "et al"
    particle = name.non_dropping_particle or ""
    space = "" if particle.endswith(("'", "\u2019", "-")) else " "
    surname = f"{particle}{space}{name.family}".strip()
    suffix = (name.suffix or "").replace(".", "")
    numeral = _NUMERALS.get(suffix, suffix)
    return " ".join(part for part in (surname, _abbreviate(name.given or ""), name.dropping_particle, numeral) if part)


def _abbreviate(names: str) -> str:
    """Return the initials of given names; lowercase words such as "van" stay whole."""
    words = [word for word in re.split(r"[\s.]+", names) if word]
    if len(words) > 1 and names.isupper() and all(len(word) > 1 for word in words):
        words = [word.title() for word in words]  # names in capitals
    return re.sub(
        r" +", " ", "".join(f" {word} " if word.islower() else _abbreviate_word(word) for word in words)
    ).strip()


def _abbreviate_word(word: str) -> str:
    if word.isupper() and (len(word) <= _LONGEST_INITIALS or _WITHOUT_VOWELS.fullmatch(word)):
        return word.replace("-", "")
    first, *others = word.strip("-").split("-")
    # Ji-yeon has one initial, Jean-Pierre two; scripts without capitals have none.
    capitals = "".join(other[0] for other in others if other[:1].isupper())
    return (first[0] if first[:1].isupper() else first) + capitals
