"""The routes that record what was given, as a FHIR bundle to download; what was typed for a patient is not read."""

from flask import Flask, Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.given.fhir import FILE_ENDING, MEDIA_TYPE, write_bundle
from handouts.model.patient import Patient
from handouts.web.desk import Desk
from handouts.web.form_prints import check_agreed, make_pack_print_to_hand_out, make_print_to_hand_out
from handouts.web.given_record import describe_given
from handouts.web.patient_print import read_pack
from handouts.web.print_form import PrintForm, make_token, read_pack_choice, read_print_form

_LONGEST_CLICK = 32
_NOT_MADE = "This print cannot be made, so nothing was given"


def add_given_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.post("/handouts/<name>/given")
    def given(name: str) -> BaseResponse:
        return _make_bundle_response(desk, [read_print_form(desk, name)])

    @app.post("/pack/given")
    def given_pack() -> BaseResponse:
        return _make_bundle_response(desk, read_pack(desk))


def _make_bundle_response(desk: Desk, forms: list[PrintForm]) -> Response:
    for form in forms:
        check_agreed(desk, form)
    if len(forms) > 1:
        made = make_pack_print_to_hand_out(desk, forms[0].snapshot, read_pack_choice(forms), Patient())
    else:
        made = make_print_to_hand_out(desk, forms[0], Patient())
    record = describe_given(forms, made)
    if record is None:
        return make_response(render_template("error.html", title=_NOT_MADE, code=422), 422)
    day = desk.today()
    # One click on "Print" is one visit.
    visit = request.form.get("click", "")[:_LONGEST_CLICK] or make_token()
    response = make_response(write_bundle([record], day, visit))
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Content-Disposition"] = f'attachment; filename="given-{day}{FILE_ENDING}"'
    return response
