"""A practice as its patients meet it: phone numbers, hours, website, logo and colors, and nothing left blank."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from handouts.check.rules.hours import wrong_hours
from handouts.check.rules.placeholders import practice_placeholders
from handouts.compose.style_sheets import make_readable
from handouts.model.library import Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from handouts.problems.rule import Rule

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_PHONE: Final = Rule(
    "bad-phone",
    Severity.WARNING,
    "a phone number is none that can be dialled in the practice's country",
    "A wrong number on paper stays wrong for years. It is the first thing that patients in need look for.",
    "ITU-T E.164 and Google's libphonenumber (https://github.com/google/libphonenumber)",
)
_EMERGENCY: Final = Rule(
    "wrong-emergency-number",
    Severity.WARNING,
    "the emergency number is not that of the practice's country",
    "In an emergency a wrong number costs minutes.",
    "Google's libphonenumber, emergency numbers by country (https://github.com/google/libphonenumber)",
)
_HOURS: Final = Rule(
    "odd-hours",
    Severity.WARNING,
    "opening hours cannot be meant as they are written",
    "Patients stand before a closed door, or do not come.",
    "ISO 8601 has times of day from 00:00 to 24:00",
)
_COARSE: Final = Rule(
    "coarse-logo",
    Severity.WARNING,
    "the logo has too few pixels for print",
    "It is printed blurred: patients take such a page for a copy, or a fraud.",
    "300 pixels per inch are usual in print; the logo is 17 mm high and at most 80 mm wide",
)
_INSECURE: Final = Rule(
    "insecure-website",
    Severity.WARNING,
    "the website's address starts with http://",
    "Browsers warn of such pages, and what patients read there can be changed on the way.",
    "OMB M-15-13, secure connections (https://https.cio.gov)",
)
_COUNTRY: Final = Rule(
    "unknown-country",
    Severity.WARNING,
    "there is no such country",
    "Phone numbers cannot be checked and dates may be written in the wrong order.",
    "ISO 3166-1 (https://www.iso.org/iso-3166-country-codes.html)",
)
RULES: Final = (_PHONE, _EMERGENCY, _HOURS, _COARSE, _INSECURE, _COUNTRY)

_HIGH, _WIDE, _SHARP = 17.0, 80.0, 300  # millimetres, millimetres, pixels per inch
_PHONE_HINT: Final = "count its digits, and write it with its area code"
_INCH: Final = 25.4  # millimetres


def practice_findings(practice: Practice, contrasts: Iterable[float]) -> Iterator[Problem]:
    """Report on the profile and the logo of a practice, and its colors in formats that need such contrasts."""
    yield from practice_placeholders(practice)
    yield from _phones(practice)
    yield from _hours(practice)
    yield from _logos(practice)
    yield from _colors(practice, contrasts)
    if practice.profile.website.startswith("http://"):
        message = f"{practice.profile.website} is not secure"
        yield _INSECURE.found(message, _at(practice, "website"), "use https://, once the site has it")


def _phones(practice: Practice) -> Iterator[Problem]:
    import phonenumbers  # noqa: PLC0415 - large, and only a check needs it
    from phonenumbers import shortnumberinfo  # noqa: PLC0415 - likewise

    country = practice.profile.country
    if country not in phonenumbers.SUPPORTED_REGIONS:
        yield _COUNTRY.found(f'"{country}" is no country', _at(practice, "country"), "such as US or GB")
        return
    for position, phone in enumerate(practice.profile.phones):
        try:
            parsed = phonenumbers.parse(phone.number, country)
        except phonenumbers.NumberParseException:
            parsed = phonenumbers.PhoneNumber()
        # A number such as 111 is dialled as it is; one that starts with 0 is that of a place, and has to be whole.
        whole = phone.number.lstrip(" (").startswith(("0", "+"))
        short = not whole and shortnumberinfo.is_possible_short_number_for_region(parsed, country)
        if not short and not _is_whole(parsed):
            place = _at(practice, "phones", position, "number")
            yield _PHONE.found(f'"{phone.number}" cannot be dialled in {country}', place, _PHONE_HINT)
    number = practice.profile.emergency.number
    if number.isdecimal() and not shortnumberinfo.is_emergency_number(number, country):
        place = _at(practice, "emergency", "number")
        yield _EMERGENCY.found(f'"{number}" is no emergency number in {country}', place, "write the one that is")


def _is_whole(number: "PhoneNumber") -> bool:
    """Tell whether a number has as many digits as those of its country, with the area code."""
    import phonenumbers  # noqa: PLC0415 - as above

    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE


def _hours(practice: Practice) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for position, entry in enumerate(practice.profile.hours):
        days = " ".join(entry.days.lower().split())
        if days in seen:
            place = _at(practice, "hours", position, "days")
            yield _HOURS.found(f'"{entry.days}" has hours twice', place, "keep one of the two")
        seen[days] = position
        if wrong := wrong_hours(entry.hours):
            yield _HOURS.found(f'"{entry.hours}": {wrong}', _at(practice, "hours", position, "hours"), "correct it")


def _logos(practice: Practice) -> Iterator[Problem]:
    for field, logo in (("logo", practice.logo), ("logo_black", practice.logo_black)):
        size = logo.size if logo else None
        if logo is None or size is None:
            continue
        high = min(_HIGH, _WIDE * size[1] / size[0])
        found = round(size[1] / high * _INCH)
        if found < _SHARP:
            wide = high * size[0] / size[1]
            message = (
                f"{logo.name} has {size[0]} x {size[1]} pixels and is printed {wide:.0f} x {high:.0f} mm: {found} ppi"
            )
            needed = f"{wide / _INCH * _SHARP:.0f} x {high / _INCH * _SHARP:.0f} pixels"
            yield _COARSE.found(message, _at(practice, field), f"a drawing (SVG), or at least {needed}")


def _colors(practice: Practice, contrasts: Iterable[float]) -> Iterator[Problem]:
    """Report each color that is darkened, for the format that asks for most."""
    most = max(contrasts)
    problems = Problems()
    for name, color in practice.profile.colors.model_dump().items():
        make_readable(practice, name, color, most, problems)
    yield from problems


def _at(practice: Practice, *path: str | int) -> Place:
    return practice.profile_at.get(path, practice.place)
