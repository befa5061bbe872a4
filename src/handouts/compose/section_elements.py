"""What a document holds only for the sake of some sections: themselves, their part, its blocks, and references."""

from handouts.compose.body_html import anchor_of
from handouts.model.document import Attached
from handouts.model.library import Citation
from handouts.numbering.number import Numbered


def attached(numbered: Numbered) -> tuple[Attached, ...]:
    """Give the elements that go as soon as all of their sections go, in the order of the page."""
    selection = numbered.selection
    everything = frozenset(section.id for section in selection.sections)
    parts = {part.id: frozenset(section.id for section in part.sections) for part in selection.parts if part.id}
    blocks = {block.id: parts.get(block.always_with or "", everything) for block in selection.blocks}
    alone = {section.id: frozenset([section.id]) for section in selection.sections}
    needed = {anchor_of(name): sections for name, sections in {**parts, **alone, **blocks}.items()}
    for name, passage in numbered.passages.items():
        for body in passage.bodies:
            for key in (key for mark in body.marks if isinstance(mark, Citation) for key in mark.keys):
                entry = f"reference-{numbered.citations[key]}"
                needed[entry] = needed.get(entry, frozenset()) | blocks.get(name, {name})
    return tuple(Attached(element, sections) for element, sections in needed.items())
