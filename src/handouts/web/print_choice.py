"""Choice: what was chosen on the page, with every name looked up in the library, as the one print that it means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, get_args

from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.language.tags import is_same_language
from handouts.model.edition import formats
from handouts.model.library import Handout, Library, Practice
from handouts.model.print_options import PrintOptions
from handouts.problems.exceptions import HandoutsError
from handouts.schema.print_terms import Ink, Paper

USUAL_FORMAT = "handout"


class NotChosenError(HandoutsError):
    """Something that is not in the library was asked for."""


class NothingChosenError(HandoutsError):
    """No section was chosen."""


class Fields(Protocol):
    """The fields of a form, as they were sent."""

    def get(self, key: str, default: str) -> str:
        """Give the first value of a field."""

    def getlist(self, key: str) -> Sequence[str]:
        """Give all values of a field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One print; no section named means all of them, no paper that of the practice."""

    practice: str
    handout: str
    language: str
    format: str = USUAL_FORMAT
    sections: tuple[str, ...] = ()
    paper: Paper | None = None
    ink: Ink = "color"

    def planned(self, library: Library) -> Planned:
        """Plan the print. Raise UnknownNameError or EmptySelectionError if the library has changed."""
        request = Request(
            handouts=(self.handout,),
            practices=(self.practice,),
            sections=self.sections,
            formats=(self.format,),
            languages=(self.language,),
            options=PrintOptions(self.paper, self.ink),
        )
        (one,) = plan(library, request)
        return one


def chosen_handout(library: Library, name: str, language: str = "", practice: Practice | None = None) -> Handout:
    """Find a handout, in a language, else in that of the practice or the project if there is one.

    Raise NotChosenError.
    """
    found = {one.language: one for one in library.handouts if one.id == name}
    usual = [practice.language] if practice else []
    fitting = (
        tag for one in (*usual, library.settings.language) for tag in sorted(found) if is_same_language(tag, one)
    )
    wanted = language or next(fitting, next(iter(found), ""))
    if wanted not in found:
        raise NotChosenError
    return found[wanted]


def chosen_practice(library: Library, name: str | None) -> str | None:
    """Give the practice if the library has it, or the only one there is."""
    if name in library.practices:
        return name
    return next(iter(library.practices)) if len(library.practices) == 1 else None


def choice_from(fields: Fields, handout: Handout, practice: str, library: Library) -> Choice:
    """Read the fields of the form. Raise NotChosenError for a name that it does not offer, NothingChosenError."""
    sections = tuple(dict.fromkeys(fields.getlist("section")))
    known = [section.id for section in handout.sections]
    if not set(sections) <= set(known):
        raise NotChosenError
    if not sections:
        raise NothingChosenError
    paper = fields.get("paper", "")
    return Choice(
        practice,
        handout.id,
        handout.language,
        _one_of(fields.get("format", USUAL_FORMAT), formats(library.settings)),
        () if len(sections) == len(known) else tuple(name for name in known if name in sections),
        next(one for one in get_args(Paper) if one == paper) if _one_of(paper, ("", *get_args(Paper))) else None,
        "black" if _one_of(fields.get("ink", "color"), get_args(Ink)) == "black" else "color",
    )


def _one_of(value: str, offered: Collection[str]) -> str:
    if value not in offered:
        raise NotChosenError
    return value
