"""The routes of the editor of practices: the list, the form of one, its preview, saving and undoing."""

from typing import Final

from flask import Flask, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.editing.practice_file import (
    EDITABLE,
    LOGOS,
    PracticeFile,
    change_practice,
    find_affected,
    list_practices,
    read_practice_file,
)
from handouts.editing.save import Edit
from handouts.editing.yaml_fields import Data, NotEditableError
from handouts.problems.collector import Problems
from handouts.search.words import make_sort_key
from handouts.web.desk import Desk
from handouts.web.editor.form import read_values
from handouts.web.editor.messages import REFUSALS, describe_saved, explain_refusal
from handouts.web.editor.practice_view import list_preview_values, name_versions, render_practice_page
from handouts.web.editor.preview import DraftPreview, DraftPreviews
from handouts.web.editor.saving import restore_chosen_version, save_change
from handouts.web.print_choice import require_library

_MAX_FORM_BYTES: Final = 6 << 20  # no more than the server takes
_TEXT_BYTES: Final = 512 * 1024


def add_practice_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""
    previews = DraftPreviews(desk)

    @app.before_request
    def allow_files() -> None:
        if request.path.startswith("/admin/practices/"):
            request.max_content_length = _MAX_FORM_BYTES
            request.max_form_memory_size = _TEXT_BYTES

    @app.get("/admin")
    def editor() -> str:
        library = require_library(desk.live_library.snapshot)
        names = {name: practice.profile.name for name, practice in library.practices.items()}
        return render_template(
            "editor-home.html",
            practices=sorted(
                ((name, names.get(name, name)) for name in list_practices(desk.project)),
                key=lambda one: make_sort_key(one[1]),
            ),
            broken=library.broken_practices.keys(),
            networks=library.abstract_practices,
        )

    @app.get("/admin/practices/<name>")
    def practice_page(name: str) -> str | Response:
        practice = _read(desk, name)
        return render_practice_page(desk, practice) if practice else _make_unreadable_page(name)

    _add_change_routes(app, desk, previews)
    _add_restore_route(app, desk)


def _add_change_routes(app: Flask, desk: Desk, previews: DraftPreviews) -> None:
    """Add the routes of changes: saved, or only shown."""

    @app.post("/admin/practices/<name>")
    def save_practice(name: str) -> BaseResponse | str:
        practice = _read(desk, name)
        if practice is None:
            return _make_unreadable_page(name)
        values = _read_form(practice)
        try:
            if request.form.get("do") == "preview":
                preview = _make_preview(desk, previews, practice, values)
                return render_practice_page(desk, practice, values, preview=preview)
            changes = change_practice(practice, values, _read_logos())
            edit = Edit(name_versions(name), request.form.get("base", ""), changes, find_affected(desk.project, name))
            warnings = save_change(desk, edit)
        except REFUSALS as refused:
            message = explain_refusal(refused, practice.file)
            return make_response(render_practice_page(desk, practice, values, message), 409)
        if not warnings:
            return redirect(f"/admin/practices/{name}?saved=1", 303)
        return render_practice_page(desk, _read(desk, name) or practice, message=describe_saved(warnings))

    @app.post("/admin/practices/<name>/preview")
    def preview_practice(name: str) -> str | Response:
        practice = _read(desk, name)
        if practice is None:
            return _make_unreadable_page(name)
        values = _read_form(practice)
        try:
            made = _make_preview(desk, previews, practice, values)
        except NotEditableError as refused:
            message = explain_refusal(refused, practice.file)
            return render_template("editor-preview.html", preview=DraftPreview(), message=message, colors=())
        return render_template("editor-preview.html", **list_preview_values(desk, practice, values, made))


def _add_restore_route(app: Flask, desk: Desk) -> None:
    """Add the route that puts back an earlier version."""

    @app.post("/admin/practices/<name>/restore")
    def restore_practice(name: str) -> BaseResponse:
        practice = _read(desk, name)
        if practice is None:
            abort(404)
        try:
            restore_chosen_version(desk, name_versions(name), find_affected(desk.project, name))
        except REFUSALS as refused:
            return make_response(
                render_practice_page(desk, practice, message=explain_refusal(refused, practice.file)), 409
            )
        return redirect(f"/admin/practices/{name}?saved=1", 303)


def _read(desk: Desk, name: str) -> PracticeFile | None:
    if name not in list_practices(desk.project):
        abort(404)
    return read_practice_file(desk.project, name, Problems())


def _read_form(practice: PracticeFile) -> dict[str, Data]:
    old = {field: practice.get(field) for field in EDITABLE}
    return read_values(EDITABLE, request.form.items(multi=True), old)


def _make_preview(desk: Desk, previews: DraftPreviews, practice: PracticeFile, values: dict[str, Data]) -> DraftPreview:
    """Make the preview of what the form has; raises NotEditableError, and what `DraftPreviews.make` raises."""
    changes = change_practice(practice, values, _read_logos())
    return previews.make(find_affected(desk.project, practice.id), changes, request.form.get("preview", ""))


def _read_logos() -> dict[str, bytes]:
    files = ((field, request.files.get(field)) for field in LOGOS)
    contents = {field: file.read() for field, file in files if file}
    return {field: content for field, content in contents.items() if content}


def _make_unreadable_page(name: str) -> Response:
    text = f"content/practices/{name}/practice.yaml cannot be read: “handouts check” says why."
    return make_response(render_template("error.html", title=text, code=409), 409)
