"""The routes of one handout: its page, the preview, and the files to print, download or copy."""

from dataclasses import replace

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.numbering.tailor import tailor
from handouts.web.desk import Desk
from handouts.web.handout_view import find_sections, make_outline, make_preview, render_handout_page
from handouts.web.print_choice import find_handout, require_library
from handouts.web.print_form import (
    PrintForm,
    is_outdated,
    make_print_to_hand_out,
    read_patient,
    read_practice,
    read_print_form,
)
from handouts.web.prints import Print
from handouts.web.security import FILE_POLICY

_MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def add_handout_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/handouts/<name>")
    def handout(name: str) -> str | BaseResponse:
        snapshot = desk.live_library.snapshot
        library = require_library(snapshot)
        practice = read_practice(library)
        found = find_handout(library, name, request.args.get("language", ""), practice)
        if practice is None:
            return redirect(f"/practices?handout={found.id}")
        shown = tailor(found, practice.id)
        return render_handout_page(desk, PrintForm(snapshot, library, shown, practice, find_sections(shown, "")))

    @app.post("/handouts/<name>")
    def preview(name: str) -> str:
        form = read_print_form(desk, name)
        selection = request.form.get("selection")  # sent by the buttons of selections where scripts are off
        if selection is not None:
            form = replace(form, sections=find_sections(form.handout, selection))
        values = make_preview(desk, form)
        if "HX-Request" not in request.headers:
            return render_handout_page(desk, form, values)
        outline = make_outline(fill_for_display(form.handout, [form.practice])) if is_outdated(form.snapshot) else None
        return render_template("preview.html", **values, outline=outline)

    @app.post("/handouts/<name>/<any(print, download):action>")
    def file(name: str, action: str) -> Response:
        form = read_print_form(desk, name)
        made = make_print_to_hand_out(desk, form, read_patient())
        return _make_file_response(made, is_inline=action == "print") if made.ok else _render_failure_page(form, made)

    @app.post("/handouts/<name>/message")
    def message(name: str) -> str | Response:
        form = read_print_form(desk, name)
        made = make_print_to_hand_out(desk, form, Patient(), format_name="text")
        if not made.ok:
            return _render_failure_page(form, made)
        if request.headers.get("Accept", "").startswith("text/plain"):
            return _make_file_response(made, is_inline=True)
        text = made.file.content.decode()
        return render_template("message.html", text=text, handout=form.handout, practice=form.practice)


def _make_file_response(made: Print, *, is_inline: bool) -> Response:
    file_type = made.planned.edition.format.settings.file
    response = make_response(made.file.content)
    response.headers["Content-Type"] = _MEDIA_TYPES[file_type]
    # A web page is only ever downloaded, never shown as a page of this server.
    disposition = "inline" if is_inline and file_type != "html" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{made.planned.path.name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _render_failure_page(form: PrintForm, made: Print) -> Response:
    return make_response(render_template("print-failed.html", print=made, handout=form.handout), 422)
