"""The routes of the editor of packs: the `packs:` of handouts.yaml, which say what is often given together."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from flask import Flask, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.editing.save import Edit, digest_file, read_file, restore_version, save_edit
from handouts.editing.versions import list_versions
from handouts.editing.yaml_fields import Data, change_file
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.read.text_file import read_text
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import plain
from handouts.web.desk import Desk
from handouts.web.editor.messages import REFUSALS, Message, describe_saved, explain_refusal
from handouts.web.print_choice import require_library

_PACKS: Final = "packs"
_NEW: Final = "new"
_MORE_ROWS: Final = 3
_MAX_ROWS: Final = 20

Packs = dict[str, Data]


def add_pack_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/admin/packs")
    def packs() -> str:
        return _render(desk, _read_packs(desk.project))

    @app.post("/admin/packs")
    def save_packs() -> BaseResponse | str:
        wanted = _read_form(_read_packs(desk.project))
        try:
            content = _change_settings(desk.project, wanted)
            edit = Edit(_PACKS, request.form.get("base", ""), {SETTINGS_FILE: content})
            warnings = save_edit(desk.project, edit, desk.today(), _read_clock)
        except REFUSALS as refused:
            return make_response(_render(desk, wanted, explain_refusal(refused, SETTINGS_FILE)), 409)
        if not warnings:
            return redirect("/admin/packs?saved=1", 303)
        return _render(desk, _read_packs(desk.project), describe_saved(warnings))

    @app.post("/admin/packs/restore")
    def restore_packs() -> BaseResponse | str:
        versions = list_versions(desk.project, _PACKS)
        version = next((one for one in versions if one.name == request.form.get("version")), None)
        if version is None:
            abort(404)
        edit = Edit(_PACKS, request.form.get("base", ""), {})
        try:
            restore_version(desk.project, version, edit, desk.today(), _read_clock)
        except REFUSALS as refused:
            message = explain_refusal(refused, SETTINGS_FILE)
            return make_response(_render(desk, _read_packs(desk.project), message), 409)
        return redirect("/admin/packs?saved=1", 303)


def _read_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _read_packs(project: Project) -> Packs:
    """Return the packs as they are written; none if the settings cannot be parsed."""
    problems = Problems()
    text = read_text(project, project.root / SETTINGS_FILE, problems)
    node = parse_mapping(text, SETTINGS_FILE, problems, may_be_empty=True) if text is not None else None
    packs = plain(node.get(_PACKS)) if node else None
    return packs if isinstance(packs, dict) else {}


def _change_settings(project: Project, packs: Packs) -> bytes:
    return change_file(read_file(project, SETTINGS_FILE) or b"", {_PACKS: packs or None})


def _read_form(old: Packs) -> Packs:
    """Return the packs of the form: those of the file that it does not name stay, one without a title is removed."""
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
        packs[name if name != _NEW else _make_id(title, packs)] = kept
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


def _make_id(title: str, packs: Mapping[str, Data]) -> str:
    """Return an id for a new pack: its title in plain letters."""
    plain_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain_title).strip("-")[:40].strip("-") or "pack"
    return next(name for name in (start, *(f"{start}-{number}" for number in range(2, 1000))) if name not in packs)


def _render(desk: Desk, packs: Packs, message: Message | None = None) -> str:
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
        base=digest_file(read_file(desk.project, SETTINGS_FILE)),
        versions=[(one, False) for one in list_versions(desk.project, _PACKS)],
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
