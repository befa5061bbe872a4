"""Reads the text of a PDF file in the order of its tags, with a chapter for each heading."""

import ctypes
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

from handouts.review.chapters import Chapter, ReviewText
from handouts.review.passages import Passage
from handouts.review.spans import Span
from handouts.review.versions import NoVersionError

_CHAPTERS: Final[dict[str, int]] = {"H1": 1, "H2": 1, "H3": 2, "H4": 2}
_INLINE: Final = frozenset(
    {"Span", "Link", "Reference", "Note", "Lbl", "Em", "Strong", "Quote", "Code", "Annot", "Sub"}
)
_START: Final = "At the start"
_MARGIN: Final = "in the margins"
_LABEL: Final = re.compile(r"\S{1,4}")  # of an item: a bullet or a number
_BULLET: Final = re.compile(r"^[\u2022\u25e6\u25aa\u2013-]\s+")
_UNENDED: Final = re.compile(r"[^.?!:]$")
_MOST_OBJECTS: Final = 100_000  # of a page
_MAX_DEPTH: Final = 64

Box = tuple[float, float, float, float]
Texts = dict[int, list[tuple[str, Box]]]


def read_pdf_text(pdf: pypdfium2.PdfDocument, name: str) -> ReviewText:
    """Return the text of a PDF file; text that has no tag, such as page numbers, is a fact of it.

    A page without tags is a chapter of its own, and so is one with tagged text in forms: PDFium does not say which form
    a tag is of. Raises NoVersionError for pages that no program writes.
    """
    reader = _Reader()
    margins: dict[str, None] = {}
    for number, page in enumerate(pdf, start=1):
        texts, by_form = _read_texts(page)
        roots = [*_list_roots(page)]
        if not roots or by_form:
            reader.chapters.append((f"Page {number}", 1, _read_untagged(by_form or texts)))
            continue
        reader.texts = texts
        reader.begin_page()
        for element in roots:
            reader.read(element, 0)
        reader.end_passage()
        margins |= dict.fromkeys(_join(line) for line in _split_lines(texts.get(-1, [])))
        margins |= dict.fromkeys(_join(texts[mark]) for mark in texts.keys() - reader.used if mark >= 0)
    title = str(pdf.get_metadata_value("Title") or name)
    lines = [line for line in margins if line]
    return ReviewText(title, "", {_MARGIN: "; ".join(lines)} if lines else {}, tuple(reader.finish()))


@dataclass(slots=True)
class _Reader:
    """Collects passages by chapter; `used` are the marks of the text on this page that were read."""

    texts: Texts = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    chapters: list[tuple[str, int, list[Passage]]] = field(default_factory=lambda: [(_START, 1, [])])
    words: list[tuple[str, Box]] = field(default_factory=list)
    goes_on: bool = False

    def begin_page(self) -> None:
        """Forget the marks of the page before; its last paragraph may go on."""
        self.used = set()
        self.goes_on = True

    def read(self, element: Any, depth: int) -> None:  # noqa: ANN401 - a pointer of PDFium
        """Read an element and those within it."""
        if depth > _MAX_DEPTH:
            raise NoVersionError("its tags are nested too deeply")
        kind = _read_string(raw.FPDF_StructElement_GetType, element)
        is_inline = kind in _INLINE or (kind in {"LBody", "P"} and bool(_LABEL.fullmatch(_join(self.words))))
        if not is_inline:
            self.end_passage()
        if kind == "Figure":
            description = _read_string(raw.FPDF_StructElement_GetAltText, element)
            self._add(Passage("picture", (Span(description),)) if description else None)
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
                self.read(child, depth + 1)
            elif mark >= 0 and mark in self.texts and mark not in self.used:
                self.used.add(mark)
                self.words += self.texts[mark]
        if kind in _CHAPTERS:
            self._begin_chapter(_CHAPTERS[kind])
        elif not is_inline:
            self.end_passage()

    def end_passage(self) -> None:
        """Make a passage of the words that were collected."""
        text, self.words = _BULLET.sub("", _join(self.words), count=1), []
        self._add(Passage("paragraph", (Span(text),)) if text else None)

    def finish(self) -> Iterator[Chapter]:
        """Yield the chapters; one with the same title as another has a number in its key."""
        counts: defaultdict[str, int] = defaultdict(int)
        for title, level, passages in self.chapters:
            counts[title] += 1
            key = title if counts[title] == 1 else f"{title} ({counts[title]})"
            if passages or title != _START:
                yield Chapter(key, title, tuple(passages), level)

    def _begin_chapter(self, level: int) -> None:
        title, self.words = _join(self.words), []
        self.goes_on = False
        if title:
            self.chapters.append((title, level, []))

    def _add(self, passage: Passage | None) -> None:
        if passage is None:
            return
        passages = self.chapters[-1][2]
        # A paragraph that goes on at the top of the next page is one.
        before = passages[-1] if passages and self.goes_on else None
        if (
            before
            and before.kind == passage.kind == "paragraph"
            and _UNENDED.search(before.text)
            and passage.text[0].islower()
        ):
            passages[-1] = Passage("paragraph", (Span(f"{before.text} {passage.text}"),))
        else:
            passages.append(passage)
        self.goes_on = False


