"""What a template is given: all texts of an output, numbered and as HTML, as plain data and functions.

docs/practices.md names the values for people who write templates.
"""

from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup

from handouts.ama.entry import format_reference
from handouts.compose.abbreviations import Expand
from handouts.compose.body_html import BodyWriter, anchor_of, note_id
from handouts.compose.labels import Labels
from handouts.compose.source_places import Origin, no_source, plain_place, source
from handouts.compose.template_functions import Plain, TemplateFunction
from handouts.language.tags import direction_of
from handouts.model.edition import Edition
from handouts.model.library import Block, Picture, Practice, ReferenceEntry, Section
from handouts.model.patient import Patient
from handouts.numbering.number import Numbered, Passage
from handouts.problems.problem import Place

# Nothing of a page comes from what is only there to choose by, or to check.
_NOT_PRINTED = {"selections", "treatment", "accepted"}
_NOT_OF_PROFILE = {"inserts", "accepted"}


def template_values(
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
) -> dict[str, Plain | TemplateFunction]:
    """Return what a template is filled with.

    It is rebuilt from plain types here, so that no object of ours, with methods that templates could call, gets in.
    """
    selection = numbered.selection
    handout = selection.handout
    has_parts = any(part.id for part in handout.parts)
    places = edition.format.settings.file == "pdf"
    printed = _printed_ids(numbered)
    expand, unbroken = Expand(handout.front.abbreviations), Expand()
    writer = BodyWriter(numbered, labels.file.words, edition.format.settings.citations, printed, places, expand)
    sections = {s.id: _unit(writer, numbered, s, s.title, int(has_parts)) for s in selection.sections}
    # A block stands beside the parts, not below one.
    important = labels.file.words["important"]
    blocks = [_unit(writer, numbered, block, block.title or important, 0) for block in selection.blocks]
    return {
        "expand": TemplateFunction("expand", expand),
        "unbroken": TemplateFunction("unbroken", unbroken),  # the same without the handout's abbreviations
        "source": TemplateFunction("source", source if places else no_source),
        "from_handout": TemplateFunction("from_handout", Origin(Place(handout.place.file), handout.front_at)),
        "from_practice": TemplateFunction("from_practice", Origin(Place(practice.place.file), practice.profile_at)),
        "handout": handout.front.model_dump(mode="json", exclude=_NOT_PRINTED),
        "language": handout.language,
        "direction": direction_of(handout.language),
        "practice": practice.profile.model_dump(mode="json", exclude=_NOT_OF_PROFILE),
        "logo": quote(logo_of(practice, edition).name),
        "words": labels.file.words,
        "published": labels.date(handout.front.published),
        "review_due": labels.date(handout.front.review_due),
        "is_whole": selection.is_whole,
        "section_numbers": ", ".join(str(section.number) for section in selection.sections),
        "section_count": len(handout.sections),
        "has_parts": has_parts,
        "parts": [
            {
                "title": part.title,
                "id": anchor_of(part.id) if part.id else "",
                "place": plain_place(part.place),
                "sections": [[section.number, sections[section.id]] for section in part.sections],
            }
            for part in selection.parts
        ],
        "blocks": blocks,
        "references": [
            {
                "number": numbered.citations[key],
                "anchor": writer.anchors[key],
                "html": _entry(references[key], unbroken),
                "missing": references[key].reference.status == "missing",
                "place": plain_place(references[key].place),
            }
            for key in numbered.listed
        ],
    }


def patient_values(patient: Patient | None) -> Plain:
    """Return what was typed for a patient as templates have it; None if that is nothing."""
    return {"name": patient.name, "note_lines": [*patient.note_lines]} if patient else None


def _printed_ids(numbered: Numbered) -> frozenset[str]:
    """Give the ids that a link can lead to: of parts, sections, blocks and figures that are printed."""
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    openings = (token for body in bodies for token in body.tokens if token.type == "container_block_open")
    figures = (token.meta["attributes"].get("id", "") for token in openings)
    parts = (part.id for part in numbered.selection.parts if part.id)
    return frozenset({*parts, *figures, *numbered.passages} - {""})


def _unit(writer: BodyWriter, numbered: Numbered, unit: Section | Block, title: str, shift: int) -> Plain:
    """Write a section or block as HTML, then the inserts of the practice; `id` is that of the element."""
    passage = numbered.passages[unit.id]
    return {
        "id": anchor_of(unit.id),
        "title": title,
        "place": plain_place(unit.place),
        **_passage(writer, passage, shift),
        "inserts": [_passage(writer, insert, shift) for insert in passage.inserts],
    }


def _passage(writer: BodyWriter, passage: Passage, shift: int) -> dict[str, Plain]:
    """Write a text as HTML, with its notes; the `id` of a note is that of its element."""
    return {
        "html": writer.html(passage.body, shift),
        "notes": [
            {"symbol": note.symbol, "id": note_id(note.symbol), "html": writer.html(note.body, shift)}
            for note in passage.notes
        ],
    }


def _entry(entry: ReferenceEntry, write: Expand) -> Markup:
    return Markup("").join(
        Markup('<a class="web-address" href="{0}">{1}</a>').format(run.url, run.text)
        if run.url
        else Markup("<em>{0}</em>").format(write(run.text))
        if run.italic
        else write(run.text)
        for run in format_reference(entry.reference)
    )


def logo_of(practice: Practice, edition: Edition) -> Picture:
    """Give the logo for the ink."""
    return practice.logo_black if edition.ink == "black" and practice.logo_black else practice.logo
