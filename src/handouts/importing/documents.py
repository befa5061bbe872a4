"""Reads a document of any kind that can be imported: Word, HTML, Markdown, plain text or the text of a PDF file."""

import base64
import binascii
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from handouts.importing.blocks import Block, RefusedDocumentError
from handouts.importing.docx import read_docx, read_docx_words
from handouts.importing.export_text import decode_export
from handouts.importing.html_blocks import read_html_blocks
from handouts.importing.pictures import take_pictures
from handouts.importing.rules import UNREADABLE_DOCUMENT
from handouts.importing.text_blocks import read_text_blocks
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.slow_files import run_with_time_limit
from handouts.schema.settings import PictureLimits
from handouts.system.regular_file import read_regular_file

_MAX_BYTES: Final = 20_000_000
_MAX_PAGES: Final = 200
_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What is not closed ends at the end of the page, as in browsers.
_TAGS: Final = re.compile(
    r"<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<!--.*?(?:-->|\Z)|</?[a-z!?][^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_DATA: Final = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a document, all its words, what was dropped, each with its place, and its pictures by name."""

    blocks: tuple[Block, ...]
    words: str
    dropped: tuple[str, ...]
    pictures: Mapping[str, bytes]


def read_document(path: Path, limits: PictureLimits, problems: Problems) -> Document | None:
    """Return a document that the user named, with pictures within limits; None if it is refused, which is reported."""
    place = Place(str(path))
    try:
        if path.stat().st_size <= _MAX_BYTES:
            document = run_with_time_limit(place, lambda: _read(path, limits, place, problems), problems)
            if document and not document.blocks:
                raise RefusedDocumentError("it has no text; a scanned page is a picture")  # noqa: TRY301 - like the others
            return document
        problems.add(UNREADABLE_DOCUMENT.at(place, reason=f"the file is larger than {_MAX_BYTES // 1_000_000} MB"))
    except OSError as refused:
        problems.add(UNREADABLE_DOCUMENT.at(place, reason=f"cannot read the file: {refused.strerror}"))
    except RefusedDocumentError as refused:
        problems.add(UNREADABLE_DOCUMENT.at(place, reason=refused))
    except RecursionError:
        problems.add(UNREADABLE_DOCUMENT.at(place, reason="its elements are nested too deeply"))
    return None


def _read(path: Path, limits: PictureLimits, place: Place, problems: Problems) -> Document | None:
    raw, suffix = read_regular_file(path), path.suffix.lower()
    dropped: list[str] = []
    if raw.startswith(b"PK") or suffix in {".docx", ".doc", ".docm"}:
        page, pictures = read_docx(raw)
        words, apart = read_docx_words(raw)
        taken = take_pictures([*read_html_blocks(page, dropped)], pictures.get, limits, dropped)
        return Document(taken.blocks, words, (*dropped, *apart), taken.files)
    if raw.startswith(b"%PDF"):
        text = _read_pdf(raw)
        dropped.append("pictures, tables and the layout of the PDF file: only its text was read")
        return Document(tuple(read_text_blocks(text, dropped)), text, tuple(dropped), {})
    decoded = decode_export(raw, place, problems)
    if decoded is None:
        return None
    is_page = re.match(r"\s*(?:<!doctype html|<html|<body)", decoded, re.IGNORECASE)
    if suffix in {".html", ".htm", ".xhtml"} or is_page:
        return _read_html(decoded, path.parent, limits, dropped)
    if suffix in {".md", ".markdown"}:
        return _read_html(_render_markdown(decoded, dropped), path.parent, limits, dropped)
    return Document(tuple(read_text_blocks(decoded, dropped)), decoded, tuple(dropped), {})


def _read_html(page: str, folder: Path, limits: PictureLimits, dropped: list[str]) -> Document:
    """Return a page with its pictures, as far as they are in it or beside it; nothing is loaded from elsewhere."""
    blocks = [*read_html_blocks(page, dropped)]
    words = html.unescape(_TAGS.sub(" ", page))
    taken = take_pictures(blocks, lambda address: _load_picture(address, folder, limits), limits, dropped)
    return Document(taken.blocks, words, tuple(dropped), taken.files)


def _load_picture(address: str, folder: Path, limits: PictureLimits) -> bytes | None:
    if data := _DATA.fullmatch(address.strip()):
        try:
            return base64.b64decode(data[1])
        except binascii.Error:
            return None
    try:
        path = (folder / unquote(address)).resolve()
        is_beside = path.is_relative_to(folder.resolve()) and path.is_file()
        return path.read_bytes() if is_beside and path.stat().st_size <= limits.max_bytes else None
    except (OSError, ValueError, RuntimeError):  # an impossible name
        return None


def _render_markdown(text: str, dropped: list[str]) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - other documents do not need it

    if front_matter := _FRONT_MATTER.match(text):
        dropped.append(f"front matter: {' '.join(front_matter[0].split())}")
    page: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(_FRONT_MATTER.sub("", text))
    return page


def _read_pdf(raw: bytes) -> str:
    import pypdfium2  # noqa: PLC0415 - other documents do not need it

    try:
        pdf = pypdfium2.PdfDocument(raw)
        if len(pdf) > _MAX_PAGES:
            raise RefusedDocumentError(f"the file has more than {_MAX_PAGES} pages")
        return "\n\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf)
    except pypdfium2.PdfiumError as broken:
        raise RefusedDocumentError(f"the PDF file cannot be read: {broken}") from broken
