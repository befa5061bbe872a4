"""Printing: the routes from the page to a printer of this machine, and what became of a print."""

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from handouts.printing.ticket import make_ticket
from handouts.web.catalog_routes import new_visit
from handouts.web.desk import Desk
from handouts.web.error_text import reasons
from handouts.web.print_choice import NotChosenError
from handouts.web.print_form import Asked, asked_for, patient_of_form, print_of
from handouts.web.print_jobs import Sending
from handouts.web.print_status_text import Told, told
from handouts.web.printer_form import (
    CopiesError,
    NoPrinterError,
    Wanted,
    click_named,
    click_of_form,
    named,
    offered,
    remember,
    wanted,
)
from handouts.web.running_prints import BusyError

_COPIES = Told("Not printed.", ("Copies: type a number from 1 to 99.",), "bad")
_GONE = Told("Not printed.", ("This printer is not there any more: open the page again, and choose another.",), "bad")
_BUSY = Told("Not printed.", ("Many people are printing: try again in a moment.",), "warn")


def add_printing(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.before_request
    def look_for_printers() -> None:
        desk.printers.refresh()

    @app.errorhandler(NoPrinterError)
    def not_there(_: NoPrinterError) -> Response:
        return _said(_GONE, 404)

    @app.post("/printer")
    def choose_printer() -> Response:
        printer = named(desk.printers)
        return remember(
            make_response(render_template("options.html", offered=offered(desk.printers), anew=True)), printer
        )

    @app.post("/handouts/<name>/send")
    def send(name: str) -> Answer:
        return _send(desk, asked_for(desk, name), click_of_form())

    @app.get("/sent/<click>")
    def sent(click: str) -> Answer | str:
        sending = desk.sendings.get(click_named(click))
        if sending is None:
            raise NotChosenError
        if "HX-Request" not in request.headers:
            back = request.args.get("handout", "")
            return render_template("sent-page.html", told=told(sending), sending=sending, click=click, back=back)
        if request.args.get("seen") == sending.progress:
            return make_response("", 204)
        return make_response(_fragment(click, sending))


def _send(desk: Desk, asked: Asked, click: str) -> Answer:
    before = desk.sendings.get(click)
    if before:
        return _on_its_way(click, before, asked)
    try:
        how = wanted(desk.printers)
        sending = _sent(desk, asked, how, click)
    except CopiesError:
        return _said(_COPIES, 422, asked)
    except BusyError:
        response = _said(_BUSY, 429, asked)
        response.headers["Retry-After"] = "2"
        return response
    if isinstance(sending, Told):
        return _said(sending, 422, asked)
    return remember(_on_its_way(click, sending, asked), how.printer)


def _sent(desk: Desk, asked: Asked, how: Wanted, click: str) -> Sending | Told:
    """Have the print made and sent, or tell why it cannot be made."""
    _, one = print_of(desk, asked, patient_of_form())
    edition = one.planned.edition
    if edition.format.settings.file != "pdf":
        raise NotChosenError
    if not one.ok:
        return Told("Not printed.", tuple(f"{reason.what} {reason.cure}" for reason in reasons(one.problems)), "bad")
    ticket = make_ticket(edition, one.planned.path.stem, how.copies, how.sides, how.tray)
    sending = Sending(how.printer.name, edition.paper, one.made.pages, how.copies)
    return desk.sendings.start(click, sending, one.made.content, ticket)


def _on_its_way(click: str, sending: Sending, asked: Asked) -> Response:
    """Answer with how far a print is, on the page or by leading to where it is told."""
    if "HX-Request" in request.headers:
        return make_response(_fragment(click, sending))
    # To load that page again prints nothing again.
    return make_response(redirect(f"/sent/{click}?handout={asked.handout.id}", 303))


def _fragment(click: str, sending: Sending) -> str:
    # Until the printer has it, whatever is pressed is the same click.
    again = new_visit() if sending.progress != "sending" else ""
    return render_template("sent.html", told=told(sending), sending=sending, click=click, again=again)


def _said(what: Told, code: int, asked: Asked | None = None) -> Response:
    if "HX-Request" in request.headers:
        return make_response(render_template("sent.html", told=what), code)
    back = asked.handout.id if asked else ""
    return make_response(render_template("sent-page.html", told=what, back=back), code)
