"""Reads the form of a handout: the handout, the practice, the sections and options, and the print that they define."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args
from urllib.parse import parse_qsl

from flask import request
from werkzeug.datastructures import MultiDict

from handouts.language.names import name_language
from handouts.model.conditions import list_audiences
from handouts.model.edition import (
    USUAL_FORMAT,
    get_usual_format,
    list_offered_formats,
    list_pack_formats,
)
from handouts.model.library import Handout, Library, Practice
from handouts.model.patient import Patient, make_patient
from handouts.model.print_options import PrintOptions
from handouts.numbering.fields import fill_for_display
from handouts.numbering.pack_ids import qualify_id
from handouts.numbering.tailor import tailor
from handouts.schema.print_terms import Ink, Paper
from handouts.web.desk import Desk
from handouts.web.live_library import Snapshot
from handouts.web.pack_choice import PackChoice
from handouts.web.print_choice import (
    MixedPackError,
    NothingSelectedError,
    NotOfferedError,
    PrintChoice,
    UnknownPracticeError,
    find_handout,
    find_practice_id,
    list_default_sections,
    require_library,
)

COOKIE_SECONDS = 365 * 24 * 60 * 60
_MAX_FIELDS: Final = 100  # of an item of a pack
PRACTICE_FIELD = "practice"  # of the form, and the name of the cookie that remembers the practice


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A handout of a snapshot as it is for a practice, the ids of the selected sections, and an audience, if any."""

    snapshot: Snapshot
    library: Library
    handout: Handout
    practice: Practice
    sections: Sequence[str]
    values: Mapping[str, str]
    audience: str = ""


def read_print_form(desk: Desk, handout_id: str) -> PrintForm:
    """Return what a form or address chose. Raises NotOfferedError if the library does not have what it names."""
    snapshot = desk.live_library.snapshot
    library = require_library(snapshot)
    practice = read_practice(library)
    if practice is None:
        raise NotOfferedError
    found = find_handout(library, handout_id, request.values.get("language", ""), practice)
    audience = _read_audience(found, request.values)
    handout = tailor(found, practice.id)
    return PrintForm(snapshot, library, handout, practice, _read_sections(snapshot, handout), request.values, audience)


def _read_audience(handout: Handout, values: Mapping[str, str]) -> str:
    """Return the chosen audience of a handout; "" if none is chosen. Raises NotOfferedError."""
    return _require_offered(values.get("audience", ""), ("", *list_audiences(handout)))


def read_item(desk: Desk, practice: Practice, item: str, language: str = "") -> PrintForm:
    """Return what an item of a pack chose: the id of a handout and the query of its address, as `id?section=what`.

    A language comes before that of the item. Raises NotOfferedError if the library does not have what it names, and
    MixedPackError if the handout does not have all of its sections: what was chosen is printed, or nothing.
    """
    snapshot = desk.live_library.snapshot
    library = require_library(snapshot)
    handout_id, _, query = item.partition("?")
    values: MultiDict[str, str] = MultiDict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MAX_FIELDS))
    found = find_handout(library, handout_id, language or values.get("language", ""), practice)
    handout = tailor(found, practice.id)
    chosen = values.getlist("section")
    if not set(chosen) <= {section.id for section in handout.sections}:
        raise MixedPackError(_explain_missing_sections(fill_for_display(handout, [practice])))
    sections = keep_known_sections(handout, chosen) if chosen else list_default_sections(handout)
    return PrintForm(snapshot, library, handout, practice, sections, values, _read_audience(found, values))


def _explain_missing_sections(handout: Handout) -> str:
    return (
        f"The pack cannot be made: “{handout.front.title}” in {name_language(handout.language)} does not have all of "
        "the sections that were chosen. Remove it from the pack, and add it again."
    )


def _read_sections(snapshot: Snapshot, handout: Handout) -> list[str]:
    """Return the selected sections; of an address without any, those that are selected at first."""
    sections = request.values.getlist("section")
    if request.method == "GET":
        return keep_known_sections(handout, sections) if sections else list_default_sections(handout)
    return _select_current_sections(handout, sections) if is_outdated(snapshot) else sections


