"""What no print may lack: safety information, disclaimer, its source and status, and how to reach the practice."""

from handouts.compose.labels import Labels
from handouts.model.document import Required
from handouts.model.library import Body, Practice
from handouts.model.patient import Patient
from handouts.numbering.number import Numbered


def required_texts(
    numbered: Numbered, practice: Practice, labels: Labels, patient: Patient | None = None
) -> tuple[Required, ...]:
    """List the texts that have to stand on the pages, whatever a template or style sheet does."""
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
        **{f'the block "{block.id}"': _texts(block.body) for block in numbered.selection.blocks},
    }
    if patient:
        pieces["what was typed for the patient"] = (patient.name, *patient.note_lines)
    return tuple(Required(what, text) for what, texts in pieces.items() for text in texts if text)


def _texts(body: Body) -> tuple[str, ...]:
    children = (child for token in body.tokens for child in token.children or ())
    return tuple(child.content for child in children if child.type == "text")
