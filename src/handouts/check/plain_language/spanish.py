"""How easy texts in Spanish are to read: the Flesch-Szigriszt index on the INFLESZ scale, and its limits.

Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad, Universidad
Complutense de Madrid, 1993. Levels: Barrio-Cantalejo et al., Validación de la Escala INFLESZ para evaluar la
legibilidad de los textos dirigidos a pacientes, Anales del Sistema Sanitario de Navarra 31(2), 2008.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from handouts.check.plain_language.analysis import AnalyzedText, AnalyzedUnit
from handouts.check.plain_language.reading_grades import FEWEST_WORDS, SHORTEST_SENTENCE
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.plain_language import PlainLanguage

_SOURCE: Final = (
    "Barrio-Cantalejo et al., Anales del Sistema Sanitario de Navarra 2008, 31(2), "
    "http://scielo.isciii.es/scielo.php?pid=S1137-66272008000300004&script=sci_arttext"
)
HARD_SPANISH: Final = Rule(
    code="hard-spanish",
    severity=Severity.WARNING,
    title="a handout in Spanish as a whole is too hard to read",
    why="From 65 on, the INFLESZ scale calls a text fairly easy. The index is computed without headings, tables, "
    "references and the names of drugs and procedures. It cannot tell whether patients understand the text.",
    source=_SOURCE,
    message="the whole handout has {index} on the INFLESZ scale, less than {limit:g}",
    hint='shorten sentences and words; the hardest text is "{hardest}"',
)
HARD_SPANISH_SECTION: Final = Rule(
    code="hard-spanish-section",
    severity=Severity.WARNING,
    title="one section in Spanish is too hard to read",
    why="A section can be printed alone, so each has to be readable by itself. Below 55, the scale calls a text rather "
    "difficult.",
    source=_SOURCE,
    message='"{section}" has {index} on the INFLESZ scale, less than {limit:g}',
    hint="shorten its sentences and words",
)
RULES: Final = (HARD_SPANISH, HARD_SPANISH_SECTION)

# The levels of INFLESZ: the lowest index of each, and its name.
_LEVELS: Final = ((80, "muy fácil"), (65, "bastante fácil"), (55, "normal"), (40, "algo difícil"))
_HARDEST: Final = "muy difícil"
_VOWELS: Final = re.compile("[aeiouáéíóúüàèìòù]+(?:y(?![aeiouáéíóúü]))?|y(?![aeiouáéíóúü])")  # muy, y
_STRONG: Final = re.compile("[aeoáéíóúàèìòù]")
_LETTERS: Final = re.compile("[a-záéíóúüñàèìòùç]+")
_DIPHTHONG_H: Final = re.compile("(?<=[aeo])h(?=[iu][^aeiouáéíóú])")  # prohi-bir, ahu-mar: as if there were no h


@lru_cache(maxsize=50_000)
def count_spanish_syllables(word: str) -> int:
    """Return the number of syllables of a Spanish word in small letters, at least 1.

    Neighboring vowels are one syllable if at most one of them is strong: a, e, o, or an accented i or u (Real Academia
    Española, Ortografía de la lengua española, 2010, diphthongs and hiatuses).
    """
    groups = _VOWELS.findall(_DIPHTHONG_H.sub("", word))
    return max(1, sum(max(1, len(_STRONG.findall(group))) for group in groups))


def compute_szigriszt(sentences: int, words: int, syllables: int) -> float:
    """Return the Flesch-Szigriszt index of a text with some sentences and words: 100 is very easy, 0 very hard."""
    return 206.835 - 62.3 * syllables / words - words / sentences


def measure_spanish(texts: Iterable[AnalyzedText]) -> tuple[int, int, int]:
    """Return the numbers of sentences, words and syllables of running text.

    Headings, table cells and the names of drugs and procedures are left out, as in the grades of English texts.
    """
    sentences = words = syllables = 0
    for text in texts:
        for start, end in text.sentences if text.is_prose else ():
            spoken = [n for n in range(start, end) if text.words[n].counts and n not in text.in_names]
            if len(spoken) >= SHORTEST_SENTENCE:
                sentences += 1
                words += len(spoken)
                syllables += sum(_count_in(text.words[n].plain) for n in spoken)
    return sentences, words, syllables


def name_level(index: float) -> str:
    """Return the level of the INFLESZ scale that an index belongs to."""
    return next((name for lowest, name in _LEVELS if index >= lowest), _HARDEST)


def check_spanish(units: Sequence[AnalyzedUnit], place: Place, settings: PlainLanguage, problems: Problems) -> None:
    """Check the index of a whole handout in Spanish and of each of its sections, except very short ones."""
    whole = _compute_index(text for unit in units for text in unit.texts)
    if whole is not None and round(whole, 1) < settings.inflesz:
        indexes = {unit.unit.title: _compute_index(unit.texts) for unit in units}
        measured = {title: index for title, index in indexes.items() if index is not None}
        hardest = min(measured, key=lambda title: measured[title], default=units[0].unit.title)
        problems.add(HARD_SPANISH.at(place, index=_describe(whole), limit=settings.inflesz, hardest=hardest))
    for unit in units[1:]:  # the front matter counts for the whole, but is no section
        check_spanish_unit(unit, settings, problems)


def check_spanish_unit(unit: AnalyzedUnit, settings: PlainLanguage, problems: Problems) -> None:
    """Check the index of one section, block or insert in Spanish, unless it is very short."""
    index = _compute_index(unit.texts)
    if index is not None and round(index, 1) < settings.section_inflesz:
        described, limit = _describe(index), settings.section_inflesz
        problems.add(HARD_SPANISH_SECTION.at(unit.unit.place, section=unit.unit.title, index=described, limit=limit))


def _compute_index(texts: Iterable[AnalyzedText]) -> float | None:
    sentences, words, syllables = measure_spanish(texts)
    return compute_szigriszt(sentences, words, syllables) if words >= FEWEST_WORDS else None


def _count_in(plain: str) -> int:
    """Return the syllables of a word as written; a number counts as one syllable."""
    return max(1, sum(map(count_spanish_syllables, _LETTERS.findall(plain.lower()))))


def _describe(index: float) -> str:
    return f"{index:.1f} ({name_level(index)})"
