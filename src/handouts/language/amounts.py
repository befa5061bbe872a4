# ruff: noqa: RUF001 - letters of other scripts that look like Latin ones
"""Finds text that must stay on one line: numbers with units, ranges, times, fractions, phone numbers, codes.

Words with a hyphen are found too: "x-" at the end of a line reads as a word cut in two.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from handouts.language.spans import join_overlapping

_FRACTIONS: Final = "\u00bc-\u00be\u2150-\u215e"
_DASHES: Final = "\\-\u2010-\u2013\u2212"
_NUMBER: Final = rf"[\d{_FRACTIONS}]"
_BLANK: Final = "_{2,30}"  # a number that is filled in by hand; longer ones are for words
_DEGREES: Final = "\u00b0\u00ba\u02da\u2070"
# Case-sensitive: "5 G" is not a weight.
_SYMBOLS: Final = (
    *("kg", "g", "mg", "mcg", "\u00b5g", "\u03bcg", "ug", "ng", "pg", "lb", "lbs", "oz", "fl"),
    *("L", "l", "dL", "dl", "cL", "cl", "mL", "ml", "\u00b5L", "\u03bcL", "cc"),
    *("km", "m", "cm", "mm", "\u00b5m", "\u03bcm", "nm", "in", "ft", "yd", "mmHg", "cmH2O", "kPa"),
    *("s", "sec", "secs", "min", "mins", "h", "hr", "hrs", "d", "wk", "wks", "mo", "mos", "y", "yr", "yrs"),
    # Degrees also with the signs that are taken for theirs: the ordinal, the ring and the raised zero.
    *(f"{degree}{scale}" for degree in _DEGREES for scale in ("", "C", "F")),
    *("C", "F", "%", "\u2030", "\u2032", "\u2033"),
    *("IU", "UI", "IE", "U", "mU", "mEq", "mol", "mmol", "\u00b5mol", "\u03bcmol", "nmol", "pmol", "mOsm"),
    *("kcal", "cal", "kJ", "W", "Hz", "kHz", "MHz", "dB", "bpm", "Gy", "mGy", "Sv", "mSv", "MBq", "ppm"),
)
_WORDS: Final = (
    # Symbols that mean the same in capitals, as on labels of medicines.
    *("mg", "mcg", "kg", "lbs?", "oz", "ml", "cm", "mm", "ft", "hrs?", "mins?", "secs?", "meq"),
    *("grams?", "milligrams?", "micrograms?", "kilograms?", "pounds?", "ounces?", "fluid", "stones?"),
    *("liters?", "litres?", "milliliters?", "millilitres?", "gallons?", "quarts?", "pints?"),
    *("meters?", "metres?", "(?:centi|milli|kilo)met(?:er|re)s?", "miles?", "yards?", "inch(?:es)?", "foot", "feet"),
    *("seconds?", "minutes?", "hours?", "days?", "nights?", "weeks?", "months?", "years?"),
    *(r"[ap]m", r"[ap]\.m", "noon", "midnight", "o['\u2019]clock", "deg(?:rees?)?", "percent", "per"),
    *("units?", "international", "calories?", "kilocalories?", "milliequivalents?", "millimoles?"),
    *("tablets?", "tabs?", "pills?", "capsules?", "caps?", "caplets?", "drops?", "puffs?", "sprays?", "inhalations?"),
    *("teaspoons?", "tablespoons?", "tsp", "tbsp", "teaspoonfuls?", "tablespoonfuls?", "spoonfuls?", "cups?"),
    *("glass(?:es)?", "bottles?", "jugs?", "cans?", "vials?", "ampou?les?", "syringes?", "injections?", "pens?"),
    *("packets?", "sachets?", "packs?", "scoops?", "servings?", "suppositor(?:y|ies)", "lozenges?", "films?"),
    *("strips?", "patch(?:es)?", "doses?", "times?", "hundred", "thousand", "million", "billion"),
    # Spanish
    *(
        "segundos?",
        "minutos?",
        "horas?",
        "días?",
        "noches?",
        "semanas?",
        "mes(?:es)?",
        "años?",
        "ve(?:z|ces)",
        "grados?",
    ),
    *("gramos?", "miligramos?", "microgramos?", "kilogramos?", "kilos?", "libras?", "onzas?", "litros?", "mililitros?"),
    *("metros?", "centímetros?", "milímetros?", "pulgadas?", "pies?", "millas?", "unidad(?:es)?", "dosis", "por"),
    *("tabletas?", "pastillas?", "comprimidos?", "cápsulas?", "gotas?", "cucharad(?:it)?as?", "tazas?", "vasos?"),
    *("inyecci(?:ón|ones)", "inhalaci(?:ón|ones)", "parches?", "sobres?", "porci(?:ón|ones)", "mil", "mill(?:ón|ones)"),
    # Symbols in Cyrillic letters
    *("мкг", "мг", "кг", "г", "мл", "л", "мм", "см", "ч", "мин"),
    # Vietnamese
    *("giây", "phút", "giờ", "ngày", "đêm", "tuần", "tháng", "năm", "lần", "độ", "lít", "gam", "cân"),
    *("viên", "giọt", "muỗng", "thìa", "ly", "cốc", "liều", "miếng", "gói", "ống", "mũi", "chai", "tuổi"),
    # Arabic
    *("ثانية", "ثوانٍ?", "دقيقة", "دقائق", "ساعة", "ساعات", "يومً?ا?ً?", "أيام", "ليلة"),
    *("أسبوعً?ا?ً?", "أسابيع", "شهرً?ا?ً?", "أشهر", "شهور", "سنة", "سنوات", "عامً?ا?ً?"),
    *("أعوام", "مرة", "مرات", "حبة", "حبات", "حبوب", "قرصً?ا?ً?", "أقراص", "كبسولة", "كبسولات"),
    *("قطرة", "قطرات", "ملعقة", "ملاعق", "كوبً?ا?ً?", "أكواب", "جرعة", "جرعات", "درجة", "درجات"),
    *("وحدة", "وحدات", "ملغم?", "مجم", "مل", "جم", "كجم", "(?:ميكرو|ملي|ميلي|كيلو)?(?:غرام|جرام)ً?ا?ً?"),
    *("(?:ملي|ميلي|مللي)?لترً?ا?ً?", "رطلً?ا?ً?", "أرطال"),
)
# Chinese and Japanese have no space behind a unit, Korean has a particle.
_CJK_UNITS: Final = (
    *(
        "小时",
        "小時",
        "分钟",
        "分鐘",
        "秒",
        "天",
        "日",
        "夜",
        "周",
        "週",
        "週間",
        "星期",
        "个月",
        "個月",
        "月",
        "年",
        "岁",
        "歲",
    ),
    *(
        "次",
        "片",
        "粒",
        "颗",
        "顆",
        "滴",
        "勺",
        "匙",
        "杯",
        "劑",
        "剂",
        "瓶",
        "支",
        "包",
        "袋",
        "贴",
        "貼",
        "针",
        "針",
        "口",
        "喷",
        "噴",
    ),
    *("毫克", "微克", "千克", "公斤", "克", "毫升", "升", "毫米", "厘米", "公分", "米", "磅", "度", "单位", "單位"),
    *("時間", "時", "分", "か月", "ヶ月", "カ月", "回", "錠", "杯"),
    *("시간", "분", "초", "일", "주", "개월", "년", "번", "회", "정", "알", "방울", "잔", "밀리그램", "밀리리터"),
)
_CJK_AMOUNT: Final = re.compile(
    rf"(?<![\d.,]){_NUMBER}[\d{_FRACTIONS}.,:/\u2044{_DASHES}]{{0,20}} ?"
    rf"(?:{'|'.join(sorted(_CJK_UNITS, key=len, reverse=True))})"
)
_ANY_UNIT: Final = rf"(?:{'|'.join(sorted(_SYMBOLS, key=len, reverse=True))}|(?i:{'|'.join(_WORDS)}))(?!\w)"
# Chinese and Japanese have no spaces: there, a number is a word of its own.
_WIDE: Final = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_TOKEN: Final = re.compile(f"[^ \t\n\u2000-\u2006\u2008-\u200b{_WIDE}]+")
_HYPHENS: Final = "\\-\u2010"
_MAY_HAVE_AMOUNTS: Final = re.compile(rf"{_NUMBER}|[/{_HYPHENS}]|__")
_UNIT: Final = re.compile(_ANY_UNIT)
_UNITS_ONLY: Final = re.compile(rf"\(?{_ANY_UNIT}(?:/{_ANY_UNIT})+")
# Units of two words: fl oz, fluid ounces, mm Hg, international units, per cent, \u00b0 C.
_SECOND_WORD: Final = re.compile(r"(?:oz|Hg|C|F|(?i:ounces?|units?|cent))(?!\w)")
# Arabic words of one letter, such as "and" and "with", are written together with the number behind them.
_NO_WORD_BEFORE: Final = r"(?<![^\W\u0620-\u064a])"
_ENDS_WITH_NUMBER: Final = re.compile(
    rf"{_NO_WORD_BEFORE}{_NUMBER}[\d{_FRACTIONS}.,:/\u2044{_DASHES}x\u00d7]*(?<={_NUMBER})$|(?<!\w){_BLANK}$"
)
_STARTS_WITH_NUMBER: Final = re.compile(rf"[($\u20ac\u00a3+{_DASHES}]?(?:[.,]?{_NUMBER}|{_BLANK}(?!\w))")
_SIGN: Final = re.compile(r"[($\u20ac\u00a3<>\u2264\u2265\u2248~\u00b1x\u00d7+\u2212]+$")
_BETWEEN: Final = re.compile(rf"[{_DASHES}x\u00d7/:]$")
# "Take 1 to" at the end of a line would read as a whole dose, and "1 in" as a length.
_BETWEEN_NUMBERS: Final = re.compile("(?i:to|or|in|of|a|o|u|y|de|đến|hoặc|إلى|أو)$")
# "10 \u201320" and "10- 20", of which the second half would read as a number below zero.
_MINUS_NUMBER: Final = re.compile(rf"[{_DASHES}]{_NUMBER}")
_ENDS_WITH_DASH: Final = re.compile(rf"{_NO_WORD_BEFORE}{_NUMBER}[\d{_FRACTIONS}.,]*[{_DASHES}]$")
# A dash with a space behind it is a minus before degrees, and a dash before other amounts.
_MINUS_SIGNS: Final = frozenset(f"{bracket}{dash}" for bracket in ("", "(") for dash in "-\u2010\u2011\u2012\u2013")
_BELOW_ZERO: Final = re.compile(rf"\(?[{_DASHES}] \d[\d.,]* ?[{_DEGREES}]")
# What an address numbers: "Suite" at the end of a line, and "300" below it, look like two things.
_NUMBERED_PLACE: Final = re.compile(
    r"\W?(?:Suite|Ste\.?|Room|Rm\.?|Apt\.?|Apartment|Unit|Floor|Level|Building|Bldg\.?|Box|Desk|Door"
    r"|Piso|Sala|Consultorio|Apartado|Edificio|Ph\u00f2ng|T\u1ea7ng|L\u1ea7u)$"
)
_PLACE_NUMBER: Final = re.compile(r"#?(?:[A-Z]-?)?\d")
_STATE: Final = re.compile(r"[A-Z]{2}$")
_ZIP_CODE: Final = re.compile(r"\d{5}(?:-\d{4})?(?!\w|[.,]\d)")
_FRACTION: Final = re.compile(rf"(?:[{_FRACTIONS}]|\d{{1,2}}[/\u2044]\d)")
_THOUSANDS: Final = re.compile(r"\d{3}(?!\d)")
_UP_TO_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}$")
_DIGIT: Final = re.compile(rf"{_NUMBER}|{_BLANK}")
_HYPHENATED: Final = re.compile(rf"[^\W\d_][{_HYPHENS}][^\W\d_]")
# After these, words may be broken (Unicode Standard Annex 14, classes BA, HY, SY, EX and IN).
_BREAKABLE: Final = re.compile(rf"[{_DASHES}/?\u2026]")
_ADDRESS: Final = re.compile(r"://|@|(?i:^\W?www\.)|\w\.[a-z]{2,}/|\u00ad")
# A number with a full stop behind it ends a sentence, as in "Spine (Phila Pa 1976). 2006;31:57".
_PHONE_PART: Final = re.compile(rf"[(+]{{0,2}}\d[\d().{_DASHES}/]*(?<!\.)|[{_DASHES}/]")
_LONGEST_NUMBER: Final = 40  # characters of a word: looking at more would take quadratic time
_PHONE_DIGITS: Final = range(7, 16)
_EXTENSION: Final = re.compile(r"(?i:ext\.?|extension|x)$")
_WRITTEN_EXTENSION: Final = re.compile(r"(?i:ext\.?|x)\d")


def find_amounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each text that must stay on one line, in order.

    These are runs of words, and numbers with units of Chinese, Japanese or Korean.
    """
    if not _MAY_HAVE_AMOUNTS.search(text):
        return
    yield from join_overlapping([*_find_runs(text), *(match.span() for match in _CJK_AMOUNT.finditer(text))])


