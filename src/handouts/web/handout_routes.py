"""The routes of one handout: its page, the preview, and the files to print, download or copy."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.web.desk import Desk
from handouts.web.form_prints import check_agreed, make_print_to_hand_out
from handouts.web.handout_preview import make_preview
from handouts.web.handout_view import describe_standing, render_handout_page
from handouts.web.pack_view import make_pack_preview
from handouts.web.patient_print import FailedPrintError, PatientPrint, make_patient_print, read_pack
from handouts.web.print_choice import NothingSelectedError, find_handout, require_library
from handouts.web.print_form import PrintForm, is_outdated, is_part_request, read_choice, read_practice, read_print_form
from handouts.web.section_outline import find_sections, make_outline
from handouts.web.security import FILE_POLICY
from handouts.web.staff_text import explain_failures

_MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def add_handout_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/handouts/<name>")
    def handout(name: str) -> str | BaseResponse:
        library = require_library(desk.live_library.snapshot)
        if read_practice(library) is None:
            handout_id = find_handout(library, name, request.args.get("language", "")).id
            return redirect(f"/practices?{urlencode({**request.args, 'handout': handout_id})}")
        form = read_print_form(desk, name)
        # A page that is loaded by itself has nothing of a patient yet, so it will ask for this print.
        if desk.prints_ahead and request.headers.get("Sec-Fetch-Mode") == "navigate":
            with suppress(NothingSelectedError):
                desk.prints_ahead.make_now(form.snapshot, read_choice(form))
        return render_handout_page(desk, form)

    @app.post("/handouts/<name>")
    def preview(name: str) -> str:
        form = read_print_form(desk, name)
        selection = request.form.get("selection")  # sent by the buttons of selections where scripts are off
        if selection is not None:
            form = replace(form, sections=find_sections(form.handout, selection))
        values = make_preview(desk, form)
        if not is_part_request():
            return render_handout_page(desk, form, values)
        outline = make_outline(fill_for_display(form.handout, [form.practice])) if is_outdated(form.snapshot) else None
        return render_template("preview.html", **values, **describe_standing(desk, form), outline=outline)

    _add_file_routes(app, desk)


def _add_file_routes(app: Flask, desk: Desk) -> None:
    """Add the routes of what is printed, saved and copied."""

    @app.post("/handouts/<name>/<any(print, download):action>")
    def file(name: str, action: str) -> Response:
        return _make_response(desk, [read_print_form(desk, name)], action)

    @app.post("/pack/<any(print, download):action>")
    def pack(action: str) -> Response:
        return _make_response(desk, read_pack(desk), action)

    @app.post("/pack/preview")
    def pack_preview() -> str:
        return render_template("pack-preview.html", **make_pack_preview(desk, read_pack(desk)))

    @app.post("/handouts/<name>/message")
    def message(name: str) -> str | Response:
        form = read_print_form(desk, name)
        check_agreed(desk, form)
        name = "message" if request.form.get("short") else "text"
        made = make_print_to_hand_out(desk, form, Patient(), format_name=name)
        if not made.ok:
            return _render_failure_page(form, FailedPrintError(form.handout.front.title, made.problems, Patient()))
        text = made.file.content.decode()
        if is_part_request():
            response = make_response(text)
            response.headers["Content-Type"] = _MEDIA_TYPES["txt"]
            return response
        return render_template("message.html", text=text, handout=form.handout, practice=form.practice)


def _make_response(desk: Desk, forms: list[PrintForm], action: str) -> Response:
    try:
        made = make_patient_print(desk, forms, on_paper=False)
    except FailedPrintError as failed:
        return _render_failure_page(forms[0], failed)
    return _make_file_response(made, is_inline=action == "print")


def _make_file_response(made: PatientPrint, *, is_inline: bool) -> Response:
    file_type = made.edition.format.settings.file
    response = make_response(made.content)
    response.headers["Content-Type"] = _MEDIA_TYPES[file_type]
    # A web page is only ever downloaded, never shown as a page of this server.
    disposition = "inline" if is_inline and file_type != "html" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{made.name}.{file_type}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _render_failure_page(form: PrintForm, failed: FailedPrintError) -> Response:
    failures = explain_failures(failed.problems, failed.patient)
    page = render_template("print-failed.html", failures=failures, title=str(failed), handout=form.handout)
    return make_response(page, 422)
