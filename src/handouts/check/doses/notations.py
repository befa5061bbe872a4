"""Notations of amounts that are misread, as patterns with their safe forms: zeros, units, symbols, fractions, spoons.

They are looked for in all languages, except those that are English only.
"""

import re
from decimal import Decimal
from typing import Final

from handouts.check.doses.context import UNITS, find_sentence, is_about_dose, is_about_medicine
from handouts.check.doses.rules import (
    DOSE_NUMBER,
    DOSE_SYMBOL,
    DOSE_UNIT,
    LETTER_IN_NUMBER,
    NAKED_DECIMAL,
    RUN_TOGETHER_DOSE,
    SPOON_DOSE,
    TRAILING_ZERO,
    UNIT_STYLE,
    WORD_NUMBER_DOSE,
)
from handouts.check.patterns import Pattern

# Units of laboratory results and of sizes: their zeros say how exact they are.
_NOT_A_RESULT: Final = r"(?!\w|/(?:L|l|dL|dl)\b)"
_GRAMS: Final = rf"(?:g|grams?){_NOT_A_RESULT}"  # of fiber and fat as well
_DECIMAL_UNIT: Final = (
    rf"(?!grams?\b|g\b)(?:{UNITS}){_NOT_A_RESULT}|%\s(?=\w*\s?(?:cream|ointment|gel|lotion|solution|drops|shampoo)\b)"
)
_NUMBER: Final = r"\d{1,3}(?:[.,]\d{3})+|\d+"
_RANGE: Final = r"(?:\s?(?:-|\u2013|to|or|and)\s?[\d.,]+)?"
_SOLID_FORMS: Final = r"tablets?|tabs?|pills?|capsules?|caplets?|patch(?:es)?"
_SOLID: Final = rf"(?:{_SOLID_FORMS}|doses?)"
_SPOON: Final = r"(?:teaspoon(?:ful)?s?|tablespoon(?:ful)?s?|tsp|tbsp)\b\.?"
_DIGITS: Final = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)  # noqa: SIM905 - easier to read than a list
}
_ROMAN: Final = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}
_FRACTIONS: Final = {"1/2": "\u00bd", "1/3": "\u2153", "2/3": "\u2154", "1/4": "\u00bc", "3/4": "\u00be"}
# Letters that look like digits, Latin and Cyrillic. Beside them stands a digit, or O behind one that looks like 1.
_LOOKS_LIKE_DIGIT: Final = {"O": "0", "o": "0", "\u041e": "0", "\u043e": "0", "I": "1", "l": "1", "|": "1", "S": "5"}
_LETTERS_FOR_DIGITS: Final = "".join(_LOOKS_LIKE_DIGIT)
_LETTERED_NUMBER: Final = (
    rf"(?=[{_LETTERS_FOR_DIGITS}.,:]{{0,12}}\d|[Il|]O)(?=[\d.,:]{{0,12}}[{_LETTERS_FOR_DIGITS}])(?!O2\b|S[1-5]\b)"
    rf"[\d{_LETTERS_FOR_DIGITS}][\d{_LETTERS_FOR_DIGITS}.,:]{{0,12}}"
)
_MEASURED: Final = (
    rf"{UNITS}|kg|lbs?|oz|kcal|mm|cm|mmHg|%|[\u00b0\u00ba]\s?[CF]?|[ap]\.?m\b|minutes?|hours?|days?|weeks?|months?|years?|times|"
    r"tabletas?|pastillas?|gotas?|minutos?|horas?|d\u00edas?|semanas?|meses|a\u00f1os?|veces|\u043c\u0433|\u043c\u043b"
)
_PLACE_BEFORE: Final = re.compile(r"\b(?:room|flat|unit|exit|bus|gate|ward|suite|door)\s$", re.IGNORECASE)
_LIQUID_MEDICINE: Final = re.compile(
    r"\b(?:medicines?|medications?|syrup|antibiotics?|suspension|elixir|liquid|drugs?|cough|dose|acetaminophen|"
    r"paracetamol|ibuprofen)\b",
    re.IGNORECASE,
)


def _is_liquid_medicine(text: str, position: int) -> bool:
    return bool(_LIQUID_MEDICINE.search(find_sentence(text, position)))


def _is_no_place(text: str, position: int) -> bool:
    return not _PLACE_BEFORE.search(text[:position][-12:])


