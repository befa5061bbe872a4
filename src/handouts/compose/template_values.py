"""Builds the values that templates receive: the texts of an output as HTML, plain data and functions.

docs/practices.md lists them for people who write templates.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from handouts.compose.body_html import BodyWriter, make_anchor, make_note_id
from handouts.compose.labels import Labels
from handouts.compose.page_contents import list_printed_blocks
from handouts.compose.source_places import ValueFile, to_template_value, write_no_source, write_source
from handouts.compose.template_functions import Plain, TemplateFunction
from handouts.compose.written_texts import WrittenTexts
from handouts.language.punctuation import write_colon
from handouts.language.tags import direction_of
from handouts.model.edition import Edition
from handouts.model.field_values import list_field_values
from handouts.model.library import Block, Handout, Picture, Practice, ReferenceEntry, Section
from handouts.model.patient import Patient
from handouts.numbering.blanks import list_blanks
from handouts.numbering.number import Numbered, Passage
from handouts.numbering.select import Selection
from handouts.problems.problem import Place
from handouts.schema.front_matter import SectionText

# Fields for selection and checks alone.
_NOT_PRINTED: Final = {"selections", "default", "treatment", "translation", "accepted", "codes", "formats"}
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
    """Return the values of a template by name.

    They are built from plain types, so that templates get no object with methods that they could call. `texts` keeps
    what is written for other outputs.
    """
    selection = numbered.selection
    handout = selection.handout
    facts = texts.find_facts(numbered)
    places = edition.format.settings.file == "pdf"
    expand = texts.get_writer(handout.language, handout.front.abbreviations)
    unbroken = texts.get_writer(handout.language)
    writer = BodyWriter(
        texts,
        numbered,
        labels.file.words,
        edition.format.settings.citations,
        _collect_printed_ids(numbered),
        places,
        expand,
        qr_codes=edition.format.settings.file != "txt",
        cites=edition.format.settings.contents == "all",
        typed=_choose_typed(numbered, patient),
    )
    # In the order of the page: the first citation of a source is the one that its entry leads back to.
    urgent = [_build_unit(writer, numbered, block, block.title, 0) for block in selection.urgent]
    depth = 1 if selection.members else 0
    sections = {
        section.id: _build_unit(writer, numbered, section, section.title, int(_has_parts(one.handout)) + depth)
        for one in ([member.selection for member in selection.members] or [selection])
        for section in one.sections
    }
    # Blocks are on the level of parts.
    important = labels.file.words["important"]
    blocks = {
        block.id: _build_unit(writer, numbered, block, block.title or important, depth)
        for block in list_printed_blocks(numbered, edition)
        if not block.is_urgent
    }
    return {
        "expand": TemplateFunction("expand", expand),
        "unbroken": TemplateFunction("unbroken", unbroken),  # without the abbreviations of the handout
        "colon": TemplateFunction("colon", write_colon),
        "source": TemplateFunction("source", write_source if places else write_no_source),
        "from_handout": TemplateFunction("from_handout", ValueFile(Place(handout.place.file), _find_places(selection))),
        "from_practice": TemplateFunction("from_practice", ValueFile(Place(practice.place.file), practice.profile_at)),
        "urgent": urgent,
        **_build_handout_values(selection, labels, sections, blocks),
        "members": [
            {
                "id": make_anchor(member.source.handout.id),
                "place": to_template_value(Place(member.source.handout.place.file)),
                **_build_handout_values(member.selection, labels, sections, blocks),
            }
            for member in selection.members
        ],
        "language": handout.language,
        "direction": direction_of(handout.language),
        "practice": practice.profile.model_dump(mode="json", exclude=_NOT_OF_PROFILE),
        "web_address": choose_address_of_print(selection, practice),
        "website": handout.front.web or practice.profile.website,
        "logo": quote(choose_logo(practice, edition).name),
        "words": labels.file.words,
        "is_short": facts.is_short,
        "message_names_practice": any(
            value in handout.front.main_message for value in list_field_values(practice.profile).values() if value
        ),
        "explained_terms": [*facts.explained_terms],
        "patient": build_patient_values(patient),
        "references": [
            {
                "number": numbered.citations[key],
                "anchor": writer.anchors[key],
                "html": texts.write_entry(references[key], handout.language),
                "missing": references[key].reference.status == "missing",
                "place": to_template_value(references[key].place),
            }
            for key in (numbered.listed if writer.cites else ())
        ],
    }


def _build_handout_values(
    selection: Selection, labels: Labels, sections: Mapping[str, Plain], blocks: Mapping[str, Plain]
) -> dict[str, Plain]:
    """Return the values of a handout, of which a pack has several; sections and blocks by id, as they were written."""
    handout = selection.handout
    return {
        "handout": handout.front.model_dump(mode="json", exclude=_NOT_PRINTED)
        | {"actions": [str(text) for _, text in selection.actions]}
        | {"questions": [str(text) for _, text in selection.questions]},
        "section_actions": _find_section_texts(selection.actions),
        "section_questions": _find_section_texts(selection.questions),
        "published": labels.format_date(handout.front.published),
        "review_due": labels.format_date(handout.front.review_due),
        "is_whole": selection.is_whole,
        "section_numbers": _join_numbers(selection),
        "section_count": len(handout.sections),
        "has_parts": _has_parts(handout),
        "parts": [
            {
                "title": part.title,
                "id": make_anchor(part.id) if part.id else "",
                "place": to_template_value(part.place),
                "sections": [[section.number, sections[section.id]] for section in part.sections],
            }
            for part in selection.parts
        ],
        "blocks": [blocks[block.id] for block in selection.important if block.id in blocks],
    }


def _has_parts(handout: Handout) -> bool:
    return any(part.id for part in handout.parts)


def _join_numbers(selection: Selection) -> str:
    return ", ".join(str(section.number) for section in selection.sections)


def _find_places(selection: Selection) -> Mapping[tuple[str | int, ...], Place]:
    """Return the places of the front matter; those of actions and questions by their positions among the printed."""
    handout = selection.handout
    listed = {"actions": selection.actions, "questions": selection.questions}
    return (
        {path: place for path, place in handout.front_at.items() if path[:1] not in {("actions",), ("questions",)}}
        | {
            (name, number): handout.front_at.get((name, position), handout.place)
            for name, texts in listed.items()
            for number, (position, _) in enumerate(texts)
        }
        | {(name,): handout.front_at.get((name,), handout.place) for name in listed}
    )


def _find_section_texts(texts: Sequence[tuple[int, str]]) -> list[Plain]:
    """Return the positions, among the printed texts, of those that belong to a section."""
    return [number for number, (_, text) in enumerate(texts) if isinstance(text, SectionText)]


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


def _choose_typed(numbered: Numbered, patient: Patient | None) -> Mapping[str, str]:
    """Return the texts that were typed for lines to write on, without those for an id that is not on one line only."""
    typed = patient.blanks if patient else {}
    return {blank.id: typed[blank.id] for blank in list_blanks(numbered) if blank.id in typed} if typed else {}


def _collect_printed_ids(numbered: Numbered) -> frozenset[str]:
    """Return the ids of all printed parts, sections, blocks and figures, which links can lead to."""
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    openings = (token for body in bodies for token in body.tokens if token.type == "container_block_open")
    figures = (token.meta["attributes"].get("id", "") for token in openings)
    parts = (part.id for part in numbered.selection.parts if part.id)
    return frozenset({*parts, *figures, *numbered.passages} - {""})


def _build_unit(writer: BodyWriter, numbered: Numbered, unit: Section | Block, title: str, shift: int) -> Plain:
    """Return a section or block with the inserts of the practice; `id` is the HTML id of the element."""
    passage = numbered.passages[unit.id]
    before = [_build_passage(writer, insert, shift) for insert in passage.inserts if insert.at == "start"]
    own = _build_passage(writer, passage, shift)
    after = [_build_passage(writer, insert, shift) for insert in passage.inserts if insert.at != "start"]
    return {
        "id": make_anchor(unit.id),
        "title": title,
        "place": to_template_value(unit.place),
        **own,
        "inserts": after,
        "inserts_at_start": before,
    }


def _build_passage(writer: BodyWriter, passage: Passage, shift: int) -> dict[str, Plain]:
    """Return a text as HTML, with its notes; the `id` of a note is the HTML id of its element."""
    return {
        "html": writer.write_html(passage.body, shift),
        "notes": [
            {"symbol": note.symbol, "id": make_note_id(note.symbol), "html": writer.write_html(note.body, shift)}
            for note in passage.notes
        ],
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
