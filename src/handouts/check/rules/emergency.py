"""Emergency numbers: a practice's is one of its country and in its text, and no text names one of another country."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from handouts.check.markdown_texts import MarkdownText
from handouts.model.library import Handout, Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

_NUMBERS_SOURCE: Final = (
    "Google's libphonenumber, emergency numbers by country (https://github.com/google/libphonenumber)"
)
WRONG_EMERGENCY_NUMBER: Final = Rule(
    code="wrong-emergency-number",
    severity=Severity.ERROR,
    title="the emergency number is not that of the practice's country",
    why="In an emergency a wrong number costs minutes. A release refuses it.",
    source=_NUMBERS_SOURCE,
    message='"{number}" is not an emergency number in {country}',
    hint="write the emergency number of that country, or correct the country",
)
TEXT_WITHOUT_NUMBER: Final = Rule(
    code="emergency-text-without-number",
    severity=Severity.ERROR,
    title="the emergency text does not name the emergency number",
    why="In an emergency people read one line: it has to say whom to call. A release refuses it.",
    source="CDC Clear Communication Index, item 8, behavioral recommendations (https://www.cdc.gov/ccindex)",
    message="the emergency text does not name the number {number}",
    hint='write it into the text, such as "Call {number} if a life is in danger."',
)
TEXT_FORBIDS_CALL: Final = Rule(
    code="emergency-text-forbids-call",
    severity=Severity.ERROR,
    title="the emergency text says not to call the emergency number",
    why="In an emergency people read one line: it must not keep them from calling. A release refuses it.",
    source="CDC Clear Communication Index, item 8, behavioral recommendations (https://www.cdc.gov/ccindex)",
    message='the emergency text says not to call: "{words}"',
    hint='say when to call, such as "Call {number} if a life is in danger."',
)
FOREIGN_EMERGENCY_NUMBER: Final = Rule(
    code="foreign-emergency-number",
    severity=Severity.ERROR,
    title="a text names the emergency number of another country than the practice's",
    why="Nobody answers it there. Only a release reports it, because it depends on the practice.",
    source=_NUMBERS_SOURCE,
    message='"{words}" is not for patients of {practice}: {number} is not an emergency number in {country}',
    hint="refer to the emergency line of the practice, which is on every print",
)
RULES: Final = (WRONG_EMERGENCY_NUMBER, TEXT_WITHOUT_NUMBER, TEXT_FORBIDS_CALL, FOREIGN_EMERGENCY_NUMBER)

_NUMBER: Final = re.compile(r"\d(?:[ .\u00a0\u2010\u2011-]?\d)*")
_CALLED_NUMBER: Final = re.compile(
    # Verbs of calling, and words for an emergency, in the languages that most handouts are in.
    r"\b(?:call(?:ing)?|dial(?:ing)?|phone|ring|text|llam[ae]r?(?: al)?|marque(?: el)?|appel(?:ez|er)(?: le)?"
    r"|compose[zr](?: le)?|lig(?:ue|ar)(?: para)?|w\u00e4hlen sie|rufen sie(?: die)?|emergency(?: number)?|ambulance"
    r"|notruf|emergencias?|urgences?)"
    r"[ \u00a0]?(?:on|at|is|the|:)?[ \u00a0]*(?P<number>\d(?:-?\d){2,3})(?![\d.,-]*\d)"
    r"(?! ?(?:%|times|minutes|hours|days))",
    re.IGNORECASE,
)
# A verb of calling with its negation, up to the number, in the same languages and those that labels are shipped in.
_FORBIDDEN_CALL: Final = re.compile(
    r"(?:\b(?:do not|don['\u2019]?t|never|must not|should not|shouldn['\u2019]t) (?:ever |just |simply )?"
    r"(?:call|dial|phone|ring|text)|\bavoid (?:calling|dialing|ringing)"
    r"|\b(?:no|nunca) (?:llam[ae][rs]?|marc(?:ar|as?)|marque[ns]?)|\b(?:n\u00e3o|nunca) (?:ligue|ligar|chame|chamar)"
    r"|\bn['\u2019](?:appelez|appelle) (?:pas|jamais)|\bne composez (?:pas|jamais)"
    r"|\bne (?:pas|jamais) (?:appeler|composer)"
    r"|\b(?:rufen|w\u00e4hlen) sie (?:nicht|nie)|\u0111\u1eebng g\u1ecdi|kh\u00f4ng (?:n\u00ean )?g\u1ecdi"
    r"|(?:\u4e0d\u8981|\u4e0d\u5f97|\u8bf7\u52ff|\u5207\u52ff|\u5225|\u522b)(?:\u62e8\u6253?|\u6253|\u547c\u53eb)"
    r"|\u0644\u0627 \u062a\u062a\u0635\u0644)"
    r"[^\d.:;,!?\n]{0,20}\d+(?:(?:[ -]|,? (?:or|nor|o|ou|oder) )\d+)*",
    re.IGNORECASE,
)
_LONGEST_SHORT_NUMBER: Final = 4


def check_emergency(practice: Practice, problems: Problems) -> None:
    """Check the emergency number of a practice and the text around it."""
    import phonenumbers  # noqa: PLC0415 - large, and only a check needs it

    emergency, country = practice.profile.emergency, practice.profile.country
    numbers = _find_numbers(emergency.number)
    is_known = country in phonenumbers.SUPPORTED_REGIONS  # an unknown country is reported by check_contacts
    if not numbers or (is_known and not all(_is_emergency_number(number, country) for number in numbers)):
        place = practice.profile_at.get(("emergency", "number"), practice.place)
        problems.add(WRONG_EMERGENCY_NUMBER.at(place, number=emergency.number, country=country))
        return
    place = practice.profile_at.get(("emergency", "text"), practice.place)
    if not set(numbers) & set(_find_numbers(emergency.text)):
        problems.add(TEXT_WITHOUT_NUMBER.at(place, number=emergency.number))
    elif not set(numbers) & set(_find_numbers(_FORBIDDEN_CALL.sub("", emergency.text))):
        # "Never call 911 for a refill" is fine beside the sentence that says when to call.
        forbidden = _FORBIDDEN_CALL.search(emergency.text)
        words = forbidden.group().strip() if forbidden else ""
        problems.add(TEXT_FORBIDS_CALL.at(place, words=words, number=emergency.number))


def check_foreign_numbers(
    handout: Handout, texts: Iterable[MarkdownText], practice: Practice, problems: Problems
) -> None:
    """Report emergency numbers of other countries in a handout and in the practice's own texts."""
    profile, front = practice.profile, handout.front
    values = [
        (practice.profile_at.get(("emergency", "text"), practice.place), profile.emergency.text),
        *(
            (practice.profile_at.get(("when_to_call", n), practice.place), text)
            for n, text in enumerate(profile.when_to_call)
        ),
        *((handout.front_at.get(("actions", n), handout.place), text) for n, text in enumerate(front.actions)),
        (handout.front_at.get(("main_message",), handout.place), front.main_message),
        (handout.front_at.get(("disclaimer",), handout.place), front.disclaimer),
    ]
    found = [(place, match) for place, text in values for match in _CALLED_NUMBER.finditer(text)]
    found += [(text.place(match.start()), match) for text in texts for match in _CALLED_NUMBER.finditer(text.markdown)]
    for place, match in found:
        _check_called_number(match, place, practice, problems)


