"""The words of a text, with the properties that the rules need."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from handouts.check.plain_language.syllables import count_syllables

_LETTERS: Final = re.compile("[a-z]+")
_OUTSIDE: Final = re.compile(r"^[\W_]+|[\W_]+$")
_SPOKEN_NOT: Final = re.compile(r"[sd]n['\u2019]t$")  # is-n't, did-n't; but don't
_POSSESSIVE: Final = re.compile(r"['\u2019]s$")
# Quotation marks and brackets may follow the full stop.
_SENTENCE_END: Final = re.compile(r"[.!?]+[\"'\u201d\u2019)\]]*$")
_ENDS_WITH_A_STOP: Final = frozenset(
    re.findall(
        r"\S+",
        """
    dr mr mrs ms st prof vs e.g i.e etc approx no nos fig vol dept inc jr sr a.m p.m u.s u.k
    """,
    )
)
# A letter behind these is no initial of a name: hepatitis A. It ...
_LETTERED: Final = frozenset(
    re.findall(
        r"\S+",
        """
    hepatitis influenza vitamin vitamins type group stage part plan grade class option table figure section category
    and or to is
    """,
    )
)
_NUMBERED: Final = frozenset({"no", "nos", "fig", "vol", "approx"})  # only before a number
_SENTENCE_STARTS: Final = frozenset("a an the it this that these they he she we you i in if there most some".split())  # noqa: SIM905
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())  # noqa: SIM905 - easier to read
# Words that are put in capitals for emphasis.
_EMPHATIC: Final = frozenset(
    re.findall(
        r"\S+",
        """
    ADVICE AFTER ALL ALWAYS AND ANY ARE ASK ATTENTION AVOID BEFORE CALL CANNOT CAUTION CHECK DANGER DO DONT DURING
    EACH EVER EVERY FIRST FOR GET GO HELP HOW IF IN IS IT KEEP LOOK MAY MORE MOST MUST MY NEED NEVER NEW NO NOT NOTE
    NOW OF OFF ON ONCE ONLY OR OUR OUT OVER PAIN PLEASE READ RISK RISKS SAFE SEE STOP TAKE TELL THAT THE THEN THIS
    TO UNTIL UP USE VERY WAIT WARN WARNING WHAT WHEN WHERE WHO WHY WILL WITH YES YOU YOUR
    """,
    )
)
_READ_AS_WORDS: Final = frozenset({"AIDS", "PIN", "SIDS", "ZIP"})  # and not letter by letter
_LONGEST_ABBREVIATION: Final = 5  # letters
_ROMAN_NUMERAL: Final = re.compile(r"(?!IV$)(?:X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITAL_PARTS: Final = re.compile(r"[A-Z0-9]+")
_PLURAL: Final = re.compile(r"([A-Z]{2,})s")
_LONGEST_QUOTE: Final = 60  # characters
# HbA1c, SpO2
_MIXED: Final = re.compile(r"(?=[A-Za-z]*\d)(?=[A-Z0-9]*[a-z])(?=[a-z0-9]*[A-Z][a-z0-9]*[A-Z])[A-Za-z0-9]{4,8}")
_CAPITALS: Final = re.compile(r"[A-Z][A-Z0-9'\u2019&/.-]*[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Word:
    """The characters between two spaces.

    `plain` is the word without the punctuation around it, `key` is `plain` in small letters and without 's.
    `counts` is False for dashes and bullets. `ends_sentence` means that a sentence may end behind the word.
    `abbreviation` is "" for other words; `is_emphatic` means that the word is in capitals for emphasis only.
    """

    written: str
    plain: str
    key: str
    syllables: int
    counts: bool
    ends_sentence: bool
    starts_small: bool
    abbreviation: str
    is_emphatic: bool


def split_into_words(text: str) -> list[Word]:
    """Split a text at spaces and em dashes; every other character belongs to a word."""
    return list(map(make_word, text.replace("\u2014", " ").split()))


@lru_cache(maxsize=50_000)
def make_word(written: str) -> Word:
    """Return a word with its properties; `written` has no spaces. A number counts as one syllable."""
    plain = _OUTSIDE.sub("", written)
    key = _POSSESSIVE.sub("", plain.lower())
    letters = key.replace("'", "").replace("\u2019", "")
    short = _find_abbreviation(plain)
    if short and short not in _READ_AS_WORDS:
        syllables = sum(3 if letter == "W" else 1 for letter in plain if letter.isupper())
    else:
        syllables = sum(map(count_syllables, _LETTERS.findall(letters))) if plain else 0
        syllables += bool(_SPOKEN_NOT.search(key))
    is_initial = len(plain) == 1 and plain.isupper()
    has_own_stop = written.endswith(".") and (key in _ENDS_WITH_A_STOP or is_initial)
    return Word(
        written,
        plain,
        key,
        max(1, syllables) if plain else 0,
        bool(plain),
        bool(_SENTENCE_END.search(written)) and not has_own_stop,
        plain[:1].islower(),
        short,
        _is_emphatic(plain),
    )


@lru_cache(maxsize=16)
def find_word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each word of a text, in the order of `split_into_words`."""
    return tuple(word.span() for word in re.finditer(r"[^\s\u2014]+", text))