def _read_untagged(texts: Texts) -> list[Passage]:
    words = [_join(marked) for marked in texts.values()]
    return [Passage("paragraph", (Span(one),)) for one in words if one]


def _read_texts(page: pypdfium2.PdfPage) -> tuple[Texts, Texts]:
    """Return the texts of a page with their boxes, by the mark that ties them to a tag; -1 for none.

    If a form on the page has tagged text, return also all texts by form, 0 for those in none.
    """
    texts: Texts = {}
    by_form: Texts = {}
    has_tags_in_forms = False
    text_page = page.get_textpage()
    for number, text in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])):
        if number > _MOST_OBJECTS:
            raise NoVersionError("a page has too many pieces of text")
        mark = raw.FPDFPageObj_GetMarkedContentID(text.raw)
        words = _read_string(lambda *buffer, text=text: raw.FPDFTextObj_GetText(text.raw, text_page.raw, *buffer))
        form = ctypes.cast(text.container.raw, ctypes.c_void_p).value or 0 if text.level else 0
        has_tags_in_forms = has_tags_in_forms or (mark >= 0 and bool(form))
        for collected, key in ((texts, mark), (by_form, form)):
            collected.setdefault(key, []).append((words, text.get_bounds()))
    return texts, by_form if has_tags_in_forms else {}


def _list_roots(page: pypdfium2.PdfPage) -> Iterator[Any]:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    for at in range(raw.FPDF_StructTree_CountChildren(tree) if tree else 0):
        if element := raw.FPDF_StructTree_GetChildAtIndex(tree, at):
            yield element


def _read_string(function: Callable[..., int], *arguments: Any) -> str:  # noqa: ANN401 - pointers of PDFium
    """Return what a function of PDFium writes into a buffer, which it first says the size of."""
    size = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _split_lines(texts: list[tuple[str, Box]]) -> Iterator[list[tuple[str, Box]]]:
    """Yield the texts of each line."""
    line: list[tuple[str, Box]] = []
    for text in texts:
        if line and text[1][0] < line[-1][1][2] - 1:
            yield line
            line = []
        line.append(text)
    if line:
        yield line


def _join(texts: list[tuple[str, Box]]) -> str:
    """Return texts with a space wherever one stands apart from the one before, or on the next line."""
    joined = ""
    right = height = 0.0
    for text, (left, bottom, text_right, top) in texts:
        is_apart = left < right - 1 or left - right > height / 5
        joined += f" {text}" if joined and is_apart else text
        right, height = text_right, top - bottom
    return " ".join(joined.split())
