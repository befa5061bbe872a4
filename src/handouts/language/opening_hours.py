"""Writes opening hours, such as `mon-fri 08:00-17:00`, in a language and country as the Unicode CLDR has them."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final

from handouts.language.tags import parse_language_tag

if TYPE_CHECKING:
    from babel import Locale

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM: Final = re.compile(r"(?P<days>[a-z]{3}(?:-[a-z]{3}|(?:,\s?[a-z]{3})*))\s+(?P<hours>closed|\d\d:.*)")
_SPAN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_CACHE_SIZE: Final = 200
# CLDR has no word for it.
_CLOSED: Final = {
    "en": "Closed",
    "es": "Cerrado",
    "vi": "\u0110\u00f3ng c\u1eeda",
    "zh-hans": "\u4f11\u606f",
    "ar": "\u0645\u063a\u0644\u0642",
}
_SPACES: Final = str.maketrans({"\u202f": "\u00a0", "\u2009": " "})  # fonts lack the narrow ones


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Days from Monday (0) to Sunday (6), and the times from which to which the practice is open on each of them.

    `is_range` means that the days are the first and the last of several in a row. Without times, it is closed.
    """

    days: tuple[int, ...]
    is_range: bool
    times: tuple[tuple[dt.time, dt.time], ...]


def parse_opening_hours(text: str) -> OpeningHours | None:
    """Return the hours that a text such as `mon-fri 08:00-12:00, 13:00-17:00` means; None if it has another form."""
    match = _FORM.fullmatch(text.strip().lower())
    if match is None:
        return None
    names = re.split(r"-|,\s?", match["days"])
    if not set(names) <= set(_DAYS) or len(set(names)) < len(names):
        return None
    days = tuple(map(_DAYS.index, names))
    if match["hours"] == "closed":
        return OpeningHours(days, "-" in match["days"], ())
    spans = [_SPAN.fullmatch(span.strip()) for span in match["hours"].split(",")]
    times = tuple(
        (dt.time(int(span[1]), int(span[2])), dt.time(int(span[3]), int(span[4]))) for span in spans if span is not None
    )
    if len(times) < len(spans) or any(closes <= opens for opens, closes in times):
        return None
    return OpeningHours(days, "-" in match["days"], times)


@lru_cache(_CACHE_SIZE)  # practices of a network often have the same hours
def write_opening_hours(hours: OpeningHours, language: str, country: str) -> tuple[str, str] | None:
    """Return the days and the times in a language, as people in a country write them.

    None if CLDR does not have the language, or the practice is closed and its word is not known.
    """
    locale = find_locale(language, country)
    if locale is None:
        return None
    from babel.dates import format_interval, get_day_names  # noqa: PLC0415 - slow
    from babel.lists import format_list  # noqa: PLC0415 - likewise

    names = get_day_names("wide", "stand-alone", locale)
    days = [_capitalize(str(names[day]), language) if at == 0 else str(names[day]) for at, day in enumerate(hours.days)]
    written = _join_range(locale, days) if hours.is_range else format_list(days, "standard", locale)
    written = written.translate(_SPACES)
    if not hours.times:
        closed = find_closed_word(language)
        return (written, closed) if closed else None

    def write_spans(skeleton: str) -> list[str]:
        return [str(format_interval(opens, closes, skeleton, locale=locale)) for opens, closes in hours.times]

    try:
        spans = write_spans("Hm" if "H" in locale.time_formats["short"].pattern else "hm")
    except NotImplementedError:  # Babel writes no parts of the day, such as those of traditional Chinese
        spans = write_spans("Hm")
    # As the first items of any list are joined: a list of type "unit" has nothing between its items in some languages.
    return written, reduce(locale.list_patterns["standard"]["start"].format, spans).translate(_SPACES)


def _join_range(locale: "Locale", days: list[str]) -> str:
    pattern = locale.interval_formats.get(None) or "{0} \u2013 {1}"
    return str(pattern).replace("{0}", days[0]).replace("{1}", days[1])


def _capitalize(day: str, language: str) -> str:
    """Return a day as it is written at the start of a line: Spanish names of days are in small letters."""
    return day[:1].upper() + day[1:] if language.partition("-")[0] in {"es", "pt", "fr", "it", "ru"} else day


def find_closed_word(language: str) -> str | None:
    """Return the word for "closed" in a language; None if it is not known."""
    tag = language.lower()
    matches = (word for name, word in _CLOSED.items() if tag == name or tag.startswith(f"{name}-"))
    return next(matches, None)


@lru_cache(_CACHE_SIZE)
def find_locale(language: str, country: str) -> "Locale | None":
    """Return the locale of a language in a country, or of the language alone if CLDR has no such locale."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow

    tag = parse_language_tag(language)
    if tag is None:
        return None
    names = [tag.language, *([tag.script.title()] if tag.script else [])]
    for name in ([*names, (tag.region or country).upper()], names):
        try:
            return Locale.parse("_".join(name), resolve_likely_subtags=False)
        except (UnknownLocaleError, ValueError):
            continue
    return None
