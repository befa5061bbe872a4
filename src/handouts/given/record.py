"""What is recorded about one handout that was given to a patient; nothing in it is about the patient."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from handouts.schema.print_terms import FileKind
from handouts.schema.provenance import Provenance

MEDIA_TYPES: Final[dict[FileKind, str]] = {"pdf": "application/pdf", "html": "text/html", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Given:
    """A handout that was given: `pages` is 0 for files without pages, `sha1` is in base64, as FHIR R4 has it."""

    title: str
    version: str
    status: Literal["draft", "approved"] | None
    language: str
    pages: int
    print_code: str
    media_type: str
    size: int
    sha1: str


def record_given(title: str, made_from: Provenance, kind: FileKind, pages: int, content: bytes) -> Given:
    """Return the record of a file.

    The file must be the one without a patient's name: a digest of it with the name could confirm a guess of the name.
    """
    digest = hashlib.sha1(content, usedforsecurity=False).digest()
    return Given(
        title=title,
        version=made_from.version,
        status=made_from.status,
        language=made_from.language,
        pages=pages,
        print_code=made_from.print_code,
        media_type=MEDIA_TYPES[kind],
        size=len(content),
        sha1=base64.b64encode(digest).decode(),
    )