def _find_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of words that must stay on one line, in order."""
    spots = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spots]
    joined = _join_words(words)
    first = 0
    for last, word in enumerate(words):
        if last < len(joined) and joined[last] and text[spots[last][1] : spots[last + 1][0]].isspace():
            continue
        if first < last or _is_unbreakable(word):
            yield spots[first][0], spots[last][1]
        first = last + 1


def _is_unbreakable(word: str) -> bool:
    """Return whether a word must not be broken after a dash or slash: it has digits or a hyphen, or is a unit."""
    has_both = _BREAKABLE.search(word) and _DIGIT.search(word)
    is_whole = has_both or _HYPHENATED.search(word)
    return bool(is_whole and not _ADDRESS.search(word)) or bool(_UNITS_ONLY.match(word))


def is_hyphenated_word(before: str, after: str) -> bool:
    """Return whether a line break between two texts splits a word at its hyphen."""
    return bool(_HYPHENATED.fullmatch(before[-2:] + after[:1]))


def _join_words(words: Sequence[str]) -> list[bool]:
    """Return for each word but the last whether the next word must stay on its line."""
    joined = [_belong_together(before, after) for before, after in pairwise(words)]
    for at, word in enumerate(words[1:-1], start=1):
        before, after = words[at - 1], words[at + 1]
        starts = bool(_STARTS_WITH_NUMBER.match(after))
        ends = bool(_ENDS_WITH_NUMBER.search(before[-_LONGEST_NUMBER:]))
        if _BETWEEN.match(word):
            starts = starts or after.lower().startswith(("noon", "midnight"))
            ends = ends or (at > 1 and joined[at - 2])
        elif not _BETWEEN_NUMBERS.match(word):
            continue
        if starts and ends:
            joined[at - 1] = joined[at] = True
    for at in range(1, len(joined)):
        # The second word of a unit, after a first one that has its number.
        if joined[at - 1] and _UNIT.fullmatch(words[at]) and _SECOND_WORD.match(words[at + 1]):
            joined[at] = True
    for at, word in enumerate(words[:-1]):
        if word in _MINUS_SIGNS and _BELOW_ZERO.match(" ".join(words[at : at + 3])):
            joined[at] = True
    for first, last in _find_phone_numbers(words):
        joined[first:last] = [True] * (last - first)
    return joined


def _belong_together(before: str, after: str) -> bool:
    if _ENDS_WITH_NUMBER.search(before[-_LONGEST_NUMBER:]):
        thousands = _THOUSANDS.match(after) and _UP_TO_THOUSANDS.search(before)
        is_range = _MINUS_NUMBER.match(after)
        return bool(_UNIT.match(after) or _FRACTION.match(after) or thousands or is_range)
    if _ENDS_WITH_DASH.search(before[-_LONGEST_NUMBER:]) and _STARTS_WITH_NUMBER.match(after):
        return True
    if _is_place(before, after):
        return True
    return bool(_SIGN.match(before) and _STARTS_WITH_NUMBER.match(after))


def _is_place(before: str, after: str) -> bool:
    has_number = _NUMBERED_PLACE.match(before) and _PLACE_NUMBER.match(after)
    return bool(has_number or (_STATE.match(before) and _ZIP_CODE.match(after)))


def is_place(amount: str) -> bool:
    """Return whether a text that stays on one line is a part of an address, such as "Suite 300" or "MI 49462"."""
    words = amount.split()
    return len(words) > 1 and all(_is_place(before, after) for before, after in pairwise(words))


def _find_phone_numbers(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each phone number of several words, with its extension."""
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and _PHONE_PART.fullmatch(words[last]):
            last += 1
        # The last part may be followed by punctuation.
        if last < len(words) and _PHONE_PART.match(words[last]):
            last += 1
        if sum(character.isdigit() for word in words[first:last] for character in word) in _PHONE_DIGITS:
            if last + 1 < len(words) and _EXTENSION.match(words[last]) and words[last + 1][0].isdigit():
                last += 2
            elif last < len(words) and _WRITTEN_EXTENSION.match(words[last]):
                last += 1
            yield first, last - 1
        first = max(last, first + 1)
