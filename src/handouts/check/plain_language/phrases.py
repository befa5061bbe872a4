"""Words and phrases of several words, looked up in a text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.check.plain_language.word import words_of


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that stands at words `start` to `end` (not included); `phrase` is how it is listed."""

    start: int
    end: int
    phrase: str


class Phrases:
    """Phrases by their first words, each also in the plural and, for single words, as verbs bend."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, without regard to capitals."""
        self._listed: dict[tuple[str, ...], str] = {}
        lengths: dict[str, set[int]] = {}
        for phrase in phrases:
            keys = tuple(word.key for word in words_of(phrase) if word.key)
            if keys:
                for last in _forms(keys[-1]):
                    full = (*keys[:-1], last)
                    self._listed.setdefault(full, phrase)
                    lengths.setdefault(full[0], set()).add(len(full))
        # By the first word, the lengths of its phrases, longest first.
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, keys: Sequence[str]) -> Iterator[Match]:
        """Give the phrases in a text in order, the longest of those that start at the same word.

        `keys` are those of its words.
        """
        lengths = self._lengths
        if lengths.keys().isdisjoint(keys):
            return
        free = 0
        for start, key in enumerate(keys):
            if key in lengths and start >= free:
                for length in lengths[key]:
                    phrase = self._listed.get(tuple(keys[start : start + length]))
                    if phrase:
                        free = start + length
                        yield Match(start, free, phrase)
                        break


def _forms(word: str) -> set[str]:
    forms = {word, f"{word}s", f"{word}es"}
    if word.endswith("e"):
        forms |= {f"{word}d", f"{word[:-1]}ing"}
    elif word.endswith("y"):
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    else:
        forms |= {f"{word}ed", f"{word}ing"}
    return forms
