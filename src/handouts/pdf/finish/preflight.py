"""Checks, before a PDF file is written, what the document lacks and finishing cannot add."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from handouts.language.tags import is_language_tag
from handouts.model.output_rules import NOT_ACCESSIBLE
from handouts.pdf.rules import NOT_FOR_PRESS
from handouts.pdf.tags.node import Node
from handouts.pdf.tags.structure_reader import Structure
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    import weasyprint

_HEADINGS: Final = ("H1", "H2", "H3", "H4", "H5", "H6")
_NO_TITLE: Final = "the document has no title"


def check_accessibility(structure: Structure, title: str | None, language: str, problems: Problems) -> None:
    """Report what PDF/UA-1 requires and the document lacks.

    ISO 14289-1 requires a title (7.1), a language (7.2), text alternatives of pictures (7.3), and headings that begin
    at level 1 and skip no level (7.4.2).
    """
    defects = []
    if not title:
        defects.append(_NO_TITLE)
    if not is_language_tag(language):
        defects.append(f'"{language}" is not a language tag')
    defects += [f"a picture has no text alternative: {picture}" for picture in structure.unnamed_pictures]
    defects += [
        f"a heading of level {lower} {f'follows one of level {level}' if level else 'comes first'}"
        for level, lower in pairwise([0, *find_heading_levels(structure.root)])
        if lower > level + 1
    ]
    problems.extend(NOT_ACCESSIBLE.at(None, defect=defect) for defect in defects)


def check_for_press(document: "weasyprint.Document", problems: Problems) -> None:
    """Report what keeps a document from being printed in four inks: no title, or color profiles of its own."""
    if not document.metadata.title:
        problems.add(NOT_FOR_PRESS.at(None, reason=_NO_TITLE))
    problems.extend(
        NOT_FOR_PRESS.at(
            None, reason=f'a style sheet defines the color profile "{name}": use colors of sRGB, or device-cmyk()'
        )
        for name in document.color_profiles
        if name != "srgb"
    )


def find_heading_levels(node: Node) -> Iterator[int]:
    """Yield the levels of the headings in a node, in order."""
    if node.type in _HEADINGS:
        yield int(node.type[1])
    for inner in node.nodes():
        yield from find_heading_levels(inner)