def _check_called_number(match: re.Match[str], place: Place, practice: Practice, problems: Problems) -> None:
    number, country = "".join(_find_numbers(match["number"])), practice.profile.country
    if len(number) <= _LONGEST_SHORT_NUMBER and _is_used_elsewhere(number) and not _is_used_in(number, country):
        values = {"words": match.group(), "number": number, "practice": practice.id, "country": country}
        problems.add(FOREIGN_EMERGENCY_NUMBER.at(place, **values))


def _find_numbers(text: str) -> list[str]:
    """Return the numbers in a text as plain digits; "9-1-1" is one number, "999 112" are two."""
    return [number for match in _NUMBER.finditer(text) for number in _split_number(match.group())]


def _split_number(written: str) -> Iterator[str]:
    groups = ["".join(str(int(sign)) for sign in group) for group in re.findall(r"\d+", written)]
    if len(groups) > 1 and all(len(group) == 3 for group in groups):  # noqa: PLR2004 - as "999 112"
        yield from groups
    else:
        yield "".join(groups)


@cache
def _is_emergency_number(number: str, country: str) -> bool:
    from phonenumbers import shortnumberinfo  # noqa: PLC0415 - as above

    return shortnumberinfo.is_emergency_number(number, country)


@cache
def _is_used_elsewhere(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - as above

    return any(_is_emergency_number(number, country) for country in phonenumbers.SUPPORTED_REGIONS)


@cache
def _is_used_in(number: str, country: str) -> bool:
    """Return whether a short number can be called in a country, such as 111 in the UK."""
    import phonenumbers  # noqa: PLC0415 - as above
    from phonenumbers import shortnumberinfo  # noqa: PLC0415 - as above

    if country not in phonenumbers.SUPPORTED_REGIONS or _is_emergency_number(number, country):
        return True
    return shortnumberinfo.is_valid_short_number_for_region(phonenumbers.parse(number, country), country)
