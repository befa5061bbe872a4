"""Words about people: the person comes before the disease, and a role has no gender."""

import re
from typing import Final

from handouts.check.doses.context import find_sentence
from handouts.check.patterns import Pattern, make_phrase
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_CDC: Final = (
    "CDC, Health Equity Guiding Principles, Preferred Terms, "
    "https://www.cdc.gov/health-communication/php/toolkit/preferred-terms.html"
)
_NIH: Final = (
    "NIH Style Guide, Person-first and Destigmatizing Language, "
    "https://www.nih.gov/nih-style-guide/person-first-destigmatizing-language"
)

_PERSON_FIRST: Final = Rule(
    code="person-first",
    severity=Severity.WARNING,
    title="people are named by their disease, disability or age",
    why="A person has a disease and is not the disease. Labels hurt, and people who are ashamed ask for help later. "
    "Some groups choose such a word for themselves: accept it then.",
    source=f"{_CDC}; {_NIH}",
    message='"{found}" names people by what they have',
    hint="say: {instead}",
)
_GENDERED_ROLE: Final = Rule(
    code="gendered-role",
    severity=Severity.WARNING,
    title="a role is given a gender",
    why="Readers do not know who will treat them, and should not be told that it is a man or a woman.",
    source="GOV.UK style guide, addressing the user and gender-neutral text, "
    "https://www.gov.uk/guidance/style-guide/a-to-z",
    message='"{found}" gives a role a gender',
    hint="say: {instead}",
)
RULES: Final = (_PERSON_FIRST, _GENDERED_ROLE)

# Nouns, in the plural: always people. In the singular they may be adjectives, as in "a diabetic ulcer".
_CONDITIONS: Final = {
    "diabetic": "diabetes",
    "epileptic": "epilepsy",
    "asthmatic": "asthma",
    "schizophrenic": "schizophrenia",
    "hemophiliac": "hemophilia",
    "haemophiliac": "haemophilia",
    "autistic": "autism",
    "arthritic": "arthritis",
    "anorexic": "anorexia",
    "bulimic": "bulimia",
    "paraplegic": "paraplegia",
    "quadriplegic": "quadriplegia",
    "alcoholic": "alcohol use disorder",
    "leper": "leprosy",
}
_PEOPLE: Final = r"people|persons?|patients?|individuals|adults?|women|woman|men|man|children|child|residents|clients"
# What follows a noun, and not an adjective.
_NOT_A_NOUN: Final = (
    r"(?=\s*(?:[.,;:!?)\u2014]|$)|\s(?:should|must|may|might|can|could|will|would|who|is|are|was|were|has|have|had|or|"
    r"and|need|needs|often|fall|get|with|in|to|than|do|does|too)\b)"
)
_ROLES: Final = (
    r"doctors?|nurses?|surgeons?|dentists?|pharmacists?|therapists?|specialists?|physicians?|midwi(?:fe|ves)"
)
_KIN: Final = re.compile(
    r"\b(?:sons?|daughters?|child|children|mother|father|wife|husband|baby|boy|girl|wom[ae]n|m[ae]n|person|mom|dad|"
    r"partner|friend|brother|sister|patient|he or she|she or he|him or her|her or him|his or her|her or his)\b",
    re.IGNORECASE,
)


def _names_condition(match: re.Match[str]) -> str:
    word = match["noun"].lower().removesuffix("s")
    return f"{'people' if match['noun'].lower().endswith('s') else 'a person'} with {_CONDITIONS[word]}"


def _has_only_role(text: str, position: int) -> bool:
    return not _KIN.search(find_sentence(text, position))


_NOUNS: Final = "|".join(_CONDITIONS)
_NOUN_CUES: Final = frozenset(form for word in _CONDITIONS for form in (word, f"{word}s"))
PATTERNS: Final = (
    Pattern(
        _PERSON_FIRST,
        re.compile(rf"\b(?P<noun>(?:{_NOUNS})s)\b(?! Anonymous)", re.IGNORECASE),
        _names_condition,
        cues=_NOUN_CUES,
    ),
    Pattern(
        _PERSON_FIRST,
        re.compile(rf"\b(?:an?|is|are|am|was)\s(?P<noun>{_NOUNS}){_NOT_A_NOUN}", re.IGNORECASE),
        _names_condition,
        cues=_NOUN_CUES,
    ),
    make_phrase(
        _PERSON_FIRST, rf"(?:the )?elderly(?: (?:{_PEOPLE}))?", "older adults, or the age that you mean", "elderly"
    ),
    make_phrase(_PERSON_FIRST, r"(?<!high school )(?<!for )seniors", "older adults", "seniors"),
    make_phrase(
        _PERSON_FIRST,
        rf"(?:the )?(?:morbidly )?obese(?: (?:{_PEOPLE}))",
        "people with obesity",
        "obese",
    ),
    Pattern(
        _PERSON_FIRST,
        re.compile(
            rf"\bthe (?:(?:disabled|homeless|obese|infirm|aged|poor|deaf|mentally ill){_NOT_A_NOUN})", re.IGNORECASE
        ),
        "people who have that, or people with ...",
        cues=frozenset("disabled homeless obese infirm aged poor deaf ill".split()),  # noqa: SIM905 - easier to read
    ),
    make_phrase(
        _PERSON_FIRST,
        rf"(?:mentally ill|brain[- ]damaged|hearing[- ]impaired|learning[- ]disabled|disabled) (?:{_PEOPLE})",
        "people with a mental illness, a brain injury, a hearing loss or a disability",
        "mentally brain brain-damaged hearing hearing-impaired learning learning-disabled disabled",
    ),
    make_phrase(
        _PERSON_FIRST,
        r"(?:drug |heroin |opioid |cocaine )?addicts?|junkies|(?:drug|substance|alcohol) abusers?|drug users?",
        "people with a substance use disorder, or people who use drugs",
        "addict addicts junkies abuser abusers user users",
    ),
    make_phrase(
        _GENDERED_ROLE, rf"male nurses?|(?:lady|woman|women) (?:{_ROLES})", "nurse, doctor", "male lady woman women"
    ),
    make_phrase(
        _GENDERED_ROLE,
        "chairm[ae]n|salesm[ae]n|firem[ae]n|policem[ae]n|ambulancem[ae]n|cleaning lad(?:y|ies)|housewi(?:fe|"
        "ves)|mankind",
        "a word without a gender: chair, police officer, ambulance crew, people",
        "chairman chairmen salesman salesmen fireman firemen policeman policemen ambulanceman ambulancemen cleaning "
        "housewife housewives mankind",
    ),
    Pattern(
        _GENDERED_ROLE,
        re.compile(rf"\b(?:{_ROLES})\b[^.!?;:]{{0,40}}?\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE),
        "they, their",
        _has_only_role,
        cues=frozenset("he she his her him hers".split()),  # noqa: SIM905 - easier to read than a list
    ),
)
