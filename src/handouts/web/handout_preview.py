"""The preview of a print: its pages or text, what failed, and what would make it fit."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handouts.given.chart_line import write_chart_line
from handouts.model.imposition import get_side_size
from handouts.model.library import Handout
from handouts.problems.problem import Problem
from handouts.web.desk import Desk
from handouts.web.form_prints import make_print
from handouts.web.given_record import describe_given
from handouts.web.print_form import PrintForm, read_patient, read_visit
from handouts.web.printer_form import read_printer_options
from handouts.web.prints import Print
from handouts.web.staff_text import explain_failures

_SUGGESTED: Final = re.compile(r'"([a-z0-9-]+)" \(([0-9]+ lines?)\)')
_ALL_OF_THEM: Final = ') and "'  # between the last two of sections that have to be left out together

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class SectionsToLeaveOut:
    """Sections (id, title, length) of which one has to be left out if they are alternatives, and else all."""

    sections: tuple[tuple[str, str, str], ...]
    are_alternatives: bool

    @property
    def ids(self) -> str:
        """The ids, with spaces between them."""
        return " ".join(section[0] for section in self.sections)


def make_preview(desk: Desk, form: PrintForm) -> Values:
    """Make the print of a form, and return the values of the preview. Raises as `make_print` does.

    What may be chosen next is made while nobody waits, unless this is the print of a patient: those are not cached.
    """
    patient = read_patient(form.handout.id)
    choice, made = make_print(desk, form, patient, visit=read_visit())
    if desk.prints_ahead and made.ok and made.digest:
        desk.prints_ahead.make_next(form.snapshot, choice, form.handout)
    handout, snapshot = form.handout, form.snapshot
    file_type = made.planned.edition.format.settings.file
    given = describe_given([form], made)
    is_stale = (handout.id, handout.language) in snapshot.stale_handouts or form.practice.id in snapshot.stale_practices
    return {
        "print": made,
        "choice": choice,
        "chart_line": write_chart_line(given, desk.today()) if given else "",
        "file_type": file_type,
        "images": list_image_addresses(desk, made) if file_type == "pdf" and made.ok else [],
        "side": tuple(map(round, get_side_size(made.planned.edition.makeup))),
        "text": made.file.content.decode() if file_type == "txt" and made.ok else "",
        "failures": explain_failures(made.problems, patient),
        "to_leave_out": find_sections_to_leave_out(handout, made.problems),
        "can_be_smaller": _can_be_smaller(made),
        "problems": _select_relevant_problems(form, made),
        "is_stale": is_stale,
        "number": snapshot.number,
        "selected": frozenset(form.sections),
        "one_side": read_printer_options(desk.printers).one_side,
        "shows_problems": desk.shows_problems,
    }


def find_sections_to_leave_out(handout: Handout, problems: Iterable[Problem]) -> tuple[SectionsToLeaveOut, ...]:
    """Return the sections that would make a print fit if they were left out, for each panel that is too full."""
    titles = {section.id: section.title for section in handout.sections}
    found = []
    for problem in problems:
        if problem.code == "overfull":
            matches = [match for match in _SUGGESTED.finditer(problem.hint) if match[1] in titles]
            sections = tuple((match[1], titles[match[1]], match[2]) for match in matches)
            found.append(SectionsToLeaveOut(sections, are_alternatives=_ALL_OF_THEM not in problem.hint))
    return tuple(one for one in dict.fromkeys(found) if one.sections)


def _can_be_smaller(made: Print) -> bool:
    """Return whether a text is too long, and was not allowed the smaller type of its format."""
    edition = made.planned.edition
    return (
        bool(edition.format.settings.fit)
        and not edition.options.fit
        and any(problem.code == "overfull" for problem in made.problems)
    )


def list_image_addresses(desk: Desk, made: Print) -> list[str]:
    """Return the addresses of the page images; for a print that is not cached, they contain the images themselves."""
    if made.digest:
        return [f"/pages/{made.digest}/{page}.webp" for page in range(1, made.file.pages + 1)]
    images = desk.page_images.draw_uncached(made.file.content, made.file.pages)
    return [f"data:image/webp;base64,{b64encode(image).decode()}" for image in images]


def _select_relevant_problems(form: PrintForm, made: Print) -> tuple[Problem, ...]:
    """Return the problems of a print, and those of files that belong to it or to all handouts."""
    own = (f"content/handouts/{form.handout.id}/", f"content/practices/{form.practice.id}/")

    def is_relevant(problem: Problem) -> bool:
        file = problem.place.file if problem.place else ""
        return file.startswith(own) or not file.startswith(("content/handouts/", "content/practices/"))

    return tuple(dict.fromkeys((*made.problems, *filter(is_relevant, form.snapshot.problems))))
