"""The route that answers whether a paper is current, by the print code at its foot."""

from threading import BoundedSemaphore

from flask import Flask, render_template, request

from handouts.problems.collector import Problems
from handouts.problems.problem import select_errors
from handouts.schema.print_code import NotAPrintCodeError, parse_print_code
from handouts.verify.verifier import open_verifier
from handouts.web.desk import Desk
from handouts.web.paper_text import MISTYPED, PaperText, explain_verdict
from handouts.web.print_choice import require_library
from handouts.web.print_form import is_part_request, read_practice
from handouts.web.running_prints import BusyError

_MAX_TYPED = 100  # characters
_MAX_LOOKING_UP = 4  # a code that nothing has takes the longest: it is compared with all handouts


def add_paper_routes(app: Flask, desk: Desk) -> None:
    """Add the route."""
    looking_up = BoundedSemaphore(_MAX_LOOKING_UP)

    @app.get("/paper")
    def paper() -> str:
        library = require_library(desk.live_library.snapshot)
        try:
            code = parse_print_code(request.args.get("code", "")[:_MAX_TYPED])
        except NotAPrintCodeError:
            text = PaperText(MISTYPED)
        else:
            if not looking_up.acquire(blocking=False):
                raise BusyError
            try:
                # Opened each time, because the output folder and the codes of releases change while the page runs.
                problems = Problems()
                verdict = open_verifier(desk.project, library, desk.today(), problems).verify_code(code)
                text = explain_verdict(library, verdict)
            finally:
                looking_up.release()
            for problem in select_errors((*problems, *verdict.problems)):
                desk.report(str(problem))
        values = {"paper": text, "practice": read_practice(library)}
        return render_template("paper.html" if is_part_request() else "paper-page.html", **values)
