"""Days of the week in a text such as "Monday to Friday", in all languages whose names of days the Unicode CLDR has."""

import re
from functools import lru_cache
from typing import Final

from handouts.language.opening_hours import find_locale

DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK: Final = frozenset(range(7))
_ENGLISH: Final = {
    **{f"{name.lower()}s": frozenset({day}) for day, name in enumerate(DAY_NAMES)},
    "tues": frozenset({1}),
    "thurs": frozenset({3}),
    "thur": frozenset({3}),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    "weekend": frozenset({5, 6}),
    "daily": _WEEK,
    "every day": _WEEK,
}
_RANGE: Final = re.compile(
    r"[-\u2010-\u2015\uff5e~]|to|through|thru|a|al|\u0111\u1ebfn|\u81f3|\u5230|\u0625\u0644\u0649"
)
# Between days of a list, and around all of them: words that add nothing, and "and".
_LIST: Final = r"[\s,/&+\u3001\u060c.:]|and|from|on|the|de|los|las|el"
_CACHE_SIZE: Final = 200


def find_days(text: str, language: str) -> frozenset[int]:
    """Return the days that a text names, from Monday (0) to Sunday (6); none if it says anything else."""
    names = _find_names(language)
    if not names:
        return frozenset()
    in_list = re.compile(f"(?:{_LIST}|{_find_joints(language)})*")
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pieces = re.split(rf"({longest_first})\.?", " ".join(text.lower().split()))
    between, days = pieces[::2], [names[name] for name in pieces[1::2]]
    if not days or not in_list.fullmatch(between[0]) or not in_list.fullmatch(between[-1]):
        return frozenset()
    found = set(days[0])
    for gap, before, after in zip(between[1:-1], days, days[1:], strict=False):
        if _RANGE.fullmatch(gap.strip()) and len(before) == len(after) == 1:
            first, last = min(before), min(after)
            found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        elif gap.strip() and in_list.fullmatch(gap):
            found |= after
        else:
            return frozenset()
    return frozenset(found)


@lru_cache(_CACHE_SIZE)
def _find_names(language: str) -> dict[str, frozenset[int]]:
    """Return the names of days in a language in small letters, whole and abbreviated."""
    locale = find_locale(language, "")
    if locale is None:
        return {}
    written = {
        str(name).lower().rstrip("."): frozenset({day})
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for day, name in locale.days[context][width].items()
    }
    return {**written, **(_ENGLISH if locale.language == "en" else {})}


@lru_cache(_CACHE_SIZE)
def _find_joints(language: str) -> str:
    """Return a pattern of what joins the items of a list in a language, such as "and"."""
    locale = find_locale(language, "")
    patterns = locale.list_patterns["standard"].values() if locale else ()
    return "|".join(sorted({re.escape(str(one).removeprefix("{0}").removesuffix("{1}").strip()) for one in patterns}))
