"""Builds the template values of a numbered selection: those that are the same for all practices with the same texts."""

from collections.abc import Mapping, Sequence
from typing import Final

from handouts.compose.body_html import BodyWriter, make_note_id
from handouts.compose.body_renderer import make_anchor
from handouts.compose.labels import Labels
from handouts.compose.page_contents import list_printed_blocks
from handouts.compose.shared_values import SharedValues
from handouts.compose.source_places import ValueFile, to_template_value, write_no_source, write_source
from handouts.compose.template_functions import Plain, TemplateFunction
from handouts.compose.text_writer import TextWriter
from handouts.compose.written_texts import WrittenTexts
from handouts.language.punctuation import write_colon
from handouts.language.tags import direction_of
from handouts.model.edition import Edition
from handouts.model.library import Block, Handout, ReferenceEntry, Section
from handouts.numbering.blanks import list_blanks
from handouts.numbering.number import Numbered, Passage
from handouts.numbering.select import Selection
from handouts.problems.problem import Place
from handouts.schema.front_matter import SectionText

# Fields for selection and checks alone.
_NOT_PRINTED: Final = {"selections", "default", "treatment", "translation", "accepted", "codes", "formats"}
_COLON: Final = TemplateFunction("colon", write_colon)
_SOURCE: Final = TemplateFunction("source", write_source)
_NO_SOURCE: Final = TemplateFunction("source", write_no_source)

_Values = dict[str, Plain | TemplateFunction]


def build_handout_values(
    numbered: Numbered,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
    texts: WrittenTexts,
    typed: Mapping[str, str],
) -> _Values:
    """Return the values of a numbered selection by name; `typed` are texts in place of lines to write on, by their ids.

    Values that are equal are the same objects, also those of another selection.
    """
    settings = edition.format.settings
    terms = settings.file, settings.citations, settings.contents, *typed.items()
    return texts.values.build(
        (numbered, references, labels), terms, lambda: _build(numbered, edition, references, labels, texts, typed)
    )


def _build(
    numbered: Numbered,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
    texts: WrittenTexts,
    typed: Mapping[str, str],
) -> _Values:
    selection, share = numbered.selection, texts.values.share
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
        typed=_choose_typed(numbered, typed),
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
        "expand": _share_writer("expand", expand, texts.values),
        "unbroken": _share_writer("unbroken", unbroken, texts.values),  # without the abbreviations of the handout
        "colon": _COLON,
        "source": _SOURCE if places else _NO_SOURCE,
        "from_handout": _share_places(selection, texts.values),
        "urgent": share(urgent),
        **_build_selection_values(selection, labels, sections, blocks, texts.values),
        "members": share(
            [
                {
                    "id": make_anchor(member.source.handout.id),
                    "place": to_template_value(Place(member.source.handout.place.file)),
                    **_build_selection_values(member.selection, labels, sections, blocks, texts.values),
                }
                for member in selection.members
            ]
        ),
        "language": handout.language,
        "direction": direction_of(handout.language),
        "words": labels.file.words,
        "is_short": facts.is_short,
        "explained_terms": share([*facts.explained_terms]),
        "references": _share_references(writer, references, texts),
    }


def _share_references(writer: BodyWriter, references: Mapping[str, ReferenceEntry], texts: WrittenTexts) -> list[Plain]:
    numbered = writer.numbered
    language = numbered.selection.handout.language
    listed = (
        tuple((key, numbered.citations[key], writer.anchors[key]) for key in numbered.listed) if writer.cites else ()
    )
    return texts.values.build(
        (references,),
        ("references", language, listed),
        lambda: [
            {
                "number": number,
                "anchor": anchor,
                "html": texts.write_entry(references[key], language),
                "missing": references[key].reference.status == "missing",
                "place": to_template_value(references[key].place),
            }
            for key, number, anchor in listed
        ],
    )


def _share_writer(name: str, writer: TextWriter, values: SharedValues) -> TemplateFunction:
    return values.build((writer,), name, lambda: TemplateFunction(name, writer))


def _build_selection_values(
    selection: Selection,
    labels: Labels,
    sections: Mapping[str, Plain],
    blocks: Mapping[str, Plain],
    values: SharedValues,
) -> dict[str, Plain]:
    """Return the values of a handout, of which a pack has several; sections and blocks by id, as they were written."""
    parts: Plain = [
        {
            "title": part.title,
            "id": make_anchor(part.id) if part.id else "",
            "place": to_template_value(part.place),
            "sections": [[section.number, sections[section.id]] for section in part.sections],
        }
        for part in selection.parts
    ]
    return {
        **values.build((selection, labels), "front matter", lambda: _build_front_values(selection, labels, values)),
        "parts": values.share(parts),
        "blocks": values.share([blocks[block.id] for block in selection.important if block.id in blocks]),
    }


def _build_front_values(selection: Selection, labels: Labels, values: SharedValues) -> dict[str, Plain]:
    handout = selection.handout
    front: dict[str, Plain] = {
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
    }
    return {name: values.share(value) for name, value in front.items()}


def _has_parts(handout: Handout) -> bool:
    return any(part.id for part in handout.parts)


def _join_numbers(selection: Selection) -> str:
    return ", ".join(str(section.number) for section in selection.sections)


def _share_places(selection: Selection, values: SharedValues) -> TemplateFunction:
    handout = selection.handout
    positions = tuple(tuple(position for position, _ in listed) for listed in (selection.actions, selection.questions))
    return values.build(
        (handout.front_at,),
        (handout.place, positions),
        lambda: TemplateFunction("from_handout", ValueFile(Place(handout.place.file), _find_places(selection))),
    )


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


def _choose_typed(numbered: Numbered, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Return the texts that were typed for lines to write on, without those for an id that is not on one line only."""
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
