"""Reading grades and sentence lengths, and the rules that limit them.

Flesch-Kincaid: Kincaid et al., Derivation of new readability formulas for Navy enlisted personnel, Research Branch
Report 8-75, 1975. SMOG: McLaughlin, SMOG grading: a new readability formula, Journal of Reading 12(8), 1969.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from handouts.check.plain_language.analysis import AnalyzedText, AnalyzedUnit
from handouts.check.plain_language.words import shorten_text
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.plain_language import PlainLanguage

_SIXTH_GRADE: Final = (
    "National Institutes of Health and American Medical Association: sixth grade or lower, as cited in "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC4353543/"
)
_FIFTEEN_WORDS: Final = (
    "Sentences of at most 15 words took orthopedic handouts from grade 9.8 to 6.4: Arthroscopy, Sports Medicine, and "
    "Rehabilitation 2022, S2666-061X(22)00158-4"
)
_STYLE_MANUAL: Final = (
    "Australian Government Style Manual, Sentence length: 15 words on average and no more than 25, "
    "https://www.stylemanual.gov.au/government-writing-handbook/editors-tips/sentence-length"
)

_HARD_TO_READ: Final = Rule(
    code="hard-to-read",
    severity=Severity.WARNING,
    title="the handout as a whole needs too high a reading grade",
    why="Handouts of orthopedic surgeons were found to need grade 9.2 on average, more than many patients can read. "
    "The Flesch-Kincaid grade is computed without headings, tables, references and the names of drugs and procedures. "
    "A formula only counts words and syllables: it cannot tell whether patients understand the text.",
    source=_SIXTH_GRADE,
    message="the whole handout needs {grade}, more than {limit:g}",
    hint='shorten sentences and words; the hardest text is "{hardest}"',
)
_SECTION_HARD_TO_READ: Final = Rule(
    code="section-hard-to-read",
    severity=Severity.WARNING,
    title="one section needs too high a reading grade",
    why="A section can be printed alone, so each has to be readable by itself, however easy the rest is.",
    source=_SIXTH_GRADE,
    message='"{section}" needs {grade}, more than {limit:g}',
    hint="shorten its sentences and words",
)
_LONG_SENTENCES: Final = Rule(
    code="long-sentences",
    severity=Severity.WARNING,
    title="sentences are too long on average",
    why="People who read little lose the thread of long sentences.",
    source=f"{_FIFTEEN_WORDS}; {_STYLE_MANUAL}",
    message="sentences have {average:.1f} words on average, more than {limit}",
    hint="cut long sentences in two, or turn them into lists",
)
_LONG_SENTENCE: Final = Rule(
    code="long-sentence",
    severity=Severity.WARNING,
    title="a section has sentences that are too long",
    why="People who have to read a sentence twice often give up. Two short sentences say the same.",
    source=f"{_STYLE_MANUAL}; GOV.UK, Sentence length: why 25 words is our limit, "
    "https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/",
    message='the sentence "{sentence}" has {count} words, more than {limit}{others}',
    hint="cut it in two, or turn it into a list",
)
RULES: Final = (_HARD_TO_READ, _SECTION_HARD_TO_READ, _LONG_SENTENCES, _LONG_SENTENCE)

# List items such as "a sneeze" are no sentences: counted as such, they make every text look easy, and their words
# without them make it look hard.
SHORTEST_SENTENCE: Final = 3  # words
_LONG_WORD: Final = 3  # syllables, in the SMOG formula
FEWEST_WORDS: Final = 40  # the formulas are meaningless for a few lines


@dataclass(frozen=True, slots=True)
class Measures:
    """The counts that the formulas are computed from; `long_words` have three or more syllables."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    long_words: int = 0

    @property
    def words_per_sentence(self) -> float:
        """The average number of words in a sentence; 0 without text."""
        return self.words / max(1, self.sentences)

    @property
    def flesch_kincaid(self) -> float:
        """The Flesch-Kincaid grade; 0 without text."""
        if not self.words:
            return 0.0
        return 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float:
        """The SMOG grade, scaled to the 30 sentences that its author requires; 0 without text."""
        return 1.043 * sqrt(30 * self.long_words / max(1, self.sentences)) + 3.1291 if self.words else 0.0


