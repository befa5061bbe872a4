"""Lists what the pages of a document must contain, and which elements belong to which sections."""

from handouts.compose.body_html import make_anchor
from handouts.compose.labels import Labels
from handouts.model.document import Attached, Required
from handouts.model.library import Body, Citation, Practice
from handouts.model.patient import Patient
from handouts.numbering.number import Numbered


def list_required_texts(
    numbered: Numbered, practice: Practice, labels: Labels, patient: Patient | None = None
) -> tuple[Required, ...]:
    """Return the texts that every print must contain, regardless of its template and style sheets."""
    front, profile = numbered.selection.handout.front, practice.profile
    status = labels.file.words["draft"] if front.status == "draft" else str(front.reviewed_by)
    pieces = {
        "the disclaimer": (front.disclaimer,),
        "the line on where the facts come from": (front.sponsor or "",),
        "the status of the handout": (status, front.code, front.version),
        "the name of the practice": (profile.name,),
        "the emergency number": (profile.emergency.number, profile.emergency.text),
        "a phone number": tuple(phone.number for phone in profile.phones),
        "the opening hours": tuple(text for entry in profile.hours for text in (entry.days, entry.hours)),
        **{f'the block "{block.id}"': _collect_texts(block.body) for block in numbered.selection.blocks},
    }
    if patient:
        pieces["what was typed for the patient"] = (patient.name, *patient.note_lines)
    return tuple(Required(name, text) for name, texts in pieces.items() for text in texts if text)


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
