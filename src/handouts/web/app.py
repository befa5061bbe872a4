"""App: the Flask application, put together from its guard, its answers and its routes."""

from flask import Flask

from handouts.problems.problem import Problem, Severity
from handouts.web.catalog import spoken_date
from handouts.web.catalog_routes import add_finding
from handouts.web.desk import Desk
from handouts.web.error_handlers import answer_errors
from handouts.web.error_text import reasons
from handouts.web.file_routes import add_files
from handouts.web.handout_routes import add_choosing
from handouts.web.printers import spoken_tray
from handouts.web.printing_routes import add_printing
from handouts.web.security import Door, guard

_LONGEST_BODY = 32 * 1024  # bytes; a form with all of its fields full has a tenth of it


def create_app(desk: Desk, door: Door) -> Flask:
    """Make the application for one project."""
    app = Flask("handouts.web")
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = _LONGEST_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["date"] = spoken_date
    app.jinja_env.tests["is_error"] = _is_error
    app.jinja_env.filters["reasons"] = reasons
    app.jinja_env.filters["tray"] = spoken_tray
    guard(app, door)
    answer_errors(app, desk.report)
    add_finding(app, desk)
    add_choosing(app, desk)
    add_printing(app, desk)
    add_files(app, desk)
    return app


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
