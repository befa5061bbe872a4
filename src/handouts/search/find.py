"""Finds handouts by what staff type: all words of a query, codes, and the nearest words for typing errors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from handouts.model.library import Handout
from handouts.schema.codes import normalize_code
from handouts.search.codes import Relation, compare_icd_codes, is_icd_code
from handouts.search.index import SearchIndex, Spot, Where
from handouts.search.words import split_words, write_sound

_LONGEST_QUERY: Final = 200  # characters
_MOST_WORDS: Final = 12
_SHORTEST_CORRECTED: Final = 4  # letters; shorter words are near to too many others
_LONG: Final = 6  # letters; from here on, two letters may be wrong
_MOST_CORRECTIONS: Final = 4
_MOST_NEAR: Final = 50
_CODE_SCORE: Final = 40
_RELATION_SCORES: Final[dict[Relation, int]] = {"same": 40, "wider": 30, "narrower": 25}


@dataclass(frozen=True, slots=True)
class Match:
    """Why a handout was found: `where` is None for codes; `relation` is that of an ICD-10 code to the typed one."""

    where: Where | None
    shown: str = ""
    section: str = ""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One language of a handout that was found, with the reasons, the best one first."""

    handout: Handout
    score: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The handouts that a query found, the best first; `corrections` are typed words with those found instead.

    `is_partial` means that no handout has all of the words.
    """

    hits: tuple[Hit, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False


def find_handouts(index: SearchIndex, query: str) -> Found:
    """Return the handouts that have all words of a query, or else those that have most of them."""
    query = query[:_LONGEST_QUERY]
    typed = split_words(query)[:_MOST_WORDS]
    if not typed:
        return Found()
    hits = list(_find_by_code(index, query))
    corrections: dict[str, str] = {}
    for words in _add_synonyms(index, typed):
        meanings = [_find_meanings(index, word, corrections if words == typed else {}) for word in words]
        hits += _find_by_words(index, meanings)
    best = _keep_best(hits)
    if best:
        return Found(best, tuple(corrections.items()))
    meanings = [_find_meanings(index, word, corrections) for word in typed]
    partial = _keep_best(_find_by_words(index, meanings, needs_all=False))
    return Found(partial, tuple(corrections.items()), is_partial=bool(partial))


def _find_by_code(index: SearchIndex, query: str) -> Iterator[Hit]:
    """Yield the handouts with a printed code or an ICD-10 code that was typed."""
    whole = normalize_code(query)
    candidates = dict.fromkeys([whole, *map(normalize_code, query.split())])
    for entry in index.entries:
        if entry.printed_code and whole == entry.printed_code:
            yield Hit(entry.handout, _CODE_SCORE, (Match(None, f"Printed code {entry.handout.front.code}"),))
        for normalized, shown in entry.other_codes:
            if normalized in candidates:
                yield Hit(entry.handout, _CODE_SCORE, (Match(None, shown),))
        for candidate in filter(is_icd_code, candidates):
            for normalized, code in entry.icd_codes:
                relation = compare_icd_codes(candidate, normalized)
                if relation:
                    # The longest code that a typed one starts with is the nearest of the wider ones.
                    score = (
                        _RELATION_SCORES[relation] + (len(normalized) if relation == "wider" else -len(normalized)) / 10
                    )
                    yield Hit(entry.handout, score, (Match(None, code, relation=relation),))


def _add_synonyms(index: SearchIndex, typed: list[str]) -> Iterator[list[str]]:
    """Yield the words, and each way to say them with another phrase of the project's synonyms."""
    yield typed
    for group in index.synonyms:
        for phrase in group:
            start = _find_phrase(typed, phrase)
            if start is not None:
                for other in group:
                    if other != phrase:
                        yield [*typed[:start], *other, *typed[start + len(phrase) :]]


def _find_phrase(typed: list[str], phrase: tuple[str, ...]) -> int | None:
    length = len(phrase)
    starts = range(len(typed) - length + 1) if length else ()
    return next((start for start in starts if tuple(typed[start : start + length]) == phrase), None)


