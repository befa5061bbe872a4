"""What is handed to one patient: a handout or a pack of several, as one file."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from handouts.model.edition import Edition
from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.printing.ticket import paper_name
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem
from handouts.web.desk import Desk
from handouts.web.print_choice import NotOfferedError, require_library
from handouts.web.print_form import (
    PrintForm,
    check_agreed,
    make_print_to_hand_out,
    read_choice,
    read_item,
    read_patient,
    read_practice,
)
from handouts.web.prints import Print

_MAX_ITEMS = 20
_PACK = "pack"


class FailedPrintError(HandoutsError):
    """A print cannot be made: `problems` say why, and `patient` is whom it was for."""

    def __init__(self, title: str, problems: tuple[Problem, ...], patient: Patient) -> None:
        """Keep the problems; the text says nothing about the patient."""
        super().__init__(title)
        self.problems = problems
        self.patient = patient


class MixedPackError(HandoutsError):
    """The handouts of a pack cannot be one print; the text says why, and what to do, in words for staff."""


@dataclass(frozen=True, slots=True)
class PatientPrint:
    """A file for a patient; `name` is that of the file without its ending, `sheets` those with both sides printed."""

    title: str
    name: str
    edition: Edition
    content: bytes
    pages: int
    print_codes: tuple[str, ...]


def read_pack(desk: Desk) -> list[PrintForm]:
    """Return the forms of the items of a pack, in order. Raises NotOfferedError."""
    library = require_library(desk.live_library.snapshot)
    practice = read_practice(library)
    items = request.form.getlist("item")
    if practice is None or not 0 < len(items) <= _MAX_ITEMS:
        raise NotOfferedError
    return [read_item(desk, practice, item) for item in items]


def make_patient_print(desk: Desk, forms: list[PrintForm], *, on_paper: bool) -> PatientPrint:
    """Make the prints of some forms for the patient that was typed, and join them if there are several.

    Raises what `make_print` and `check_agreed` raise, NotOfferedError for a kind of file that cannot be printed,
    MixedPackError for handouts that cannot be joined, and FailedPrintError.
    """
    for form in forms:
        check_agreed(desk, form)
    if len(forms) > 1:
        _check_pack(desk, forms)
    prints = list(_make_each(desk, forms))
    first = prints[0]
    edition = first.planned.edition
    if on_paper and edition.format.settings.file != "pdf":
        raise NotOfferedError
    codes = tuple(made.print_code for made in prints)
    if len(prints) == 1:
        title = first.planned.selection.handout.front.title
        return PatientPrint(title, first.planned.path.stem, edition, first.file.content, first.file.pages, codes)
    content = desk.page_images.join([made.file.content for made in prints])
    pages = sum(made.file.pages + made.file.pages % 2 for made in prints) - prints[-1].file.pages % 2
    return PatientPrint(f"Pack of {len(prints)}", _PACK, edition, content, pages, codes)


def _check_pack(desk: Desk, forms: list[PrintForm]) -> None:
    """Check that the prints of some forms can be joined: pages, all on the same paper. Raises MixedPackError."""
    titles = [fill_for_display(form.handout, [form.practice]).front.title for form in forms]
    editions = [desk.prints.plan(form.snapshot, read_choice(form)).edition for form in forms]
    for title, edition in zip(titles, editions, strict=True):
        if edition.format.settings.file != "pdf":
            raise MixedPackError(
                f"The pack cannot be made: “{title}” has the format “{edition.format.settings.title}”, which has no "
                "pages. Remove it from the pack, open it, choose “Pages” as the format, and add it again."
            )
        if edition.paper != editions[0].paper:
            raise MixedPackError(
                f"The pack cannot be made: “{titles[0]}” is on {paper_name(editions[0].paper)} paper, and “{title}” on "
                f"{paper_name(edition.paper)}. Remove one of them from the pack, open it, choose the paper of the "
                "other, and add it again."
            )


def _make_each(desk: Desk, forms: list[PrintForm]) -> Iterator[Print]:
    for form in forms:
        patient = read_patient(form.handout.id)
        made = make_print_to_hand_out(desk, form, patient)
        if not made.ok:
            raise FailedPrintError(form.handout.front.title, made.problems, patient)
        yield made
