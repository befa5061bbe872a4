"""Ids of imported references: that of the other program, or one made of name and year."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count
from string import ascii_lowercase
from typing import Final

from handouts.importing.record import Record
from handouts.schema.reference_values import REFERENCE_ID_PATTERN

# Ids that programs number their records with tell a reader nothing.
_NUMBERED: Final = re.compile(r"[\d_-]+|(?:rayyan|ref|item|zotero|id)[-_:]?\d+|.{61,}|[A-Z0-9]{8}", re.IGNORECASE)
_MAX_LENGTH: Final = 30


def choose_key(record: Record, taken: Collection[str]) -> str:
    """Return the id of a record, one that is not taken: "doe2020", else "doe2020b"."""
    own_key = record.key.strip()
    if re.fullmatch(REFERENCE_ID_PATTERN, own_key) and not _NUMBERED.fullmatch(own_key) and own_key not in taken:
        return own_key
    base = _make_base(record)
    suffixes = ("", *ascii_lowercase[1:])
    free = (key for suffix in suffixes if (key := f"{base}{suffix}") not in taken)
    numbered = (key for number in count(1) if (key := f"{base}-{number}") not in taken)
    return next(free, None) or next(numbered)


def _make_base(record: Record) -> str:
    names = record.fields.get("author") or record.fields.get("editor") or ()
    first = names[0] if names and not isinstance(names, str) else {}
    name = _to_letters(first.get("family") or first.get("literal") or "") or _to_letters(record.title) or "reference"
    year = str(record.fields.get("issued", ""))[:4]
    return f"{name[:_MAX_LENGTH]}{year if year.isdecimal() else ''}"


def _to_letters(text: str) -> str:
    """Return the first word of a name or title in ASCII, "" if it has no such letters."""
    ascii_text = unicodedata.normalize("NFKD", re.sub("<[^>]*>", "", text)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub("['\u2019]", "", ascii_text))
    particles = {"the", "a", "an", "van", "von", "de", "der", "den", "la", "le", "el", "di", "da", "du"}
    return next((word for word in words if word not in particles), words[0] if words else "")