def _find_meanings(index: SearchIndex, word: str, corrections: dict[str, str]) -> dict[str, float]:
    """Return the words of the library for a typed one, with how near they are to it, 1 for the same word."""
    found = index.find_words(word)
    if found:
        exact = index.find_words(word, whole=True)
        return {one: 1.0 if one == word else 0.95 if one in exact else 0.8 for one in found}
    nearest = _find_nearest(index, word)
    if nearest:
        corrections[word] = nearest[0]
    return {same: 0.6 for one in nearest for same in index.find_words(one, whole=True)}


def _find_nearest(index: SearchIndex, word: str) -> list[str]:
    """Return the words that differ least from a mistyped one, those of titles first; it may be typed in part only.

    A word that sounds the same is as near as one can be. Short words are found by their sound alone.
    """
    sound = write_sound(word)
    distances = dict.fromkeys(index.find_words_by_sound(sound), 0)
    if not distances and len(sound) >= _SHORTEST_CORRECTED:
        distances = _measure_distances(index, sound, 2 if len(word) >= _LONG else 1)
    least = min(distances.values(), default=0)

    def rank(one: str) -> tuple[int, str]:
        return -max(index.spots[position].where for position in index.by_word[one]), one

    return sorted((one for one, distance in distances.items() if distance == least), key=rank)[:_MOST_CORRECTIONS]


def _measure_distances(index: SearchIndex, sound: str, limit: int) -> dict[str, int]:
    """Return the words whose sound, or its beginning, differs from a sound in at most so many letters."""
    from rapidfuzz import process  # noqa: PLC0415 - only where a word was mistyped
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

    sounds = list(index.by_sound)
    distances: dict[str, int] = {}
    lengths = (None, *range(len(sound) - limit, len(sound) + limit + 1))
    for length in lengths:  # None is the whole word
        # The first letter of a word that is not typed to its end is right: else half the library would be near.
        candidates = [one[:length] if one[0] == sound[0] else "" for one in sounds] if length else sounds
        for _, distance, position in process.extract(
            sound, candidates, scorer=OSA.distance, score_cutoff=limit, limit=_MOST_NEAR
        ):
            for word in index.by_sound[sounds[position]]:
                distances[word] = min(int(distance), distances.get(word, limit))
        if distances:
            break  # a whole word comes before beginnings of longer ones
    return distances


def _find_by_words(index: SearchIndex, meanings: list[dict[str, float]], *, needs_all: bool = True) -> list[Hit]:
    """Return a hit for each entry that has a meaning of all words, or of any of them; the more, the higher."""
    scores: dict[int, dict[int, tuple[float, Spot]]] = {}
    for number, words in enumerate(meanings):
        for word, nearness in words.items():
            for position in index.by_word[word]:
                spot = index.spots[position]
                score = nearness * spot.where
                of_entry = scores.setdefault(spot.entry, {})
                if number not in of_entry or of_entry[number][0] < score:
                    of_entry[number] = score, spot
    least = len(meanings) if needs_all else max((len(found) for found in scores.values()), default=1)
    return [
        Hit(
            index.entries[entry].handout,
            sum(score for score, _ in found.values()) / len(meanings),
            tuple(dict.fromkeys(_describe(spot) for _, spot in sorted(found.values(), key=lambda one: -one[0]))),
        )
        for entry, found in scores.items()
        if len(found) >= least
    ]


def _describe(spot: Spot) -> Match:
    return Match(spot.where, spot.shown, spot.section)


def _keep_best(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each handout and language, with the reasons of all of them, the best first."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        key = hit.handout.id, hit.handout.language
        other = best.get(key)
        if other is None:
            best[key] = hit
        else:
            first, second = sorted((hit, other), key=lambda one: -one.score)
            best[key] = replace(first, matches=tuple(dict.fromkeys((*first.matches, *second.matches))))
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.handout.front.title)))
