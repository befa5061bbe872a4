"""Shown: what the page of a handout shows: the choice, the pages of the print as pictures, and the problems."""

from base64 import b64encode

from flask import render_template, request

from handouts.model.edition import formats
from handouts.model.imposition import side_size
from handouts.problems.problem import Problem
from handouts.web.catalog_routes import new_visit
from handouts.web.desk import Desk
from handouts.web.outline import outline
from handouts.web.print_choice import Choice
from handouts.web.print_form import Asked, patient_of_form, print_of
from handouts.web.printer_form import offered
from handouts.web.prints import Print

Values = dict[str, object]


def preview_values(desk: Desk, asked: Asked) -> Values:
    """Have the print made, and give what the preview is filled with."""
    choice, one = print_of(desk, asked, patient_of_form(), gives_up=request.form.get("visit", "")[:32])
    handout, stock = asked.handout, asked.stock
    kind = one.planned.edition.format.settings.file
    return {
        "print": one,
        "choice": choice,
        "kind": kind,
        "pictures": _pictures(desk, one) if kind == "pdf" and one.ok else [],
        "side": tuple(map(round, side_size(one.planned.edition.makeup))),
        "text": one.made.content.decode() if kind == "txt" and one.ok else "",
        "problems": _relevant(asked, one),
        "is_old": (handout.id, handout.language) in stock.old_handouts or asked.practice.id in stock.old_practices,
        "number": stock.number,
        "chosen": frozenset(asked.sections),
        "one_side": offered(desk.printers).one_side,
    }


def handout_page(desk: Desk, asked: Asked, values: Values | None = None) -> str:
    """Write the whole page, with the preview if its values are given."""
    handout, library, practice = asked.handout, asked.library, asked.practice
    usual: Values = {
        "print": None,
        "handout": handout,
        "practice": practice,
        "choice": Choice(practice.id, handout.id, handout.language),
        "chosen": frozenset(asked.sections),
        "outline": outline(handout),
        "languages": [one.language for one in library.handouts if one.id == handout.id],
        "formats": formats(library.settings).values(),
        "usual_paper": practice.profile.paper or library.settings.paper,
        "many": len(library.practices) > 1,
        "overdue": handout.front.review_due < desk.today(),
        "number": asked.stock.number,
        "visit": new_visit(),
        "offered": offered(desk.printers),
    }
    return render_template("handout.html", **{**usual, **(values or {})})


def _pictures(desk: Desk, one: Print) -> list[str]:
    """Give the addresses of the pages; those of a print that nothing is kept of hold the pictures themselves."""
    if one.digest:
        return [f"/pages/{one.digest}/{page}.webp" for page in range(1, one.made.pages + 1)]
    drawn = desk.pictures.unkept(one.made.content, one.made.pages)
    return [f"data:image/webp;base64,{b64encode(picture).decode()}" for picture in drawn]


def _relevant(asked: Asked, one: Print) -> tuple[Problem, ...]:
    """Give the problems of a print, and of the files that are its own or belong to all."""
    own = (f"content/handouts/{asked.handout.id}/", f"content/practices/{asked.practice.id}/")

    def concerns(problem: Problem) -> bool:
        file = problem.place.file if problem.place else ""
        return file.startswith(own) or not file.startswith(("content/handouts/", "content/practices/"))

    return tuple(dict.fromkeys((*one.problems, *filter(concerns, asked.stock.problems))))
