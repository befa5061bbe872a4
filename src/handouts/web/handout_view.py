"""The page of a handout: the values that it shows beside the preview."""

from dataclasses import replace
from typing import Final

from flask import render_template, request

from handouts.compose.qr_code import draw_qr_code
from handouts.compose.template_values import choose_web_address
from handouts.language.names import name_language
from handouts.model.conditions import list_audiences
from handouts.model.edition import get_usual_format, list_offered_formats
from handouts.model.library import Handout, Practice
from handouts.numbering.blanks import list_blanks
from handouts.numbering.fields import fill_for_display
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.web.desk import Desk
from handouts.web.handout_preview import Values
from handouts.web.handout_warning import find_warning
from handouts.web.print_choice import list_default_sections
from handouts.web.print_form import PrintForm, make_token, read_choice, read_patient
from handouts.web.printer_form import read_printer_options
from handouts.web.section_outline import make_outline

_LONGEST_LANGUAGE: Final = 35

# The names on their buttons; others are under "More", by their titles.
_MAIN_FORMATS: Final = {"handout": "Pages", "large-print": "Large", "trifold": "Leaflet", "one-page": "One page"}


def describe_standing(desk: Desk, form: PrintForm) -> Values:
    """Return whether a handout may be handed out today, as the page says it below the title."""
    handout = fill_for_display(form.handout, [form.practice])
    warning = find_warning(desk.today(), handout)
    return {
        "handout": handout,
        "warning": warning,
        "is_forbidden": bool(warning) and form.library.settings.release == "required",
        "grade": desk.catalogs.get_grade(form.snapshot, handout),
    }


def render_handout_page(desk: Desk, form: PrintForm, preview: Values | None = None) -> str:
    """Return the HTML of the page, with the preview if its values are given.

    What was typed for the patient stays in the fields of a page that was sent: without scripts, it is sent for each
    preview, and then for the print. Raises TooLongError.
    """
    library, practice = form.library, form.practice
    handout = fill_for_display(form.handout, [practice])
    offered = list_offered_formats(handout, library.settings)
    chosen = read_choice(replace(form, sections=[section.id for section in handout.sections]))
    values: Values = {
        "print": None,
        "typed": read_patient(form.handout.id),
        "is_agreed": form.handout.id in request.form.getlist("agreed"),
        **describe_standing(desk, form),
        "practice": practice,
        "practices": library.practices.values(),
        "choice": chosen,
        "selected": frozenset(form.sections),
        "outline": make_outline(handout),
        "languages": [other.language for other in library.handouts if other.id == handout.id],
        "main_formats": [(name, title) for name, title in _MAIN_FORMATS.items() if name in offered],
        "other_formats": [one for name, one in offered.items() if name not in _MAIN_FORMATS],
        "usual_format": get_usual_format(handout),
        "fitting_formats": [name for name, one in offered.items() if one.settings.fit],
        "offers_text": "text" in offered,
        **_find_published_page(handout, practice),
        "blanks": list_blanks(number_for(select(form.handout), practice)),
        "default_sections": list_default_sections(handout),
        "missing_language": _read_missing_language(),
        "audiences": list_audiences(handout),
        "default_paper": practice.profile.paper or library.settings.paper,
        "number": form.snapshot.number,
        "visit": make_token(),
        "printer_options": read_printer_options(desk.printers),
    }
    return render_template("handout.html", **{**values, **(preview or {})})


def _read_missing_language() -> str:
    """Return the name of the language that a link named and the handout does not have; "" for none."""
    tag = request.args.get("missing", "")[:_LONGEST_LANGUAGE]
    return name_language(tag) if tag else ""


def _find_published_page(handout: Handout, practice: Practice) -> Values:
    """Return the address of the page on which a handout is published, and a QR code of it; nothing if there is none."""
    address = choose_web_address(handout, practice)
    return {} if address == practice.profile.website else {"page_address": address, "page_code": draw_qr_code(address)}
