"""Texts of the blank files that nobody has filled in."""

from collections.abc import Iterator
from typing import Final

from handouts.check.rule import Rule
from handouts.library import Handout, Practice
from handouts.problem import Place, Problem, Severity

_BLANK: Final = Rule(
    "placeholder",
    Severity.ERROR,
    "a handout or practice still has text of the blank file",
    "Patients would read it as yours: an address and a number that are not there.",
    "the blank files that `handouts new` writes",
)
RULES: Final = (_BLANK,)

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


def practice_placeholders(practice: Practice) -> Iterator[Problem]:
    """Report what is still blank in a profile."""
    profile = practice.profile
    written: list[tuple[tuple[str | int, ...], str]] = [(("name",), profile.name), (("website",), profile.website)]
    written += [(("address", n), line) for n, line in enumerate(profile.address)]
    written += [(("phones", n, "number"), phone.number) for n, phone in enumerate(profile.phones)]
    for path, text in written:
        if text in _OF_PRACTICE:
            yield _found(text, practice.profile_at.get(path, practice.place))


def handout_placeholders(handout: Handout) -> Iterator[Problem]:
    """Report what is still blank in a handout."""
    front = handout.front
    written: list[tuple[tuple[str | int, ...], str]] = [
        (("title",), front.title),
        (("code",), front.code),
        (("audience",), front.audience),
        (("main_message",), front.main_message),
    ]
    written += [(("actions", n), action) for n, action in enumerate(front.actions)]
    written += [(("questions", n), question) for n, question in enumerate(front.questions)]
    placed = [(handout.front_at.get(path, handout.place), text) for path, text in written]
    placed += [(part.place, part.title) for part in handout.parts]
    placed += [(section.place, section.title) for section in handout.sections]
    for place, text in placed:
        if text in _OF_HANDOUT:
            yield _found(text, place)


def _found(text: str, place: Place) -> Problem:
    return _BLANK.found(f'"{text}" is text of the blank file', place, _HINT)
