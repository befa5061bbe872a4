"""Builds the values that templates receive: the texts of an output as HTML, plain data and functions.

docs/practices.md lists them for people who write templates.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from handouts.compose.handout_values import build_handout_values
from handouts.compose.labels import Labels
from handouts.compose.source_places import ValueFile
from handouts.compose.template_functions import Plain, TemplateFunction
from handouts.compose.written_texts import WrittenTexts
from handouts.model.edition import Edition
from handouts.model.field_values import list_field_values
from handouts.model.library import Handout, Picture, Practice, ReferenceEntry
from handouts.model.patient import Patient
from handouts.numbering.number import Numbered
from handouts.numbering.select import Selection
from handouts.problems.problem import Place

_LAST_USUAL_LETTER: Final = "\u017f"  # the end of Latin Extended-A, which text fonts have
_NOT_OF_PROFILE: Final = {"inserts", "notes", "translations", "accepted"}


def build_template_values(  # noqa: PLR0913, PLR0917 - all of them are different things
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
    texts: WrittenTexts,
    patient: Patient | None = None,
) -> dict[str, Plain | TemplateFunction]:
    """Return the values of a template by name, which must not be changed.

    They are built from plain types, so that templates get no object with methods that they could call. `texts` keeps
    what is written for other outputs; what is the same for them is the same object.
    """
    selection = numbered.selection
    handout = selection.handout
    return {
        **build_handout_values(numbered, edition, references, labels, texts, patient.blanks if patient else {}),
        **texts.values.build((practice,), "practice", lambda: _build_practice_values(practice)),
        "web_address": choose_address_of_print(selection, practice),
        "website": handout.front.web or practice.profile.website,
        "logo": quote(choose_logo(practice, edition).name),
        "message_names_practice": any(
            value in handout.front.main_message for value in list_field_values(practice.profile).values() if value
        ),
        "patient": build_patient_values(patient),
    }


def _build_practice_values(practice: Practice) -> dict[str, Plain | TemplateFunction]:
    return {
        "from_practice": TemplateFunction("from_practice", ValueFile(Place(practice.place.file), practice.profile_at)),
        "practice": practice.profile.model_dump(mode="json", exclude=_NOT_OF_PROFILE),
    }


def build_patient_values(patient: Patient | None) -> Plain:
    """Return the name and note of a patient as a template value; None if there are none."""
    if not patient or not (patient.name or patient.note_lines):
        return None
    letters = filter(str.isalpha, "".join([patient.name, *patient.note_lines]))
    return {
        "name": patient.name,
        "note_lines": [*patient.note_lines],
        # In one font: a name of letters from two fonts looks broken, and programs read it in pieces.
        "has_rare_letters": any(letter > _LAST_USUAL_LETTER for letter in letters),
    }


def choose_logo(practice: Practice, edition: Edition) -> Picture:
    """Return the logo for the ink of an edition."""
    return practice.logo_black if edition.ink == "black" and practice.logo_black else practice.logo


def choose_address_of_print(selection: Selection, practice: Practice) -> str:
    """Return where readers of a print find more; a pack has no page of its own."""
    return practice.profile.website if selection.members else choose_web_address(selection.handout, practice)


def choose_web_address(handout: Handout, practice: Practice) -> str:
    """Return where readers find more: the address of the handout, its published page, or the practice's website."""
    return handout.front.web or find_published_page(handout, practice) or practice.profile.website


def find_published_page(handout: Handout, practice: Practice) -> str:
    """Return the address of a handout's page on the published site; "" if the project does not publish."""
    return f"{practice.published_at}{handout.id}/{handout.language}/" if practice.published_at else ""