def _write_digits(match: re.Match[str]) -> str:
    digits = "".join(_LOOKS_LIKE_DIGIT.get(letter, letter) for letter in match["n"])
    return f"write {digits} {match['unit']}, if that is meant"


def _make_fraction(match: re.Match[str]) -> str:
    return f"{match['whole'] or ''}{_FRACTIONS.get(match['part'], match['part'])} {match['unit']}"


NOTATIONS: Final = (
    Pattern(
        TRAILING_ZERO,
        re.compile(rf"(?<![\w.,])(?P<n>{_NUMBER})[.,]0{{1,2}}(?!\d){_RANGE}[\s-]?(?P<unit>{_DECIMAL_UNIT})"),
        lambda match: f"{match['n']} {match['unit'].strip()}",
    ),
    Pattern(
        NAKED_DECIMAL,
        re.compile(rf"(?:(?<=\s)|(?<=[(\[\u2013-])|^)[.,](?P<n>\d+)[\s-]?(?P<unit>{_DECIMAL_UNIT})"),
        lambda match: f"0.{match['n']} {match['unit'].strip()}",
    ),
    Pattern(
        TRAILING_ZERO,
        re.compile(rf"(?<![\w.,])(?P<n>{_NUMBER})[.,]0{{1,2}}(?!\d){_RANGE}[\s-]?(?P<unit>{_GRAMS})"),
        lambda match: f"{match['n']} {match['unit'].strip()}",
        is_about_medicine,
    ),
    Pattern(
        NAKED_DECIMAL,
        re.compile(rf"(?:(?<=\s)|(?<=[(\[\u2013-])|^)[.,](?P<n>\d+)[\s-]?(?P<unit>{_GRAMS})"),
        lambda match: f"0.{match['n']} {match['unit'].strip()}",
        is_about_medicine,
    ),
    Pattern(
        DOSE_UNIT,
        re.compile(r"(?<![\w.,])(?P<n>\d[\d.,]{0,12})[\s-]?[Uu](?![\w-]|\.\w)"),
        r"\g<n> units",
        _is_no_place,
    ),
    Pattern(DOSE_UNIT, re.compile(r"(?<![\w.,])(?P<n>\d[\d.,]{0,12})[\s-]?(?:IU|UI|I\.U\.)(?!\w)"), r"\g<n> units"),
    Pattern(
        DOSE_UNIT,
        re.compile("(?<![\\w.,])(?P<n>\\d[\\d.,]{0,12})[\\s-]?(?:[\u00b5\u03bc]g|ug)(?!\\w)"),
        r"\g<n> mcg, or micrograms in full",
    ),
    Pattern(DOSE_UNIT, re.compile(r"(?<![\w.,])(?P<n>\d[\d.,]{0,12})[\s-]?(?:cc(?!\w)|c\.c\.)"), r"\g<n> mL"),
    Pattern(
        DOSE_SYMBOL,
        re.compile(r"(?<![\w<>=-])[<>\u2264\u2265]\s?=?\s?\d[\d.,]{0,12}"),
        "more than, less than, at least or at most",
    ),
    Pattern(
        DOSE_SYMBOL,
        re.compile(r"\b[xX]\s?(?P<n>\d+)\s?(?:d|days?)\b"),
        r"for \g<n> days",
        is_about_dose,
        is_english=True,
    ),
    Pattern(DOSE_SYMBOL, re.compile(r"(?<=\s)@(?=\s)"), "at", is_about_dose),
    Pattern(DOSE_SYMBOL, re.compile(rf"\b(?:{UNITS})\s?[&+]\s?(?=\d)"), "and", is_about_dose),
    Pattern(DOSE_SYMBOL, re.compile(r"\d\s?(?:units?|mg|mcg)\s?/\s?\d+\s?(?:units?|mg|mcg)\b"), "and, or per"),
    Pattern(
        DOSE_NUMBER,
        re.compile(rf"(?<![\d.,])(?P<n>\d{{5,}})[\s-]?(?P<unit>{UNITS}){_NOT_A_RESULT}"),
        lambda match: f"{Decimal(match['n']):,} {match['unit']}",
        is_english=True,
    ),
    # Marks of decimals and thousands as in other languages.
    Pattern(
        DOSE_NUMBER,
        re.compile(
            rf"(?<![\w.,])(?P<n>\d{{1,4}}),(?P<part>\d?[1-9])(?![\d,]){_RANGE}[\s-]?(?P<unit>{UNITS}|\u00b0\s?[CF])(?!\w)"
        ),
        r"\g<n>.\g<part> \g<unit>",
        is_english=True,
    ),
    Pattern(
        DOSE_NUMBER,
        re.compile(rf"(?<![\w.,])(?P<n>[1-9]\d{{0,2}})\.000(?![\d.]){_RANGE}[\s-]?(?P<unit>{_DECIMAL_UNIT}|{_GRAMS})"),
        r"\g<n> \g<unit>, or \g<n>,000 \g<unit>",
        is_english=True,
    ),
    Pattern(
        DOSE_NUMBER,
        re.compile(rf"(?<![\w./])(?:(?P<whole>\d+)[\s-])?(?P<part>\d/\d)\s?(?:of (?:a|an|one) )?(?P<unit>{_SOLID})\b"),
        _make_fraction,
    ),
    Pattern(
        DOSE_NUMBER,
        re.compile(rf"(?<![\w./])(?:(?P<whole>\d+)[\s-])?(?P<part>\d/\d)\s?(?:of (?:a|an|one) )?(?P<unit>{_SPOON})"),
        _make_fraction,
        _is_liquid_medicine,
        is_english=True,
    ),
    Pattern(
        DOSE_NUMBER,
        re.compile(rf"\b(?P<n>VI{{0,3}}|I[VX]|X|I{{2,3}})\s(?P<unit>{_SOLID_FORMS}|drops|puffs)\b"),
        lambda match: f"{_ROMAN[match['n']]} {match['unit']}",
    ),
    Pattern(
        DOSE_NUMBER,
        re.compile(r"(?i:epinephrine|adrenaline)\s1:1,?0+\b"),
        "the strength as mg per mL",
    ),
    Pattern(
        LETTER_IN_NUMBER,
        re.compile(
            rf"(?:(?<![\w.,:/])|(?<=\d[x\u00d7]))(?P<n>{_LETTERED_NUMBER}){_RANGE}[\s-]?(?P<unit>{_MEASURED})(?!\w)"
        ),
        _write_digits,
    ),
    Pattern(
        LETTER_IN_NUMBER,
        re.compile(
            r"(?<![\w'\u2019.,/-])(?<!\d\s)(?P<n>l)\s(?P<unit>mg|mcg|mL|ml|tablet|pill|capsule|drop|puff|patch)\b"
        ),
        _write_digits,
    ),
    Pattern(
        RUN_TOGETHER_DOSE,
        re.compile(r"\b(?P<name>[A-Za-z]{4,})(?P<n>\d[\d.,]{0,12})\s?(?P<unit>mg|mcg|mL|g|units?)\b"),
        r"\g<name> \g<n> \g<unit>",
    ),
    Pattern(
        UNIT_STYLE,
        re.compile(r"(?<![\w.,/-])(?P<n>\d[\d.,]{0,12})(?P<unit>mg|mcg|mL|ml|units?|mEq)\b(?!\.\s?[a-z])"),
        r"\g<n> \g<unit>",
        is_english=True,
    ),
    Pattern(
        UNIT_STYLE,
        re.compile(r"(?<![\w.,/-])(?P<n>\d[\d.,]{0,12})[\s-](?P<unit>[md])l\b"),
        r"\g<n> \g<unit>L",
        is_english=True,
    ),
    Pattern(
        UNIT_STYLE,
        re.compile(r"(?<![\w.,/-])(?P<n>\d[\d.,]{0,12})\s?(?P<unit>mg|mcg|mL|ml|g|units?)\.(?=,|\s[a-z])"),
        r"\g<n> \g<unit>",
        is_english=True,
    ),
    Pattern(
        SPOON_DOSE,
        re.compile(
            rf"(?i:\d|[\u00bc-\u00be]|\b(?:an?|one|two|three|half))[\s-]?(?:a |"
            rf"of a )?(?:{_SPOON})(?! of (?:\w+ )?(?:salt|sugar|honey|oil|butter|jam|vinegar|flour)\b)"
        ),
        "",
        _is_liquid_medicine,
        is_english=True,
    ),
    Pattern(
        WORD_NUMBER_DOSE,
        re.compile(
            rf"\b(?P<n>{'|'.join(_DIGITS)})\s(?P<unit>{_SOLID[: -len('|doses?)')]}|drops?|puffs?|sprays?|units))\b",
            re.IGNORECASE,
        ),
        lambda match: f"{_DIGITS[match['n'].lower()]} {match['unit']}",
        is_about_dose,
        is_english=True,
    ),
)
