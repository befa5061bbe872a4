"""Where sentences end."""

from collections.abc import Sequence

from handouts.check.plain_language.word import Word


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Give the first word of each sentence and the one after its last; together they hold every word.

    A sentence ends behind a word with . ! or ?, unless the next word starts small, as after "e.g.".
    """
    found = []
    start = 0
    last = len(words) - 1
    for position, word in enumerate(words):
        if position == last or (word.ends and not words[position + 1].is_small):
            found.append((start, position + 1))
            start = position + 1
    return found
