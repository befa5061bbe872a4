"""Asked: what a request asks for of one handout, looked up, and the print that it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from handouts.model.edition import formats
from handouts.model.library import Handout, Library, Practice
from handouts.model.patient import Patient, patient_from
from handouts.web.catalog_routes import library_of, practice_of
from handouts.web.desk import Desk
from handouts.web.live_library import Stock
from handouts.web.print_choice import Choice, NotChosenError, choice_from, chosen_handout
from handouts.web.prints import Print


@dataclass(frozen=True, slots=True)
class Asked:
    """A handout of the stock, for the practice that was chosen, with the sections that were checked."""

    stock: Stock
    library: Library
    handout: Handout
    practice: Practice
    sections: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Fields:
    """The form with other sections, and perhaps another format, than were sent."""

    sections: Sequence[str]
    format: str | None

    def get(self, key: str, default: str) -> str:
        return self.format if key == "format" and self.format else request.form.get(key, default)

    def getlist(self, key: str) -> Sequence[str]:
        return self.sections if key == "section" else request.form.getlist(key)


def asked_for(desk: Desk, name: str) -> Asked:
    """Look up what a form asks for. Raise NotChosenError."""
    stock = desk.shelf.stock
    library = library_of(stock)
    practice = practice_of(library)
    if practice is None:
        raise NotChosenError
    handout = chosen_handout(library, name, request.form.get("language", ""), practice)
    sections = request.form.getlist("section")
    if is_outdated(stock):
        sections = _still_there(handout, sections)
    return Asked(stock, library, handout, practice, sections)


def is_outdated(stock: Stock) -> bool:
    """Tell whether files changed since the page was made that sent a form."""
    return request.form.get("number") != str(stock.number)


def patient_of_form() -> Patient:
    """Give what was typed for a patient. Raise TooLongError."""
    return patient_from(request.form.get("patient", ""), request.form.get("note", ""))


def print_of(
    desk: Desk, asked: Asked, patient: Patient, *, form: str | None = None, gives_up: str = ""
) -> tuple[Choice, Print]:
    """Have the print made, in the format that was chosen or another. Raise as `choice_from` and `Prints.find` do.

    The print that the same opening of the page (`gives_up`) waited for until now is given up.
    """
    choice = choice_from(_Fields(asked.sections, form), asked.handout, asked.practice.id, asked.library)
    visit = gives_up or object()
    if patient and formats(asked.library.settings)[choice.format].settings.file == "pdf":
        return choice, desk.prints.find_for(asked.stock, choice, patient, visit)
    return choice, desk.prints.find(asked.stock, choice, visit)


def _still_there(handout: Handout, sections: Sequence[str]) -> list[str]:
    """Give the sections that the handout has now; all of them, also new ones, if all were checked."""
    known = [section.id for section in handout.sections]
    kept = [name for name in known if name in sections]
    return known if request.form.get("of") == str(len(sections)) else kept