def keep_known_sections(handout: Handout, sections: Collection[str]) -> list[str]:
    """Return the ids that the handout has, in its order."""
    return [section.id for section in handout.sections if section.id in sections]


def read_practice(library: Library) -> Practice | None:
    """Return the practice of the form, else the remembered one, else the only one; None if nobody has chosen yet.

    Raises UnknownPracticeError.
    """
    # The form comes first: another tab may have changed the cookie, but a print is for the practice that it shows.
    practice_id = request.values.get(PRACTICE_FIELD) or find_practice_id(library, request.cookies.get(PRACTICE_FIELD))
    if practice_id and practice_id not in library.practices:
        raise UnknownPracticeError
    return library.practices[practice_id] if practice_id else None


def read_patient(handout_id: str) -> Patient:
    """Return the patient that was typed in the form, with the lines of a handout. Raises TooLongError."""
    return _make_patient(_read_blanks(handout_id))


def read_patient_of_pack(handout_ids: Collection[str]) -> Patient:
    """Return the patient that was typed in the form, with the lines of all handouts of a pack. Raises TooLongError."""
    return _make_patient(
        {qualify_id(name, blank): text for name in handout_ids for blank, text in _read_blanks(name).items()}
    )


def _make_patient(blanks: Mapping[str, str]) -> Patient:
    return make_patient(request.form.get("patient", ""), request.form.get("note", ""), blanks)


def _read_blanks(handout_id: str) -> Mapping[str, str]:
    """Return what was typed for lines to write on, by id: the fields of a handout are named blank.<handout>.<id>."""
    start = f"blank.{handout_id}."
    return {name.removeprefix(start): text for name, text in request.form.items() if name.startswith(start)}


def read_visit() -> str:
    """Return the id of the opening of the page that sent the form; empty if it has none."""
    return request.values.get("visit", "")[:32]


def is_outdated(snapshot: Snapshot) -> bool:
    """Return whether files have changed since the page was made that sent the form."""
    return request.form.get("number") != str(snapshot.number)


def make_token() -> str:
    """Return a random id for one opening of a page, or for one click."""
    return secrets.token_hex(8)


def is_part_request() -> bool:
    """Return whether the script of the page asks for a part of it, rather than a browser for a page."""
    return "X-Part" in request.headers


def read_pack_choice(forms: Sequence[PrintForm]) -> PackChoice:
    """Return the pack that the forms of its items define, in the format and on the paper of the whole form.

    Its items are for one audience, or for everyone; paper and ink are those that any of them was given. Raises
    NotOfferedError and NothingSelectedError.
    """
    first = forms[0]
    choices = [read_choice(form) for form in forms]
    sections = [
        choice.sections
        or tuple(section.id for section in tailor(form.handout, form.practice.id, form.audience).sections)
        for form, choice in zip(forms, choices, strict=True)
    ]
    options = [choice.options for choice in choices]
    offered = list_pack_formats([form.handout for form in forms], first.library.settings)
    return PackChoice(
        practice=first.practice.id,
        language=first.handout.language,
        items=tuple((form.handout.id, printed) for form, printed in zip(forms, sections, strict=True)),
        name=request.form.get("pack", ""),
        format=_require_offered(request.form.get("format", USUAL_FORMAT), offered),
        options=PrintOptions(
            paper=next((one.paper for one in options if one.paper), None),
            ink="black" if any(one.ink == "black" for one in options) else "color",
        ),
        audience=find_audience(forms),
    )


def find_audience(forms: Sequence[PrintForm]) -> str:
    """Return the audience of the items of a pack; "" if it is for everyone."""
    return next((form.audience for form in forms if form.audience), "")


def read_choice(form: PrintForm, format_name: str | None = None) -> PrintChoice:
    """Return the print that a form defines. Raises NotOfferedError and NothingSelectedError."""
    selected = set(form.sections)
    if not selected <= {section.id for section in form.handout.sections}:
        raise NotOfferedError
    all_sections = [section.id for section in tailor(form.handout, form.practice.id, form.audience).sections]
    selected &= set(all_sections)
    if not selected:
        raise NothingSelectedError
    fields = form.values
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
            fit=fields.get("fit") == "1",
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
