"""The values of sources that are printed, as they are digested: without places, and without what only checks need."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from markdown_it.token import Token

from handouts.model.library import Body
from handouts.schema.front_matter import FrontMatter
from handouts.schema.labels import LabelFile
from handouts.schema.practice import PracticeProfile
from handouts.schema.reference import Reference

# Fields that identify a version: prints of two versions always differ in these.
_VERSION_FIELDS: Final = {"code", "version", "published", "review_due", "status", "reviewed_by", "translation"}
# Fields for search, selection and checks.
_UNPRINTED_FIELDS: Final = {"selections", "default", "treatment", "accepted", "keywords", "codes", "formats", "notice"}
_UNPRINTED_OF_REFERENCE: Final = {"note", "abstract", "keyword", "source", "accepted"}
# Fields of a practice that decide how a page looks, or which options are the usual ones, but not its text.
_LOOK_FIELDS: Final = {"paper", "logo", "logo_black", "colors", "font", "inserts", "notes", "translations", "accepted"}
# Values that count where a text names them: that text is digested with the values in it.
_NOT_OF_PROFILE: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_LOOK_FIELDS, True),
    "fields": True,
    "phones": {"__all__": {"id"}},
}
# Values in the meta of tokens that only checks and places need, and that are not printed.
_UNPRINTED_VALUES: Final = frozenset({"offset", "file", "literal", "cells", "bars"})


def dump_front_matter(front: FrontMatter) -> tuple[object, object]:
    """Return the values that are printed, and those that identify a version, as JSON has them."""
    return (
        front.model_dump(mode="json", exclude=_VERSION_FIELDS | _UNPRINTED_FIELDS, exclude_defaults=True),
        front.model_dump(mode="json", include=_VERSION_FIELDS, exclude_defaults=True),
    )


def dump_profile(profile: PracticeProfile) -> object:
    """Return the values of a practice that are printed on all of its handouts."""
    return profile.model_dump(mode="json", exclude=_NOT_OF_PROFILE, exclude_defaults=True)


def dump_reference(reference: Reference) -> object:
    """Return the values of a reference that its entry is written from."""
    return reference.model_dump(mode="json", exclude=_UNPRINTED_OF_REFERENCE, exclude_defaults=True)


def dump_labels(file: LabelFile) -> object:
    """Return the page labels of a language, but for who translated them."""
    return file.model_dump(exclude={"translation"})


def write_body(body: Body) -> str:
    """Return the tokens of a body as text, without their places in the file."""
    return "".join(_write_tokens(body.tokens))


def _write_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _write_tokens(token.children or ())
        elif token.type in {"text", "softbreak"}:
            yield token.content if token.type == "text" else " "
        else:
            # Pictures count by the content of their files; the renderer writes their description here when it is used.
            attributes = {name: value for name, value in token.attrs.items() if name not in {"src", "alt"}}
            meta = {name: value for name, value in token.meta.items() if name not in _UNPRINTED_VALUES}
            about = [token.type, token.tag, token.content, attributes, meta]
            yield f"\x1e{json.dumps(about, sort_keys=True)}\x1f"
