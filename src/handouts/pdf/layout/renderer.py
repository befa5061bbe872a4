"""Renders documents by WeasyPrint: as often as needed, with other CSS, and with their trees changed in between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from handouts.assets.bundled_fonts import use_only_bundled_fonts
from handouts.assets.document_files import DocumentFiles, RefusedAddressError
from handouts.model.document import Asset, Composed, Sheet
from handouts.model.project import shipped
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.picture_names import PicturesByContent
from handouts.pdf.layout.slots import Skeleton, prune, select
from handouts.pdf.weasyprint_patches.kept_layout import KeptLayout
from handouts.pdf.weasyprint_patches.libraries import library_search_skipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.provenance.versions import uses_patches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from handouts.assets.decoding import Decoded
    from handouts.pdf.layout.worker_cache import DocumentFetcher
    from handouts.pdf.page_checks.painted_text import Piece
    from handouts.pdf.weasyprint_patches.lines import Fonts


@dataclass(frozen=True, slots=True)
class Pages:
    """Laid-out pages: a weasyprint.Document, the name and size of each page in CSS pixels, and their problems.

    `missing_letters` are the letters that no font has, `pictures` the pictures of the document that were loaded.
    `is_overfull` if there are more pages than the sheet has panels for: they cannot be imposed. `colors` are operators
    of content streams that are replaced by others when the pages are painted. `required_pieces` are the runs of text
    that must be seen on the finished pages. Without `margins`, these and backgrounds were put off.
    """

    document: Any
    names: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    problems: tuple[Problem, ...]
    missing_letters: str = ""
    is_overfull: bool = False
    pictures: "Mapping[Asset, Decoded | bytes]" = field(default_factory=dict)
    colors: "Mapping[bytes, bytes]" = field(default_factory=dict)
    required_pieces: "tuple[Piece, ...]" = ()
    margins: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What the layout of slots depends on: CSS after all style sheets, and the elements around them."""

    css: str
    skeleton: Skeleton

    def select(self, slots: frozenset[int]) -> "Context":
        """Return the context of some of the slots alone."""
        return Context(self.css, select(self.skeleton, slots))


def load_engine() -> None:
    """Import and patch WeasyPrint, which takes half a second: workers do it before their first job.

    With HANDOUTS_PATCHES=off, nothing is replaced that makes it faster.
    """
    use_only_bundled_fonts(shipped() / "styles")
    with library_search_skipped():
        from handouts.pdf.weasyprint_patches.apply import apply_patches  # noqa: PLC0415 - imports WeasyPrint: slow
    from handouts.pdf.weasyprint_patches.balance import balance_lines  # noqa: PLC0415 - likewise
    from handouts.pdf.weasyprint_patches.lines import record_line_breaks  # noqa: PLC0415 - likewise

    record_line_breaks()
    balance_lines()
    if uses_patches():
        apply_patches()


def refuse_address(url: str) -> object:
    """Load nothing. Raises RefusedAddressError."""
    raise RefusedAddressError(url)


