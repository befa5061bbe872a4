"""Writes a handout as a Word document, for reviewers who comment in it. Needs python-docx, an extra."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handouts.problems.exceptions import HandoutsError
from handouts.review.chapters import Chapter, ReviewText
from handouts.review.passages import Passage
from handouts.review.spans import Span, write_plainly

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_PICTURE_WIDTH: Final = 2_286_000  # 6.35 cm in EMU, of pictures that Word can show
_PICTURE_PIXELS: Final = 1000
_SHOWN_BY_WORD: Final = frozenset({".png", ".jpg", ".jpeg"})
_DEEPEST_LIST: Final = 3  # levels that Word's own styles have
_DEEPEST_HEADING: Final = 9
_GRAY: Final = (0x59, 0x59, 0x59)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


class NoWordWriterError(HandoutsError):
    """python-docx is not installed."""


def write_word_file(text: ReviewText, written: dt.date) -> bytes:
    """Return a handout as .docx with Word's own styles; `written` is the date in its properties.

    Raises NoWordWriterError.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise NoWordWriterError("python-docx is not installed") from None
    document = docx.Document()
    _set_properties(document, text, written)
    document.add_heading(text.title, 0)
    for name, value in text.facts.items():
        paragraph = document.add_paragraph(style="No Spacing")
        paragraph.add_run(f"{name.replace('_', ' ').capitalize()}: ").bold = True
        paragraph.add_run(value)
    for chapter in text.chapters:
        _ChapterWriter(document, chapter).write()
    return _save(document)


class _ChapterWriter:
    """Writes the passages of a chapter."""

    def __init__(self, document: "Document", chapter: Chapter) -> None:
        """Take the document to write to; nothing is written yet."""
        self._document = document
        self._chapter = chapter
        self._table: Any = None  # python-docx has no types for tables
        self._lists: dict[int, tuple[int, int]] = {}  # number of Word's list and of its last item, by level

    def write(self) -> None:
        """Write the heading, with the id that authors find the section by, and the passages."""
        heading = self._document.add_heading(self._chapter.title, self._chapter.level)
        if self._chapter.has_id:
            _write_gray(heading, f"  #{self._chapter.key}")
        for passage in self._chapter.passages:
            if passage.kind not in {"row", "head-row"}:
                self._table = None
            self._write_passage(passage)

    def _write_passage(self, passage: Passage) -> None:
        match passage.kind:
            case "heading":
                level = min(_DEEPEST_HEADING, self._chapter.level + passage.level - 2)
                _write(self._document.add_heading(level=level), passage.spans)
            case "row" | "head-row":
                self._write_row(passage)
            case "picture":
                self._write_picture(passage)
            case "item":
                self._write_item(passage, "List Bullet")
            case "numbered" | "source":
                self._number(self._write_item(passage, "List Number"), passage)
            case "box":
                heading = self._document.add_paragraph()
                heading.add_run(f"{passage.label.capitalize()}: {passage.text}").bold = True
            case "note":
                _write(self._document.add_paragraph(), [Span(f"{passage.label} "), *passage.spans])
            case "quotation":
                _write(self._document.add_paragraph(style="Quote"), passage.spans)
            case "term":
                _write(self._document.add_paragraph(), [Span(write_plainly(passage.spans), bold=True)])
            case _:
                style = "List Continue" if passage.level or passage.kind == "meaning" else None
                _write(self._document.add_paragraph(style=style), passage.spans)

    def _write_item(self, passage: Passage, style: str) -> "Paragraph":
        level = min(passage.level + 1, _DEEPEST_LIST)
        paragraph = self._document.add_paragraph(style=style if level == 1 else f"{style} {level}")
        _write(paragraph, passage.spans)
        return paragraph

    def _number(self, paragraph: "Paragraph", passage: Passage) -> None:
        """Make a paragraph the next item of its list, or the first one of a new list."""
        number = int(passage.label.rstrip("."))
        known, last = self._lists.get(passage.level, (0, 0))
        if number != last + 1 or not known:
            numbering = self._document.part.numbering_part.element
            assert paragraph.style  # noqa: S101 - it was written with one
            of_style = paragraph.style.element.pPr.numPr.numId.val
            new = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
            new.add_lvlOverride(ilvl=0).add_startOverride(number)
            known = new.numId
        self._lists[passage.level] = known, number
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx starts no list anew
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, known

    def _write_row(self, passage: Passage) -> None:
        if self._table is None or passage.kind == "head-row":
            self._table = self._document.add_table(0, len(passage.cells), style="Table Grid")
        row = self._table.add_row()
        is_head = passage.kind == "head-row"
        for cell, spans in zip(row.cells, passage.cells, strict=True):
            _write(cell.paragraphs[0], [Span(write_plainly(spans), bold=True)] if is_head else spans)

    def _write_picture(self, passage: Passage) -> None:
        picture = passage.picture
        if picture and picture.path.suffix.lower() in _SHOWN_BY_WORD:
            self._document.add_picture(io.BytesIO(_shrink(picture.path)), width=_PICTURE_WIDTH)
        paragraph = self._document.add_paragraph(style="Caption")
        _write(paragraph, [Span("Picture: "), *passage.spans])
        if picture:
            _write_gray(paragraph, f"  {picture.path.name}")


def _write(paragraph: "Paragraph", spans: Sequence[Span]) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold, run.italic = span.bold or None, span.italic or None
        if span.position == "sup":
            run.font.superscript = True
        elif span.position == "sub":
            run.font.subscript = True
        if span.link and span.link != span.text and not span.link.startswith("#"):
            _write_gray(paragraph, f" ({span.link})")


def _write_gray(paragraph: "Paragraph", text: str) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - an extra

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(*_GRAY)


def _shrink(path: Path) -> bytes:
    """Return a picture as PNG, without what a camera stored beside it."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - most handouts have drawings

    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((_PICTURE_PIXELS, _PICTURE_PIXELS))
    saved = io.BytesIO()
    upright.save(saved, "PNG")
    return saved.getvalue()


def _set_properties(document: "Document", text: ReviewText, written: dt.date) -> None:
    properties = document.core_properties
    day = dt.datetime.combine(written, dt.time(), dt.UTC)
    properties.title, properties.language = text.title, text.language
    properties.author = properties.last_modified_by = ""
    properties.comments = "For review. Not for patients."
    properties.created = properties.modified = day


def _save(document: "Document") -> bytes:
    """Return the file of a document, the same bytes for the same document: its parts have no time of day."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
