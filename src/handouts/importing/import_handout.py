"""Makes a draft of a handout from a document: Word, HTML, Markdown, plain text or the text of a PDF file."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.importing.blocks import CITATION, Block, parse_numbers, remove_markdown
from handouts.importing.docx import RefusedDocumentError, read_docx, read_docx_words
from handouts.importing.draft import choose_title, write_draft
from handouts.importing.export_text import decode_export
from handouts.importing.html_blocks import read_html_blocks
from handouts.importing.merge import Merged, merge_records
from handouts.importing.practice_fields import fill_in_fields
from handouts.importing.record import Record
from handouts.importing.rules import UNREADABLE_DOCUMENT
from handouts.importing.source_list import Source, read_source, split_sources
from handouts.importing.text_blocks import read_text_blocks
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.schema.practice import PracticeProfile
from handouts.system.write import write_whole

_MAX_BYTES: Final = 20_000_000
_MAX_PAGES: Final = 200
_CONTACT: Final = re.compile(r"\+?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|[\w.+-]+@[\w-]+\.[\w.]+|www\.\S+")
_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SCRIPTS: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2089]+")
_TAGS: Final = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^>]+>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a document, all its words, and what was dropped, each with its place."""

    blocks: tuple[Block, ...]
    words: str
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedHandout:
    """A draft, where it goes, the references that it brings, and a report: what was found, what is left to do."""

    path: Path
    draft: str
    references: Merged | None
    report: tuple[str, ...]

    def write(self) -> None:
        """Write the references and the draft. Raises OSError."""
        if self.references and self.references.added:
            self.references.write()
        write_whole(self.path, self.draft.encode("utf-8"))


def read_document(path: Path, problems: Problems) -> Document | None:
    """Return a document that the user named; None if it is refused, which is reported."""
    place = Place(str(path))
    try:
        if path.stat().st_size <= _MAX_BYTES:
            document = _read(path.read_bytes(), path.suffix.lower(), place, problems)
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


def import_handout(
    project: Project,
    profiles: Iterable[PracticeProfile],
    path: Path,
    target: Path,
    document: Document,
    problems: Problems,
) -> ImportedHandout:
    """Return the draft of a document for a target such as content/handouts/<id>/en.md.

    Names, phones and websites of the practices, whose profiles these are, become fields.
    """
    dropped = list(document.dropped)
    replaced: list[str] = []
    body, sources = split_sources(document.blocks, dropped)
    cited = sorted(
        {number for block in body for found in CITATION.findall(block.text) for number in parse_numbers(found)}
    )
    title, without_title = choose_title(body, path.stem.replace("-", " ").replace("_", " ").strip().capitalize())
    identifier = target.parent.name
    records, positions, todo = _match_sources(sources, cited, str(path), identifier)
    merged = merge_records(project, records, problems)
    listed = merged.keys if merged else ("",) * len(records)
    # A number whose source was refused stays a citation, of an id that is not in the list: an error in its place.
    keys = {number: listed[positions[number]] or f"{identifier}-number-{number}" for number in cited}
    blocks = fill_in_fields(without_title, profiles, replaced)
    draft = write_draft(title, blocks, keys)
    report = [
        *_count(blocks, cited, merged),
        *(f"source: {source.text} [@{key}]" for source, key in zip(sources, listed, strict=False)),
        *(f"replaced: {line}" for line in replaced),
        *(f"to do: {line}" for line in [*todo, *_list_tasks(blocks, document.words)]),
        *(f"dropped: {line}" for line in dropped),
    ]
    kept = [title, draft.partition("\n---\n")[2], *report]
    lost = _find_lost_words(document, " ".join(kept))
    return ImportedHandout(target, draft, merged, (*report, *(f"not in the draft: {word}" for word in lost)))


def _read(raw: bytes, suffix: str, place: Place, problems: Problems) -> Document | None:
    dropped: list[str] = []
    if raw.startswith(b"PK") or suffix in {".docx", ".doc", ".docm"}:
        blocks = tuple(read_html_blocks(read_docx(raw), dropped))
        words, deleted = read_docx_words(raw)
        return Document(blocks, words, (*dropped, *(f"deleted text: {text}" for text in deleted)))
    if raw.startswith(b"%PDF"):
        text = _read_pdf(raw)
        dropped.append("pictures, tables and the layout of the PDF file: only its text was read")
        return Document(tuple(read_text_blocks(text, dropped)), text, tuple(dropped))
    decoded = decode_export(raw, place, problems)
    if decoded is None:
        return None
    if suffix in {".html", ".htm", ".xhtml"} or re.match(r"\s*(?:<!doctype html|<html|<body)", decoded, re.IGNORECASE):
        words = html.unescape(_TAGS.sub(" ", decoded))
        return Document(tuple(read_html_blocks(decoded, dropped)), words, tuple(dropped))
    if suffix in {".md", ".markdown"}:
        return _read_markdown(decoded, dropped)
    return Document(tuple(read_text_blocks(decoded, dropped)), decoded, tuple(dropped))


