"""The first page of a handout is enough by itself, also with long names, many phones and a note for a patient."""

from dataclasses import replace
from typing import Any

import pytest

from handouts.build.pipeline import Pipeline
from handouts.model.edition import Edition, formats
from handouts.model.library import Handout
from handouts.model.patient import Patient
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layout.lay_out import lay_out
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.schema.practice import Hours, Phone
from support.laid_out import pages, text_of
from support.shipped import ROOT, handout, library

LONG_TITLE = "How to live well at home after a broken bone in the spine and what to do if pain comes back"
LONG_NAME = (
    "The Lakeside Regional Center for Spine Surgery, Pain Medicine, Rehabilitation and Bone Health of Port Ellery and "
    "Northern Muskegon"
)
HOURS = tuple(
    Hours(days=days, hours="8:00 am to 5:00 pm") for days in ("Monday to Thursday", "Friday", "Saturday", "Holidays")
)
PATIENT = Patient("Maria Guadalupe Hernandez-Villanueva", ("Take the tablets.", "Come back on Monday, at 9:30 am."))


def make_phones(count: int) -> tuple[Phone, ...]:
    return tuple(Phone(label=f"Line {number}", number=f"(616) 555-01{number}") for number in range(10, 10 + count))


def lay_out_pages(shown: Handout, patient: Patient | None, **changes: object) -> list[str]:
    """Return the text of each page, with the sections of the first part, for a practice with some other values."""
    practice = library().practices["lakeside-spine-center"]
    practice = replace(practice, profile=practice.profile.model_copy(update=changes))
    edition = Edition(formats(library().settings)["handout"], PrintOptions("letter"))
    numbered = number_for(select(replace(shown, parts=shown.parts[:1]), ()), practice)
    composition = Pipeline(Project(ROOT), library().references).compose(numbered, practice, edition, patient)
    assert composition.document is not None, composition.problems
    laid_out = lay_out(composition.document)
    assert [problem for problem in laid_out.problems if problem.code != "missing-reference"] == []
    return [_read_text(page._page_box) for page in laid_out.document.pages]  # noqa: SLF001 - no public way to the boxes


def _read_text(box: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    return " ".join(child.text for child in box.descendants() if hasattr(child, "text"))


@pytest.mark.parametrize(
    ("title", "patient", "changes"),
    [
        (LONG_TITLE, None, {}),
        (None, PATIENT, {"phones": make_phones(3)}),
        (None, None, {"name": LONG_NAME, "hours": HOURS}),
    ],
    ids=["long title", "patient and three phones", "long name and hours"],
)
def test_actions_and_contact_panel_stand_on_the_first_page(
    title: str | None, patient: Patient | None, changes: dict[str, object]
) -> None:
    shown = handout()
    if title:
        shown = replace(shown, front=shown.front.model_copy(update={"title": title}))
    first, second, *_ = lay_out_pages(shown, patient, **changes)
    assert "How to reach us" in first
    assert all(action.split()[-1] in first for action in shown.front.actions)
    assert second.startswith("Spinal fracture")


def test_a_first_page_that_is_too_full_begins_with_the_contact_panel_and_flows_on() -> None:
    shown = handout()
    shown = replace(shown, front=shown.front.model_copy(update={"title": LONG_TITLE}))
    first, second, *_ = lay_out_pages(shown, PATIENT, phones=make_phones(8), name=LONG_NAME, hours=HOURS)
    assert all(phone.number.split()[-1] in first for phone in make_phones(8))
    # What to do follows behind the panel, and the answers behind that, without an empty page between.
    assert "What you can do now" in f"{first} {second}"
    assert "Could my back pain" in second


SMALL = ".first-page > * { break-inside: auto } .contact { break-inside: avoid } .compact .contact { padding: 0 }"


def make_first_page(classes: str, actions: int, contact: int) -> str:
    return (
        f'<div class="first-page {classes}">{text_of(5)}<section class="actions">{text_of(actions)}</section>'
        f'<section class="contact" style="padding: 7pt">{text_of(contact)}</section></div>{text_of(3)}'
    )


@pytest.mark.parametrize(
    ("actions", "contact", "panel_page"),
    [
        (4, 8, 2),  # the actions end on the first page
        (7, 7, 2),  # they go on, and the panel fits behind them
        (8, 9, 2),  # it does not, so it comes first
    ],
)
def test_where_the_first_page_flows_the_panel_stands_on_the_second_page(
    actions: int, contact: int, panel_page: int
) -> None:
    laid_out, _ = pages(make_first_page("flowing", actions, contact), SMALL)
    flow = read_painted_text(laid_out.document).flow
    assert {piece.page for piece in flow if piece.contact} == {panel_page}


def test_a_short_text_is_set_compact_before_its_panel_goes_on_to_a_second_page() -> None:
    css = f"{SMALL} .contact {{ padding: 7pt }} .compact .contact {{ padding: 0 }}"
    body = make_first_page("short", 1, 4).replace(' style="padding: 7pt"', "")
    laid_out, _ = pages(body, css)
    flow = read_painted_text(laid_out.document).flow
    assert {piece.page for piece in flow if piece.contact} == {1}


BREAKING = f"{SMALL} .first-page {{ break-after: page }} .first-page.short, .flowing {{ break-after: auto }}"


@pytest.mark.parametrize(
    ("padding", "lines", "starts_on", "pages_used"),
    [
        (0, 3, 1, 1),  # it fits on the first page
        (0, 10, 2, 2),  # it does not, and has a page to itself
        (0, 12, 1, 2),  # a page to itself would not be enough
        (28, 3, 1, 1),  # the first page has to be set compact
        (28, 20, 2, 3),
        (28, 13, 1, 2),  # the first page of three has room for what is on the last one
    ],
)
def test_a_short_text_stands_on_the_first_page_where_it_fits_or_saves_a_page(
    padding: int, lines: int, starts_on: int, pages_used: int
) -> None:
    page = make_first_page("short", 1, 1).partition("</div>")[0].replace("padding: 7pt", f"padding: {padding}pt 0")
    css = f"{BREAKING} .compact .contact {{ padding: 0 !important }}"
    laid_out, _ = pages(f"{page}</div>{text_of(lines, line=9)}", css)
    flow = read_painted_text(laid_out.document).flow
    assert (min(piece.page for piece in flow if str(piece.place) == "x.md:9"), len(laid_out.names)) == (
        starts_on,
        pages_used,
    )
