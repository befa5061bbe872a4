"""The provenance statement in an output: identifies the print, and its sources by their digests."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints

from handouts.schema.base import Date, Id, Schema
from handouts.schema.ids import is_id
from handouts.schema.print_code import NotAPrintCodeError, parse_print_code
from handouts.schema.print_terms import Flag, Ink, Paper

Source = Literal["text", "version", "references", "practice", "pictures", "brand", "design", "fonts"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
"""The kinds of sources that an output is made from, apart from the tool; each has a digest."""
READ: Final[tuple[Source, ...]] = ("text", "version", "references", "practice", "pictures")
"""The sources that patients read: the print code is made of their digests."""

_Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


def _check_language(value: str) -> str:
    if not is_id(value.lower()):
        raise ValueError("not a language tag")
    return value


def _check_print_code(value: str) -> str:
    if parse_print_code(value) != value:
        raise NotAPrintCodeError("a print code is written in capital letters, with one hyphen")
    return value


PrintCode = Annotated[str, AfterValidator(_check_print_code)]


class PackMember(Schema):
    """A handout of a pack; no sections means the whole handout."""

    handout: Id
    version: _Line
    sections: tuple[Id, ...] = ()


class Provenance(Schema):
    """Which print it is, with the options of `handouts build`, and the digest of each of its sources.

    No sections means the whole handout. `code`, `version`, `status` and `review_due` are those of the handout; files
    made by older versions lack the last two. `audience` is the one that a print was chosen for, if any. `tool` is the
    program and version that made it. For a pack, `handout` is its id, and `members` are its handouts in order.
    """

    handout: Id
    language: Annotated[str, AfterValidator(_check_language)]
    practice: Id
    sections: tuple[Id, ...]
    format: Id
    paper: Paper
    ink: Ink
    options: tuple[Flag, ...]
    code: _Line
    version: _Line
    status: Literal["draft", "approved"] | None = None
    review_due: Date | None = None
    audience: Id | None = None
    members: tuple[PackMember, ...] = ()
    print_code: PrintCode
    sources: Annotated[dict[Source, _Digest], Field(min_length=len(SOURCES))]
    tool: _Line
