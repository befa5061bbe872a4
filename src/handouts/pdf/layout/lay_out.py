"""Lays out HTML and style sheets as pages, and reports every problem on them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from handouts.assets.bundled_fonts import check_bundled_fonts, use_only_bundled_fonts
from handouts.assets.document_files import DocumentFiles
from handouts.model.document import Asset, Composed
from handouts.model.imposition import count_missing_pages
from handouts.model.project import shipped
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.copyfitting import is_overfull, report_overfull_panels
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.breaks import check_page_breaks
from handouts.pdf.page_checks.inspection import check_edges, inspect_pages
from handouts.pdf.rules import SET_SMALLER
from handouts.pdf.weasyprint_patches.libraries import library_search_skipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem

if TYPE_CHECKING:
    from handouts.assets.decoding import Decoded


@dataclass(frozen=True, slots=True)
class Pages:
    """Laid-out pages: a weasyprint.Document, the name and size of each page in CSS pixels, and their problems.

    `missing_letters` are the letters that no font has, `pictures` the pictures of the document that were loaded.
    `is_overfull` if there are more pages than the sheet has panels for: they cannot be imposed.
    """

    document: Any
    names: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    problems: tuple[Problem, ...]
    missing_letters: str = ""
    is_overfull: bool = False
    pictures: "Mapping[Asset, Decoded | bytes]" = field(default_factory=dict)


def load_engine() -> None:
    """Import and patch WeasyPrint, which takes half a second: workers do it before their first job."""
    use_only_bundled_fonts(shipped() / "styles")
    with library_search_skipped():
        from handouts.pdf.weasyprint_patches.apply import apply_patches  # noqa: PLC0415 - imports WeasyPrint: slow
    from handouts.pdf.weasyprint_patches.lines import record_line_breaks  # noqa: PLC0415 - likewise

    record_line_breaks()
    apply_patches()


def lay_out(composed: Composed) -> Pages:
    """Lay out a document as pages that can be written as PDF/A-2a and PDF/UA-1; nothing is loaded from the network.

    Text that does not fit its panels is laid out again with each allowed step of smaller type and spacing. Pages for
    notes fill the last sheet.
    """
    pages = _lay_out_once(composed, "")
    fitting_problems = Problems()
    smaller_css = ""
    for step in composed.fit:
        if not is_overfull(composed.makeup, pages.names):
            break
        smaller_css = f":root {{ {step} }}\n"
        pages = _lay_out_once(composed, smaller_css)
    overfull = is_overfull(composed.makeup, pages.names)
    if overfull:

        def fits_without(sections: Collection[str]) -> bool:
            trial = _lay_out_once(composed, smaller_css + _hide_sections(composed, sections))
            return not is_overfull(composed.makeup, trial.names)

        report_overfull_panels(composed, pages.document, fits_without, fitting_problems)
    elif smaller_css:
        fitting_problems.add(SET_SMALLER.at(None, properties=step))
    missing_pages = count_missing_pages(composed.makeup, pages.names)
    if missing_pages:
        pages = _lay_out_once(composed, smaller_css + _show_pages_for_notes(missing_pages))
    from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - imports WeasyPrint, which is slow

    problems = Problems((*check_bundled_fonts(), *pages.problems, *fitting_problems))
    painted = read_painted_text(pages.document)
    inspect_pages(painted, composed.required, problems)
    if not overfull:
        check_page_breaks(painted, problems)
        check_edges(painted, problems)
    check_ink(pages.pictures, problems)
    missing_letters = "".join(sorted(painted.missing))
    return replace(pages, problems=problems.as_tuple(), missing_letters=missing_letters, is_overfull=overfull)


def _hide_sections(composed: Composed, sections: Collection[str]) -> str:
    """Return CSS that hides sections and the elements that are printed only for them."""
    hidden = [attached.element for attached in composed.attached if attached.sections <= set(sections)]
    return "".join(f"#{element} {{ display: none }}\n" for element in hidden)


def _show_pages_for_notes(count: int) -> str:
    """Return CSS that shows the first pages for notes of a template."""
    return "".join(f".page-for-notes.number-{number} {{ display: block }}\n" for number in range(1, count + 1))


def _lay_out_once(composed: Composed, extra_css: str) -> Pages:
    """Lay out a document once, with extra CSS after all its style sheets."""
    load_engine()
    import weasyprint  # noqa: PLC0415 - slow, so only where pages are made

    from handouts.pdf.layout.worker_cache import DocumentFetcher, worker_cache  # noqa: PLC0415 - likewise

    files = DocumentFiles(composed)
    fetcher = DocumentFetcher(files)
    cache = worker_cache()
    problems = Problems()
    sheets = [cache.parse_sheet(sheet, fetcher, problems) for sheet in composed.sheets]
    fonts = cache.fonts
    try:
        with captured_log(problems, refused=files.refused):
            sheets.append(weasyprint.CSS(string=extra_css, font_config=fonts))
            html = weasyprint.HTML(string=composed.html, base_url=f"{composed.root.as_uri()}/", url_fetcher=fetcher)
            document = html.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-2a")
    finally:
        problems.extend(files.refused.values())
        cache.reset_after(problems)
    boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the name of a page
    return Pages(
        document,
        tuple(box.page_type.name for box in boxes),
        tuple((page.width, page.height) for page in document.pages),
        problems.as_tuple(),
        pictures=files.pictures,
    )
