"""Reads the form of a handout: the handout, the practice, the sections and options, and the print that they define."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import get_args

from flask import request

from handouts.model.conditions import list_audiences
from handouts.model.edition import formats, get_usual_format, list_offered_formats
from handouts.model.library import Handout, Library, Practice
from handouts.model.patient import Patient, make_patient
from handouts.model.print_options import PrintOptions
from handouts.numbering.tailor import tailor
from handouts.schema.print_terms import Ink, Paper
from handouts.web.desk import Desk
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import (
    NothingSelectedError,
    NotOfferedError,
    PrintChoice,
    find_handout,
    find_practice_id,
    require_library,
)
from handouts.web.prints import Print

COOKIE_SECONDS = 365 * 24 * 60 * 60
PRACTICE_FIELD = "practice"  # of the form, and the name of the cookie that remembers the practice


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A handout of a snapshot as it is for a practice, the ids of the selected sections, and an audience, if any."""

    snapshot: Snapshot
    library: Library
    handout: Handout
    practice: Practice
    sections: Sequence[str]
    audience: str = ""


def read_print_form(desk: Desk, handout_id: str) -> PrintForm:
    """Return the content of a form. Raises NotOfferedError if the library does not have what it names."""
    snapshot = desk.live_library.snapshot
    library = require_library(snapshot)
    practice = read_practice(library)
    if practice is None:
        raise NotOfferedError
    found = find_handout(library, handout_id, request.form.get("language", ""), practice)
    audience = _require_offered(request.form.get("audience", ""), ("", *list_audiences(found)))
    handout = tailor(found, practice.id)
    sections = request.form.getlist("section")
    if is_outdated(snapshot):
        sections = _select_current_sections(handout, sections)
    return PrintForm(snapshot, library, handout, practice, sections, audience)


def read_practice(library: Library) -> Practice | None:
    """Return the practice of the form, else the remembered one, else the only one; None if nobody has chosen yet.

    Raises NotOfferedError for an unknown practice.
    """
    # The form comes first: another tab may have changed the cookie, but a print is for the practice that it shows.
    practice_id = request.form.get(PRACTICE_FIELD) or find_practice_id(library, request.cookies.get(PRACTICE_FIELD))
    if practice_id and practice_id not in library.practices:
        raise NotOfferedError
    return library.practices[practice_id] if practice_id else None


def read_patient() -> Patient:
    """Return the patient that was typed in the form. Raises TooLongError."""
    return make_patient(request.form.get("patient", ""), request.form.get("note", ""))


def read_visit() -> str:
    """Return the id of the opening of the page that sent the form; empty if it has none."""
    return request.form.get("visit", "")[:32]


def is_outdated(snapshot: Snapshot) -> bool:
    """Return whether files have changed since the page was made that sent the form."""
    return request.form.get("number") != str(snapshot.number)


def new_token() -> str:
    """Return a random id for one opening of a page, or for one click."""
    return secrets.token_hex(8)


def make_print(
    desk: Desk, form: PrintForm, patient: Patient, *, format_name: str | None = None, visit: str = ""
) -> tuple[PrintChoice, Print]:
    """Make the print that a form defines, in its format or in another one.

    A print that the same visit is waiting for is canceled. Raises NotOfferedError, NothingSelectedError, BusyError and
    SupersededError.
    """
    choice = _read_choice(form, format_name)
    waiting_visit = visit or object()
    if patient and formats(form.library.settings)[choice.format].settings.file == "pdf":
        return choice, desk.prints.make_for_patient(form.snapshot, choice, patient, waiting_visit)
    return choice, desk.prints.find_or_make(form.snapshot, choice, waiting_visit)


def make_print_to_hand_out(desk: Desk, form: PrintForm, patient: Patient, *, format_name: str | None = None) -> Print:
    """Make the print that a form defines, and record its print code where only releases are printed.

    Raises as `make_print` does.
    """
    _, made = make_print(desk, form, patient, format_name=format_name)
    return desk.prints.record_code(form.snapshot, made)


def _read_choice(form: PrintForm, format_name: str | None) -> PrintChoice:
    """Return the print that a form defines. Raises NotOfferedError and NothingSelectedError."""
    selected = set(form.sections)
    if not selected <= {section.id for section in form.handout.sections}:
        raise NotOfferedError
    all_sections = [section.id for section in tailor(form.handout, form.practice.id, form.audience).sections]
    selected &= set(all_sections)
    if not selected:
        raise NothingSelectedError
    fields = request.form
    papers: dict[str, Paper | None] = {"": None, **{paper: paper for paper in get_args(Paper)}}
    inks: dict[str, Ink] = {ink: ink for ink in get_args(Ink)}
    return PrintChoice(
        practice=form.practice.id,
        handout=form.handout.id,
        language=form.handout.language,
        format=_require_offered(
            format_name or fields.get("format", get_usual_format(form.handout)),
            list_offered_formats(form.handout, form.library.settings),
        ),
        audience=form.audience,
        sections=() if len(selected) == len(all_sections) else tuple(name for name in all_sections if name in selected),
        options=PrintOptions(
            paper=papers[_require_offered(fields.get("paper", ""), papers)],
            ink=inks[_require_offered(fields.get("ink", "color"), inks)],
        ),
    )


def _require_offered(value: str, offered: Collection[str]) -> str:
    """Return the value. Raises NotOfferedError if it is not offered."""
    if value not in offered:
        raise NotOfferedError
    return value


def _select_current_sections(handout: Handout, selected: Sequence[str]) -> list[str]:
    """Return the selected sections that the handout still has; all of its sections, if all were selected before."""
    all_sections = [section.id for section in handout.sections]
    all_were_selected = request.form.get("of") == str(len(selected))
    return all_sections if all_were_selected else [name for name in all_sections if name in selected]
