"""Typst compiling the same text in a warm process, beside one warm worker of ours: a yardstick, no target.

Pandoc turns what stands in the page's body into Typst markup; that is not counted, nor is our composing. Each practice
has its own names and colors; both tools may keep what is the same for all.
"""

import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pypandoc
from composing import FONTS, ONE_SECTION, WHOLE, Print, composed
from figures import Figure, Size, untargeted
from generated import brand, generate
from pypdfium2 import PdfDocument

from handouts.build.typeset import typeset, warm_up
from handouts.model.document import Composed
from handouts.workers.worker import configure_worker

if TYPE_CHECKING:
    from typst import PDFStandard

_BLOCKS = 3
_STANDARDS: list["PDFStandard"] = ["a-2a", "ua-1"]  # as ours
_SAID = """Typst writes PDF/A-2a and PDF/UA-1 here too. Its pages are plain text with pictures: no page design,
  icon arrays, QR code or links to references, and nobody looks whether all that has to be on them is there."""
# What pandoc's own template defines, and the little design that makes the pages comparable.
_PREAMBLE = """#set document(title: "{title}", date: datetime(year: 2026, month: 11, day: 22))
#set page(paper: "us-letter", margin: 0.75in, numbering: "1")
#set text(font: "Atkinson Hyperlegible Next", size: 12pt, lang: "en", region: "us")
#show heading: set text(fill: rgb("{color}"))
#let horizontalrule = line(length: 100%)
"""
_Document = TypeVar("_Document")


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure the print of one section and the whole handout."""
    root = generate(folder / "project", size.of(61, _BLOCKS + 1))
    for printed in (ONE_SECTION, WHOLE):
        yield from _compared(root, printed)
    yield Figure(_SAID, "")


def _compared(root: Path, printed: Print) -> Iterator[Figure]:
    documents = composed(root, printed)
    markups = [_markup(document, number, len(documents)) for number, document in enumerate(documents)]
    with _process() as ours, _process() as theirs:
        # The first document warms both up.
        pages = (
            ours.submit(_our_seconds, documents[:1]).result()[1],
            theirs.submit(_their_seconds, markups[:1], root).result()[1],
        )
        taken: tuple[list[float], list[float]] = ([], [])
        for start in range(1, _BLOCKS + 1):
            taken[0].extend(ours.submit(_our_seconds, documents[start::_BLOCKS]).result()[0])
            taken[1].extend(theirs.submit(_their_seconds, markups[start::_BLOCKS], root).result()[0])
    count = len(taken[0])
    mean = statistics.mean(taken[0]), statistics.mean(taken[1])
    yield untargeted(f"{printed.name}: typst, a PDF (of {count}, {pages[1]} pages)", mean[1], "s")
    yield untargeted(f"{printed.name}: one worker of ours, a PDF (of {count}, {pages[0]} pages)", mean[0], "s")
    yield untargeted(f"{printed.name}: typst is so many times as fast", mean[0] / mean[1], "x")


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=configure_worker)


def _markup(document: Composed, number: int, count: int) -> bytes:
    """Return the Typst markup of a document's body."""
    body = document.html[document.html.index("<body") : document.html.index("</body>")]
    # Pandoc writes no labels for what such links lead to, embeds data as older Typst had it, and reads the main part
    # alone if there is one.
    plain = re.sub(r'<a\b[^>]*\bhref="#[^>]*>(.*?)</a>', r"\1", body, flags=re.DOTALL)
    plain = re.sub(r'<img\b[^>]*\bsrc="data:[^>]*>|</?main\b[^>]*>', "", plain)
    text: str = pypandoc.convert_text(plain, "typst", format="html")
    # It also loses the texts for pictures, and icon arrays as a whole: of those the caption is left.
    text = text.replace("#figure([],", '#figure([], alt: "icon array",')
    for source, words in re.findall(r'<img\b[^>]*\bsrc="([^"]*)" alt="([^"]*)"', plain):
        text = text.replace(f'image("{source}"', f'image("{source}", alt: "{words}"')
    return (_PREAMBLE.format(title=f"Practice {number}", color=brand(number, count)) + text).encode()


def _our_seconds(documents: Sequence[Composed]) -> tuple[list[float], int]:
    warm_up()
    return _timed(lambda document: typeset(document).content, documents)


def _their_seconds(markups: Sequence[bytes], root: Path) -> tuple[list[float], int]:
    from typst import Compiler, Fonts  # noqa: PLC0415 - in its own process only

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compiler = Compiler(root=str(root), font_paths=fonts)

    def compiled(markup: bytes) -> bytes:
        made = compiler.compile(markup, pdf_standards=_STANDARDS)
        if not isinstance(made, bytes):
            raise TypeError("this is no PDF")
        return made

    return _timed(compiled, markups)


def _timed(make: Callable[[_Document], bytes], documents: Sequence[_Document]) -> tuple[list[float], int]:
    """Return the seconds of each document, and the pages of the last one."""
    taken: list[float] = []
    made = b""
    for document in documents:
        start = time.perf_counter()
        made = make(document)
        taken.append(time.perf_counter() - start)
    return taken, len(PdfDocument(BytesIO(made)))
