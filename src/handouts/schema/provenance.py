"""What an output says of itself: which print of which handout it is, and what it was made from."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.schema.base import Date, Id, Schema
from handouts.schema.ids import is_id
from handouts.schema.print_code import NotAPrintCodeError, print_code_as_typed
from handouts.schema.print_terms import Flag, Ink, Paper

Source = Literal["text", "version", "references", "practice", "pictures", "brand", "design", "fonts"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
"""What an output is made from, apart from the tool: one digest each."""
READ: Final[tuple[Source, ...]] = ("text", "version", "references", "practice", "pictures")
"""Those that a patient reads: a print code is made of them."""

_Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


def _language(value: str) -> str:
    if not is_id(value.lower()):
        raise PydanticCustomError("bad-language", "this is no language tag")
    return value


def _print_code(value: str) -> str:
    try:
        if print_code_as_typed(value) == value:
            return value
    except NotAPrintCodeError:
        pass
    raise PydanticCustomError("bad-print-code", "this is no print code")


class Provenance(Schema):
    """Which print it is, in the words of `handouts build`, and the digest of each of its sources.

    No sections means the whole handout. `code`, `version`, `status` and `review_due` are those of the handout; older
    files do not say the last two. `tool` names what made it.
    """

    handout: Id
    language: Annotated[str, AfterValidator(_language)]
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
    print_code: Annotated[str, AfterValidator(_print_code)]
    sources: Annotated[dict[Source, _Digest], Field(min_length=len(SOURCES))]
    tool: _Line
