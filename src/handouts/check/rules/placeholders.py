"""Texts that stand where nobody has written the real one yet: of the blank files, and as authors leave them."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from handouts.check.passages import Passage
from handouts.model.library import Block, Handout, Part, Practice, Section
from handouts.problems.problem import Place, Problem, Severity
from handouts.problems.rule import Rule

_BLANK: Final = Rule(
    "placeholder",
    Severity.ERROR,
    "a handout, insert or practice still has a placeholder",
    "Patients would read it as yours: a number that nobody answers, or a dose that is not there.",
    "the blank files that `handouts new` writes; docs/ci.md: what a release refuses",
)
_FICTIONAL: Final = Rule(
    "fictional-contact",
    Severity.ERROR,
    "a practice has a phone number or web address that is reserved for examples",
    "Patients could not reach the practice. Trial prints may have such numbers; a release refuses them.",
    "NANPA, 555-0100 to 555-0199 (https://www.nanpa.com); Ofcom, numbers for drama (https://www.ofcom.org.uk); "
    "RFC 2606",
)
RULES: Final = (_BLANK, _FICTIONAL)

# As in scaffold/blanks/, less what can be meant.
_OF_PRACTICE: Final = frozenset(
    {"Name of the practice", "Street and number", "Town", "(000) 555-0100", "https://practice.example.org"}
)
_OF_HANDOUT: Final = frozenset(
    {
        "Title of the handout",
        "XX-000",
        "For people who have ...",
        "The main point, in one or two short sentences.",
        "Something the reader can do now.",
        "A question to ask?",
        "A part",
        "A question that patients ask?",
    }
)
_HINT: Final = "write your own"

_WHAT: Final = (
    r"dose|dosage|amount|name|date|time|day|phone|telephone|number|address|street|practice|clinic|doctor|physician|"
    r"nurse|hospital|drug|medicine|medication|website|web address|url|e-?mail|citation needed|source|reviewer|text"
)
# Within a text. Capitals only where small letters are words: "todo" is Spanish, and drafts of air are no drafts.
_IN_TEXT: Final = re.compile(
    r"\b(?:TODO|TBD|TBA|TBC|FIXME|DRAFT)\b|\?{2,}|(?i:\blorem ipsum\b|\bto be (?:confirmed|decided|determined)\b)"
    # A dose or phone number of letters, and numbers that only stand for one.
    r"|\b[Xx]{1,4} ?(?:mg|mcg|g|mL|ml|L|units?|tablets?|%)(?!\w)|\b0{3}\)?[-. ]0{3}[-. ]0{4}\b|(?i:\bx{3}[-. ]x{4}\b)"
    rf"|(?i:[\[<](?:(?:insert|enter|add|fill in|your)\b[^\]>\n]{{0,60}}"
    rf"|(?:the |a |an )?(?:{_WHAT})(?: (?:name|number|here|of [^\]>\n]{{0,40}}))?)\\?[\]>])"
)
# As a whole value.
_WHOLE: Final = frozenset(
    """
    tbd tba tbc todo fixme xxx placeholder to_do to_be_confirmed to_be_decided to_be_determined to_be_added
    to_be_written to_follow
    """.split()  # noqa: SIM905 - words as people write them
)
# As the one who reviewed a handout, or as a number to call.
_NOBODY: Final = frozenset(
    """
    n/a na none nobody no_one nil null me myself self x xx test testing unknown pending someone somebody anonymous
    anyone reviewer name role not_yet not_reviewed not_yet_reviewed not_reviewed_yet to_be_reviewed in_review
    under_review draft yes no ok done
    """.split()  # noqa: SIM905 - likewise
)
_NAMES: Final = re.compile(
    r"(?:name|role|title) of\b.*|your (?:address|street|town|city)\b.*"
    r"|(?:your |my |the )?(?:practice|clinic|hospital|organi[sz]ation)(?:'s)?(?: name)?(?: here)?"
    r"|(?:your |the )?(?:reviewer|clinician|doctor)(?:'s)?(?: name| role)?(?: here)?",
    re.IGNORECASE,
)
_FEWEST_DIGITS: Final = 7  # of a number that is not a short one such as 111
_NATIONAL_DIGITS: Final = 10  # in North America
# Behind the leading 0: Ofcom's ranges for drama, a thousand numbers each.
_UK_DRAMA: Final = re.compile(
    r"0(?:1632960|11[3-8]4960|1[2-6]14960|1914980|2079460|2896496|2920180|3069990|7700900|8081570|9098790)\d{3}"
)
_NANP_FICTION: Final = re.compile(r"1?[2-9]\d\d55501\d\d|55501\d\d")
_EXTENSION: Final = re.compile(r"\b(?:ext|extension|x)\b.*", re.IGNORECASE | re.DOTALL)
_EXAMPLE_HOST: Final = re.compile(r"(?:.*\.)?(?:example\.(?:com|org|net)|example|invalid|test|localhost)")

_Path = tuple[str | int, ...]


def practice_placeholders(practice: Practice) -> Iterator[Problem]:
    """Report what is still blank in a profile."""
    profile = practice.profile
    names: list[tuple[_Path, str]] = [(("name",), profile.name), (("website",), profile.website)]
    names += [(("address", n), line) for n, line in enumerate(profile.address)]
    texts: list[tuple[_Path, str]] = [(("emergency", "text"), profile.emergency.text)]
    texts += [(("phones", n, "label"), phone.label) for n, phone in enumerate(profile.phones)]
    texts += [(("when_to_call", n), reason) for n, reason in enumerate(profile.when_to_call)]
    texts += [(("hours", n, "days"), entry.days) for n, entry in enumerate(profile.hours)]
    texts += [(("hours", n, "hours"), entry.hours) for n, entry in enumerate(profile.hours)]
    numbers: list[tuple[_Path, str]] = [(("emergency", "number"), profile.emergency.number)]
    numbers += [(("phones", n, "number"), phone.number) for n, phone in enumerate(profile.phones)]
    for path, text in (*names, *texts, *numbers):
        place = practice.profile_at.get(path, practice.place)
        if text in _OF_PRACTICE:
            yield _BLANK.found(f'"{text}" is sample text of `handouts new`', place, _HINT)
        elif (
            _is_whole_placeholder(text)
            or ((path, text) in names and _NAMES.fullmatch(text))
            or ((path, text) in numbers and _is_no_number(text, profile.country))
        ):
            yield _BLANK.found(f'"{text}" is a placeholder', place, _HINT)
        else:
            yield from _in_text(text, place)


def fictional_contacts(practice: Practice) -> Iterator[Problem]:
    """Report phone numbers and a web address that are reserved for examples and films."""
    profile = practice.profile
    for n, phone in enumerate(profile.phones):
        number = _EXTENSION.sub("", re.sub(r"\A\s*\+44\s*(?:\(0\))?", "0", phone.number))
        digits = re.sub(r"\D", "", number)
        if _UK_DRAMA.fullmatch(digits) or _NANP_FICTION.fullmatch(digits):
            place = practice.profile_at.get(("phones", n, "number"), practice.place)
            yield _FICTIONAL.found(
                f'"{phone.number}" is reserved for fictional use: nobody can be reached there', place, _HINT
            )
    host = urlsplit(profile.website).hostname or ""
    if _EXAMPLE_HOST.fullmatch(host):
        place = practice.profile_at.get(("website",), practice.place)
        yield _FICTIONAL.found(f'"{host}" is a domain for examples: patients would find no website there', place, _HINT)


def handout_placeholders(handout: Handout, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Report what is still blank in a handout; a draft may leave open who reviewed it."""
    front = handout.front
    written: list[tuple[_Path, str]] = [
        (("title",), front.title),
        (("code",), front.code),
        (("version",), front.version),
        (("audience",), front.audience),
        (("main_message",), front.main_message),
        (("disclaimer",), front.disclaimer),
        (("sponsor",), front.sponsor or ""),
    ]
    written += [(("actions", n), action) for n, action in enumerate(front.actions)]
    written += [(("questions", n), question) for n, question in enumerate(front.questions)]
    for n, entry in enumerate(front.glossary):
        written += [(("glossary", n, "term"), entry.term), (("glossary", n, "meaning"), entry.meaning)]
    placed = [(handout.front_at.get(path, handout.place), text) for path, text in written if text]
    units: list[Part | Section | Block] = [*handout.parts, *handout.sections, *handout.blocks]
    placed += [(unit.place, unit.title) for unit in units if unit.title]
    for place, text in placed:
        if text in _OF_HANDOUT:
            yield _BLANK.found(f'"{text}" is sample text of `handouts new`', place, _HINT)
        elif _is_whole_placeholder(text):
            yield _BLANK.found(f'"{text}" is a placeholder', place, _HINT)
        else:
            yield from _in_text(text, place, front.abbreviations)
    reviewer = front.reviewed_by or ""
    if front.status == "approved" and _is_nobody(reviewer):
        place = handout.front_at.get(("reviewed_by",), handout.place)
        yield _BLANK.found(
            f'"{reviewer}" does not say who reviewed the handout',
            place,
            "name the role or the organization of the reviewer",
        )
    yield from passage_placeholders(passages, front.abbreviations)


