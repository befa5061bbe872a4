"""The index of a library: the words of each handout, with the place that each was found in."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from handouts.model.library import Body, Handout, Library
from handouts.schema.codes import SYSTEMS, normalize_code
from handouts.schema.field_names import FIELD
from handouts.search.words import find_stemmer, split_words, write_sound

_SHORTEST_PREFIX: Final = 2  # letters; a single one would find everything


class Where(IntEnum):
    """What a word was found in; the higher, the more it says about what the handout is about."""

    TEXT = 1
    AUDIENCE = 3
    HEADING = 5
    KEYWORD = 8
    TITLE = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A text of a handout that holds words: for a heading or text, the section with its number, title and id."""

    entry: int
    where: Where
    shown: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One language of a handout, with its codes, each normalized and as it is shown; ICD-10 codes stand apart."""

    handout: Handout
    icd_codes: tuple[tuple[str, str], ...]
    other_codes: tuple[tuple[str, str], ...]
    printed_code: str


@dataclass(slots=True)
class _Collected:
    spots: list[Spot] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_stem: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The words of a library; `words` is sorted.

    `by_word` holds positions in `spots`, `by_stem` and `by_sound` hold words.
    """

    entries: tuple[Entry, ...]
    spots: Sequence[Spot]
    words: Sequence[str]
    by_word: Mapping[str, Sequence[int]]
    by_stem: Mapping[str, frozenset[str]]
    by_sound: Mapping[str, Sequence[str]]
    synonyms: tuple[tuple[tuple[str, ...], ...], ...]
    languages: tuple[str, ...]

    def find_words(self, typed: str, *, whole: bool = False) -> frozenset[str]:
        """Return the words that start with a folded word, or have its stem in a language of the library."""
        stems = {find_stemmer(language)(typed) for language in self.languages}
        found = {word for stem in stems for word in self.by_stem.get(stem, ())}
        if typed in self.by_word:
            found.add(typed)
        if not whole and len(typed) >= _SHORTEST_PREFIX:
            start = bisect_left(self.words, typed)
            end = bisect_left(self.words, typed + "\U0010ffff")
            found.update(self.words[start:end])
        return frozenset(found)

    def find_words_by_sound(self, sound: str) -> list[str]:
        """Return the words that sound like this, or else those that begin like this; none for a very short sound."""
        if len(sound) <= _SHORTEST_PREFIX:
            return []
        if sound in self.by_sound:
            return [*self.by_sound[sound]]
        return [word for other, words in self.by_sound.items() if other.startswith(sound) for word in words]


def _group_by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = {}
    for word in sorted(words):
        by_sound.setdefault(write_sound(word), []).append(word)
    return by_sound


def build_index(library: Library) -> SearchIndex:
    """Index the handouts of a library."""
    collected = _Collected()
    entries = tuple(_index_handout(number, handout, collected) for number, handout in enumerate(library.handouts))
    synonyms = tuple(
        tuple(tuple(split_words(phrase)) for phrase in group) for group in library.settings.search.synonyms
    )
    return SearchIndex(
        entries,
        tuple(collected.spots),
        sorted(collected.by_word),
        collected.by_word,
        {stem: frozenset(words) for stem, words in collected.by_stem.items()},
        _group_by_sound(collected.by_word),
        synonyms,
        tuple(dict.fromkeys(handout.language for handout in library.handouts)),
    )


def _index_handout(number: int, handout: Handout, collected: _Collected) -> Entry:
    stem = find_stemmer(handout.language)
    for spot, text in _list_texts(number, handout):
        position = len(collected.spots)
        collected.spots.append(spot)
        for word in dict.fromkeys(split_words(text)):
            collected.by_word.setdefault(word, []).append(position)
            collected.by_stem.setdefault(stem(word), set()).add(word)
    front = handout.front
    codes = tuple((normalize_code(code), code) for code in front.codes.icd_10_cm)
    others = tuple(
        (normalize_code(code), f"{SYSTEMS[system].title} {code}")
        for system, code in front.codes.list_all()
        if system != "icd-10-cm"
    )
    return Entry(handout, codes, others, normalize_code(front.code))


def _list_texts(number: int, handout: Handout) -> Iterator[tuple[Spot, str]]:
    front = handout.front
    yield Spot(number, Where.TITLE), front.title
    yield Spot(number, Where.AUDIENCE, front.audience), front.audience
    for keyword in front.keywords:
        yield Spot(number, Where.KEYWORD, keyword), keyword
    for part in handout.parts:
        if part.title:
            yield Spot(number, Where.HEADING, part.title), part.title
    for section in handout.sections:
        yield Spot(number, Where.HEADING, section.title, section.id), section.title
        yield Spot(number, Where.TEXT, section.title, section.id), write_words(section.body)
    for block in handout.blocks:
        yield Spot(number, Where.TEXT, block.title), f"{block.title} {write_words(block.body)}"
    rest = " ".join(
        [
            front.main_message,
            *front.actions,
            *front.questions,
            *(f"{entry.term} {entry.meaning}" for entry in front.glossary),
        ]
    )
    yield Spot(number, Where.TEXT), rest


def write_words(body: Body) -> str:
    """Return the words of a text without its markup and fields."""
    words = (
        child.content if child.type in {"text", "code_inline"} else " "
        for token in body.tokens
        for child in token.children or ()
    )
    return FIELD.sub(" ", "".join(words))
