"""The style sheets of an output: those of its format, and the brand of the practice over them."""

from handouts.compose.brand_sheet import brand_sheet
from handouts.compose.project_files import Pieces
from handouts.model.document import Sheet
from handouts.model.edition import Edition
from handouts.model.library import Practice
from handouts.problems.problem import Problem


def style_sheets(
    pieces: Pieces, practice: Practice, edition: Edition, problems: list[Problem]
) -> tuple[Sheet, ...] | None:
    """Read the style sheets in the order of the cascade; add a problem and give None if one cannot be had.

    Plain text has none.
    """
    if edition.format.settings.file == "txt":
        return ()
    sheets: list[Sheet] = []
    for name in sheet_names(edition):
        piece = pieces.read("styles", name, problems)
        if piece is None:
            return None
        sheets.append(Sheet(piece.name, piece.text, piece.folder))
    # Before ink-black.css, which has the last word on colors.
    brand = Sheet(brand_name(practice), brand_sheet(practice, edition, problems), pieces.project.root)
    return (*sheets[:2], brand, *sheets[2:])


def sheet_names(edition: Edition) -> tuple[str, ...]:
    """Name the files of styles/ that an edition is set in, in the order of the cascade."""
    if edition.format.settings.file == "txt":
        return ()
    return ("base.css", edition.format.sheet, *(("ink-black.css",) if edition.ink == "black" else ()))


def brand_name(practice: Practice) -> str:
    """Give the name of the style sheet that is made of a practice's values."""
    return f"brand of {practice.id}"
