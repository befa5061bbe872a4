"""Compares two versions of a handout: what changed for the patient, chapter by chapter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from handouts.review.chapters import Chapter, ReviewText
from handouts.review.passages import Passage
from handouts.review.spans import Span, write_plainly
from handouts.review.word_changes import Kind, Piece, compare_words, measure_similarity

_TITLE_NUMBER: Final = re.compile(r"\d+\. ")
_SIMILAR: Final = 0.5  # share of words that two passages have in common to be one that was changed
_MOST_PAIRS: Final = 400  # of passages that are compared with each other


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that was changed, added or removed, in pieces; `label` says what kind of passage it is."""

    pieces: tuple[Piece, ...]
    label: str = ""

    @property
    def has_numbers(self) -> bool:
        """Whether a number, such as a dose or a time, was changed."""
        return any(
            re.search(r"\d", piece.text) for piece in self.pieces if piece.kind != "same" and not piece.is_citation
        )


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """The changes of a chapter, or a whole one that was added or removed."""

    title: str
    kind: Literal["changed", "added", "removed"]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions: facts of the front matter as (name, old, new), and chapters.

    `is_reordered` if chapters that both have are in another order.
    """

    facts: tuple[tuple[str, str, str], ...]
    chapters: tuple[ChapterChange, ...]
    is_reordered: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.facts or self.chapters or self.is_reordered)


def compare_versions(old: ReviewText, new: ReviewText) -> Comparison:
    """Compare two versions of a handout. A citation whose number alone changed is no change."""
    old_facts, new_facts = {"title": old.title, **old.facts}, {"title": new.title, **new.facts}
    names = dict.fromkeys((*old_facts, *new_facts))
    facts = ((name, old_facts.get(name, ""), new_facts.get(name, "")) for name in names)
    pairs = _pair_chapters(old.chapters, new.chapters)
    kept = [before.key for before, after in pairs if before and after]
    in_old_order = [chapter.key for chapter in old.chapters if chapter.key in set(kept)]
    return Comparison(
        tuple((name, before, after) for name, before, after in facts if before != after),
        tuple(change for before, after in pairs if (change := _compare_chapters(before, after))),
        is_reordered=kept != in_old_order,
    )


def _pair_chapters(old: Sequence[Chapter], new: Sequence[Chapter]) -> list[tuple[Chapter | None, Chapter | None]]:
    """Pair chapters by id, else by title, in the new order; a chapter that was removed follows the one before it."""
    by_key = {chapter.key: chapter for chapter in old}
    by_title = {_remove_number(chapter.title).casefold(): chapter for chapter in old}
    new_keys = {chapter.key for chapter in new}
    pairs: list[tuple[Chapter | None, Chapter | None]] = []
    paired: set[str] = set()
    for chapter in new:
        before = by_key.get(chapter.key) or by_title.get(_remove_number(chapter.title).casefold())
        if before and (before.key in paired or (before.key != chapter.key and before.key in new_keys)):
            before = None
        if before:
            paired.add(before.key)
        pairs.append((before, chapter))
    for at, chapter in enumerate(old):
        if chapter.key not in paired:
            above = {one.key for one in old[:at]}
            after = max((n for n, (before, _) in enumerate(pairs) if before and before.key in above), default=-1)
            pairs.insert(after + 1, (chapter, None))
    return pairs


def _compare_chapters(old: Chapter | None, new: Chapter | None) -> ChapterChange | None:
    if old is None:
        return _make_whole(new, "added") if new else None
    if new is None:
        return _make_whole(old, "removed")
    titles = _remove_number(old.title), _remove_number(new.title)
    changes = [*_compare_passages(old.passages, new.passages)]
    if titles[0] != titles[1]:
        changes.insert(0, Change(compare_words([Span(titles[0])], [Span(titles[1])]), "title"))
    return ChapterChange(new.title, "changed", tuple(changes)) if changes else None


def _make_whole(chapter: Chapter, kind: Literal["added", "removed"]) -> ChapterChange:
    return ChapterChange(chapter.title, kind, tuple(_make_change(passage, kind) for passage in chapter.passages))


def _compare_passages(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [*map(_identify, old)], [*map(_identify, new)], autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        for before, after in _pair_passages(old[old_start:old_end], new[new_start:new_end]):
            if before and after:
                is_redrawn = before.picture and after.picture and before.picture.digest != after.picture.digest
                label = "picture, drawn anew" if is_redrawn else _name(after)
                yield Change(compare_words(_list_spans(before), _list_spans(after)), label)
            elif before:
                yield _make_change(before, "removed")
            elif after:
                yield _make_change(after, "added")


def _pair_passages(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Pair each passage with the first similar one that follows the pair before; others stay alone."""
    first = 0
    alike = len(old) * len(new) <= _MOST_PAIRS
    for before in old:
        later = range(first, len(new) if alike else min(first + 1, len(new)))
        at = next((at for at in later if _is_similar(before, new[at])), None)
        if at is None:
            yield before, None
            continue
        yield from ((None, added) for added in new[first:at])
        yield before, new[at]
        first = at + 1
    yield from ((None, added) for added in new[first:])


def _is_similar(old: Passage, new: Passage) -> bool:
    if (old.kind == "picture") != (new.kind == "picture"):
        return False
    if old.kind == "picture":
        return True
    return measure_similarity(old.text, new.text) >= _SIMILAR


def _identify(passage: Passage) -> tuple[str, ...]:
    """Return what makes a passage the same: its kind, its words, and the content of its picture."""
    words = tuple(span.means or write_plainly([span]) for span in _list_spans(passage))
    return (passage.kind, "".join(words), passage.picture.digest if passage.picture else "")


def _list_spans(passage: Passage) -> list[Span]:
    if not passage.cells:
        return list(passage.spans)
    return [span for at, cell in enumerate(passage.cells) for span in (*([Span(" | ")] if at else []), *cell)]


def _make_change(passage: Passage, kind: Kind) -> Change:
    pieces = tuple(Piece(kind, write_plainly([span]), bool(span.means)) for span in _list_spans(passage))
    return Change(pieces, _name(passage))


def _name(passage: Passage) -> str:
    match passage.kind:
        case "paragraph":
            return ""
        case "head-row" | "row":
            return "row of a table"
        case "numbered":
            return f"item {passage.label.rstrip('.')}"
        case "box":
            return passage.label
    return passage.kind


def _remove_number(title: str) -> str:
    return _TITLE_NUMBER.sub("", title, count=1)