def measure_texts(texts: Iterable[AnalyzedText]) -> Measures:
    """Measure running text; headings, table cells and the names of drugs and procedures are left out."""
    sentences = words = syllables = long_words = 0
    for text in texts:
        if not text.is_prose:
            continue
        for start, end in text.sentences:
            spoken = [
                text.words[position]
                for position in range(start, end)
                if text.words[position].counts and position not in text.in_names
            ]
            counted = len(spoken)
            if counted >= SHORTEST_SENTENCE:
                sentences += 1
                words += counted
                syllables += sum(word.syllables for word in spoken)
                long_words += sum(word.syllables >= _LONG_WORD for word in spoken)
    return Measures(sentences, words, syllables, long_words)


def compute_grade(units: Sequence[AnalyzedUnit]) -> float | None:
    """Return the Flesch-Kincaid grade of a whole handout; None if it is too short to tell."""
    whole = measure_texts(text for unit in units for text in unit.texts)
    return whole.flesch_kincaid if whole.words >= FEWEST_WORDS else None


def check_whole_handout(
    units: Sequence[AnalyzedUnit], place: Place, settings: PlainLanguage, problems: Problems
) -> None:
    """Check the reading grade and the average sentence length of a whole handout, unless it is very short."""
    whole = measure_texts(text for unit in units for text in unit.texts)
    if whole.words < FEWEST_WORDS:
        return
    if round(whole.flesch_kincaid, 1) > settings.grade:
        hardest = max(units, key=lambda unit: _grade_if_long_enough(measure_texts(unit.texts))).unit.title
        problems.add(_HARD_TO_READ.at(place, grade=_describe_grade(whole), limit=settings.grade, hardest=hardest))
    if round(whole.words_per_sentence, 1) > settings.words_per_sentence:
        problems.add(_LONG_SENTENCES.at(place, average=whole.words_per_sentence, limit=settings.words_per_sentence))


def check_unit_grade(unit: AnalyzedUnit, settings: PlainLanguage, problems: Problems) -> None:
    """Check the reading grade of one section or block, unless it is very short."""
    measures = measure_texts(unit.texts)
    if measures.words >= FEWEST_WORDS and round(measures.flesch_kincaid, 1) > settings.section_grade:
        grade, limit = _describe_grade(measures), settings.section_grade
        problems.add(_SECTION_HARD_TO_READ.at(unit.unit.place, section=unit.unit.title, grade=grade, limit=limit))


def check_sentence_lengths(unit: AnalyzedUnit, settings: PlainLanguage, problems: Problems) -> None:
    """Report the sentences of one section or block that are too long, once, at the first of them."""
    limit = settings.long_sentence
    found = [
        (text, start, end, count)
        for text in unit.texts
        for start, end in _split_at_semicolons(text)
        if (count := sum(word.counts for word in text.words[start:end])) > limit
    ]
    if not found:
        return
    text, start, end, count = found[0]
    lines = ", ".join(dict.fromkeys(str(other.place(first).line) for other, first, _, _ in found[1:]))
    others = f", and {len(found) - 1} more on the lines {lines}" if len(found) > 1 else ""
    sentence = shorten_text(text.extract_text(start, end))
    problems.add(_LONG_SENTENCE.at(text.place(start), sentence=sentence, count=count, limit=limit, others=others))


def _split_at_semicolons(text: AnalyzedText) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; a semicolon ends one as a full stop does."""
    for first, last in text.sentences:
        start = first
        for end in range(first + 1, last + 1):
            if end == last or text.words[end - 1].written.endswith(";"):
                yield start, end
                start = end


def _grade_if_long_enough(measures: Measures) -> float:
    return measures.flesch_kincaid if measures.words >= FEWEST_WORDS else 0


def _describe_grade(measures: Measures) -> str:
    return (
        f"reading grade {measures.flesch_kincaid:.1f} (Flesch-Kincaid; SMOG {measures.smog:.1f}, "
        f"{measures.words_per_sentence:.1f} words per sentence)"
    )
