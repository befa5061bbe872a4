"""Renders one document by WeasyPrint as often as needed: with other CSS, and with figures in other places."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from handouts.assets.bundled_fonts import use_only_bundled_fonts
from handouts.assets.document_files import DocumentFiles
from handouts.model.document import Asset, Composed
from handouts.model.project import shipped
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.weasyprint_patches.libraries import library_search_skipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

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


class Renderer:
    """A document that is parsed once, with its style sheets, and rendered as its `tree` is at the time."""

    def __init__(self, html: Any, sheets: list[Any], fonts: Any, files: DocumentFiles) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Take a parsed weasyprint.HTML, its style sheets and fonts, and the files that it may load."""
        self.tree: Final[Element] = html.etree_element
        self._html = html
        self._sheets = sheets
        self._fonts = fonts
        self._files = files

    def render(self, extra_css: str = "") -> Pages:
        """Lay out the document once, with extra CSS after all its style sheets."""
        import weasyprint  # noqa: PLC0415 - slow, so only where pages are made

        problems = Problems()
        with captured_log(problems, refused=self._files.refused):
            sheets = [*self._sheets, weasyprint.CSS(string=extra_css, font_config=self._fonts)]
            document = self._html.render(stylesheets=sheets, font_config=self._fonts, pdf_variant="pdf/a-2a")
        boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the name of a page
        return Pages(
            document,
            tuple(box.page_type.name for box in boxes),
            tuple((page.width, page.height) for page in document.pages),
            problems.as_tuple(),
            pictures=self._files.pictures,
        )


@contextmanager
def open_renderer(composed: Composed, problems: Problems) -> Iterator[Renderer]:
    """Parse a document for rendering; report the problems of its style sheets and of files that cannot be loaded."""
    load_engine()
    import weasyprint  # noqa: PLC0415 - slow, so only where pages are made

    from handouts.pdf.layout.worker_cache import DocumentFetcher, worker_cache  # noqa: PLC0415 - likewise

    files = DocumentFiles(composed)
    fetcher = DocumentFetcher(files)
    cache = worker_cache()
    sheets = [cache.parse_sheet(sheet, fetcher, problems) for sheet in composed.sheets]
    try:
        with captured_log(problems, refused=files.refused):
            html = weasyprint.HTML(string=composed.html, base_url=f"{composed.root.as_uri()}/", url_fetcher=fetcher)
        yield Renderer(html, sheets, cache.fonts, files)
    finally:
        problems.extend(files.refused.values())
        cache.reset_after(problems)
