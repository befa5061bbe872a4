"""The values that the page of a handout shows: sections and formats to choose, the preview, and the problems."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from flask import render_template, request

from handouts.compose.qr_code import draw_qr_code
from handouts.compose.template_values import choose_web_address
from handouts.given.chart_line import write_chart_line
from handouts.language.names import name_language
from handouts.model.conditions import list_audiences
from handouts.model.edition import get_usual_format, list_offered_formats
from handouts.model.imposition import get_side_size
from handouts.model.library import Handout, Practice, Section
from handouts.numbering.blanks import list_blanks
from handouts.numbering.fields import fill_for_display
from handouts.numbering.number import number_for
from handouts.numbering.select import UnknownNameError, select
from handouts.problems.problem import Problem
from handouts.search.index import write_words
from handouts.web.desk import Desk
from handouts.web.form_prints import make_print
from handouts.web.given_record import describe_given
from handouts.web.handout_warning import find_warning
from handouts.web.print_choice import NotOfferedError, default_sections
from handouts.web.print_form import PrintForm, new_token, read_choice, read_patient, read_visit
from handouts.web.printer_form import printer_options
from handouts.web.prints import Print
from handouts.web.staff_text import failure_texts

_LONGEST_LANGUAGE: Final = 35
_UNTITLED_BLOCK = "Important safety information"
_ALWAYS_PRINTED = ("Sources of what is printed", "Disclaimer", "How to reach the practice")

# The names on their buttons; others are under "More", by their titles.
_MAIN_FORMATS: Final = {"handout": "Pages", "large-print": "Large", "trifold": "Leaflet", "one-page": "One page"}
_SUGGESTED: Final = re.compile(r'"([a-z0-9-]+)" \(([0-9]+ lines?)\)')
_ALL_OF_THEM: Final = ') and "'  # between the last two of sections that have to be left out together
_WORDS_OF_PAGE: Final = 380
_PICTURE_OF_PAGE: Final = 0.25
_QUARTERS: Final = ("", "¼", "½", "¾")

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class SectionGroup:
    """The sections of a part, and the titles of the blocks that are printed with any of them."""

    title: str
    sections: tuple[Section, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedSelection:
    """A selection that the author saved, with the ids of its sections."""

    name: str
    sections: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name as words: pre-visit-pack is "Pre visit pack"."""
        words = self.name.replace("-", " ")
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Outline:
    """The selectable sections of a handout, and the titles of texts that are always printed."""

    groups: tuple[SectionGroup, ...]
    selections: tuple[SavedSelection, ...]
    always_printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionsToLeaveOut:
    """Sections (id, title, length) of which one has to be left out if they are alternatives, and else all."""

    sections: tuple[tuple[str, str, str], ...]
    are_alternatives: bool

    @property
    def ids(self) -> str:
        """The ids, with spaces between them."""
        return " ".join(section[0] for section in self.sections)


def make_outline(handout: Handout) -> Outline:
    """Return the outline of a handout."""
    groups = tuple(
        SectionGroup(
            part.title or "Sections",
            part.sections,
            tuple(
                block.title or _UNTITLED_BLOCK for block in handout.blocks if part.id and block.always_with == part.id
            ),
        )
        for part in handout.parts
    )
    selections = tuple(SavedSelection(name, tuple(find_sections(handout, name))) for name in handout.front.selections)
    blocks = tuple(block.title or _UNTITLED_BLOCK for block in handout.blocks if block.always_with is None)
    return Outline(groups, selections, (*blocks, *_ALWAYS_PRINTED))


def find_sections(handout: Handout, selection: str) -> list[str]:
    """Return the ids of the sections of a saved selection, or of all sections for "".

    Raises NotOfferedError if the handout has no such selection.
    """
    if not selection:
        return [section.id for section in handout.sections]
    try:
        return [section.id for section in select(handout, [selection]).sections]
    except UnknownNameError:
        raise NotOfferedError from None


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
        "failures": failure_texts(made.problems, patient),
        "to_leave_out": find_sections_to_leave_out(handout, made.problems),
        "can_be_smaller": _can_be_smaller(made),
        "problems": _select_relevant_problems(form, made),
        "is_stale": is_stale,
        "number": snapshot.number,
        "selected": frozenset(form.sections),
        "one_side": printer_options(desk.printers).one_side,
        "shows_problems": desk.shows_problems,
    }


def render_handout_page(desk: Desk, form: PrintForm, preview: Values | None = None) -> str:
    """Return the HTML of the page, with the preview if its values are given."""
    library, practice = form.library, form.practice
    handout = fill_for_display(form.handout, [practice])
    offered = list_offered_formats(handout, library.settings)
    warning = find_warning(desk.today(), handout)
    chosen = read_choice(replace(form, sections=[section.id for section in handout.sections]))
    values: Values = {
        "print": None,
        "handout": handout,
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
        "default_sections": default_sections(handout),
        "missing_language": _read_missing_language(),
        "audiences": list_audiences(handout),
        "default_paper": practice.profile.paper or library.settings.paper,
        "warning": warning,
        "is_forbidden": bool(warning) and library.settings.release == "required",
        "number": form.snapshot.number,
        "visit": new_token(),
        "printer_options": printer_options(desk.printers),
        "grade": desk.catalogs.get_grade(form.snapshot, handout),
    }
    return render_template("handout.html", **{**values, **(preview or {})})


def _read_missing_language() -> str:
    """Return the name of the language that a link asked for in vain, if any."""
    tag = request.args.get("missing", "")[:_LONGEST_LANGUAGE]
    return name_language(tag) if tag else ""


def _find_published_page(handout: Handout, practice: Practice) -> Values:
    """Return the address of the page on which a handout is published, and a QR code of it; nothing if there is none."""
    address = choose_web_address(handout, practice)
    return {} if address == practice.profile.website else {"page_address": address, "page_code": draw_qr_code(address)}


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


def describe_cost(section: Section) -> str:
    """Return about how many pages a section takes, in quarters: "≈ ½ p", because only the preview measures it."""
    words = len(write_words(section.body).split())
    quarters = max(1, round((words / _WORDS_OF_PAGE + len(section.body.pictures) * _PICTURE_OF_PAGE) * 4))
    whole, rest = divmod(quarters, 4)
    return f"\N{ALMOST EQUAL TO} {whole or ''}{_QUARTERS[rest]} p"


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