def split_into_sentences(words: list[Word]) -> list[tuple[int, int]]:
    """Return the first word of each sentence and the one after its last; every word is in one sentence.

    A sentence ends behind a word with . ! or ?, unless the next word starts with a small letter, as after "e.g.". A
    stop that belongs to its word (etc., 8 p.m., hepatitis A.) may end a sentence as well.
    """
    sentences = []
    start = 0
    last = len(words) - 1
    for position, word in enumerate(words):
        if position == last or (
            not words[position + 1].starts_small and (word.ends_sentence or _ends_with_own_stop(words, position))
        ):
            sentences.append((start, position + 1))
            start = position + 1
    return sentences


def _ends_with_own_stop(words: list[Word], position: int) -> bool:
    """Return whether the stop of an abbreviation or a letter ends a sentence too; another word follows it."""
    word, following = words[position], words[position + 1]
    before = words[position - 1].key if position else ""
    if not word.written.rstrip("\"'\u201d\u2019)]").endswith("."):
        return False
    if word.key in {"a.m", "p.m"}:
        return following.plain[:1].isupper() and following.key not in _DAYS
    if word.key in {"u.s", "u.k"}:
        return following.key in _SENTENCE_STARTS
    if word.key in _NUMBERED:
        return not following.plain[:1].isdigit()
    if word.key == "st":  # a street, and not a saint
        return position > 0 and words[position - 1].plain[:1].isupper()
    return word.key == "etc" or (len(word.plain) == 1 and before in _LETTERED)


def shorten_text(text: str) -> str:
    """Return the start of a text on one line, to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE].rstrip()} ..."


def _is_in_capitals(plain: str) -> bool:
    return plain[:1].isupper() and bool(_CAPITALS.fullmatch(plain))  # at least two letters


def _find_abbreviation(plain: str) -> str:
    """Return the abbreviation without the s of its plural, or "" for other words."""
    plural = _PLURAL.fullmatch(plain)
    short = plural[1] if plural else plain if _is_in_capitals(plain) else ""
    if _MIXED.fullmatch(plain):
        return plain
    # With digits it is a vertebra, a vitamin or a postcode.
    return "" if not short.isalpha() or _is_emphatic(plain) or _ROMAN_NUMERAL.fullmatch(short) else short


def _is_emphatic(plain: str) -> bool:
    if not _is_in_capitals(plain):
        return False
    letters = plain.replace("'", "").replace("\u2019", "")
    longest = max(map(len, _CAPITAL_PARTS.findall(letters)))
    return letters in _EMPHATIC or (longest > _LONGEST_ABBREVIATION and letters.replace("-", "").isalpha())
