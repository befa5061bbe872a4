"""The style sheets of an output: those of its format, and the brand of the practice over them."""

from handouts.compose.brand import brand_sheet
from handouts.document import Sheet
from handouts.edition import Edition
from handouts.library import Practice
from handouts.problem import Place, Problem, error
from handouts.project import OutsideProjectError, Project


def style_sheets(
    project: Project, practice: Practice, edition: Edition, problems: list[Problem]
) -> tuple[Sheet, ...] | None:
    """Read the style sheets in the order of the cascade; add a problem and give None if one cannot be had."""
    names = ["base.css", edition.format.sheet, *(["ink-black.css"] if edition.ink == "black" else [])]
    sheets: list[Sheet] = []
    for name in names:
        try:
            path = project.find("styles", name)
        except OutsideProjectError:
            problems.append(
                error("outside-project", "the style sheet lies outside the project", Place(f"styles/{name}"))
            )
            return None
        if path is None:
            problems.append(error("missing-style", f"there is no style sheet {name}", Place(f"styles/{name}")))
            return None
        sheets.append(Sheet(f"styles/{name}", path.read_text(encoding="utf-8"), path.parent))
    # Before ink-black.css, which has the last word on colors.
    brand = Sheet(f"brand of {practice.id}", brand_sheet(practice, edition, problems), project.root)
    return (*sheets[:2], brand, *sheets[2:])