class Engine:
    """WeasyPrint, with the style sheets, fonts and files of one document; `problems` are those found so far."""

    def __init__(self, composed: Composed, sheets: Sequence[Sheet], problems: Problems) -> None:
        """Report the problems of style sheets and HTML, which are parsed when they are needed."""
        self.problems: Final = problems
        self._composed = composed
        self._base_url = f"{composed.root.as_uri()}/"
        self._sheets = sheets
        self._extra_sheets: dict[str, Any] = {}

    @cached_property
    def files(self) -> DocumentFiles:
        """The files that the document may load."""
        pictures, _ = self._misdrawn
        return DocumentFiles(self._composed, pictures)

    @cached_property
    def _misdrawn(self) -> "tuple[Mapping[Asset, Decoded], tuple[Problem, ...]]":
        """The drawings that are printed as pictures, and the problems with them."""
        from handouts.pdf.layout.drawings import paint_misdrawn  # noqa: PLC0415 - imports WeasyPrint

        problems = Problems()
        return paint_misdrawn(self._composed, self.fonts, problems), problems.as_tuple()

    @property
    def drawing_problems(self) -> tuple[Problem, ...]:
        """The problems of drawings that are printed as pictures, which change nothing else."""
        return self._misdrawn[1]

    @cached_property
    def _fetcher(self) -> "DocumentFetcher":
        from handouts.pdf.layout.worker_cache import DocumentFetcher  # noqa: PLC0415 - imports WeasyPrint

        return DocumentFetcher(self.files)

    @property
    def fonts(self) -> "Fonts":
        """The fonts, with those of the style sheets that were parsed."""
        from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - imports WeasyPrint

        return worker_cache().fonts

    @cached_property
    def _parsed_sheets(self) -> list[Any]:
        from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - imports WeasyPrint

        return [worker_cache().parse_sheet(sheet, self._fetcher, self.problems) for sheet in self._sheets]

    @cached_property
    def css(self) -> tuple[str, ...] | None:
        """The texts of all style sheets, also of those that are imported; None if they are not known."""
        from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - imports WeasyPrint

        texts = [worker_cache().get_texts(sheet) for sheet in self._sheets]
        if None in texts and self._parsed_sheets:
            texts = [worker_cache().get_texts(sheet) for sheet in self._sheets]
        return None if None in texts else tuple(text for found in texts if found for text in found)

    @property
    def has_problems(self) -> bool:
        """Whether anything was wrong with style sheets, HTML or files so far."""
        return bool(self.problems or self.refused)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The problems of files that could not be loaded."""
        return tuple(self.files.refused.values()) if "files" in vars(self) else ()

    def parse(self, html: str) -> Any:  # noqa: ANN401 - as above
        """Return HTML as a weasyprint.HTML."""
        import weasyprint  # noqa: PLC0415 - slow, so only where pages are made

        with captured_log(self.problems, refused=self.files.refused):
            return weasyprint.HTML(string=html, base_url=self._base_url, url_fetcher=self._fetcher)

    def load_picture(self, address: str, context: Any, orientation: Any) -> Any:  # noqa: ANN401 - as above
        """Return a picture as a weasyprint.images.Image; None if there is none, or if anything has to be reported.

        `context` is the weasyprint.layout.LayoutContext of a document in which it is shown.
        """
        from weasyprint.html import parse_url  # noqa: PLC0415 - imports WeasyPrint

        load, url, problems = context.get_image_from_uri, parse_url(address, self._base_url), Problems()
        if not url:
            return None
        with captured_log(problems, refused=self.files.refused):
            named = load.keywords | {"cache": PicturesByContent(), "url_fetcher": self._fetcher}
            picture = load.func(url=url, orientation=orientation, **named)
        return None if problems or self.refused else picture

    def read_metadata(self, head: str) -> Any:  # noqa: ANN401 - as above
        """Return the metadata in the start of an HTML document as a weasyprint.DocumentMetadata."""
        import weasyprint  # noqa: PLC0415 - likewise
        from weasyprint.document import DocumentMetadata  # noqa: PLC0415 - slow, so only where pages are made
        from weasyprint.html import get_html_metadata  # noqa: PLC0415 - likewise

        with captured_log(self.problems):
            html = weasyprint.HTML(string=head, base_url=self._base_url, url_fetcher=refuse_address)
            return DocumentMetadata(**get_html_metadata(html))

    def render(self, html: Any, extra_css: str, pictures: PicturesByContent | None = None) -> Pages:  # noqa: ANN401 - as above
        """Lay out a weasyprint.HTML once, with extra CSS after all style sheets.

        `pictures` are those that were loaded before; further ones are added to them.
        """
        import weasyprint  # noqa: PLC0415 - as above

        parsed = self._parsed_sheets  # before the log is captured for another place
        cache = PicturesByContent() if pictures is None else pictures
        problems = Problems()
        with captured_log(problems, refused=self.files.refused):
            sheets = [
                *parsed,
                self._extra_sheets.get(extra_css) or weasyprint.CSS(string=extra_css, font_config=self.fonts),
            ]
            if not problems:  # they are reported for each layout
                self._extra_sheets[extra_css] = sheets[-1]
            document = html.render(stylesheets=sheets, font_config=self.fonts, cache=cache, pdf_variant="pdf/a-2a")
        boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the name of a page
        return Pages(
            document,
            tuple(box.page_type.name for box in boxes),
            tuple((page.width, page.height) for page in document.pages),
            problems.as_tuple(),
            pictures=self.files.pictures,
        )

    def add_margins(self, pages: Pages, rest: Iterator[Any]) -> Pages:
        """Return pages with their margins and backgrounds, which are made by going through the rest of their layout."""
        from weasyprint.document import Page  # noqa: PLC0415 - as above

        problems = Problems()
        with captured_log(problems, refused=self.files.refused):
            document = pages.document.copy([Page(box) for box in rest])
        return replace(pages, document=document, problems=(*pages.problems, *problems), margins=True)


class Renderer:
    """A document that is parsed once, and rendered as its `tree` is at the time.

    If it has slots, `trials` holds all pages so far, with the context of the slots on them.
    """

    def __init__(self, engine: Engine, html: Any, slots: "Sequence[Element]" = ()) -> None:  # noqa: ANN401 - as above
        """Take a weasyprint.HTML, and the elements in its slots."""
        self.tree: Final[Element] = html.etree_element
        self.slots: Final = tuple(slots)
        self.trials: list[tuple[Context, Pages]] = []
        self._engine = engine
        self._html = html
        self._kept: dict[str, KeptLayout] = {}
        self._pictures = PicturesByContent()
        self._rests: dict[Any, Iterator[Any]] = {}

    def render(self, extra_css: str = "", css_beside_slots: str = "", *, on_trial: bool = False) -> Pages:
        """Lay out the document once, with extra CSS after all its style sheets.

        `css_beside_slots` is for elements that are not around slots, so it is no part of their context. On trial,
        margins and backgrounds may be put off: `finish` adds them.
        """
        css = extra_css + css_beside_slots
        self._html.kept_layout = self._kept.setdefault(css, KeptLayout())
        self._html.is_on_trial = on_trial
        pages = self._engine.render(self._html, css, self._pictures)
        rest = vars(self._html).pop("rest", None)
        if rest is not None:
            pages = replace(pages, margins=False)
            self._rests[pages.document] = rest
        if pages.problems:  # some are found only where a style is computed or a picture is loaded
            del self._kept[css]
            self._pictures = PicturesByContent()
        if self.slots:
            self.trials.append((self.find_context(extra_css), pages))
        return pages

    def finish(self, pages: Pages) -> Pages:
        """Return pages with margins and backgrounds, also if they were laid out on trial."""
        rest = self._rests.pop(pages.document, None)
        if rest is None:
            return pages
        finished = self._engine.add_margins(pages, rest)
        if len(finished.problems) > len(pages.problems):
            self._kept.clear()
            self._pictures = PicturesByContent()
        self.trials[:] = [(context, finished if tried is pages else tried) for context, tried in self.trials]
        return finished

    def find_context(self, css: str) -> Context:
        """Return the context of the slots as the tree is now."""
        return Context(css, prune(self.tree, self.slots))


@contextmanager
def open_engine(composed: Composed, sheets: Sequence[Sheet], problems: Problems) -> Iterator[Engine]:
    """Prepare the engine for a document; report the problems of style sheets and of files that cannot be loaded."""
    load_engine()
    from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - imports WeasyPrint

    worker_cache().choose_fonts(composed, sheets)
    engine = Engine(composed, sheets, problems)
    try:
        yield engine
    finally:
        problems.extend(engine.refused)
        worker_cache().reset_after(problems)
