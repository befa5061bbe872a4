"""Finding: the routes that lead to a handout: whose it is, the cards, the search."""

import secrets

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from handouts.model.library import Library, Practice
from handouts.web.catalog import cards
from handouts.web.desk import Desk
from handouts.web.live_library import Stock
from handouts.web.print_choice import NotChosenError, chosen_handout, chosen_practice

YEAR = 365 * 24 * 60 * 60  # seconds
_PRACTICE = "practice"


def add_finding(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/")
    def home() -> str | Answer:
        stock = desk.shelf.stock
        library = library_of(stock)
        practice = practice_of(library)
        if practice is None:
            return redirect("/practices")
        query = request.args.get("q", "")[:200]
        found = cards(library, practice, query, desk.today())
        shown = {"cards": found, "query": query, "practice": practice, "number": stock.number}
        if "HX-Request" in request.headers:
            return render_template("cards.html", **shown)
        broken = sorted({name for name, _ in library.broken_handouts.keys() - stock.old_handouts})
        return render_template("home.html", **shown, many=len(library.practices) > 1, broken=broken)

    @app.get("/practices")
    def practices() -> str:
        library = library_of(desk.shelf.stock)
        then = request.args.get("handout", "")
        if then:
            chosen_handout(library, then)
        chosen = practice_of(library)
        return render_template("practices.html", practices=library.practices.values(), then=then, practice=chosen)

    @app.post("/practice")
    def choose_practice() -> Answer:
        library = library_of(desk.shelf.stock)
        practice = request.form.get(_PRACTICE, "")
        if practice not in library.practices:
            raise NotChosenError
        then = request.form.get("handout", "")
        response = redirect(f"/handouts/{chosen_handout(library, then).id}" if then else "/", 303)
        response.set_cookie(_PRACTICE, practice, max_age=YEAR, httponly=True, samesite="Strict")
        return response

    @app.get("/number")
    def number() -> Response:
        """Tell which state of the files is shown: the page asks now and then, and shows what is new."""
        return make_response(str(desk.shelf.stock.number))


def library_of(stock: Stock) -> Library:
    """Give the library. Raise NotChosenError while the project cannot be read at all."""
    if stock.library is None:
        raise NotChosenError
    return stock.library


def practice_of(library: Library) -> Practice | None:
    """Give the practice that the page shows which sent a form; else the one that was chosen before, or the only one."""
    # The choice may have been changed in another tab since: a print is for the practice that stands above it.
    name = request.form.get(_PRACTICE) or chosen_practice(library, request.cookies.get(_PRACTICE))
    if name and name not in library.practices:
        raise NotChosenError
    return library.practices[name] if name else None


def new_visit() -> str:
    """Name one opening of a page, so that what it asked for before can be given up."""
    return secrets.token_hex(8)
