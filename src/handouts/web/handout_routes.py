"""Choosing: the routes of one handout: the choice, its preview, and the files that are given out."""

from dataclasses import replace

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from handouts.model.patient import Patient
from handouts.web.catalog_routes import library_of, practice_of
from handouts.web.desk import Desk
from handouts.web.handout_view import handout_page, preview_values
from handouts.web.outline import outline, sections_of
from handouts.web.print_choice import chosen_handout
from handouts.web.print_form import Asked, asked_for, is_outdated, patient_of_form, print_of
from handouts.web.prints import Print
from handouts.web.security import FILE_POLICY

_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def add_choosing(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/handouts/<name>")
    def handout(name: str) -> str | Answer:
        stock = desk.shelf.stock
        library = library_of(stock)
        practice = practice_of(library)
        found = chosen_handout(library, name, request.args.get("language", ""), practice)
        if practice is None:
            return redirect(f"/practices?handout={found.id}")
        return handout_page(desk, Asked(stock, library, found, practice, sections_of(found, "")))

    @app.post("/handouts/<name>")
    def preview(name: str) -> str:
        asked = asked_for(desk, name)
        saved = request.form.get("selection")  # without scripts, its button sends the form
        if saved is not None:
            asked = replace(asked, sections=sections_of(asked.handout, saved))
        values = preview_values(desk, asked)
        if "HX-Request" not in request.headers:
            return handout_page(desk, asked, values)
        changed = outline(asked.handout) if is_outdated(asked.stock) else None
        return render_template("preview.html", **values, outline=changed)

    @app.post("/handouts/<name>/<any(print, download):way>")
    def file(name: str, way: str) -> Response:
        asked = asked_for(desk, name)
        _, one = print_of(desk, asked, patient_of_form())
        return _file(one, inline=way == "print") if one.ok else _failed(asked, one)

    @app.post("/handouts/<name>/message")
    def message(name: str) -> str | Response:
        asked = asked_for(desk, name)
        _, one = print_of(desk, asked, Patient(), form="text")
        if not one.ok:
            return _failed(asked, one)
        if request.headers.get("Accept", "").startswith("text/plain"):
            return _file(one, inline=True)
        text = one.made.content.decode()
        return render_template("message.html", text=text, handout=asked.handout, practice=asked.practice)


def _file(one: Print, *, inline: bool) -> Response:
    kind = one.planned.edition.format.settings.file
    response = make_response(one.made.content)
    response.headers["Content-Type"] = _TYPES[kind]
    # A web page is given out to be kept, never shown as a page of this server.
    way = "inline" if inline and kind != "html" else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{one.planned.path.name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _failed(asked: Asked, one: Print) -> Response:
    return make_response(render_template("failed.html", print=one, handout=asked.handout), 422)
