"""Words and phrases of several words, looked up in a text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.check.plain_language.word import Word, words_of


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
        self._by_first: dict[str, dict[tuple[str, ...], str]] = {}
        for phrase in phrases:
            keys = tuple(word.key for word in words_of(phrase) if word.key)
            if keys:
                for last in _forms(keys[-1]):
                    full = (*keys[:-1], last)
                    self._by_first.setdefault(full[0], {}).setdefault(full, phrase)

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """Give the phrases in a text in order, the longest of those that start at the same word."""
        by_first = self._by_first
        free = 0
        for start, word in enumerate(words):
            if word.key in by_first and start >= free:
                listed = by_first[word.key]
                for keys in sorted(listed, key=len, reverse=True):
                    end = start + len(keys)
                    if tuple(each.key for each in words[start:end]) == keys:
                        yield Match(start, end, listed[keys])
                        free = end
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
