"""Whether a text explains a word near its first use: by a plainer word, by a definition, or as "also called"."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_NEAR: Final = 150  # characters on both sides in which a plainer word counts
_SHORTEST_SYNONYM: Final = 4  # letters
_FEWEST_WORDS: Final = 2  # of a description of an abbreviation
_WORDS_BEFORE: Final = 8  # in which the initials of an abbreviation are looked for

_PARTS: Final = re.compile(r"[,;]| or ")
# The head of a definition is a synonym as well, unless it is a word that fits hundreds: swelling caused by ...
_HEAD_ENDS: Final = re.compile(r" (?:caused|that|in|which|of|used|with|by|for|to|from)\b")
_GENERAL_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
    agent amount area blood body bone cancer cell change condition cut device disease disorder doctor drug fluid gland
    group growth illness infection inflammation injury instrument lack layer loss material measure medicine method
    muscle name nerve operation organ pain part picture pouch problem procedure process program protein removal scan
    study substance surgery symptom syndrome system term test tissue treatment tube tumor type use vessel virus
    """,
    )
)
_ARTICLE: Final = re.compile(r"^(?:an?|the|your|having to do with|about|related to)\s+")
# The rest of a phrase may come before the bracket: cardiac arrest (the heart stops beating).
_BRACKET_AFTER: Final = re.compile(r"[\"'\u201d\u2019*]?(?:\s[\w-]+){0,2},?\s?\((?P<content>[^()]{2,200})\)")
# What stands in brackets and explains nothing: places, conditions, examples, advice.
_NO_EXPLANATION: Final = re.compile(
    r"(?:see|ask|tell|call|if|when|unless|until|your|our|we|you|for example|for instance|such as|like|including|e\.?g|"
    r"as|at|on|in|from|by|with|before|after|up to|page|section|figure|table|only|and|but|usually|often|sometimes|"
    r"once|twice|every|each)\b|[\d<>~+-]",
    re.IGNORECASE,
)
_PLAIN_WORD: Final = re.compile(r"(?<![A-Za-z])[a-z]{3,}")
_DEFINED_AFTER: Final = re.compile(
    r"[\"'\u201d\u2019*]?(?:\s\([A-Z][A-Za-z0-9]{1,6}\))?(?:"
    r", (?:or|which (?:means|is (?:a|an|the|when|what))|meaning|that is|also|a|an|the)\b"
    r"|, [a-z]+s? (?:that|which|for|used)\b"
    r"|\s[\u2013\u2014-]\s(?=[a-z])"
    r"|\s(?:means|stands for|is short for|refers to)\b"
    r"|\s(?:is|are) (?:a|an|the|when|what|where|made (?:up )?of|(?:surgery|cancer|swelling|pain|medicine|treatment|"
    r"tissue|fluid|blood|tests?|damage|loss) (?:to|of|that|in|for))\b"
    r"|[.;:]\s(?:this|that|it|these|they)(?:'s|\u2019s| is| are)? (?:means?|stands for|(?:a|an|the|when|what)\b))",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"[\"'\u201d\u2019*]?, or\b")
_IN_LIST: Final = re.compile(r",\s(?:[\w-]+\s){0,3}$")
_SHORT_FORM: Final = re.compile(r"\s\((?P<short>[A-Z][A-Za-z0-9]{1,6})\)")
_NAMED_BEFORE: Final = re.compile(
    r"(?:\bcalled|\bknown as|\bname is|\bnamed|\bterm is|\bword is|\bterm for [\w ]{1,40} is|, or)\s+(?:an? |the )?"
    r"[\"'\u201c\u2018(]?$",
    re.IGNORECASE,
)


def is_word_explained(text: str, start: int, end: int, plainer: str) -> bool:
    """Return whether the word from `start` to `end` is explained around it; `plainer` are plainer words for it."""
    start, end = _trim(text, start, end)
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR + 60]
    word = text[start:end].lower()
    if _has_synonym(before, word, plainer) or _has_synonym(after[:_NEAR], word, plainer):
        return True
    if before.endswith("(") and after.startswith(")"):
        return bool(_PLAIN_WORD.search(before))
    bracket = _BRACKET_AFTER.match(after)
    in_bracket = bracket and not _NO_EXPLANATION.match(bracket["content"]) and _PLAIN_WORD.search(bracket["content"])
    return bool(in_bracket) or is_defined(text, start, end)


def is_defined(text: str, start: int, end: int) -> bool:
    """Return whether the word from `start` to `end` is defined in a sentence or named as another word for something."""
    start, end = _trim(text, start, end)
    before, after = text[max(0, start - _NEAR) : start], text[end:]
    if _NAMED_BEFORE.search(before):
        return True
    if _OR.match(after) and _IN_LIST.search(before):
        return False  # uterus, cervix, or ovaries
    short = _SHORT_FORM.match(after)
    if short and re.search(rf"(?<!\w){short['short']} (?:is|are|means)\b", after):
        return True
    return bool(_DEFINED_AFTER.match(after))


def is_abbreviation_explained(text: str, start: int, end: int, short: str) -> bool:
    """Return whether an abbreviation is written out or described around it.

    In brackets it is only explained if the words before have its letters: "sugar (HbA1c)" does not explain it.
    """
    start, end = _trim(text, start, end)
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR + 60]
    words_before = before.lower().split()[-_WORDS_BEFORE:]
    if has_initials(short, words_before):
        return True
    if before.endswith("(") and after.startswith(")"):
        # A bracket that opens the text has no word before it.
        return _has_letters(short.lower(), [word.strip("(") for word in words_before if word.strip("(")])
    bracket = _BRACKET_AFTER.match(after)
    if bracket:
        words = bracket["content"].lower().split()
        is_description = len(words) >= _FEWEST_WORDS and not _NO_EXPLANATION.match(bracket["content"])
        return has_initials(short, words) or is_description
    return bool(_DEFINED_AFTER.match(after) or _NAMED_BEFORE.search(before))


def has_initials(short: str, words: Iterable[str]) -> bool:
    """Return whether words have the letters of an abbreviation as initials, in order: BMI, "body mass index"."""
    wanted = iter(short.lower())
    letter = next(wanted, "")
    for initial in (part[:1] for word in words for part in word.strip("(\"'\u201c\u2018").split("-")):
        if initial == letter:
            letter = next(wanted, "")
    return not letter


def _has_letters(short: str, words: Sequence[str]) -> bool:
    """Return whether the last words, none empty, have the letters in order: fibromuscular dysplasia (FMD)."""
    for count in range(1, min(len(short), len(words)) + 1):
        last = words[-count:]
        letters = iter("".join(last))
        if last[0][0] == short[0] and last[-1][0] in short and all(letter in letters for letter in short):
            return True
    return False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a word without the punctuation around it."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _has_synonym(text: str, word: str, plainer: str) -> bool:
    lower = text.lower()
    parts = (_ARTICLE.sub("", part.strip()) for part in _PARTS.split(plainer.lower()))
    synonyms = {synonym for part in parts for synonym in (part, _HEAD_ENDS.split(part, maxsplit=1)[0])}
    return any(
        len(synonym) >= _SHORTEST_SYNONYM
        and synonym not in _GENERAL_WORDS
        and synonym != word
        and re.search(rf"(?<!\w){re.escape(synonym)}(?!\w)", lower)
        for synonym in synonyms
    )
