"""Names as other programs write them, as persons and organizations."""

import re
from collections.abc import Iterable
from typing import Final

from handouts.importing.record import CslName
from handouts.importing.texts import clean_text

_SUFFIX: Final = re.compile(r"(?:Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
_ET_AL: Final = re.compile(r"(?:et al|and others|others)\.?", re.IGNORECASE)
_NOBODY: Final = re.compile(r"\[?(?:no authors? listed|anonymous|anon)\]?\.?", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}")
_MOST_WORDS: Final = 5  # of a family name with particles, and initials
_ORGANIZATION: Final = re.compile(
    r"\b(?:academy|agency|alliance|association|authority|board|cent(?:er|re)|college|committee|consortium|council|department"
    r"|federation|force|foundation|group|hospital|institute|investigators|ministry|network|office|organi[sz]ation|panel"
    r"|program(?:me)?|project|service|society|study|team|trial|trialists|university)s?\b",
    re.IGNORECASE,
)


def parse_names(texts: Iterable[str]) -> tuple[CslName, ...]:
    """Parse names such as "Doe, Jane A, Jr"; a name without a comma is that of an organization."""
    cleaned = (clean_text(text) for text in texts)
    return tuple(parse_name(text) for text in cleaned if text and not _NOBODY.fullmatch(text))


def parse_name(text: str) -> CslName:
    """Parse one name with its family name first, as "Doe, Jane A", or as Embase and Cochrane shorten it: "Doe J.A."."""
    if _ET_AL.fullmatch(text):
        return {"literal": "et al"}
    family, *rest = (part.strip() for part in text.split(","))
    parts = [part for part in rest if part]
    if not family or not parts:
        return {"literal": text.strip(", ")} if _ORGANIZATION.search(text) else parse_short_name(text.strip(", "))
    suffix = next((part for part in parts if _SUFFIX.fullmatch(part)), "")
    given = " ".join(part for part in parts if part != suffix)
    if not suffix and " " in given and _SUFFIX.fullmatch(given.rpartition(" ")[2]):
        given, _, suffix = given.rpartition(" ")
    if not suffix and " " in family and _SUFFIX.fullmatch(family.rpartition(" ")[2]):  # "King Jr, Martin Luther"
        family, _, suffix = family.rpartition(" ")
    return make_person(family, given, suffix)


def parse_short_name(text: str) -> CslName:
    """Parse a name as PubMed shortens it: "King ML Jr"; one without initials is that of an organization."""
    words = clean_text(text).split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004 - name, initials
    if 1 < len(words) <= _MOST_WORDS and _INITIALS.fullmatch(words[-1]):
        return make_person(" ".join(words[:-1]), words[-1], suffix)
    return {"literal": clean_text(text)}


def make_person(family: str, given: str, suffix: str = "") -> CslName:
    """Return a person, without fields that are empty."""
    fields = {"family": family, "given": given, "suffix": suffix.rstrip(".")}
    return {name: value for name, value in fields.items() if value}
