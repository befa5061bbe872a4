"""`handouts build` with two workers, against a loop of the `weasyprint` command over the same HTML and fonts."""

import os
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from composing import FONTS, ONE_SECTION, WHOLE, Print, composed, page
from figures import Figure, Size, at_least, untargeted
from generated import SCRIPTS, build, generate, seconds_of
from pypdfium2 import PdfDocument

from handouts.model.document import Composed
from handouts.pdf.layout.lay_out import lay_out_whole, open_document

_ROUNDS = 2
_AT_LEAST = 60


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure the print of one section, which has the target, and the whole handout for fewer practices."""
    yield from _compared(ONE_SECTION, size.of(200, 2), size, folder / "section", _AT_LEAST)
    yield from _compared(WHOLE, size.of(60, 2), size, folder / "whole", None)


def _compared(printed: Print, count: int, size: Size, root: Path, target: float | None) -> Iterator[Figure]:
    generate(root, count)
    # Spread over all practices, and in blocks that lie before, between and after our runs.
    sample = composed(root, printed)[:: max(1, count // size.sample)][: size.sample]
    css = _find_css(sample[0])
    files: list[Path] = []
    for number, document in enumerate(sample):
        file = root / f"{number}.html"
        file.write_text(page(document).replace("</head>", f"<style>{css}</style></head>"), encoding="utf-8")
        files.append(file)
    blocks = [files[start :: _ROUNDS + 1] or files[:1] for start in range(_ROUNDS + 1)]
    _loop(files[:1], root)  # finds the fonts, once for all
    theirs = [_loop(blocks[0], root)]
    ours: list[float] = []
    for block in blocks[1:]:
        ours.append(build(root, *printed.arguments, "-j", "2", "--force") / count)
        theirs.append(_loop(block, root))
    pages = _pages(next((root / "output").rglob("*.pdf"))), _pages(files[0].with_suffix(".pdf"))
    if abs(pages[0] - pages[1]) > 1:  # ours may move a picture, to save a page
        raise SystemExit(f"these are not the same documents: {pages[0]} pages and {pages[1]}")
    # If theirs has a page more, its time for as many pages as ours has is compared.
    share = min(1, pages[0] / pages[1])
    ratios = [share * (before + after) / 2 / run for (before, after), run in zip(pairwise(theirs), ours, strict=True)]
    name = f"{pages[0]} pages"
    yield untargeted(
        f"{name}: weasyprint command, a PDF of {pages[1]} pages (of {len(files)})", statistics.mean(theirs), "s"
    )
    yield untargeted(f"{name}: handouts build -j 2, a PDF (of {count}, {_ROUNDS} runs)", statistics.mean(ours), "s")
    what = f"{name}: times as fast ({min(ratios):.1f} to {max(ratios):.1f})"
    ratio = statistics.median(ratios)
    yield at_least(what, ratio, target) if target else untargeted(what, ratio, "x")


def _find_css(document: Composed) -> str:
    """Return the line height and other CSS that we chose for a document, so that theirs has about as many pages."""
    with open_document(document) as opened:
        context = lay_out_whole(opened).context
    return context.css if context else ""


def _loop(files: Sequence[Path], root: Path) -> float:
    """Run the command for each file, and return the seconds a PDF; the fonts are those of our own."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS / "fonts.conf")}
    base = f"{root.resolve().as_uri()}/"
    taken = [
        seconds_of([SCRIPTS / "weasyprint", "-u", base, file, file.with_suffix(".pdf")], root, environment)
        for file in files
    ]
    return statistics.mean(taken)


def _pages(path: Path) -> int:
    with PdfDocument(path) as document:
        return len(document)
