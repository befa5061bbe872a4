"""Small pages laid out as those of handouts are, and what is found on them."""

import datetime as dt
from pathlib import Path

from handouts.model.document import Asset, Composed, LayoutRules, Sheet
from handouts.pdf.layout.lay_out import lay_out
from handouts.pdf.layout.renderer import Pages
from handouts.problems.problem import Place, Problem
from handouts.system.digests import digest_of_file

ROOT = Path(__file__).parents[2]
# Ten lines of 14 points on each page.
CSS = """
@page { size: 300pt 200pt; margin: 30pt }
:root { font: 10pt/14pt "Atkinson Hyperlegible Next"; orphans: 1; widows: 1 }
body, p, h1, h2, h3, ul, ol { margin: 0; padding: 0; font-size: 10pt; break-before: auto; break-after: auto }
ul, ol { padding-left: 20pt; list-style-type: disc }
"""


def pages(
    body: str,
    css: str = "",
    *,
    root: Path = ROOT,
    files: tuple[Path, ...] = (),
    layout: LayoutRules = LayoutRules(),  # noqa: B008 - it cannot be changed
) -> tuple[Pages, list[Problem]]:
    """Lay out the body of an HTML document by the rules of a format."""
    laid_out = lay_out(compose_body(body, css, root=root, files=files, layout=layout))
    return laid_out, list(laid_out.problems)


def compose_body(
    body: str,
    css: str = "",
    *,
    root: Path = ROOT,
    files: tuple[Path, ...] = (),
    layout: LayoutRules = LayoutRules(),  # noqa: B008 - as above
) -> Composed:
    """Return the body of an HTML document as a document to be laid out by the rules of a format."""
    html = f'<!doctype html><html lang="en"><title>Pages</title><body>{body}</body></html>'
    sheets = tuple(Sheet(name, text, root) for name, text in (("base.css", CSS), ("own.css", css)))
    assets = tuple(Asset(file, "picture", digest_of_file(file), Place(file.name)) for file in files)
    return Composed(html, "en", dt.date(2026, 1, 1), sheets, root, assets, (ROOT / "styles",), layout=layout)


def findings(
    body: str,
    css: str = "",
    *,
    root: Path = ROOT,
    files: tuple[Path, ...] = (),
    layout: LayoutRules = LayoutRules(),  # noqa: B008 - as above
) -> list[str]:
    """Return what is found on the pages as "place: code: message", without hints."""
    _, problems = pages(body, css, root=root, files=files, layout=layout)
    return [f"{problem.place}: {problem.code}: {problem.message}" for problem in problems]


def text_of(count: int, *, line: int = 1) -> str:
    """Return a paragraph of so many lines that comes from a line of x.md."""
    return f'<p data-at="x.md:{line}">' + "<br>".join(f"Line {number}" for number in range(1, count + 1)) + "</p>"
