"""The routes that send prints to a printer of this computer, and that show and cancel print jobs."""

import datetime as dt

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.printing.ticket import make_ticket
from handouts.web.desk import Desk
from handouts.web.patient_print import FailedPrintError, make_patient_print, read_pack
from handouts.web.print_choice import NotOfferedError
from handouts.web.print_form import PrintForm, is_part_request, make_token, read_print_form, read_visit
from handouts.web.print_jobs import PrintJob
from handouts.web.printer_form import (
    CopiesError,
    UnknownPrinterError,
    parse_click,
    read_click,
    read_printer,
    read_printer_choice,
    read_printer_options,
    remember_printer,
)
from handouts.web.running_prints import BusyError
from handouts.web.staff_text import StatusText, describe_print_status, explain_failures

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
        options = render_template("printer-options.html", printer_options=read_printer_options(desk.printers))
        return remember_printer(make_response(options), printer)

    @app.post("/handouts/<name>/send")
    def send(name: str) -> BaseResponse:
        form, click = read_print_form(desk, name), read_click()
        previous = desk.print_jobs.get(click)
        if previous:
            return _make_job_response(click, previous, name)
        return _print_and_respond(desk, [form], click, name)

    @app.post("/pack/send")
    def send_pack() -> BaseResponse:
        forms, click = read_pack(desk), read_click()
        previous = desk.print_jobs.get(click)
        return _make_job_response(click, previous, "") if previous else _print_and_respond(desk, forms, click, "")

    _add_job_routes(app, desk)


def _add_job_routes(app: Flask, desk: Desk) -> None:
    """Add the routes of the status of jobs."""

    @app.get("/sent/<click>")
    def sent(click: str) -> BaseResponse | str:
        job = desk.print_jobs.get(parse_click(click))
        if job is None:
            raise NotOfferedError
        if not is_part_request():
            back = request.args.get("handout", "")
            return render_template("job-status-page.html", status=describe_print_status(job), job=job, back=back)
        return make_response(_render_job(click, job))

    @app.post("/sent/<click>/cancel")
    def cancel(click: str) -> BaseResponse:
        job = desk.print_jobs.cancel(parse_click(click))
        if job is None:
            raise NotOfferedError
        return _make_job_response(click, job, "")


def _print_and_respond(desk: Desk, forms: list[PrintForm], click: str, back: str) -> BaseResponse:
    try:
        settings = read_printer_choice(desk.printers)
        made = make_patient_print(desk, forms, on_paper=True)
        ticket = make_ticket(made.edition, made.name, settings.copies, settings.sides, settings.tray)
        job = PrintJob(
            settings.printer.name,
            made.edition.paper,
            made.pages,
            settings.copies,
            title=made.title,
            time=_format_time(dt.datetime.now().astimezone()),
            print_code=made.print_code,
        )
        job = desk.print_jobs.start(click, job, made.content, ticket, read_visit())
    except CopiesError:
        return _make_status_response(_WRONG_COPIES, 422, back)
    except BusyError:
        response = _make_status_response(_BUSY, 429, back)
        response.headers["Retry-After"] = "2"
        return response
    except FailedPrintError as failed:
        failures = explain_failures(failed.problems, failed.patient)
        sentences = tuple(f"{failure.cause} {failure.remedy}" for failure in failures)
        return _make_status_response(StatusText(f"{failed}: not printed.", sentences, "bad"), 422, back)
    return remember_printer(_make_job_response(click, job, back), settings.printer)


def _format_time(now: dt.datetime) -> str:
    return f"{now.hour}:{now:%M}"


def _make_job_response(click: str, job: PrintJob, back: str) -> Response:
    """Answer with the status of a job: on the page, or by redirecting to a separate page where scripts are off."""
    if is_part_request():
        return make_response(_render_job(click, job))
    # The redirect keeps a reload of that page from printing again.
    return make_response(redirect(f"/sent/{click}?handout={back}", 303))


def _render_job(click: str, job: PrintJob) -> str:
    return render_template("job.html", status=describe_print_status(job), job=job, click=click)


def _make_status_response(status: StatusText, code: int, back: str = "") -> Response:
    if is_part_request():
        return make_response(render_template("job.html", status=status, click=make_token()), code)
    return make_response(render_template("job-status-page.html", status=status, back=back), code)
