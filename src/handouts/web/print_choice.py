"""The print that somebody chose on the page, with every name looked up in the library."""

from dataclasses import dataclass, field

from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.language.tags import is_same_language
from handouts.model.edition import USUAL_FORMAT
from handouts.model.library import Handout, Library, Practice
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import ChoiceError, select
from handouts.problems.exceptions import HandoutsError
from handouts.web.live_library import Snapshot


class NotOfferedError(HandoutsError):
    """A form or address names something that the page does not offer."""


class UnknownPracticeError(NotOfferedError):
    """A form or address names a practice that the library does not have, or not any more."""


class MixedPackError(HandoutsError):
    """A pack cannot be printed as it was put together; the text says why, and what to do, in words for staff."""


class NothingSelectedError(HandoutsError):
    """No section is selected."""


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """One print; no sections mean all sections."""

    practice: str
    handout: str
    language: str
    format: str = USUAL_FORMAT
    sections: tuple[str, ...] = ()
    options: PrintOptions = field(default_factory=PrintOptions)
    audience: str = ""

    def plan(self, library: Library) -> Planned:
        """Plan the print. Raises UnknownNameError or EmptySelectionError if the library has changed."""
        request = Request(
            handouts=(self.handout,),
            practices=(self.practice,),
            sections=self.sections,
            formats=(self.format,),
            languages=(self.language,),
            options=self.options,
            audience=self.audience,
        )
        (planned,) = plan(library, request)
        return planned


def require_library(snapshot: Snapshot) -> Library:
    """Return the library. Raises NotOfferedError while the project cannot be read at all."""
    if snapshot.library is None:
        raise NotOfferedError
    return snapshot.library


def find_handout(library: Library, handout_id: str, language: str = "", practice: Practice | None = None) -> Handout:
    """Return a handout in a language.

    Without a language, that of the practice is preferred, then that of the project. Raises NotOfferedError if there is
    no such handout.
    """
    by_language = {handout.language: handout for handout in library.handouts if handout.id == handout_id}
    preferred = [*([practice.language] if practice else []), library.settings.language]
    matching = (tag for choice in preferred for tag in sorted(by_language) if is_same_language(tag, choice))
    chosen = language or next(matching, next(iter(by_language), ""))
    if chosen not in by_language:
        raise NotOfferedError
    return by_language[chosen]


def list_default_sections(handout: Handout) -> list[str]:
    """Return the ids of the sections that are selected at first: the author's choice, else all."""
    chosen = [handout.front.default] if handout.front.default else []
    try:
        return [section.id for section in select(handout, chosen).sections]
    except ChoiceError:  # it is for other practices
        return [section.id for section in handout.sections]


def find_practice_id(library: Library, remembered: str | None) -> str | None:
    """Return the remembered practice if the library has it, else the only practice if there is only one."""
    if remembered in library.practices:
        return remembered
    return next(iter(library.practices)) if len(library.practices) == 1 else None