def passage_placeholders(passages: Iterable[Passage], known: Container[str] = ()) -> Iterator[Problem]:
    """Report placeholders in running text; `known` are abbreviations that mean something else."""
    for passage in passages:
        for found in _IN_TEXT.finditer(passage.written):
            if found.group() not in known:
                message = f'"{found.group()}" is a placeholder'
                yield _BLANK.found(message, passage.place(found.start()), _HINT)


def _in_text(text: str, place: Place, known: Container[str] = ()) -> Iterator[Problem]:
    for found in _IN_TEXT.finditer(text):
        if found.group() not in known:
            yield _BLANK.found(f'"{found.group()}" in "{text}" is a placeholder', place, _HINT)


def _folded(text: str) -> str:
    return "_".join(re.sub(r"[.,;!?:()\[\]<>{}\"'*_-]+", " ", text).split()).casefold()


def _is_whole_placeholder(text: str) -> bool:
    return not _folded(text) or _folded(text) in _WHOLE


def _is_nobody(reviewer: str) -> bool:
    has_letters = re.search(r"[^\W\d_]", reviewer)
    return not has_letters or _is_nothing(reviewer) or bool(_NAMES.fullmatch(reviewer) or _IN_TEXT.search(reviewer))


def _is_nothing(text: str) -> bool:
    return _is_whole_placeholder(text) or _folded(text) in _NOBODY


def _is_no_number(text: str, country: str) -> bool:
    """Return whether nothing is said in place of a phone number, or its digits only stand for others."""
    digits = re.sub(r"\D", "", text)
    if _is_nothing(text) or re.search(r"[xX#]{3}", text):
        return True
    if len(digits) < _FEWEST_DIGITS:
        return False
    local, counted = digits[-_FEWEST_DIGITS:], digits.lstrip("0")
    has_no_area = len(digits) >= _NATIONAL_DIGITS and digits[-_NATIONAL_DIGITS:].startswith("000")
    is_counted = len(counted) >= _FEWEST_DIGITS and "1234567890".startswith(counted)
    # No exchange in North America starts with 1, and 555-1234 belongs to nobody.
    is_american = country in {"US", "CA"} and local in {"1234567", "5551234", "5555555"}
    return has_no_area or is_counted or is_american or local in {"0000000", "1111111", "9999999"}
