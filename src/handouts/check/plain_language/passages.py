"""The text of a handout in passages: paragraphs, items of lists, cells, headings, values of front matter.

Each is the words that are printed, without citations, notes and pictures; a letter of it leads back to its place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from markdown_it.token import Token

from handouts.model.library import Block, Body, Handout, Section
from handouts.problems.problem import Place
from handouts.read.markdown.comments import column_in_file

Kind = Literal["prose", "heading", "cell", "front"]
_SKIPPED: Final = frozenset(["citation", "footnote_ref", "bad_citation"])
_WORD: Final = re.compile(r"\w+")
_ADDRESS: Final = re.compile(r"\]\((?:[^()\"]|\"[^\"]*\"|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text; `pieces` are offsets in it with what they are in the token that it was read from.

    Without a token, all of it is at `start`. `italics` are the first letters of words in italics, with their words.
    """

    text: str
    kind: Kind
    start: Place
    token: Token | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    italics: tuple[tuple[int, int], ...] = ()

    def place(self, offset: int) -> Place:
        """Give the place of the letter at an offset; that of the value for front matter and titles."""
        if self.token is None or not self.pieces:
            return self.start
        begun, there = self.pieces[bisect_right(self.pieces, (offset, len(self.token.content))) - 1]
        place = _place(self.token, self.start, there + offset - begun)
        if self.kind != "cell":
            return place
        bars = self.token.content.count("|", 0, there + offset - begun)  # each was written with a backslash
        return Place(place.file, place.line, place.column + bars)


def _place(token: Token, origin: Place, offset: int) -> Place:
    content = token.content
    line = content.count("\n", 0, offset)
    column = offset - content.rfind("\n", 0, offset)
    columns = token.meta.get("columns", ())
    if line < len(columns):
        cuts = token.meta["cuts"]
        column = column_in_file(cuts[line] if cuts else (), column + columns[line] - 1) + 1
    return Place(origin.file, origin.line + (token.map[0] if token.map else 0) + line, column)


@dataclass(frozen=True, slots=True)
class Unit:
    """Texts that are read as one: a section, a block, the notes or the front matter, with its title and place."""

    title: str
    place: Place
    passages: tuple[Passage, ...]


def units_of(handout: Handout) -> tuple[Unit, ...]:
    """Give all texts of a handout in the order in which they stand on its pages."""
    front = Unit("front matter", handout.place, tuple(_front(handout)))
    printed: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
    parts = tuple(Passage(part.title, "heading", part.place) for part in handout.parts if part.title)
    notes = tuple(passage for note in handout.notes.values() for passage in passages_of(note))
    return (
        front,
        *([Unit("parts", handout.place, parts)] if parts else []),
        *(Unit(one.title or one.id, one.place, (*_title(one), *passages_of(one.body))) for one in printed),
        *([Unit("notes", handout.place, notes)] if notes else []),
    )


def _title(one: Section | Block) -> tuple[Passage, ...]:
    return (Passage(one.title, "heading", one.place),) if one.title else ()


def _front(handout: Handout) -> Iterator[Passage]:
    def at(*path: str | int) -> Place:
        return handout.front_at.get(path, handout.place)

    front = handout.front
    yield Passage(front.title, "heading", at("title"))
    yield Passage(front.audience, "heading", at("audience"))
    yield Passage(front.main_message, "front", at("main_message"))
    for number, action in enumerate(front.actions):
        yield Passage(action, "front", at("actions", number))
    for number, question in enumerate(front.questions):
        yield Passage(question, "front", at("questions", number))
    for number, entry in enumerate(front.glossary):
        yield Passage(entry.meaning, "front", at("glossary", number, "meaning"))
    if front.sponsor:
        yield Passage(front.sponsor, "front", at("sponsor"))
    yield Passage(front.disclaimer, "front", at("disclaimer"))


def passages_of(body: Body) -> Iterator[Passage]:
    """Give the passages of a body, in order; those without a word are left out."""
    origin = body.origin or Place("")
    before = ""
    for token in body.tokens:
        if token.type == "inline":
            kind: Kind = "cell" if before in {"td_open", "th_open"} else "prose"
            passage = _passage(token, "heading" if before == "heading_open" else kind, origin)
            if passage.text.strip():
                yield passage
        before = token.type


def _passage(token: Token, kind: Kind, origin: Place) -> Passage:
    content = token.content
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    italics: list[tuple[int, int]] = []
    length = cursor = begun = 0
    for child in token.children or ():
        written = ""
        if child.type in {"text", "code_inline", "text_special"}:
            written = child.content
            found, cursor = _found(content, written, cursor)
            pieces += [(length + offset, there) for offset, there in found]
        elif child.type in {"softbreak", "hardbreak"}:
            written = " "
            pieces.append((length, max(content.find("\n", cursor), cursor)))
        elif child.type in _SKIPPED:
            cursor = child.meta["offset"] + 1
            cursor = content.find("]", cursor) + 1 or cursor
        elif child.type in {"image", "link_close"}:
            cursor = _after_address(content, max(cursor, child.meta.get("offset", 0)), child)
        elif child.type == "em_open":
            begun = length
        elif child.type == "em_close":
            italics.append((begun, length))
        parts.append(written)
        length += len(written)
    return Passage("".join(parts), kind, origin, token, tuple(pieces), tuple(italics))


def _found(content: str, written: str, cursor: int) -> tuple[list[tuple[int, int]], int]:
    """Find a text in the Markdown from a place on: whole, or word by word where characters of it are escaped."""
    there = content.find(written, cursor)
    if there >= 0:
        return [(0, there)], there + len(written)
    pieces = [(0, cursor)]
    for word in _WORD.finditer(written):
        there = content.find(word.group(), cursor)
        if there >= 0:
            pieces.append((word.start(), there))
            cursor = there + len(word.group())
    return pieces, cursor


def _after_address(content: str, cursor: int, child: Token) -> int:
    if child.markup == "autolink":
        return cursor
    address = _ADDRESS.search(content, cursor)
    return address.end() if address else cursor
