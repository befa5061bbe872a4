"""The statement in a file of what it was made from: a provenance as names and texts, for XMP and HTML."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from handouts.problems.exceptions import HandoutsError

if TYPE_CHECKING:
    from handouts.schema.provenance import Provenance

NAMESPACE: Final = "urn:uuid:0f5a2c1e-6c0b-5a43-9d0c-3b6f7a81e2d4#"
"""The XML namespace of the properties in XMP: a UUID, because the project has no domain."""

HTML_PREFIX: Final = "handouts:"
"""The prefix of the names of properties in web pages."""

PROPERTIES: Final[Mapping[str, tuple[str, str]]] = {
    "handout": ("handout", "Handout, by its id"),
    "language": ("language", "Language of the handout"),
    "practice": ("practice", "Practice, by its id"),
    "sections": ("sections", "Sections that were chosen, by their ids; none for all"),
    "format": ("format", "Format"),
    "paper": ("paper", "Paper"),
    "ink": ("ink", "Ink"),
    "options": ("options", "Options of the print"),
    "code": ("controlCode", "Control code of the handout"),
    "version": ("version", "Version of the handout"),
    "status": ("status", "Status of the handout: draft or approved"),
    "review_due": ("reviewDue", "Day by which the handout has to be reviewed"),
    "audience": ("audience", "Audience that the print is for; none for all"),
    "members": ("members", "Handouts of a pack, with version and sections; none for a handout"),
    "print_code": ("printCode", "Print code, as on the pages"),
    "sources": ("sources", "Digest of each kind of source"),
    "tool": ("tool", "Programs that made the file"),
}
"""The name of each field of a Provenance in files, and what it is in words."""


_MEMBERS: Final = "members"  # the only one that is written as JSON
_ADDED_LATER: Final = frozenset({"status", "reviewDue", "audience", "members"})
"""Properties that files of earlier versions do not have."""


class NoStatementError(HandoutsError, ValueError):
    """The statement in a file is incomplete or contradicts itself."""


def make_statement(made_from: "Provenance") -> dict[str, str]:
    """Return a provenance as texts by property, without unknown values; items of lists are separated by blanks."""
    values = ((name, getattr(made_from, field)) for field, (name, _) in PROPERTIES.items() if field != _MEMBERS)
    texts = {name: _to_text(value) for name, value in values if value is not None}
    if made_from.members:
        members = [member.model_dump() for member in made_from.members]
        texts[_MEMBERS] = json.dumps(members, separators=(",", ":"))
    return texts


def read_statement(texts: Mapping[str, str]) -> "Provenance":
    """Read a provenance from texts by property. Raises NoStatementError if one is missing or invalid."""
    from pydantic import ValidationError  # noqa: PLC0415 - slow, and not needed to write

    from handouts.schema.provenance import Provenance  # noqa: PLC0415 - likewise

    names = {name for name, _ in PROPERTIES.values()}
    if not names - _ADDED_LATER <= texts.keys() <= names:
        raise NoStatementError("its statement of what it was made from is not complete")
    fields: dict[str, object] = {field: texts[name] for field, (name, _) in PROPERTIES.items() if name in texts}
    for field in ("sections", "options"):
        fields[field] = tuple(str(fields[field]).split())
    pairs = [pair.partition("=") for pair in str(fields["sources"]).split()]
    fields["sources"] = {name: value for name, _, value in pairs}
    try:
        fields[_MEMBERS] = json.loads(texts.get(_MEMBERS, "[]"))
    except (ValueError, RecursionError):
        raise NoStatementError(f"its statement of what it was made from is invalid ({_MEMBERS})") from None
    try:
        return Provenance.model_validate(fields)
    except ValidationError as wrong:
        raise NoStatementError(
            f"its statement of what it was made from is invalid ({wrong.errors()[0]['loc'][0]})"
        ) from None


def _to_text(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name}={one}" for name, one in value.items())
    return " ".join(value) if isinstance(value, tuple) else str(value)
