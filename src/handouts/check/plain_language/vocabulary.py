"""Words that readers may not know: long words, medical words and abbreviations, unless the handout explains them."""

import re
from collections.abc import Iterable
from typing import Final

from handouts.check.plain_language.analysis import AnalyzedText
from handouts.check.plain_language.word_list import Match, WordList
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.plain_language import PlainLanguage

_PEMAT: Final = "AHRQ PEMAT-P, https://www.ahrq.gov/health-literacy/patient-education/pemat-p.html"

_LONG_WORD: Final = Rule(
    code="long-word",
    severity=Severity.WARNING,
    title="a long word has a plainer one",
    why="Words of four or more syllables are read slowly and often misread; the plainer word says the same.",
    source="Federal plain language guidelines, Use simple words and phrases, "
    f"https://www.plainlanguage.gov/guidelines/words/; {_PEMAT} (item 3)",
    message='"{word}" is long',
    hint="plainer: {plainer}",
)
_JARGON: Final = Rule(
    code="jargon",
    severity=Severity.WARNING,
    title="a medical word is neither plain nor explained",
    why="Patients learn medical words only if the handout explains them at their first use, or in its glossary.",
    source=f"CDC, Plain Language Thesaurus for Health Communications (2009); {_PEMAT} (item 4)",
    message='"{word}" is a medical word that is not explained',
    hint="say: {plainer}; or explain it here or in the glossary",
)
_UNDEFINED_ABBREVIATION: Final = Rule(
    code="undefined-abbreviation",
    severity=Severity.WARNING,
    title="an abbreviation is not written out",
    why="The same letters mean different things to different people. Write the words out where they are first used.",
    source="CDC Clear Communication Index, item 7, https://www.cdc.gov/ccindex/",
    message='the abbreviation "{abbreviation}" is not written out',
    hint="write the words out, then ({abbreviation}); or put it into the glossary",
)
RULES: Final = (_LONG_WORD, _JARGON, _UNDEFINED_ABBREVIATION)

_EVERYDAY_ABBREVIATIONS: Final = frozenset(
    re.findall(
        r"\S+",
        """
    AIDS AM ATM BBC COVID CD DIY DNA DVD EU FAQ GP GPS HIV ID MD NHS OK PC PDF PIN PM PO QR RN SMS SOS TV UK UN US
    USA UV VIP WC ZIP
    """,
    )
)
_ZIP_CODE: Final = re.compile("[0-9]{5}(-[0-9]{4})?")
_WORDS_BEFORE: Final = 8  # in which the initials of an abbreviation are looked for
_EXPLANATION_AFTER: Final = re.compile(
    r"[\"'\u201d\u2019*]?(?:,? ?\(|, (?:which|that|meaning|or|a|an|the|also)\b| (?:means|stands for|is short for)\b"
    r"| (?:is|are) (?:a|an|the|when|what)\b)"
)
_EXPLANATION_BEFORE: Final = re.compile(
    r"(?:\bcalled|\bknown as|\bname is|\bnamed|\bterm is|\bword is|, or)\s+(?:an? |the )?"
    r"[\"'\u201c\u2018(]?$",
    re.IGNORECASE,
)


def check_long_words(text: AnalyzedText, settings: PlainLanguage, word_list: WordList, problems: Problems) -> None:
    """Report every long word and phrase with a plainer one, unless it belongs to a name."""
    for match in word_list.everyday.find(text.keys):
        syllables = sum(word.syllables for word in text.words[match.start : match.end])
        if syllables >= settings.long_word and match.start not in text.in_names:
            plainer = word_list.plainer[match.phrase]
            problems.add(_LONG_WORD.at(text.place(match.start), word=_join_words(text, match), plainer=plainer))


def check_jargon(text: AnalyzedText, word_list: WordList, explained: set[str], problems: Problems) -> None:
    """Report each medical word that is not explained at its first use.

    `explained` has the words that were used or explained before; those of this text are added.
    """
    for match in word_list.medical.find(text.keys):
        if match.phrase in explained:
            continue
        explained.add(match.phrase)
        if match.start not in text.in_names and not _is_explained(text, match.start, match.end):
            plainer = word_list.plainer[match.phrase]
            problems.add(_JARGON.at(text.place(match.start), word=_join_words(text, match), plainer=plainer))


def check_abbreviations(text: AnalyzedText, settings: PlainLanguage, explained: set[str], problems: Problems) -> None:
    """Report each abbreviation that is not written out at its first use.

    `explained` has the abbreviations that were used or explained before; those of this text are added.
    """
    for position in text.in_capitals:
        short = text.words[position].abbreviation
        if not short or short in _EVERYDAY_ABBREVIATIONS or short in explained or short in settings.abbreviations:
            continue
        explained.add(short)
        if position in text.in_names or _is_state(text, position) or _is_explained(text, position, position + 1):
            continue
        before = text.words[max(0, position - _WORDS_BEFORE) : position]
        if not has_initials(short, [word.key for word in before]):
            problems.add(_UNDEFINED_ABBREVIATION.at(text.place(position), abbreviation=short))


def has_initials(short: str, words: Iterable[str]) -> bool:
    """Return whether words have the letters of an abbreviation as initials, in order: BMI, "body mass index"."""
    wanted = iter(short.lower())
    letter = next(wanted, "")
    for initial in (part[:1] for word in words for part in word.split("-")):
        if initial == letter:
            letter = next(wanted, "")
    return not letter


def _is_state(text: AnalyzedText, position: int) -> bool:
    """Return whether a ZIP code follows, as in "Austin, TX 78701"."""
    return any(_ZIP_CODE.fullmatch(key) for key in text.keys[position + 1 : position + 2])


def _is_explained(text: AnalyzedText, start: int, end: int) -> bool:
    """Return whether words are explained, as in "osteoporosis (weak bones)" or "a tube called a stent"."""
    first, last = text.find_span(start, end)
    whole = text.text.text
    phrase = whole[first:last]
    bracket_end = len(phrase) - len(phrase.lstrip("([\"'\u201c\u2018"))
    before, after = whole[max(0, first - 40) : first + bracket_end], whole[last : last + 20]
    is_in_brackets = phrase.rstrip(".,;:!?").endswith(")") and "(" in phrase
    bare = phrase.rstrip(".,;:!?\"'\u201d\u2019")
    tail = phrase[len(bare) :] + after
    return bool(is_in_brackets or _EXPLANATION_AFTER.match(tail) or _EXPLANATION_BEFORE.search(before))


def _join_words(text: AnalyzedText, match: Match) -> str:
    return " ".join(word.plain for word in text.words[match.start : match.end])
