"""Reads a request of a record system: parameters of HL7's URL-based Infobutton, as they are written in the wild.

Only what finds a handout is kept. Age, gender and whatever else a record system says about a patient is dropped here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from handouts.infobutton.code_systems import find_system
from handouts.language.tags import is_language_tag
from handouts.problems.exceptions import HandoutsError

ResponseType = Literal["atom", "json", "jsonp"]

# A number tells criteria apart: none is the first one, then 1, 2 ... (URL-Based Implementations, 3.2).
_CRITERION: Final = re.compile(r"mainsearchcriteria\.v\.(c|cs|dn|ot)(\d{0,4})")
_LANGUAGE_NAMES: Final = ("informationrecipient.languagecode.c", "informationrecipient.language", "language")
_RESPONSE_TYPES: Final[dict[str, ResponseType]] = {
    "": "atom",
    "text/xml": "atom",
    "application/xml": "atom",
    "application/atom+xml": "atom",
    "text/json": "json",
    "application/json": "json",
    "text/javascript": "jsonp",
    "application/javascript": "jsonp",
}
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK: Final = 64
_MOST_PARAMETERS: Final = 500
_MOST_CRITERIA: Final = 20
_LONGEST_CODE: Final = 64
_LONGEST_TEXT: Final = 200
_LONGEST_LANGUAGE: Final = 35  # RFC 5646, 4.4.1
_UNDETERMINED: Final = "und"
# What XML cannot contain (XML 1.0, production 2), and what else nobody sees, such as marks that turn a text around.
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x20\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+"
)


class BadRequestError(HandoutsError):
    """A request that cannot be answered; the text says why, without anything that was sent."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a record system looks for: a code of a system, or words, or both.

    `number` is the number at the end of its parameters. `oid` is the system as it was sent, `system` is the one of
    ours; "" if none was sent, None if it is unknown.
    """

    number: str = ""
    code: str = ""
    oid: str = ""
    system: str | None = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeRequest:
    """What is looked for, in which language ("" if none was named), and the kind of response."""

    criteria: tuple[Criterion, ...]
    language: str = ""
    response: ResponseType = "atom"
    callback: str = ""

    def list_parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the request that were used, with their standard names."""
        parameters = []
        for one in self.criteria:
            for name, value in (("c", one.code), ("cs", one.oid), ("dn", one.words)):
                if value:
                    parameters.append((f"mainSearchCriteria.v.{name}{one.number}", value))
        if self.language:
            parameters.append(("informationRecipient.languageCode.c", self.language))
        return parameters


def read_request(parameters: Iterable[tuple[str, str]]) -> KnowledgeRequest:
    """Read the parameters of a URL or form; names are compared without case, unknown ones are dropped.

    Raises BadRequestError for a request without criteria, for one with too many or too long ones, and for a response
    type that does not exist.
    """
    values: dict[str, str] = {}
    criteria: dict[tuple[int, int], dict[str, str]] = {}
    repeated: Counter[str] = Counter()
    for count, (written, raw) in enumerate(parameters):
        if count >= _MOST_PARAMETERS:
            raise BadRequestError(f"more than {_MOST_PARAMETERS} parameters")
        name, value = written.strip().casefold(), clean(raw)
        match = _CRITERION.fullmatch(name)
        if match is None:
            values.setdefault(name, value)
        elif value:
            # Some send a second criterion by the same names again, instead of numbered ones.
            at = int(match[2]) if match[2] else -1, repeated[name]
            repeated[name] += 1
            criteria.setdefault(at, {})[match[1]] = value
            if len(criteria) > _MOST_CRITERIA:
                raise BadRequestError(f"more than {_MOST_CRITERIA} search criteria")
    found = tuple(_make_criterion(number, fields) for (number, _), fields in sorted(criteria.items()))
    language = next(filter(None, (values.get(name) for name in _LANGUAGE_NAMES)), "")
    return KnowledgeRequest(_require_criteria(found), read_language(language), *_read_type(values))


def make_request(codes: Sequence[str], systems: Sequence[str], words: Sequence[str], language: str) -> KnowledgeRequest:
    """Make the request of a link such as /open?code=M48.5&language=es.

    Of several systems or words, each belongs to the code in its place; one belongs to all. Raises BadRequestError.
    """
    count = max(len(codes), len(systems), len(words))
    if count > _MOST_CRITERIA:
        raise BadRequestError(f"more than {_MOST_CRITERIA} search criteria")
    columns = {"c": codes, "cs": systems, "dn": words}
    rows = [{name: clean(_pick(values, at)) for name, values in columns.items()} for at in range(count)]
    criteria = tuple(_make_criterion(at or -1, row) for at, row in enumerate(rows))
    return KnowledgeRequest(_require_criteria(criteria), read_language(language))


def _pick(values: Sequence[str], at: int) -> str:
    """Return the value at a position; the only one at any position, and "" beyond the end."""
    if len(values) == 1:
        return values[0]
    return values[at] if at < len(values) else ""


def read_language(sent: str) -> str:
    """Return the tag of a language that was sent: three letters become two, names in English become tags.

    A text that is neither is returned itself, because no handout is in that language.
    """
    value = clean(sent)[:_LONGEST_LANGUAGE]
    if not value or value.casefold() == _UNDETERMINED:
        return ""
    from babel import Locale  # noqa: PLC0415 - slow, so only where a language is named
    from babel.core import get_global  # noqa: PLC0415 - likewise

    tag = value.replace("_", "-")
    if not is_language_tag(tag):
        names = Locale("en").languages
        return next((tag for tag, name in names.items() if name.casefold() == value.casefold()), value)
    first, hyphen, rest = tag.partition("-")
    aliases = get_global("language_aliases")
    return f"{aliases.get(first.lower(), first.lower())}{hyphen}{rest}"


def clean(value: str) -> str:
    """Return a text without control characters, and with single blanks."""
    return _UNPRINTABLE.sub(" ", value).strip()


def _make_criterion(number: int, fields: dict[str, str]) -> Criterion:
    code, system = fields.get("c", ""), fields.get("cs", "")
    if len(code) > _LONGEST_CODE or len(system) > _LONGEST_TEXT:
        raise BadRequestError(f"a code has more than {_LONGEST_CODE} characters")
    words = (fields.get("dn") or fields.get("ot", ""))[:_LONGEST_TEXT]
    return Criterion("" if number < 0 else str(number), code, system, find_system(system) if system else "", words)


def _require_criteria(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    found = tuple(one for one in criteria if one.code or one.words)
    if not found:
        raise BadRequestError("no mainSearchCriteria.v.c, which is the code to look for")
    return found


def _read_type(values: dict[str, str]) -> tuple[ResponseType, str]:
    sent = values.get("knowledgeresponsetype", "").partition(";")[0].strip().casefold()
    response = _RESPONSE_TYPES.get(sent)
    if response is None:
        raise BadRequestError("knowledgeResponseType has to be text/xml, application/json or application/javascript")
    if response != "jsonp":
        return response, ""
    callback = values.get("callback", "")
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise BadRequestError("application/javascript needs a callback, which is the name of a function")
    return response, callback
