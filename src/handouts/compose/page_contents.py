"""Lists what the pages of a document must contain, and what belongs to which sections."""

from handouts.compose.body_renderer import make_anchor
from handouts.compose.labels import Labels
from handouts.model.document import Attached, Required
from handouts.model.edition import Edition
from handouts.model.library import Block, Body, Citation, Practice
from handouts.model.patient import Patient
from handouts.numbering.number import Numbered


def list_required_texts(
    numbered: Numbered, practice: Practice, edition: Edition, labels: Labels, patient: Patient | None = None
) -> tuple[Required, ...]:
    """Return the texts that every print must contain, regardless of its template and style sheets."""
    profile, fronts = practice.profile, [handout.front for handout in numbered.selection.handouts]
    draft = labels.file.words["draft"]
    pieces = {
        "the disclaimer": tuple(front.disclaimer for front in fronts),
        "the line on where the facts come from": tuple(front.sponsor or "" for front in fronts),
        "the status of the handout": tuple(
            text
            for front in fronts
            for text in (draft if front.status == "draft" else str(front.reviewed_by), front.code, front.version)
        ),
        "the title of a handout in the pack": tuple(
            member.selection.handout.front.title for member in numbered.selection.members
        ),
        "the name of the practice": (profile.name,),
        "the emergency number": (profile.emergency.number, profile.emergency.text),
        "a phone number": tuple(phone.number for phone in profile.phones),
        "when to call": profile.when_to_call,
        "the opening hours": tuple(text for entry in profile.hours for text in (entry.days, entry.hours)),
        **{f'the block "{block.id}"': _collect_texts(block.body) for block in list_printed_blocks(numbered, edition)},
    }
    if patient:
        pieces["what was typed for the patient"] = (patient.name, *patient.note_lines, *patient.blanks.values())
    return tuple(Required(name, text) for name, texts in pieces.items() for text in texts if text)


def list_printed_blocks(numbered: Numbered, edition: Edition) -> tuple[Block, ...]:
    """Return the blocks that an edition prints: in a summary, which has no sections, only those of every print."""
    blocks = numbered.selection.blocks
    if edition.format.settings.contents == "all":
        return blocks
    return tuple(block for block in blocks if block.always_with is None)


def _collect_texts(body: Body) -> tuple[str, ...]:
    children = (child for token in body.tokens for child in token.children or ())
    return tuple(child.content for child in children if child.type == "text")


def list_section_elements(numbered: Numbered) -> tuple[Attached, ...]:
    """Return the elements that are printed only for some sections, in printed order.

    These are the sections, their part, its blocks and the cited references. An element is removed with its sections.
    """
    selection = numbered.selection
    all_sections = frozenset(section.id for section in selection.sections)
    parts = {part.id: frozenset(section.id for section in part.sections) for part in selection.parts if part.id}
    blocks = {block.id: parts.get(block.always_with or "", all_sections) for block in selection.blocks}
    sections = {section.id: frozenset([section.id]) for section in selection.sections}
    needed_for = {make_anchor(name): ids for name, ids in {**parts, **sections, **blocks}.items()}
    for name, passage in numbered.passages.items():
        for body in passage.bodies:
            for key in (key for mark in body.marks if isinstance(mark, Citation) for key in mark.keys):
                entry = f"reference-{numbered.citations[key]}"
                needed_for[entry] = needed_for.get(entry, frozenset()) | blocks.get(name, {name})
    return tuple(Attached(element, ids) for element, ids in needed_for.items())
