"""Render: HTML and style sheets to laid-out pages, and every problem met on the way."""

from dataclasses import dataclass
from typing import Any

from handouts.document import Composed
from handouts.problem import Problem
from handouts.project import shipped
from handouts.render.fonts import use_only_bundled_fonts
from handouts.render.inspection import inspect
from handouts.render.layout_check import check_layout
from handouts.render.log import heard
from handouts.render.painted_text import PaintedText
from handouts.render.reading import read_painted_text


@dataclass(frozen=True, slots=True)
class Pages:
    """Laid-out pages: a weasyprint.Document, how many there are, and what is painted on them."""

    document: Any
    count: int
    painted: PaintedText


def load_engine() -> None:
    """Import WeasyPrint, which takes half a second: workers do it before their first job."""
    use_only_bundled_fonts(shipped() / "styles")
    import weasyprint  # noqa: F401, PLC0415 - slow, so only where pages are made


def lay_out(composed: Composed) -> tuple[Pages, tuple[Problem, ...]]:
    """Lay a document out as pages, to be written as PDF/A-2a and PDF/UA-1; nothing is loaded from the network."""
    load_engine()
    import weasyprint  # noqa: PLC0415 - slow, so only where pages are made
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - likewise

    from handouts.render.fetcher import ProjectFetcher  # noqa: PLC0415 - likewise

    fetcher = ProjectFetcher(composed.files, composed.folders)
    fonts = FontConfiguration()
    problems: list[Problem] = []
    sheets = []
    for sheet in composed.sheets:
        with heard(problems, sheet.name):
            # One call for each sheet, for WeasyPrint's warnings name the line but not the file.
            sheets.append(
                weasyprint.CSS(
                    string=sheet.text, base_url=f"{sheet.folder.as_uri()}/", url_fetcher=fetcher, font_config=fonts
                )
            )
    with heard(problems):
        html = weasyprint.HTML(string=composed.html, base_url=f"{composed.root.as_uri()}/", url_fetcher=fetcher)
        document = html.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-2a")
    painted = read_painted_text(document)
    problems.extend(inspect(painted, composed.required))
    problems.extend(check_layout(painted))
    return Pages(document, len(document.pages), painted), tuple(problems)
