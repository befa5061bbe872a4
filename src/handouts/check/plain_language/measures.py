"""Reading grades.

Flesch-Kincaid: Kincaid et al., Derivation of new readability formulas for Navy enlisted personnel, Research Branch
Report 8-75, 1975. SMOG: McLaughlin, SMOG grading: a new readability formula, Journal of Reading 12(8), 1969.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from handouts.check.plain_language.analysis import Analysed

# Items of lists such as "a sneeze" would make every text look easy; programs leave out the same.
_SHORTEST_SENTENCE = 3
_POLYSYLLABLE = 3


@dataclass(frozen=True, slots=True)
class Measures:
    """What the formulas count; `long_words` have three or more syllables."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    long_words: int = 0

    @property
    def words_per_sentence(self) -> float:
        """Words in a sentence, on average; 0 for no text."""
        return self.words / max(1, self.sentences)

    @property
    def flesch_kincaid(self) -> float:
        """The school grade by Flesch and Kincaid; 0 for no text."""
        if not self.words:
            return 0.0
        return 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float:
        """The school grade by McLaughlin, who asks for 30 sentences; 0 for no text."""
        return 1.043 * sqrt(30 * self.long_words / max(1, self.sentences)) + 3.1291 if self.words else 0.0


def measure(passages: Iterable[Analysed]) -> Measures:
    """Measure running text: headings, cells of tables and the names of drugs and procedures are left out."""
    sentences = words = syllables = long_words = 0
    for passage in passages:
        if not passage.is_prose:
            continue
        named = passage.named
        for start, end in passage.sentences:
            counted = 0
            for position in range(start, end):
                word = passage.words[position]
                if word.counts and position not in named:
                    counted += 1
                    syllables += word.syllables
                    long_words += word.syllables >= _POLYSYLLABLE
            words += counted
            sentences += counted >= _SHORTEST_SENTENCE
    return Measures(sentences, words, syllables, long_words)
