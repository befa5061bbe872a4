"""The routes that lead to a handout: choosing the practice, the cards of all handouts, and the search."""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from handouts.model.library import Handout, Library, Practice
from handouts.numbering.fields import fill_for_display
from handouts.schema.codes import SYSTEMS, normalize_code
from handouts.web.desk import Desk
from handouts.web.print_choice import NotOfferedError, find_handout, require_library
from handouts.web.print_form import COOKIE_SECONDS, PRACTICE_FIELD, read_practice

_MAX_QUERY = 200  # characters


def add_catalog_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""

    @app.get("/")
    def home() -> str | BaseResponse:
        snapshot = desk.live_library.snapshot
        library = require_library(snapshot)
        practice = read_practice(library)
        if practice is None:
            return redirect("/practices")
        query = request.args.get("q", "")[:_MAX_QUERY]
        values = {
            "cards": find_cards(library, practice, query, desk.today()),
            "query": query,
            "practice": practice,
            "number": snapshot.number,
        }
        if "HX-Request" in request.headers:
            return render_template("cards.html", **values)
        broken = sorted({handout_id for handout_id, _ in library.broken_handouts.keys() - snapshot.stale_handouts})
        can_change = len(library.practices) > 1
        return render_template("home.html", **values, can_change_practice=can_change, broken=broken)

    @app.get("/practices")
    def practices() -> str:
        library = require_library(desk.live_library.snapshot)
        handout_id = request.args.get("handout", "")
        if handout_id:
            find_handout(library, handout_id)
        current = read_practice(library)
        return render_template(
            "practices.html", practices=library.practices.values(), next_handout=handout_id, practice=current
        )

    @app.post("/practice")
    def choose_practice() -> BaseResponse:
        library = require_library(desk.live_library.snapshot)
        practice_id = request.form.get(PRACTICE_FIELD, "")
        if practice_id not in library.practices:
            raise NotOfferedError
        handout_id = request.form.get("handout", "")
        target = f"/handouts/{find_handout(library, handout_id).id}" if handout_id else "/"
        response = redirect(target, 303)
        response.set_cookie(PRACTICE_FIELD, practice_id, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict")
        return response

    @app.get("/number")
    def number() -> Response:
        """Return the number of the current snapshot, which the page polls to show changed files."""
        return make_response(str(desk.live_library.snapshot.number))


@dataclass(frozen=True, slots=True)
class Card:
    """A handout in one language, with all of its languages; `matches` are the keywords and codes that were found."""

    handout: Handout
    languages: tuple[str, ...]
    is_overdue: bool
    matches: str = ""


def find_cards(library: Library, practice: Practice, query: str, today: dt.date) -> tuple[Card, ...]:
    """Return the handouts whose title, audience, keywords or codes contain all words of a query, by title.

    Each handout is shown in the language of the practice, unless only another language matches.
    """
    handout_ids = dict.fromkeys(handout.id for handout in library.handouts)
    cards = [_make_card(library, practice, handout_id, query, today) for handout_id in handout_ids]
    return tuple(sorted((card for card in cards if card), key=lambda card: _fold(card.handout.front.title)))


def format_date(day: dt.date) -> str:
    """Return a date with the month as a word, so that day and month cannot be confused."""
    return f"{day.day} {day:%B} {day.year}"


def _make_card(library: Library, practice: Practice, handout_id: str, query: str, today: dt.date) -> Card | None:
    all_languages = [handout for handout in library.handouts if handout.id == handout_id]
    preferred = find_handout(library, handout_id, practice=practice)
    for other in (preferred, *(other for other in all_languages if other is not preferred)):
        handout = fill_for_display(other, [practice])
        matches = _find_matches(handout, query)
        if matches is not None:
            languages = tuple(other.language for other in all_languages)
            return Card(handout, languages, handout.front.review_due < today, ", ".join(matches))
    return None


def _find_matches(handout: Handout, query: str) -> tuple[str, ...] | None:
    """Return the keywords and codes that words of a query were found in, or None if a word was not found.

    Words that are found in what the card shows anyway are left out.
    """
    front = handout.front
    shown = _fold(f"{front.title} {front.audience}")
    matches: list[str] = []
    for word in _fold(query).split():
        if word in shown:
            continue
        keyword = next((keyword for keyword in front.keywords if word in _fold(keyword)), None)
        prefix = normalize_code(word)
        code = next(
            (
                f"{SYSTEMS[system].title} {code}"
                for system, code in front.codes.list_all()
                if prefix and normalize_code(code).startswith(prefix)
            ),
            None,
        )
        if keyword:
            matches.append(keyword)
        elif code:
            matches.append(code)
        else:
            return None
    return tuple(dict.fromkeys(matches))


def _fold(text: str) -> str:
    """Return the text in small letters without accents, so that hasty typing finds it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
