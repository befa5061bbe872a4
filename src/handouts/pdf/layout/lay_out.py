"""Render: HTML and style sheets to laid-out pages, and every problem met on the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from handouts.assets.bundled_fonts import check_bundled_fonts, use_only_bundled_fonts
from handouts.assets.document_files import DocumentFiles
from handouts.model.document import Asset, Composed
from handouts.model.imposition import pages_lacking
from handouts.model.project import shipped
from handouts.pdf.layout.captured_log import heard
from handouts.pdf.layout.copyfitting import is_overfull, overfull_problems
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.inspection import inspect
from handouts.pdf.page_checks.layout import check_layout
from handouts.problems.problem import Problem, warning

if TYPE_CHECKING:
    from handouts.assets.decoding import Decoded


@dataclass(frozen=True, slots=True)
class Pages:
    """Laid-out pages: a weasyprint.Document, and the name and size of each page in CSS pixels.

    `unprinted` are the letters that no font has, `pictures` those of the document that were loaded.
    """

    document: Any
    names: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    unprinted: str = ""
    pictures: "Mapping[Asset, Decoded | bytes]" = field(default_factory=dict)


def load_engine() -> None:
    """Import WeasyPrint, which takes half a second: workers do it before their first job."""
    use_only_bundled_fonts(shipped() / "styles")
    from handouts.pdf.weasyprint_patches.apply import quicken  # noqa: PLC0415 - likewise
    from handouts.pdf.weasyprint_patches.text_cuts import note_cuts  # noqa: PLC0415 - WeasyPrint, which is slow to import

    note_cuts()
    quicken()


def lay_out(composed: Composed) -> tuple[Pages, tuple[Problem, ...]]:
    """Lay a document out as pages, to be written as PDF/A-2a and PDF/UA-1; nothing is loaded from the network.

    What does not fit its panels is laid out anew with the steps of type and space that are allowed. Pages for notes
    fill up the last sheet.
    """
    pages, problems = _try(composed, "")
    said: list[Problem] = []
    smaller = ""
    for step in composed.fit:
        if not is_overfull(composed.makeup, pages.names):
            break
        smaller = f":root {{ {step} }}\n"
        pages, problems = _try(composed, smaller)
    overfull = is_overfull(composed.makeup, pages.names)
    if overfull:

        def fits_without(sections: Collection[str]) -> bool:
            tried, _ = _try(composed, smaller + _hidden(composed, sections))
            return not is_overfull(composed.makeup, tried.names)

        said.extend(overfull_problems(composed, pages.document, fits_without))
    elif smaller:
        said.append(warning("set-smaller", f"to fit its panels, the text is set smaller: {step}"))
    lacking = pages_lacking(composed.makeup, pages.names)
    if lacking:
        pages, problems = _try(composed, smaller + _pages_for_notes(lacking))
    from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - WeasyPrint, which is slow to import

    painted = read_painted_text(pages.document)
    found = (*inspect(painted, composed.required), *(() if overfull else check_layout(painted)))
    problems = (*check_bundled_fonts(), *problems)
    return replace(pages, unprinted="".join(sorted(painted.missing))), (
        *problems,
        *said,
        *found,
        *check_ink(pages.pictures),
    )


def _hidden(composed: Composed, sections: Collection[str]) -> str:
    """Hide sections and what is there for their sake only."""
    gone = [attached.element for attached in composed.attached if attached.sections <= set(sections)]
    return "".join(f"#{element} {{ display: none }}\n" for element in gone)


def _pages_for_notes(count: int) -> str:
    """Show so many of the pages for notes that a template has."""
    return "".join(f".page-for-notes.number-{number} {{ display: block }}\n" for number in range(1, count + 1))


def _try(composed: Composed, last_words: str) -> tuple[Pages, tuple[Problem, ...]]:
    """Lay a document out with some CSS after all its style sheets."""
    load_engine()
    import weasyprint  # noqa: PLC0415 - slow, so only where pages are made

    from handouts.pdf.layout.fetcher import DocumentFetcher  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.worker_cache import kept  # noqa: PLC0415 - likewise

    files = DocumentFiles(composed)
    fetcher = DocumentFetcher(files)
    worker = kept()
    problems: list[Problem] = []
    sheets = [worker.read(sheet, fetcher, problems) for sheet in composed.sheets]
    fonts = worker.fonts
    try:
        with heard(problems, refused=files.refused):
            sheets.append(weasyprint.CSS(string=last_words, font_config=fonts))
            html = weasyprint.HTML(string=composed.html, base_url=f"{composed.root.as_uri()}/", url_fetcher=fetcher)
            document = html.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-2a")
    finally:
        problems.extend(files.refused.values())
        worker.release(problems)
    boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - the name of a page is in no public object
    pages = Pages(
        document,
        tuple(box.page_type.name for box in boxes),
        tuple((page.width, page.height) for page in document.pages),
        pictures=files.pictures,
    )
    return pages, tuple(problems)
