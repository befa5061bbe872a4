"""What a template is given: all texts of an output, numbered and as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from handouts.ama import ama_entry
from handouts.compose.abbreviations import expand_with
from handouts.compose.body import BodyWriter, anchor_of, note_id
from handouts.compose.labels import Labels
from handouts.compose.places import Origin, no_source, source
from handouts.edition import Edition
from handouts.language import direction_of
from handouts.library import Block, Picture, Practice, ReferenceEntry, Section
from handouts.number import Numbered, Passage
from handouts.problem import Place


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A symbol note as HTML; `id` is that of the element."""

    symbol: str
    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class PrintedPassage:
    """A text as HTML, with its notes."""

    html: Markup
    notes: tuple[PrintedNote, ...]


@dataclass(frozen=True, slots=True)
class PrintedUnit(PrintedPassage):
    """A section or block as HTML, then the inserts of the practice; `id` is that of the element."""

    id: str
    title: str
    place: Place
    inserts: tuple[PrintedPassage, ...]


def template_values(
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
) -> dict[str, object]:
    """Give what a template is filled with."""
    selection = numbered.selection
    handout = selection.handout
    has_parts = any(part.id for part in handout.parts)
    places = edition.format.settings.file == "pdf"
    printed = _printed_ids(numbered)
    expand = expand_with(handout.front.abbreviations)
    writer = BodyWriter(numbered, labels.file.words, edition.format.settings.citations, printed, places, expand)
    sections = {s.id: _unit(writer, numbered, s, s.title, int(has_parts)) for s in selection.sections}
    # A block stands beside the parts, not below one.
    important = labels.file.words["important"]
    blocks = [_unit(writer, numbered, block, block.title or important, 0) for block in selection.blocks]
    return {
        "expand": expand,
        "source": source if places else no_source,
        "from_handout": Origin(Place(handout.place.file), handout.front_at),
        "from_practice": Origin(Place(practice.place.file), practice.profile_at),
        # Nothing of a page comes from what is only there to choose by.
        "handout": handout.front.model_copy(update={"selections": {}}),
        "language": handout.language,
        "direction": direction_of(handout.language),
        "practice": practice.profile.model_copy(update={"inserts": ()}),
        "logo": logo_of(practice, edition).name,
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
                "place": part.place,
                "sections": [(section.number, sections[section.id]) for section in part.sections],
            }
            for part in selection.parts
        ],
        "blocks": blocks,
        "references": [
            {
                "number": numbered.citations[key],
                "anchor": writer.anchors[key],
                "html": _entry(references[key]),
                "missing": references[key].reference.status == "missing",
                "place": references[key].place,
            }
            for key in numbered.listed
        ],
    }


def _printed_ids(numbered: Numbered) -> frozenset[str]:
    """Give the ids that a link can lead to: of parts, sections, blocks and figures that are printed."""
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    openings = (token for body in bodies for token in body.tokens if token.type == "container_block_open")
    figures = (token.meta["attributes"].get("id", "") for token in openings)
    parts = (part.id for part in numbered.selection.parts if part.id)
    return frozenset({*parts, *figures, *numbered.passages} - {""})


def _unit(writer: BodyWriter, numbered: Numbered, unit: Section | Block, title: str, shift: int) -> PrintedUnit:
    passage = numbered.passages[unit.id]
    text = _passage(writer, passage, shift)
    inserts = tuple(_passage(writer, insert, shift) for insert in passage.inserts)
    return PrintedUnit(text.html, text.notes, anchor_of(unit.id), title, unit.place, inserts)


def _passage(writer: BodyWriter, passage: Passage, shift: int) -> PrintedPassage:
    html = writer.html(passage.body, shift)
    notes = (PrintedNote(note.symbol, note_id(note.symbol), writer.html(note.body, shift)) for note in passage.notes)
    return PrintedPassage(html, tuple(notes))


def _entry(entry: ReferenceEntry) -> Markup:
    return Markup("").join(
        Markup('<a href="{0}">{1}</a>').format(run.url, run.text)
        if run.url
        else Markup("<em>{0}</em>").format(run.text)
        if run.italic
        else escape(run.text)
        for run in ama_entry(entry.reference)
    )


def logo_of(practice: Practice, edition: Edition) -> Picture:
    """Give the logo for the ink."""
    return practice.logo_black if edition.ink == "black" and practice.logo_black else practice.logo
