"""What is handed to one patient: a handout or a pack of several, as one file."""

from dataclasses import dataclass

from flask import request

from handouts.build.plan.packs import list_shared_languages
from handouts.language.names import name_language
from handouts.language.tags import is_same_language
from handouts.model.conditions import list_audiences
from handouts.model.edition import USUAL_FORMAT, Edition, list_pack_formats
from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem
from handouts.read.packs import OF_ONE_PATIENT
from handouts.web.desk import Desk
from handouts.web.form_prints import (
    check_agreed,
    make_pack_print,
    make_pack_print_to_hand_out,
    make_print,
    make_print_to_hand_out,
)
from handouts.web.pack_choice import PackChoice
from handouts.web.print_choice import MixedPackError, NotOfferedError, require_library
from handouts.web.print_form import (
    PrintForm,
    read_item,
    read_pack_choice,
    read_patient,
    read_patient_of_pack,
    read_practice,
)
from handouts.web.prints import Print

_MAX_ITEMS = 20
_OF_ONE_PATIENT = f"{OF_ONE_PATIENT}."


class FailedPrintError(HandoutsError):
    """A print cannot be made: `problems` say why, and `patient` is whom it was for."""

    def __init__(self, title: str, problems: tuple[Problem, ...], patient: Patient) -> None:
        """Keep the problems; the text says nothing about the patient."""
        super().__init__(title)
        self.problems = problems
        self.patient = patient


@dataclass(frozen=True, slots=True)
class PatientPrint:
    """A file for a patient; `name` is that of the file without its ending, `sheets` those with both sides printed."""

    title: str
    name: str
    edition: Edition
    content: bytes
    pages: int
    print_code: str


def read_pack(desk: Desk) -> list[PrintForm]:
    """Return the forms of the items of a pack, in order and in one language.

    That is the one of the form, else that of its items. Raises NotOfferedError, and MixedPackError if they were chosen
    in different languages, or not all of the handouts are written in it: a patient who reads Spanish must not get
    English unless somebody chose it. Likewise if they are for different audiences: texts for others must not be
    printed, nor any left out that nobody left out; and if a handout does not have a section that was chosen.
    """
    library = require_library(desk.live_library.snapshot)
    practice = read_practice(library)
    items = request.form.getlist("item")
    if practice is None or not 0 < len(items) <= _MAX_ITEMS:
        raise NotOfferedError
    forms = [read_item(desk, practice, item) for item in items]
    wanted = request.form.get("language", "")
    shared = list_shared_languages(library, [form.handout.id for form in forms])
    if not shared:
        raise MixedPackError(_explain_languages(forms, "Remove one of them from the pack."))
    if not wanted:
        wanted = forms[0].handout.language
        if not all(is_same_language(form.handout.language, wanted) for form in forms):
            raise MixedPackError(_explain_languages(forms, "Choose the language of the pack."))
    language = next((tag for tag in sorted(shared, key=wanted.__ne__) if is_same_language(tag, wanted)), None)
    if language is None:
        name, possible = name_language(wanted), " or ".join(map(name_language, shared))
        raise MixedPackError(
            f"The pack cannot be made in {name}, because not all of its handouts are written in it. "
            f"Choose {possible} for the pack, or remove what is not in {name}."
        )
    forms = [read_item(desk, practice, item, language) for item in items]
    _check_audiences(forms)
    return forms


def _check_audiences(forms: list[PrintForm]) -> None:
    """Raise MixedPackError unless the handouts with texts for an audience that somebody chose are all for it."""
    chosen = {form.audience for form in forms if form.audience}
    concerned = [form for form in forms if form.audience or chosen & set(list_audiences(form.handout))]
    if len({form.audience for form in concerned}) > 1:
        named = ", ".join(
            f"“{_write_title(form)}” is for {form.audience.replace('-', ' ') or 'everyone'}" for form in concerned
        )
        raise MixedPackError(
            f"The pack cannot be made: a pack is for one group of patients, but {named}. "
            "Remove one of them, choose the same group for it, and add it again."
        )


def _write_title(form: PrintForm) -> str:
    return fill_for_display(form.handout, [form.practice]).front.title


def _explain_languages(forms: list[PrintForm], remedy: str) -> str:
    languages = dict.fromkeys((_write_title(form), name_language(form.handout.language)) for form in forms)
    named = ", ".join(f"“{title}” is in {language}" for title, language in languages)
    return f"The pack cannot be made: a pack is in one language, but {named}. {remedy}"


def make_patient_print(desk: Desk, forms: list[PrintForm], *, on_paper: bool) -> PatientPrint:
    """Make the print of a form for the patient that was typed, or the pack of several.

    Raises what `make_print`, `read_pack_choice` and `check_agreed` raise, NotOfferedError for a kind of file that
    cannot be printed, MixedPackError for a handout that is not offered in the format of the pack, and
    FailedPrintError.
    """
    for form in forms:
        check_agreed(desk, form)
    made, patient = _make_pack(desk, forms) if len(forms) > 1 else _make_one(desk, forms[0])
    selection, edition = made.planned.selection, made.planned.edition
    title = selection.handout.front.title or f"Pack of {len(selection.members)}"
    if not made.ok:
        raise FailedPrintError(title, made.problems, patient)
    if on_paper and edition.format.settings.file != "pdf":
        raise NotOfferedError
    name = made.planned.path.stem.removeprefix(_OF_ONE_PATIENT)
    return PatientPrint(title, name, edition, made.file.content, made.file.pages, made.print_code)


def _make_one(desk: Desk, form: PrintForm) -> tuple[Print, Patient]:
    patient = read_patient(form.handout.id)
    return make_print_to_hand_out(desk, form, patient), patient


def make_unsent_print(desk: Desk, forms: list[PrintForm], visit: str) -> tuple[Print, Patient]:
    """Make the print of a form, or the pack of several, only to show it: nothing is recorded, nobody has to agree.

    Raises as `make_patient_print` does, apart from NotAgreedError and ForbiddenPrintError.
    """
    if len(forms) == 1:
        patient = read_patient(forms[0].handout.id)
        return make_print(desk, forms[0], patient, visit=visit)[1], patient
    patient, choice = _read_pack_of_patient(forms)
    return make_pack_print(desk, forms[0].snapshot, choice, patient, visit=visit), patient


def _make_pack(desk: Desk, forms: list[PrintForm]) -> tuple[Print, Patient]:
    patient, choice = _read_pack_of_patient(forms)
    return make_pack_print_to_hand_out(desk, forms[0].snapshot, choice, patient), patient


def _read_pack_of_patient(forms: list[PrintForm]) -> tuple[Patient, PackChoice]:
    patient = read_patient_of_pack([form.handout.id for form in forms])
    name = request.form.get("format", USUAL_FORMAT)
    for form in forms:
        offered = list_pack_formats([form.handout], form.library.settings)
        if name not in offered:
            title = _write_title(form)
            kinds = " or ".join(f"“{one.settings.title}”" for one in offered.values())
            advice = f"Choose {kinds} for the pack, or remove it." if offered else "Remove it from the pack."
            raise MixedPackError(f"The pack cannot be made: “{title}” is not offered in this format. {advice}")
    return patient, read_pack_choice(forms)
