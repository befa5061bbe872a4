"""Keeps a pack that was put together for one patient, so that the front desk offers it: adds it to handouts.yaml.

What was typed for the patient is not sent here, and not read.
"""

from dataclasses import replace
from typing import Final

from flask import Flask, Response, make_response, render_template, request

from handouts.editing.pack_list import change_packs, make_pack_id, read_pack_list
from handouts.editing.yaml_fields import Data
from handouts.model.project import SETTINGS_FILE
from handouts.problems.problem import Problem
from handouts.web.desk import Desk
from handouts.web.editor.messages import REFUSALS, Message, describe_saved, explain_refusal
from handouts.web.editor.saving import save_change
from handouts.web.patient_print import read_pack
from handouts.web.print_choice import list_default_sections, require_library
from handouts.web.print_form import PrintForm, find_audience
from handouts.web.section_outline import find_sections
from handouts.web.security import may_edit

_INCOMPLETE, _REFUSED = 422, 409
_OFFERED: Final = "The front desk offers it above the list of handouts."
_UNTITLED: Final = Message("Not saved.", ("Type a title: it is printed on the cover of the pack.",), "bad")
_TITLE_TAKEN: Final = Message("Not saved.", ("Another pack has this title: type another one.",), "bad")


def add_kept_pack_route(app: Flask, desk: Desk) -> None:
    """Add the route, and what its form on the pages of the front desk needs; only those who may edit see the form."""

    @app.context_processor
    def offer_form() -> dict[str, str]:
        library = desk.live_library.snapshot.library
        return {"keeps_packs_in": library.settings.language} if library and may_edit() else {}

    @app.post("/admin/packs/keep")
    def keep_pack() -> Response:
        forms = read_pack(desk)
        settings = require_library(desk.live_library.snapshot).settings
        language = settings.language
        titles = {forms[0].handout.language: _read_title("title")}
        titles.setdefault(language, _read_title("usual_title"))
        if not all(titles.values()):
            return _make_answer(_UNTITLED, _INCOMPLETE)
        if any(pack.title.casefold() == titles[language].casefold() for pack in settings.packs.values()):
            return _make_answer(_TITLE_TAKEN, _INCOMPLETE)
        practices: list[Data] = [] if request.form.get("offer") == "all" else [forms[0].practice.id]
        try:
            pack: dict[str, Data] = {
                "title": titles.pop(language),
                **({"titles": dict[str, Data](titles)} if titles else {}),
                **({"practices": practices} if practices else {}),
                **({"audience": audience} if (audience := find_audience(forms)) else {}),
                "handouts": [*map(_describe_item, forms)],
            }
            warnings = _add_pack(desk, pack)
        except REFUSALS as refused:
            return _make_answer(explain_refusal(refused, SETTINGS_FILE), _REFUSED)
        saved = describe_saved(warnings)
        return _make_answer(replace(saved, sentences=(_OFFERED, *saved.sentences)))


def _read_title(field: str) -> str:
    return " ".join(request.form.get(field, "").split())


def _add_pack(desk: Desk, pack: dict[str, Data]) -> tuple[Problem, ...]:
    """Save one more pack, under an id that no pack and no handout has. Raises as `save_change` does."""
    listed = read_pack_list(desk.project)
    library = require_library(desk.live_library.snapshot)
    taken = {
        *listed.packs,
        *(handout.id for handout in library.handouts),
        *(name for name, _ in library.broken_handouts),
    }
    packs = {**listed.packs, make_pack_id(str(pack["title"]), taken): pack}
    return save_change(desk, change_packs(listed, packs, listed.digest))


def _describe_item(form: PrintForm) -> Data:
    """Return a handout as settings name it: without sections for those that are ticked at first."""
    chosen = list(form.sections)
    if chosen == list_default_sections(form.handout):
        return {"handout": form.handout.id}
    selections = form.handout.front.selections
    saved = next((name for name in selections if find_sections(form.handout, name) == chosen), None)
    return {"handout": form.handout.id, "sections": [saved] if saved else chosen}


def _make_answer(message: Message, error: int = 0) -> Response:
    return make_response(render_template("kept-pack.html", message=message, is_kept=not error), error or 200)
