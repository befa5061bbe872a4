"""The routes of the editor of packs: the `packs:` of handouts.yaml, which say what is often given together."""

from collections.abc import Collection
from typing import Final

from flask import Flask, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.editing.pack_list import PACKS, Packs, change_packs, make_pack_id, read_pack_list
from handouts.editing.versions import list_versions
from handouts.editing.yaml_fields import Data
from handouts.model.project import SETTINGS_FILE
from handouts.web.desk import Desk
from handouts.web.editor.messages import REFUSALS, Message, describe_saved, explain_refusal
from handouts.web.editor.saving import restore_chosen_version, save_change
from handouts.web.print_choice import require_library

_NEW: Final = "new"
_MORE_ROWS: Final = 3
_MAX_ROWS: Final = 20


def add_pack_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/admin/packs")
    def packs() -> str:
        return _render(desk)

    @app.post("/admin/packs")
    def save_packs() -> BaseResponse | str:
        listed = read_pack_list(desk.project)
        wanted = _read_form(listed.packs, _list_handouts(desk))
        try:
            warnings = save_change(desk, change_packs(listed, wanted, request.form.get("base", "")))
        except REFUSALS as refused:
            return make_response(_render(desk, wanted, explain_refusal(refused, SETTINGS_FILE)), 409)
        if not warnings:
            return redirect("/admin/packs?saved=1", 303)
        return _render(desk, message=describe_saved(warnings))

    @app.post("/admin/packs/restore")
    def restore_packs() -> BaseResponse | str:
        try:
            restore_chosen_version(desk, PACKS)
        except REFUSALS as refused:
            return make_response(_render(desk, message=explain_refusal(refused, SETTINGS_FILE)), 409)
        return redirect("/admin/packs?saved=1", 303)


def _list_handouts(desk: Desk) -> list[str]:
    return [handout.id for handout in require_library(desk.live_library.snapshot).handouts]


def _read_form(old: Packs, handouts: Collection[str]) -> Packs:
    """Return the packs of the form: those of the file that it does not name stay, one without a title is removed.

    A new one gets an id that no pack and none of the handouts has.
    """
    packs: Packs = dict(old)
    for name in dict.fromkeys(request.form.getlist("pack")):
        title = " ".join(request.form.get(f"{name}.title", "").split())
        before = old.get(name)
        kept = dict(before) if isinstance(before, dict) else {}
        if not title or request.form.get(f"{name}.remove"):
            packs.pop(name, None)
            continue
        kept |= {"title": title, "handouts": _read_handouts(name, kept.get("handouts"))}
        practices = request.form.get(f"{name}.practices", "").replace(",", " ").split()
        kept.pop("practices", None)
        if practices:
            kept["practices"] = practices
        packs[name if name != _NEW else make_pack_id(title, {*packs, *handouts})] = kept
    return packs


def _read_handouts(name: str, before: Data) -> list[Data]:
    rows: list[Data] = []
    old = [row for row in before if isinstance(row, dict)] if isinstance(before, list) else []
    for at in range(_MAX_ROWS):
        handout = request.form.get(f"{name}.{at}.handout", "")
        if not handout:
            continue
        row: dict[str, Data] = next((dict(one) for one in old if one.get("handout") == handout), {"handout": handout})
        sections = request.form.get(f"{name}.{at}.sections", "").replace(",", " ").split()
        row.pop("sections", None)
        rows.append({**row, "sections": sections} if sections else row)
    return rows


def _render(desk: Desk, submitted: Packs | None = None, message: Message | None = None) -> str:
    """Return the page, with what was submitted if it was not saved."""
    listed = read_pack_list(desk.project)
    packs = listed.packs if submitted is None else submitted
    library = require_library(desk.live_library.snapshot)
    if message is None and request.args.get("saved"):
        message = describe_saved(())
    shown = [_describe(name, pack) for name, pack in packs.items() if isinstance(pack, dict)]
    titles = {one.id: one.front.title for one in reversed(library.handouts)}
    titles |= {one.id: one.front.title for one in library.handouts if one.language == library.settings.language}
    return render_template(
        "editor-packs.html",
        packs=[*shown, _describe(_NEW, {})],
        handouts=sorted(titles.items(), key=lambda item: item[1]),
        sections={one.id: [section.id for section in one.sections] for one in library.handouts},
        practices=sorted(library.practices),
        message=message,
        base=listed.digest,
        versions=[(one, False) for one in list_versions(desk.project, PACKS)],
    )


def _describe(name: str, pack: dict[str, Data]) -> dict[str, object]:
    """Return a pack as the template takes it, with rows for more handouts."""
    listed = pack.get("handouts")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    handouts = [(str(row.get("handout", "")), " ".join(map(str, row.get("sections") or ()))) for row in rows]
    practices = pack.get("practices")
    return {
        "id": name,
        "title": pack.get("title", ""),
        "practices": " ".join(map(str, practices)) if isinstance(practices, list) else "",
        "handouts": handouts + [("", "")] * _MORE_ROWS,
    }
