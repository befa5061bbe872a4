"""Words that readers may not know: long words, medical words and abbreviations, unless the handout explains them."""

import re
from collections.abc import Sequence
from typing import Final

from handouts.check.doses.abbreviations import find_abbreviations
from handouts.check.plain_language.analysis import AnalyzedText
from handouts.check.plain_language.explanations import is_abbreviation_explained, is_defined, is_word_explained
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
    source=f"CDC, Plain Language Thesaurus for Health Communications (2009); NCI Dictionary of Cancer Terms; "
    f"MedlinePlus; {_PEMAT} (item 4)",
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
    AIDS AM ATM BBC CDC COVID CPR CD DIY DNA DVD EU FAQ FDA GP GPS HIV ID MD NHS NIH OK PC PDF PIN PM PO QR RN SMS SOS
    TV UK UN US USA UV VIP WC WHO ZIP
    """,
    )
)
_DOSE_UNIT: Final = re.compile(r"\d[\s-]?(?P<unit>IU|UI|U)\b")
_ZIP_CODE: Final = re.compile("[0-9]{5}(-[0-9]{4})?")
_STATES: Final = frozenset(
    re.findall(
        r"\S+",
        """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY
    """,
    )
)
_PLACES: Final = frozenset(
    {"room", "ward", "floor", "building", "gate", "suite", "wing", "unit", "door", "level", "lot"}
)


def check_long_words(text: AnalyzedText, settings: PlainLanguage, word_list: WordList, problems: Problems) -> None:
    """Report every long word and phrase with a plainer one, unless it belongs to a name."""
    for match in word_list.everyday.find(text.keys):
        syllables = sum(word.syllables for word in text.words[match.start : match.end])
        if syllables >= settings.long_word and match.start not in text.in_names:
            plainer = word_list.plainer[match.phrase]
            problems.add(_LONG_WORD.at(text.place(match.start), word=_join_words(text, match), plainer=plainer))


def check_jargon(
    text: AnalyzedText, section: Sequence[AnalyzedText], word_list: WordList, explained: set[str], problems: Problems
) -> None:
    """Report each medical word that is neither explained at its first use nor defined in the texts of its section.

    `explained` has the words that were used or explained before; those of this text are added.
    """
    for match in word_list.medical.find(text.keys):
        if match.phrase in explained:
            continue
        explained.add(match.phrase)
        plainer = word_list.plainer[match.phrase]
        start, end = text.find_span(match.start, match.end)
        is_name = match.start in text.in_names or _is_in_title(text, match)
        if is_name or is_word_explained(text.text.text, start, end, plainer):
            continue
        if not _is_defined_in(section, match.phrase, word_list):
            problems.add(_JARGON.at(text.place(match.start), word=_join_words(text, match), plainer=plainer))


def _is_in_title(text: AnalyzedText, match: Match) -> bool:
    """Return whether a word belongs to the name of an organization: National Institute of Neurological Disorders."""
    if match.start == 0 or text.text.kind == "heading" or not text.words[match.start].plain[:1].isupper():
        return False
    starts_sentence = any(start == match.start for start, _ in text.sentences)
    near = [*text.words[max(0, match.start - 2) : match.start], *text.words[match.end : match.end + 2]]
    return not starts_sentence and any(word.plain[:1].isupper() for word in near)


def _is_defined_in(section: Sequence[AnalyzedText], phrase: str, word_list: WordList) -> bool:
    return any(
        is_defined(text.text.text, *text.find_span(match.start, match.end))
        for text in section
        for match in word_list.medical.find(text.keys)
        if match.phrase == phrase
    )


def check_abbreviations(text: AnalyzedText, settings: PlainLanguage, explained: set[str], problems: Problems) -> None:
    """Report each abbreviation that is not written out at its first use.

    `explained` has the abbreviations that were used or explained before; those of this text are added.
    """
    for position in text.in_capitals:
        short = text.words[position].abbreviation
        if not short or short in _EVERYDAY_ABBREVIATIONS or short in explained or short in settings.abbreviations:
            continue
        explained.add(short)
        start, end = text.find_span(position, position + 1)
        if position in text.in_names or _is_name_or_place(text, position):
            continue
        offset = text.text.text.index(short, start)
        is_explained = is_abbreviation_explained(text.text.text, start, end, short)
        if not is_explained and offset not in _find_dose_positions(text.text.text):
            problems.add(_UNDEFINED_ABBREVIATION.at(text.place(position), abbreviation=short))


def _is_name_or_place(text: AnalyzedText, position: int) -> bool:
    """Return whether letters belong to a place, a name or a line in capitals: Austin, TX 78701; room OU; J MS Care."""
    before = text.words[position - 1] if position else None
    after = text.words[position + 1] if position + 1 < len(text.words) else None
    if after and _ZIP_CODE.fullmatch(after.key):
        return True
    if before is None:
        return False
    if before.is_emphatic or (after and after.is_emphatic):
        return True  # a line in capitals
    is_state = before.written.endswith(",") and text.words[position].plain in _STATES
    is_in_name = len(before.plain) == 1 and before.plain.isupper() and after is not None and after.plain[:1].isupper()
    return is_state or is_in_name or before.key in _PLACES


def _find_dose_positions(text: str) -> frozenset[int]:
    """Return the offsets of abbreviations in doses: these have rules of their own."""
    found = [one.position for one in find_abbreviations(text)]
    return frozenset([*found, *(match.start("unit") for match in _DOSE_UNIT.finditer(text))])


def _join_words(text: AnalyzedText, match: Match) -> str:
    return " ".join(word.plain for word in text.words[match.start : match.end])
