"""The texts of a handout as they are printed, without markup, citations, notes and pictures.

Each letter of a printed text leads back to its place in the file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from markdown_it.token import Token

from handouts.check.markdown_texts import MarkdownText, find_texts
from handouts.model.library import Block, Body, Handout, Section
from handouts.problems.problem import Place

Kind = Literal["prose", "heading", "cell", "front"]
_UNPRINTED: Final = frozenset({"citation", "footnote_ref", "bad_citation"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD: Final = re.compile(r"\w+")
_ADDRESS: Final = re.compile(r"\]\((?:[^()\"]|\"[^\"]*\"|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A paragraph, an item of a list, a heading, a table cell or a value of the front matter.

    `source` is None for front matter and titles: all of the text is at `start` then. `pieces` are offsets into the
    text, each with the offset into the Markdown that it came from. `italics` are start and end of words in italics.
    """

    text: str
    kind: Kind
    start: Place
    source: MarkdownText | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    italics: tuple[tuple[int, int], ...] = ()

    def place(self, offset: int) -> Place:
        """Return the place of the letter at an offset, or of the whole value for front matter and titles."""
        if self.source is None or not self.pieces:
            return self.start
        piece, in_markdown = self.pieces[bisect_right(self.pieces, (offset, len(self.source.markdown))) - 1]
        return self.source.place(in_markdown + offset - piece)


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """Texts that are read as one, with a title: a section, a block, the notes or the front matter."""

    title: str
    place: Place
    texts: tuple[PrintedText, ...]


def split_into_units(handout: Handout) -> tuple[PrintedUnit, ...]:
    """Return all texts of a handout, the front matter first."""
    front = PrintedUnit("front matter", handout.place, tuple(_find_front_matter_texts(handout)))
    parts = tuple(PrintedText(part.title, "heading", part.place) for part in handout.parts if part.title)
    printed: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
    notes = tuple(text for note in handout.notes.values() for text in find_printed_texts(note))
    return (
        front,
        *([PrintedUnit("parts", handout.place, parts)] if parts else []),
        *map(_make_unit, printed),
        *([PrintedUnit("notes", handout.place, notes)] if notes else []),
    )


def _make_unit(printed: Section | Block) -> PrintedUnit:
    title = [PrintedText(printed.title, "heading", printed.place)] if printed.title else []
    return PrintedUnit(printed.title or printed.id, printed.place, (*title, *find_printed_texts(printed.body)))


def _find_front_matter_texts(handout: Handout) -> Iterator[PrintedText]:
    def at(*path: str | int) -> Place:
        return handout.front_at.get(path, handout.place)

    front = handout.front
    yield PrintedText(front.title, "heading", at("title"))
    yield PrintedText(front.audience, "heading", at("audience"))
    yield PrintedText(front.main_message, "front", at("main_message"))
    for number, action in enumerate(front.actions):
        yield PrintedText(action, "front", at("actions", number))
    for number, question in enumerate(front.questions):
        yield PrintedText(question, "front", at("questions", number))
    for number, entry in enumerate(front.glossary):
        yield PrintedText(entry.meaning, "front", at("glossary", number, "meaning"))
    if front.sponsor:
        yield PrintedText(front.sponsor, "front", at("sponsor"))
    yield PrintedText(front.disclaimer, "front", at("disclaimer"))


def find_printed_texts(body: Body) -> Iterator[PrintedText]:
    """Yield the printed texts of a body, in order; those without a word are left out."""
    for source in find_texts(body, body.origin or Place("")):
        printed = _print_text(source)
        if printed.text.strip():
            yield printed


def _print_text(source: MarkdownText) -> PrintedText:
    markdown = source.markdown
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    italics: list[tuple[int, int]] = []
    length = 0  # of the printed text so far
    cursor = 0  # in the Markdown
    italics_start = 0
    for child in source.children:
        printed = ""
        if child.type in {"text", "code_inline", "text_special"}:
            printed = child.content
            new_pieces, cursor = _find_in_markdown(markdown, printed, cursor)
            pieces += [(length + offset, in_markdown) for offset, in_markdown in new_pieces]
        elif child.type in {"softbreak", "hardbreak"}:
            printed = " "
            pieces.append((length, max(markdown.find("\n", cursor), cursor)))
        elif child.type in _UNPRINTED:
            cursor = child.meta["offset"] + 1
            cursor = markdown.find("]", cursor) + 1 or cursor
        elif child.type in {"image", "link_close"}:
            cursor = _skip_address(markdown, max(cursor, child.meta.get("offset", 0)), child)
        elif child.type == "em_open":
            italics_start = length
        elif child.type == "em_close":
            italics.append((italics_start, length))
        parts.append(printed)
        length += len(printed)
    kind: Kind = "cell" if source.is_cell else "heading" if source.tag in _HEADINGS else "prose"
    return PrintedText("".join(parts), kind, source.origin, source, tuple(pieces), tuple(italics))


def _find_in_markdown(markdown: str, printed: str, cursor: int) -> tuple[list[tuple[int, int]], int]:
    """Find a printed text in the Markdown after a cursor: whole, or word by word if characters of it are escaped.

    Return its pieces (offset in the printed text, offset in the Markdown) and the cursor behind it.
    """
    start = markdown.find(printed, cursor)
    if start >= 0:
        return [(0, start)], start + len(printed)
    pieces = [(0, cursor)]
    for word in _WORD.finditer(printed):
        start = markdown.find(word.group(), cursor)
        if start >= 0:
            pieces.append((word.start(), start))
            cursor = start + len(word.group())
    return pieces, cursor


def _skip_address(markdown: str, cursor: int, child: Token) -> int:
    if child.markup == "autolink":
        return cursor
    address = _ADDRESS.search(markdown, cursor)
    return address.end() if address else cursor
