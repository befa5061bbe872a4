"""The rules of plain language, each with its reason and source."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_GRADE: Final = (
    "National Institutes of Health and American Medical Association: sixth grade or lower, as cited in "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC4353543/"
)
_SENTENCES: Final = (
    "Sentences of at most 15 words took orthopedic handouts from grade 9.8 to 6.4: Arthroscopy, Sports Medicine, and "
    "Rehabilitation 2022, S2666-061X(22)00158-4"
)
_STYLE_MANUAL: Final = (
    "Australian Government Style Manual, Sentence length: 15 words on average and no more than 25, "
    "https://www.stylemanual.gov.au/government-writing-handbook/editors-tips/sentence-length"
)
_PEMAT: Final = "AHRQ PEMAT-P, https://www.ahrq.gov/health-literacy/patient-education/pemat-p.html"
_WORDS: Final = (
    "Federal plain language guidelines, Use simple words and phrases, https://www.plainlanguage.gov/guidelines/words/"
)
_CLEAR_PRINT: Final = (
    "UK Association for Accessible Formats, Creating clear print and large print documents, G003 (2019);"
    " CMS, Toolkit for Making Written Material Clear and Effective, https://www.hhs.gov/guidance/document/"
    "toolkit-part-4-guidelines-writing"
)


def _rule(code: str, title: str, why: str, source: str) -> Rule:
    return Rule(code, Severity.WARNING, title, why, source)


HARD_TO_READ: Final = _rule(
    "hard-to-read",
    "the whole handout needs too high a reading grade",
    "Handouts of orthopedic surgeons were found to need grade 9.2 on average, more than many patients can read. The "
    "grade is the one of Flesch and Kincaid, reckoned without headings, tables, references and the names of drugs and "
    "procedures. A formula is no reader: it counts words and syllables only.",
    _GRADE,
)
SECTION_HARD_TO_READ: Final = _rule(
    "section-hard-to-read",
    "one section needs too high a reading grade",
    "Sections are printed on their own, so each has to be readable by itself, however easy the rest is.",
    _GRADE,
)
LONG_SENTENCES: Final = _rule(
    "long-sentences",
    "sentences are too long on average",
    "Readers with little practice lose the thread of long sentences.",
    f"{_SENTENCES}; {_STYLE_MANUAL}",
)
LONG_SENTENCE: Final = _rule(
    "long-sentence",
    "one sentence is too long",
    "Who has to read a sentence twice often gives up. Two short sentences say the same.",
    f"{_STYLE_MANUAL}; GOV.UK, Sentence length: why 25 words is our limit, "
    "https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/",
)
LONG_WORD: Final = _rule(
    "long-word",
    "a long word has a plainer one",
    "Words of four or more syllables are read slowly and often misread; the plainer word says the same.",
    f"{_WORDS}; {_PEMAT} (item 3)",
)
JARGON: Final = _rule(
    "jargon",
    "a medical word is neither plain nor explained",
    "Patients learn medical words only if the handout explains them where they first stand, or in its glossary.",
    f"CDC, Plain Language Thesaurus for Health Communications (2009); {_PEMAT} (item 4)",
)
PASSIVE_VOICE: Final = _rule(
    "passive-voice",
    "too many sentences are in the passive voice",
    "Active sentences say who does what, and are understood faster. The share is an estimate: a form of "
    '"to be" with a participle counts, whatever it means.',
    f"{_PEMAT} (item 5), read as at least 80 percent active: https://pmc.ncbi.nlm.nih.gov/articles/PMC5839932/",
)
UNDEFINED_ABBREVIATION: Final = _rule(
    "undefined-abbreviation",
    "an abbreviation is not written out",
    "The same letters mean different things to different people. Write the words out where they are first used.",
    "CDC Clear Communication Index, item 7, https://www.cdc.gov/ccindex/",
)
ALL_CAPITALS: Final = _rule(
    "all-capitals",
    "words are written in capitals",
    "Words in capitals lose their shape, are read letter by letter, and shout. Bold type does not.",
    _CLEAR_PRINT,
)
ITALICS: Final = _rule(
    "italics",
    "words are in italics",
    "Slanted letters are hard to read for people with low vision or dyslexia. Bold type stands out as well.",
    _CLEAR_PRINT,
)

RULES: Final[tuple[Rule, ...]] = (
    HARD_TO_READ,
    SECTION_HARD_TO_READ,
    LONG_SENTENCES,
    LONG_SENTENCE,
    LONG_WORD,
    JARGON,
    PASSIVE_VOICE,
    UNDEFINED_ABBREVIATION,
    ALL_CAPITALS,
    ITALICS,
)