def _read_markdown(text: str, dropped: list[str]) -> Document:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - other documents do not need it

    if front_matter := _FRONT_MATTER.match(text):
        dropped.append(f"front matter: {' '.join(front_matter[0].split())}")
    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(_FRONT_MATTER.sub("", text))
    words = html.unescape(_TAGS.sub(" ", page))
    return Document(tuple(read_html_blocks(page, dropped)), words, tuple(dropped))


def _read_pdf(raw: bytes) -> str:
    import pypdfium2  # noqa: PLC0415 - other documents do not need it

    try:
        pdf = pypdfium2.PdfDocument(raw)
        if len(pdf) > _MAX_PAGES:
            raise RefusedDocumentError(f"the file has more than {_MAX_PAGES} pages")
        return "\n\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf)
    except pypdfium2.PdfiumError as broken:
        raise RefusedDocumentError(f"the PDF file cannot be read: {broken}") from broken


def _match_sources(
    sources: Sequence[Source], cited: Sequence[int], file: str, identifier: str
) -> tuple[list[Record], dict[int, int], list[str]]:
    """Return the records of the sources, their positions by number, and what is left to do.

    Numbers of an unnumbered list are only matched if the list has exactly as many entries: a wrong source is worse
    than none. Else each number gets a place that is marked missing.
    """
    todo: list[str] = []
    records: list[Record] = []
    positions: dict[int, int] = {}
    numbered = all(source.number is not None for source in sources)
    fits = numbered or (bool(cited) and len(sources) == cited[-1])
    for position, source in enumerate(sources):
        record = read_source(source, file)
        if record is None:
            key = f"{identifier}-source-{position + 1}"
            record = Record({"status": "missing", "note": source.text}, Place(file), key)
            todo.append(f"references.yaml, {key}: the parts of this source cannot be told apart: {source.text}")
        if fits:
            positions[source.number or position + 1] = position
        records.append(record)
    if sources and cited and not fits:
        todo.append(
            f"the text cites up to number {cited[-1]}, but the list has {len(sources)} sources without numbers: "
            f"replace each [@{identifier}-number-...] with the source that is meant"
        )
    for number in cited:
        if number not in positions:
            positions[number] = len(records)
            note = f"The document cites this as number {number}."
            records.append(Record({"status": "missing", "note": note}, Place(file), f"{identifier}-number-{number}"))
    return records, positions, todo


def _count(blocks: Sequence[Block], cited: Sequence[int], merged: Merged | None) -> list[str]:
    kinds = Counter(block.kind for block in blocks)
    proposed = sum(block.is_proposed for block in blocks)
    in_text = f"{kinds['heading']} headings ({proposed} by their look), {kinds['paragraph']} paragraphs"
    others = f"{kinds['item'] + kinds['numbered']} items of lists, {kinds['table']} tables, {kinds['picture']} pictures"
    added = len(merged.added) if merged else 0
    return [f"found: {in_text}, {others}", f"found: citations of {len(cited)} numbers; {added} references added"]


def _list_tasks(blocks: Sequence[Block], words: str) -> list[str]:
    tasks = ["front matter: code, dates, audience, main message, disclaimer (marked TODO)"]
    tasks += [
        f'{block.where}: check the heading "{remove_markdown(block.text)}"' for block in blocks if block.is_proposed
    ]
    tasks += [f"{block.where}: add the picture, with its description" for block in blocks if block.kind == "picture"]
    tasks += [f"{block.where}: check the table" for block in blocks if block.kind == "table"]
    tasks += [f"a phone number or address of one practice: {found}" for found in dict.fromkeys(_CONTACT.findall(words))]
    tasks += [
        f"{block.where}: check the note; if it is a source, cite it" for block in blocks if block.text.startswith("[^")
    ]
    marks = [block.where for block in blocks if re.search(r"\\[*†‡§]|[†‡]", block.text)]
    return [*tasks, *(f"{where}: the mark of a note" for where in marks)]


def _find_lost_words(document: Document, kept: str) -> list[str]:
    """Return the words of a document that are neither in the draft nor in the report, with their number."""
    numbers = " ".join(number for block in document.blocks for number in CITATION.findall(block.text))
    lost = _count_words(document.words) - _count_words(re.sub(r"\\(.)", r"\1", f"{kept} {numbers}"))
    return [f"{word} ({times})" if times > 1 else word for word, times in lost.items()]


def _count_words(text: str) -> Counter[str]:
    """Count words and numbers; raised and lowered digits are numbers of their own."""
    apart = _SCRIPTS.sub(r" \g<0> ", text)
    return Counter(re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", apart).casefold()))
