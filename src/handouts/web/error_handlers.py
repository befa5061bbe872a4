"""Answers: what people are told when a request cannot be met, and the terminal when the page is at fault."""

import traceback
from collections.abc import Callable

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from handouts.model.patient import TooLongError
from handouts.web.page_painter import NotDrawnError
from handouts.web.print_choice import NotChosenError, NothingChosenError
from handouts.web.running_prints import BusyError, SupersededError

_SECONDS = 2
_SAID = {
    401: "This page is closed",
    403: "This was asked for by another page",
    404: "There is no such page",
    405: "There is no such page",
    413: "That is more than this page takes",
    421: "This page is not called by that name",
    500: "This page made a mistake",
}


def answer_errors(app: Flask, report: Callable[[str], None]) -> None:
    """Have an app answer whatever can be raised; `report` is told of its own mistakes, without what was sent."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        code = error.code or 500
        return _said(_SAID.get(code, error.name), code)

    @app.errorhandler(NotChosenError)
    def not_there(_: NotChosenError) -> Response:
        return _said("There is no such page", 404)

    @app.errorhandler(NothingChosenError)
    def nothing(_: NothingChosenError) -> Response:
        return _beside("nothing.html", 422, "Nothing chosen")

    @app.errorhandler(TooLongError)
    def too_long(error: TooLongError) -> Response:
        return _beside("too-long.html", 422, str(error))

    @app.errorhandler(BusyError)
    @app.errorhandler(NotDrawnError)
    def busy(_: Exception) -> Response:
        response = _beside("busy.html", 429, "Busy: many people are using this page")
        response.headers["Retry-After"] = str(_SECONDS)
        return response

    @app.errorhandler(SupersededError)
    def superseded(_: SupersededError) -> Response:
        return make_response("", 204)

    @app.errorhandler(Exception)
    def mistaken(error: Exception) -> Response:
        # Not its words, nor the address: they may hold what somebody typed.
        last = traceback.extract_tb(error.__traceback__)[-1]
        report(f"error[page-mistake]: {type(error).__name__} in {last.filename}:{last.lineno}")
        return _said(_SAID[500], 500)


def _said(title: str, code: int) -> Response:
    return make_response(render_template("said.html", title=title, code=code), code)


def _beside(template: str, code: int, title: str) -> Response:
    """Answer in the place of the preview, where it was asked for; else as a page."""
    if "HX-Request" not in request.headers:
        return _said(title, code)
    response = make_response(render_template(template, title=title), code)
    response.headers["HX-Retarget"] = "#notice"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
