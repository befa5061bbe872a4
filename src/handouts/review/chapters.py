"""A handout as reviewers and staff read it: what it is, and its chapters in the order of the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.ama.entry import format_reference
from handouts.model.library import Handout, Practice, ReferenceEntry
from handouts.numbering.number import Numbered, number, number_for
from handouts.numbering.number import Passage as NumberedText
from handouts.numbering.select import select
from handouts.review.passages import Passage, PassageKind, read_passages
from handouts.review.spans import Span

_FACTS: Final = (
    *("code", "version", "published", "review_due", "status", "reviewed_by", "audience", "sponsor", "web"),
)
_IMPORTANT: Final = "Important safety information"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section, a block or a piece of the front matter, with its passages.

    `key` is the id that an author gave it, or the name of the piece; `level` is that of its heading, 1 or 2. A part is
    a chapter without passages.
    """

    key: str
    title: str
    passages: tuple[Passage, ...]
    level: int = 1
    has_id: bool = False


@dataclass(frozen=True, slots=True)
class ReviewText:
    """The whole text of a version of a handout; `facts` are entries of its front matter, by name."""

    title: str
    language: str
    facts: Mapping[str, str]
    chapters: tuple[Chapter, ...]


def make_review_text(
    handout: Handout, references: Mapping[str, ReferenceEntry], practice: Practice | None = None
) -> ReviewText:
    """Return the text of a handout; with a practice, with its fields filled in and its inserts."""
    selection = select(handout)
    numbered = number_for(selection, practice) if practice else number(selection)
    front = numbered.selection.handout.front
    facts = {name: str(value) for name in _FACTS if (value := getattr(front, name))}
    return ReviewText(front.title, handout.language, facts, tuple(_list_chapters(numbered, references)))


def _list_chapters(numbered: Numbered, references: Mapping[str, ReferenceEntry]) -> Iterator[Chapter]:
    selection = numbered.selection
    front = selection.handout.front
    yield from _make_chapter("main-message", "The main point", [_say(front.main_message)])
    for block in selection.urgent:
        yield Chapter(block.id, block.title, _read(numbered, block.id), has_id=True)
    yield from _make_chapter("actions", "What you can do now", [_say(text, "item") for text in front.actions])
    for part in selection.parts:
        if part.id:
            yield Chapter(part.id, part.title, (), has_id=True)
        for section in part.sections:
            title = f"{section.number}. {section.title}"
            yield Chapter(section.id, title, _read(numbered, section.id), 2 if part.id else 1, has_id=True)
    yield from _make_chapter("questions", "Questions to ask", [_say(text, "item") for text in front.questions])
    for block in selection.important:
        yield Chapter(block.id, block.title or _IMPORTANT, _read(numbered, block.id), has_id=True)
    meanings = [
        passage for entry in front.glossary for passage in (_say(entry.term, "term"), _say(entry.meaning, "meaning"))
    ]
    yield from _make_chapter("glossary", "Words to know", meanings)
    yield from _make_chapter("references", "References", [*_list_sources(numbered, references)])
    yield from _make_chapter("disclaimer", "Please note", [_say(front.disclaimer)])


def _make_chapter(key: str, title: str, passages: Sequence[Passage]) -> Iterator[Chapter]:
    if passages:
        yield Chapter(key, title, tuple(passages))


def _say(text: str, kind: PassageKind = "paragraph") -> Passage:
    return Passage(kind, (Span(text),))


def _read(numbered: Numbered, identifier: str) -> tuple[Passage, ...]:
    return tuple(_read_text(numbered, numbered.passages[identifier]))


def _read_text(numbered: Numbered, text: NumberedText) -> Iterator[Passage]:
    for insert in text.inserts:
        if insert.at == "start":
            yield from _read_text(numbered, insert)
    yield from read_passages(text.body, numbered)
    for note in text.notes:
        for passage in read_passages(note.body, numbered):
            yield Passage("note", passage.spans, label=note.symbol)
    for insert in text.inserts:
        if insert.at != "start":
            yield from _read_text(numbered, insert)


def _list_sources(numbered: Numbered, references: Mapping[str, ReferenceEntry]) -> Iterator[Passage]:
    for place, key in enumerate(numbered.listed, start=1):
        runs = format_reference(references[key].reference)
        spans = tuple(Span(run.text, italic=run.italic, position=run.position, link=run.url) for run in runs)
        yield Passage("source", spans, label=f"{place}.")
