"""The Flask application: the routes, the security checks, and the answers to errors."""

import traceback
from collections.abc import Callable

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from handouts.language.names import name_language
from handouts.model.patient import TooLongError
from handouts.problems.exceptions import HandoutsError
from handouts.problems.front_desk_rules import PAGE_MISTAKE
from handouts.problems.problem import Problem, Severity
from handouts.verify.verdict import write_day
from handouts.web.catalog_routes import add_catalog_routes
from handouts.web.desk import Desk
from handouts.web.editor.kept_pack import add_kept_pack_route
from handouts.web.editor.pack_routes import add_pack_routes
from handouts.web.editor.practice_routes import add_practice_routes
from handouts.web.file_routes import add_file_routes
from handouts.web.form_prints import ForbiddenPrintError, NotAgreedError
from handouts.web.given_routes import add_given_routes
from handouts.web.handout_routes import add_handout_routes
from handouts.web.infobutton_routes import add_infobutton_routes
from handouts.web.page_painter import NotDrawnError
from handouts.web.paper_routes import add_paper_routes
from handouts.web.print_choice import MixedPackError, NothingSelectedError, NotOfferedError, UnknownPracticeError
from handouts.web.print_form import is_part_request
from handouts.web.printers import get_tray_title
from handouts.web.printing_routes import add_printing_routes
from handouts.web.running_prints import BusyError, SupersededError
from handouts.web.section_outline import describe_cost
from handouts.web.security import Access, add_security
from handouts.web.staff_text import describe_printer_status
from handouts.web.update_routes import add_update_routes

_MAX_BODY_BYTES = 32 * 1024  # a form with all of its fields full has a tenth of it
_RETRY_SECONDS = 2
_NOT_FOUND = "Page not found"
_MISTAKE = "Something went wrong"
_FORBIDDEN = {
    "draft": "Not printed: this is a draft, and your settings allow approved handouts only.",
    "overdue": "Not printed: the review of this handout is overdue, and your settings do not allow that.",
}
_NOT_AGREED = {
    "draft": "Not printed: “{title}” is a draft. To print it anyway, open it again, and agree to that.",
    "overdue": "Not printed: “{title}” is out of date. To print it anyway, open it again, and agree to that.",
}
_TITLES = {
    401: "Use the whole address",
    403: "This request came from another web page",
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    413: "This is more than the page accepts",
    421: "This is not the address of this page",
    500: _MISTAKE,
}


def create_app(desk: Desk, access: Access) -> Flask:
    """Return the application for the project of a desk."""
    app = Flask("handouts.web")
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = _MAX_BODY_BYTES
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["date"] = write_day
    app.jinja_env.tests["is_error"] = _is_error
    app.jinja_env.filters["tray_title"] = get_tray_title
    app.jinja_env.filters["printer_status"] = describe_printer_status
    app.jinja_env.filters["language_name"] = name_language
    app.jinja_env.filters["cost"] = describe_cost
    add_security(app, access)
    _add_error_handlers(app, desk.report)
    _add_refusal_handlers(app)
    add_catalog_routes(app, desk)
    add_handout_routes(app, desk)
    add_printing_routes(app, desk)
    add_given_routes(app, desk)
    add_paper_routes(app, desk)
    add_infobutton_routes(app, desk)
    add_file_routes(app, desk)
    add_update_routes(app, desk)
    if access.admin_token:
        add_practice_routes(app, desk)
        add_pack_routes(app, desk)
        add_kept_pack_route(app, desk)
    return app


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def _add_error_handlers(app: Flask, report: Callable[[str], None]) -> None:
    """Answer every exception with a page; mistakes of the program are reported, without anything that was sent."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        code = error.code or 500
        return _make_error_page(_TITLES.get(code, error.name), code)

    @app.errorhandler(NotOfferedError)
    def not_found(_: NotOfferedError) -> Response:
        return _make_error_page(_NOT_FOUND, 404)

    @app.errorhandler(BusyError)
    @app.errorhandler(NotDrawnError)
    def busy(_: Exception) -> Response:
        response = _make_notice("Busy: many people are using this page.", 429)
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
        return response

    @app.errorhandler(SupersededError)
    def superseded(_: SupersededError) -> Response:
        return make_response("", 204)

    @app.errorhandler(Exception)
    def mistake(error: Exception) -> Response:
        # The message of the error and the address are left out: they may contain what somebody typed.
        last = traceback.extract_tb(error.__traceback__)[-1]
        name = type(error).__name__
        report(str(PAGE_MISTAKE.at(None, error=name, file=last.filename, line=last.lineno)))
        return _make_error_page(_MISTAKE, 500)


def _add_refusal_handlers(app: Flask) -> None:
    """Answer what must not or cannot be printed with the reason, in words for staff."""

    @app.errorhandler(UnknownPracticeError)
    def unknown_practice(_: UnknownPracticeError) -> Response:
        return _make_notice("This practice is no longer there: choose another one.", 410)

    @app.errorhandler(NothingSelectedError)
    def nothing_selected(_: NothingSelectedError) -> Response:
        return _make_notice("Choose at least one section.", 422)

    @app.errorhandler(ForbiddenPrintError)
    def forbidden(error: ForbiddenPrintError) -> Response:
        return _make_notice(_FORBIDDEN[str(error)], 403)

    @app.errorhandler(NotAgreedError)
    def not_agreed(error: NotAgreedError) -> Response:
        return _make_notice(_NOT_AGREED[str(error)].format(title=error.title), 409)

    @app.errorhandler(TooLongError)
    @app.errorhandler(MixedPackError)
    def cannot_be_printed(error: HandoutsError) -> Response:
        return _make_notice(str(error), 422)


def _make_error_page(title: str, code: int) -> Response:
    return make_response(render_template("error.html", title=title, code=code), code)


def _make_notice(text: str, code: int) -> Response:
    """Answer with a notice for the script of the page, or with a page where scripts are off."""
    if not is_part_request():
        return _make_error_page(text, code)
    response = make_response(text, code)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response
