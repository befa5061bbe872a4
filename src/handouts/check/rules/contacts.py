"""Contact data of a practice: phone numbers and website."""

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from handouts.check.rules.placeholders import is_placeholder_number
from handouts.model.library import Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_BAD_PHONE: Final = Rule(
    code="bad-phone",
    severity=Severity.ERROR,
    title="a phone number cannot be dialed in the practice's country",
    why="A wrong number on paper stays wrong for years, and it is the first thing that patients in need look for.",
    source="ITU-T E.164 and Google's libphonenumber (https://github.com/google/libphonenumber)",
    message='"{number}" cannot be dialed in {country}',
    hint="count its digits, and write it with its area code",
)
_INSECURE_WEBSITE: Final = Rule(
    code="insecure-website",
    severity=Severity.WARNING,
    title="the website's address starts with http://",
    why="Browsers warn of such pages, and others can change on the way what patients read there.",
    source="OMB M-15-13, secure connections (https://https.cio.gov)",
    message="{website} is not secure",
    hint="use https:// as soon as the website has it",
)
UNKNOWN_COUNTRY: Final = Rule(
    code="unknown-country",
    severity=Severity.WARNING,
    title="the country of a practice does not exist",
    why="Its phone numbers cannot be checked, and dates may be written in the wrong order.",
    source="ISO 3166-1 (https://www.iso.org/iso-3166-country-codes.html)",
    message='"{country}" is not the code of a country',
    hint="write a code such as US or GB",
)
FICTIONAL_CONTACT: Final = Rule(
    code="fictional-contact",
    severity=Severity.ERROR,
    title="a practice has a phone number or web address that is reserved for examples",
    why="Patients could not reach the practice. Trial prints may have such numbers; a release refuses them.",
    source="NANPA, 555-0100 to 555-0199 (https://www.nanpa.com); Ofcom, numbers for drama (https://www.ofcom.org.uk); "
    "RFC 2606",
    message='"{contact}" is reserved for examples and fiction: patients could not reach the practice there',
    hint="write your own",
)
RULES: Final = (
    _BAD_PHONE,
    _INSECURE_WEBSITE,
    UNKNOWN_COUNTRY,
    FICTIONAL_CONTACT,
)

# Ofcom's ranges for drama, a thousand numbers each.
_UK_DRAMA: Final = re.compile(
    r"0(?:1632960|11[3-8]4960|1[2-6]14960|1914980|2079460|2896496|2920180|3069990|7700900|8081570|9098790)\d{3}"
)
_UK_PREFIX: Final = re.compile(r"\A\s*\+44\s*(?:\(0\))?")
_NANP_FICTION: Final = re.compile(r"1?[2-9]\d\d55501\d\d|55501\d\d")
_NANP: Final = re.compile(r"(?:[2-9]\d\d){2}\d{4}")
# What stands for digits that are still to come: libphonenumber skips signs, and reads X as 9.
_STOPGAP: Final = re.compile(r"\u2026|\.{2}|[?#*_]|[xX]{2}|\d[xX](?!\w)|(?<=\d)[- ]?[OolI](?=[- ]?\d)")
_EXTENSION: Final = re.compile(r"\b(?:ext|extension|x)\b.*", re.IGNORECASE | re.DOTALL)
_EXAMPLE_HOST: Final = re.compile(r"(?:.*\.)?(?:example\.(?:com|org|net)|example|invalid|test|localhost)")


def check_contacts(practice: Practice, problems: Problems) -> None:
    """Check phone numbers and website of a practice."""
    _check_phones(practice, problems)
    website = practice.profile.website
    if website.startswith("http://"):
        problems.add(_INSECURE_WEBSITE.at(_place_of(practice, "website"), website=website))


def check_fictional_contacts(practice: Practice, problems: Problems) -> None:
    """Report phone numbers and a web address that are reserved for examples and films."""
    for position, phone in enumerate(practice.profile.phones):
        number = _EXTENSION.sub("", _UK_PREFIX.sub("0", phone.number))
        digits = re.sub(r"\D", "", number)
        if _UK_DRAMA.fullmatch(digits) or _NANP_FICTION.fullmatch(digits):
            place = _place_of(practice, "phones", position, "number")
            problems.add(FICTIONAL_CONTACT.at(place, contact=phone.number))
    host = urlsplit(practice.profile.website).hostname or ""
    if _EXAMPLE_HOST.fullmatch(host):
        problems.add(FICTIONAL_CONTACT.at(_place_of(practice, "website"), contact=host))


def _check_phones(practice: Practice, problems: Problems) -> None:
    import phonenumbers  # noqa: PLC0415 - large, and only a check needs it
    from phonenumbers import shortnumberinfo  # noqa: PLC0415 - likewise

    country = practice.profile.country
    if country not in phonenumbers.SUPPORTED_REGIONS:
        problems.add(UNKNOWN_COUNTRY.at(_place_of(practice, "country"), country=country))
        return
    for position, phone in enumerate(practice.profile.phones):
        if is_placeholder_number(phone.number, country):
            continue  # reported as that
        try:
            parsed = phonenumbers.parse(phone.number, country)
        except phonenumbers.NumberParseException:
            parsed = phonenumbers.PhoneNumber()
        # A number such as 111 is dialed as it is; one that starts with 0 or + has an area code and must be complete.
        has_area_code = phone.number.lstrip(" (").startswith(("0", "+"))
        is_short = not has_area_code and shortnumberinfo.is_valid_short_number_for_region(parsed, country)
        if _STOPGAP.search(phone.number) or not (is_short or _is_complete(parsed)):
            place = _place_of(practice, "phones", position, "number")
            problems.add(_BAD_PHONE.at(place, number=phone.number, country=country))


def _is_complete(number: "PhoneNumber") -> bool:
    """Return whether a number has as many digits as numbers of its country have, with the area code.

    Numbers for examples count. In North America, neither the area code nor the next three digits start with 0 or 1.
    """
    import phonenumbers  # noqa: PLC0415 - as above

    if number.country_code == 1 and not _NANP.fullmatch(str(number.national_number)):
        return False
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE


def _place_of(practice: Practice, *path: str | int) -> Place:
    return practice.profile_at.get(path, practice.place)
