"""The routes that send prints to a printer of this computer, and that show the status of print jobs."""

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.printing.ticket import make_ticket
from handouts.web.desk import Desk
from handouts.web.print_choice import NotOfferedError
from handouts.web.print_form import PrintForm, make_print_to_hand_out, new_token, read_patient, read_print_form
from handouts.web.print_jobs import PrintJob
from handouts.web.printer_form import (
    CopiesError,
    PrinterChoice,
    UnknownPrinterError,
    parse_click,
    printer_options,
    read_click,
    read_printer,
    read_printer_choice,
    remember_printer,
)
from handouts.web.running_prints import BusyError
from handouts.web.staff_text import StatusText, failure_texts, print_status_text

_NOT_PRINTED = "Not printed."
_WRONG_COPIES = StatusText(_NOT_PRINTED, ("Copies: type a number from 1 to 99.",), "bad")
_PRINTER_GONE = StatusText(
    _NOT_PRINTED, ("This printer is no longer there: open the page again, and choose another one.",), "bad"
)
_BUSY = StatusText(_NOT_PRINTED, ("Many people are printing: try again in a moment.",), "warn")


def add_printing_routes(app: Flask, desk: Desk) -> None:
    """Add the routes, and keep the list of printers fresh."""

    @app.before_request
    def refresh_printers() -> None:
        desk.printers.refresh()

    @app.errorhandler(UnknownPrinterError)
    def unknown_printer(_: UnknownPrinterError) -> Response:
        return _make_status_response(_PRINTER_GONE, 404)

    @app.post("/printer")
    def choose_printer() -> Response:
        printer = read_printer(desk.printers)
        options = render_template(
            "printer-options.html", printer_options=printer_options(desk.printers), is_update=True
        )
        return remember_printer(make_response(options), printer)

    @app.post("/handouts/<name>/send")
    def send(name: str) -> BaseResponse:
        form, click = read_print_form(desk, name), read_click()
        previous = desk.print_jobs.get(click)
        return _make_job_response(click, previous, form) if previous else _print_and_respond(desk, form, click)

    @app.get("/sent/<click>")
    def sent(click: str) -> BaseResponse | str:
        job = desk.print_jobs.get(parse_click(click))
        if job is None:
            raise NotOfferedError
        if "HX-Request" not in request.headers:
            back = request.args.get("handout", "")
            return render_template("job-status-page.html", status=print_status_text(job), job=job, back=back)
        if request.args.get("seen") == job.progress:
            return make_response("", 204)
        return make_response(_render_status(click, job))


def _print_and_respond(desk: Desk, form: PrintForm, click: str) -> BaseResponse:
    try:
        settings = read_printer_choice(desk.printers)
        job = _start_job(desk, form, settings, click)
    except CopiesError:
        return _make_status_response(_WRONG_COPIES, 422, form)
    except BusyError:
        response = _make_status_response(_BUSY, 429, form)
        response.headers["Retry-After"] = "2"
        return response
    if isinstance(job, StatusText):
        return _make_status_response(job, 422, form)
    return remember_printer(_make_job_response(click, job, form), settings.printer)


def _start_job(desk: Desk, form: PrintForm, settings: PrinterChoice, click: str) -> PrintJob | StatusText:
    """Make the print and start to send it; if it cannot be made, return the reason.

    Raises NotOfferedError for a print that is not on paper, BusyError if too many jobs are being sent.
    """
    made = make_print_to_hand_out(desk, form, read_patient())
    edition = made.planned.edition
    if edition.format.settings.file != "pdf":
        raise NotOfferedError
    if not made.ok:
        sentences = tuple(f"{failure.cause} {failure.remedy}" for failure in failure_texts(made.problems))
        return StatusText(_NOT_PRINTED, sentences, "bad")
    ticket = make_ticket(edition, made.planned.path.stem, settings.copies, settings.sides, settings.tray)
    job = PrintJob(settings.printer.name, edition.paper, made.file.pages, settings.copies)
    return desk.print_jobs.start(click, job, made.file.content, ticket)


def _make_job_response(click: str, job: PrintJob, form: PrintForm) -> Response:
    """Answer with the status of a job: on the page, or by redirecting to a separate page where scripts are off."""
    if "HX-Request" in request.headers:
        return make_response(_render_status(click, job))
    # The redirect keeps a reload of that page from printing again.
    return make_response(redirect(f"/sent/{click}?handout={form.handout.id}", 303))


def _render_status(click: str, job: PrintJob) -> str:
    # Until the printer has the job, pressing the button again counts as the same click.
    next_click = new_token() if job.progress != "sending" else ""
    return render_template(
        "job-status.html", status=print_status_text(job), job=job, click=click, next_click=next_click
    )


def _make_status_response(status: StatusText, code: int, form: PrintForm | None = None) -> Response:
    if "HX-Request" in request.headers:
        return make_response(render_template("job-status.html", status=status), code)
    back = form.handout.id if form else ""
    return make_response(render_template("job-status-page.html", status=status, back=back), code)
