"""The routes for record systems: the Infobutton service with data, and links that open a handout by its code."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.infobutton import atom, json_feed
from handouts.infobutton.feed import Feed, describe_request, is_other_language, list_remarks
from handouts.infobutton.matches import Matches, choose_language
from handouts.infobutton.request import BadRequestError, KnowledgeRequest, make_request, read_language, read_request
from handouts.model.edition import formats
from handouts.model.library import Handout
from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.web.desk import Desk
from handouts.web.form_prints import check_agreed, make_print_to_hand_out
from handouts.web.infobutton_answers import (
    LINK,
    find_for_staff,
    find_near_for_staff,
    make_feed_for_programs,
    read_practice_of_request,
)
from handouts.web.print_choice import NotOfferedError, require_library
from handouts.web.print_form import read_choice, read_print_form
from handouts.web.security import FILE_POLICY, has_sent_token, is_from_other_site

_SERVICE = "/infobutton/service"
_BAD_LINK = "This link does not say which handout"
_NO_SCRIPT = "application/javascript needs the token of this page: use application/json\n"
_FAILED = "This print cannot be made: open it on the page, which says why.\n"


def add_infobutton_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.errorhandler(BadRequestError)
    def bad_request(error: BadRequestError) -> Response:
        if request.path != _SERVICE:
            return make_response(render_template("error.html", title=_BAD_LINK, code=400, reason=error), 400)
        return _make_text_response(f"{error}\n", 400)

    @app.route(_SERVICE, methods=["GET", "POST"])
    def service() -> Response:
        lookup = read_request(_list_parameters())
        # A script of any website could read the answer, unless the clinic gave that website the token.
        if lookup.response == "jsonp" and not has_sent_token():
            return _make_text_response(_NO_SCRIPT, 403)
        return _make_feed_response(lookup, make_feed_for_programs(desk, lookup))

    @app.get("/infobutton/<name>.pdf")
    def print_file(name: str) -> Response:
        if is_from_other_site() and not has_sent_token():
            return _continue_on_own_page(request.path, request.args.items(multi=True))
        form = read_print_form(desk, name)
        check_agreed(desk, form)
        if formats(form.library.settings)[read_choice(form).format].settings.file != "pdf":
            raise NotOfferedError
        made = make_print_to_hand_out(desk, form, Patient())
        if not made.ok:
            return _make_text_response(_FAILED, 422)
        response = make_response(made.file.content)
        response.headers["Content-Type"] = "application/pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{made.planned.path.stem}.pdf"'
        response.headers["Content-Security-Policy"] = FILE_POLICY
        return response

    _add_link_routes(app, desk)


def _add_link_routes(app: Flask, desk: Desk) -> None:
    """Add the routes that links of record systems open in a browser."""

    @app.route("/infobutton/application", methods=["GET", "POST"])
    def application() -> BaseResponse:
        lookup = read_request(_list_parameters())
        # What the record system says about the patient is not in the address that follows.
        columns = {
            "code": [one.code for one in lookup.criteria],
            "system": [one.oid for one in lookup.criteria],
            "words": [one.words for one in lookup.criteria],
            "language": [lookup.language],
        }
        parameters = [(name, value) for name, values in columns.items() if any(values) for value in values]
        return _continue_on_own_page(LINK, [*parameters, *_keep_practice()])

    @app.get(LINK)
    def open_by_code() -> BaseResponse | str:
        if is_from_other_site() or "token" in request.args:
            kept = [(name, value) for name, value in request.args.items(multi=True) if name != "token"]
            return _continue_on_own_page(LINK, kept)
        if "handout" in request.args:
            return redirect(_find_by_id(desk, request.args["handout"], request.args.get("language", "")), 303)
        lookup = make_request(
            request.args.getlist("code"),
            request.args.getlist("system"),
            request.args.getlist("words"),
            request.args.get("language", ""),
        )
        matches = find_for_staff(desk, lookup)
        if len(matches.found) == 1:
            return redirect(_make_address(lookup.language, matches.found[0].handout), 303)
        return _render_choice(desk, lookup, matches)


def _list_parameters() -> Iterator[tuple[str, str]]:
    yield from request.args.items(multi=True)
    yield from request.form.items(multi=True)


def _keep_practice() -> list[tuple[str, str]]:
    """Return the practice that the request names, for the addresses in its answer."""
    practice = request.values.get("practice", "")
    return [("practice", practice)] if practice else []


def _make_feed_response(lookup: KnowledgeRequest, feed: Feed) -> Response:
    match lookup.response:
        case "json":
            content, media_type = json_feed.write_json(feed), json_feed.MEDIA_TYPE
        case "jsonp":
            content, media_type = json_feed.write_jsonp(feed, lookup.callback), json_feed.SCRIPT_TYPE
        case _:
            content, media_type = atom.write_atom(feed), atom.MEDIA_TYPE
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    return response


def _make_text_response(text: str, code: int) -> Response:
    response = make_response(text, code)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def _continue_on_own_page(path: str, parameters: Iterable[tuple[str, str]]) -> Response:
    """Answer with a page that opens an address of this site by itself: only then do browsers send its cookies."""
    return make_response(render_template("continue.html", target=f"{path}?{urlencode(list(parameters))}"))


def _find_by_id(desk: Desk, handout_id: str, sent_language: str) -> str:
    """Return the address of a handout in a language. Raises NotOfferedError."""
    library = require_library(desk.live_library.snapshot)
    language = read_language(sent_language)
    handout = choose_language(library, handout_id, language, read_practice_of_request(desk), lambda _: True)
    if handout is None:
        raise NotOfferedError
    return _make_address(language, handout)


def _make_address(language: str, handout: Handout) -> str:
    """Return the address of a handout on the page, with the wanted language if it does not have it."""
    missing = [("missing", language)] if is_other_language(language, handout) else []
    query = urlencode([("language", handout.language), *_keep_practice(), *missing])
    return f"/handouts/{handout.id}?{query}"


def _render_choice(desk: Desk, lookup: KnowledgeRequest, matches: Matches) -> str:
    library, practice = require_library(desk.live_library.snapshot), read_practice_of_request(desk)
    handouts = [match.handout for match in matches.found] or find_near_for_staff(desk, lookup)
    shown = [practice] if practice else list(library.practices.values())
    named = describe_request(lookup)
    return render_template(
        "open.html",
        title=f"Handouts for {named}" if matches.found else f"No approved handout for {named}",
        remarks=list_remarks(lookup, matches),
        rows=[(fill_for_display(handout, shown), _make_address(lookup.language, handout)) for handout in handouts],
        is_near=not matches.found,
        search=urlencode(
            [("q", lookup.criteria[0].code or lookup.criteria[0].words), ("drafts", "1"), *_keep_practice()]
        ),
        practice=practice,
    )
