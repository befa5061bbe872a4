"""Reads Word documents as HTML, after refusing files that do more than hold text: macros, links to files, bombs."""

import html
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

import mammoth

from handouts.importing.blocks import RefusedDocumentError

_MAX_FILES: Final = 2_000
_MAX_BYTES: Final = 100_000_000  # of all files together, unpacked
_MAX_XML_BYTES: Final = 30_000_000
_EXTERNAL: Final = re.compile(rb"<Relationship\b[^<]*?TargetMode\s*=\s*[\"']External[\"'][^<]*")
_HYPERLINK: Final = re.compile(rb"relationships/hyperlink[\"']")
_TEXT: Final = re.compile(r"<w:(?:t|delText|instrText)(?: [^<>]*)?>([^<]*)</w:(t|delText|instrText)>|</w:(p)>")
_NO_TEXT: Final = re.compile(r"<w:(?:tab|br|cr|noBreakHyphen)(?: [^<>]*)?/>")
# Mammoth knows only text that is struck out once; hidden text is not printed by Word either.
_HIDDEN: Final = re.compile(rb"<w:(?:vanish|dstrike)(?=[\s/>])")
_PARTS: Final = re.compile(r"word/(document|footnotes|endnotes|comments|header|footer)\d*\.xml")
_APART: Final = {"comments": "comment", "header": "header", "footer": "footer"}
_STYLES: Final = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh\ncomment-reference => sup"


def read_docx(raw: bytes) -> tuple[str, Mapping[str, bytes]]:
    """Return a document as HTML, and its pictures by their addresses there. Raises RefusedDocumentError."""
    _check_package(raw)
    pictures: dict[str, bytes] = {}

    def take(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth has no types
        address = f"word-picture-{len(pictures) + 1}"
        with image.open() as file:
            pictures[address] = file.read()
        return {"src": address}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(_mark_hidden_text(raw)), style_map=_STYLES, convert_image=mammoth.images.img_element(take)
        )
    except RefusedDocumentError:
        raise
    except Exception as broken:  # a damaged document raises errors of every kind
        raise RefusedDocumentError(f"the document is damaged: {type(broken).__name__}") from broken
    return f"<body>{result.value}</body>", pictures


def _mark_hidden_text(raw: bytes) -> bytes:
    """Return a document with its hidden text marked as struck out: a draft contains neither."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    marked = {name: _HIDDEN.sub(b"<w:strike", part) if _PARTS.fullmatch(name) else part for name, part in parts.items()}
    if marked == parts:
        return raw
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, part in marked.items():
            package.writestr(name, part)
    return written.getvalue()


def read_docx_words(raw: bytes) -> tuple[str, list[str]]:
    """Return all text of a document, and what is not in its HTML: deleted text, headers, footers and comments."""
    words: list[str] = []
    apart: list[str] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in package.namelist():
            part = _PARTS.fullmatch(name)
            if not part:
                continue
            text, deleted = _read_part(package.read(name).decode("utf-8", "replace"))
            words.append(text)
            apart += [f"deleted text: {one}" for one in deleted]
            if part[1] in _APART:
                apart += [f"{_APART[part[1]]}: {line}" for line in text.split("\n") if line.strip()]
    return "\n".join(words), apart


def _read_part(xml: str) -> tuple[str, list[str]]:
    """Return the text of a part, a paragraph a line, and the text that was deleted while changes were tracked."""
    words: list[str] = []
    deleted: list[str] = []
    for text, kind, paragraph in _TEXT.findall(_NO_TEXT.sub("<w:t> </w:t>", xml)):
        if paragraph:
            words.append("\n")
        elif kind == "delText":
            deleted.append(html.unescape(text))
        elif kind == "t":
            words.append(html.unescape(text))
    return "".join(words), deleted


def _check_package(raw: bytes) -> None:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedDocumentError("this is an old .doc file, or one with a password: save it as .docx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check_files(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as broken:
        raise RefusedDocumentError("the document is damaged, or has a password") from broken


def _check_files(package: zipfile.ZipFile) -> None:
    files = package.infolist()
    if len(files) > _MAX_FILES or sum(file.file_size for file in files) > _MAX_BYTES:
        raise RefusedDocumentError("the document is too large when it is unpacked")
    names = {file.filename for file in files}
    if "word/document.xml" not in names:
        raise RefusedDocumentError("this is not a Word document")
    if any("vbaProject" in name or "/embeddings/" in name or "/activeX/" in name for name in names):
        raise RefusedDocumentError("the document has macros or embedded files: save it as .docx without them")
    for file in files:
        if not file.filename.endswith((".xml", ".rels")):
            continue
        if file.file_size > _MAX_XML_BYTES:
            raise RefusedDocumentError("the document is too large when it is unpacked")
        content = package.read(file)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:  # the last is UTF-16
            raise RefusedDocumentError("the document has declarations of XML that Word does not write")
        linked = [found for found in _EXTERNAL.findall(content) if not _HYPERLINK.search(found)]
        if linked:
            raise RefusedDocumentError("the document loads files from elsewhere: embed its pictures and template")
