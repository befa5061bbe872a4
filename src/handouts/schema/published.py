"""The data files of a published site: its record, and the index that other programs look handouts up in."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from handouts.schema.base import Date, Id, Language, Schema
from handouts.schema.provenance import PrintCode

State = Literal["published", "withdrawn", "in-review", "ended"]
"""What became of a page: it is there, was withdrawn, may not be released now, or its handout or practice is gone."""
RECORD_FORMAT: Final = 1
# The record may come from a web server: nothing in it may lead out of the folder, or change what a web server is told.
_FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=255)]
_Oid = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]
_Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.-]+$")]


class Download(Schema):
    """A PDF of a page: its name in the folder of the page, its pages and its size in bytes."""

    format: Id
    file: _FileName
    pages: int
    size: int


class FoundCode(Schema):
    """A code that a handout is about: its system by name and OID."""

    system: str
    oid: _Oid
    code: _Code


class PageRecord(Schema):
    """A page that is or was published, as it was when it was published last.

    `thumbnail_of` is the SHA-256 of the PDF whose first page is shown. Pages that are not published any more have the
    day on which that was found out, and a reason if they were withdrawn.
    """

    practice: Id
    handout: Id
    language: Language
    state: State
    title: str
    practice_name: str
    version: str
    published: Date
    review_due: Date
    print_code: str
    main_message: str
    keywords: tuple[str, ...] = ()
    codes: tuple[FoundCode, ...] = ()
    pdfs: tuple[Download, ...] = ()
    thumbnail_of: str = ""
    since: Date | None = None
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies a page: practice, handout and language."""
        return self.practice, self.handout, self.language

    @property
    def folder(self) -> str:
        """The folder of the page in the site, which never changes."""
        return "/".join(self.key)


class PaperRecord(Schema):
    """A print code that was released, and what has it; no sections means the whole handout."""

    code: PrintCode
    practice: Id
    handout: Id
    language: Language
    version: str
    sections: tuple[str, ...] = ()
    audience: str = ""

    @property
    def page_key(self) -> tuple[str, str, str]:
        """What identifies the page of its handout."""
        return self.practice, self.handout, self.language


class SiteRecord(Schema):
    """site/published.json: all pages and print codes that the site has. The next publication reads it."""

    format: Literal[1] = RECORD_FORMAT
    base_url: str
    pages: tuple[PageRecord, ...]
    papers: tuple[PaperRecord, ...]


class IndexedHandout(Schema):
    """A published handout of a practice in one language, with its addresses."""

    handout: str
    language: str
    title: str
    main_message: str
    version: str
    published: Date
    review_due: Date
    print_code: str
    url: str
    pdfs: dict[str, str] = Field(description="Addresses of PDFs by format.")
    codes: tuple[FoundCode, ...]


class PracticeIndex(Schema):
    """PRACTICE/index.json: the published handouts of a practice, by code and language.

    `by_code` has the addresses of pages by OID of the code's system, code without dots and hyphens, and language.
    """

    practice: str
    name: str
    url: str
    handouts: tuple[IndexedHandout, ...]
    by_code: dict[str, dict[str, dict[str, str]]]


class ListedPractice(Schema):
    """A practice of a site, with the address of its page and of its own index."""

    practice: str
    name: str
    url: str
    index: str


class SiteIndex(Schema):
    """index.json: the practices of a site, and where the index of each is."""

    base_url: str
    practices: tuple[ListedPractice, ...]
