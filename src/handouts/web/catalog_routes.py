"""The routes that lead to a handout: choosing the practice, and finding a handout."""

from functools import partial
from urllib.parse import urlencode

from flask import Flask, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.model.library import Library, Practice
from handouts.search.words import fold, make_sort_key
from handouts.web.desk import Desk
from handouts.web.handout_warning import find_warning
from handouts.web.offered_packs import list_packs
from handouts.web.print_choice import NotOfferedError, UnknownPracticeError, find_handout, require_library
from handouts.web.print_form import COOKIE_SECONDS, PRACTICE_FIELD, is_part_request, read_practice
from handouts.web.printer_form import read_printer_options
from handouts.web.security import DRAWING_POLICY

_MAX_QUERY = 200  # characters
_FEW_PRACTICES = 12  # are seen at a glance; of more, one is found by a part of its name
_LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def add_catalog_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/")
    def home() -> str | BaseResponse:
        snapshot = desk.live_library.snapshot
        library = require_library(snapshot)
        practice = read_practice(library)
        if practice is None:
            return redirect("/practices")
        query = request.args.get("q", "")[:_MAX_QUERY]
        with_drafts = request.args.get("drafts") == "1"
        judge = partial(find_warning, desk.today())
        values = {
            "catalog": desk.catalogs.find(snapshot, practice, query, judge, with_drafts=with_drafts),
            "with_drafts": with_drafts,
            "query": query,
            "practice": practice,
            "number": snapshot.number,
        }
        if is_part_request():
            return render_template("rows.html", **values)
        if desk.prints_ahead:
            desk.prints_ahead.make_for(snapshot, practice)
        broken = sorted({handout_id for handout_id, _ in library.broken_handouts.keys() - snapshot.stale_handouts})
        return render_template(
            "home.html",
            **values,
            practices=library.practices.values(),
            packs=list_packs(library, practice, judge),
            broken=broken,
            printer_options=read_printer_options(desk.printers),
        )

    _add_practice_routes(app, desk)


def _add_practice_routes(app: Flask, desk: Desk) -> None:
    """Add the routes of practices."""

    @app.get("/practices")
    def practices() -> str:
        library = require_library(desk.live_library.snapshot)
        listed = sorted(library.practices.values(), key=lambda practice: make_sort_key(practice.profile.name))
        if is_part_request():
            return render_template("practice-list.html", practices=listed, practice=_find_current(library))
        handout_id = request.args.get("handout", "")
        if handout_id:
            find_handout(library, handout_id)
        find = request.args.get("find", "").strip()[:_MAX_QUERY]
        words = fold(find).split()
        return render_template(
            "practices.html",
            practices=[practice for practice in listed if all(word in _list_words(practice) for word in words)],
            practices_in_all=len(listed),
            few=_FEW_PRACTICES,
            find=find,
            next_handout=handout_id,
            next_language=request.args.get("language", ""),
            practice=_find_current(library),
        )

    @app.post("/practice")
    def choose_practice() -> BaseResponse:
        library = require_library(desk.live_library.snapshot)
        practice_id = request.form.get(PRACTICE_FIELD, "")
        if practice_id not in library.practices:
            raise NotOfferedError
        handout_id = request.form.get("handout", "")
        language = request.form.get("language", "")
        query = f"?{urlencode({'language': language})}" if language else ""
        target = f"/handouts/{find_handout(library, handout_id, language).id}{query}" if handout_id else "/"
        response = make_response("", 204) if is_part_request() else redirect(target, 303)
        response.set_cookie(PRACTICE_FIELD, practice_id, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict")
        return response

    @app.get("/logos/<name>")
    def logo(name: str) -> Response:
        practice = require_library(desk.live_library.snapshot).practices.get(name)
        kind = _LOGO_TYPES.get(practice.logo.path.suffix.lower()) if practice else None
        if practice is None or kind is None:
            abort(404)
        try:
            response = make_response(practice.logo.path.read_bytes())
        except OSError:
            abort(404)
        response.headers["Content-Type"] = kind
        response.headers["Content-Security-Policy"] = DRAWING_POLICY
        response.headers["Cache-Control"] = "private, max-age=60"
        return response


def _find_current(library: Library) -> Practice | None:
    """Return the practice that the page has now; None if there is none, or it is no longer there."""
    try:
        return read_practice(library)
    except UnknownPracticeError:
        return None


def _list_words(practice: Practice) -> str:
    return fold(" ".join((practice.profile.name, *practice.profile.address)))
