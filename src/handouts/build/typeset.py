"""Typesets a composed document: makes the bytes of its file, in a worker process."""

import gc
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.document import Composed
from handouts.pdf.rules import UNUSABLE_NUMBER
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.system.garbage_collection import collect_garbage_rarely

# In errors that Python raises where the engine reads numbers of style sheets, and computes with them.
_UNUSABLE_NUMBER: Final = re.compile(r"(?:cannot convert float|integer|value has) (NaN|infinity|-?\d+(?: digits)?)")


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """The bytes of a file, and every problem found while it was made; if one is an error, the file must not be used.

    Files without pages have 0 pages.
    """

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


def typeset(composed: Composed, bodies: Path | None = None) -> FinishedFile:
    """Make the file of one document.

    Bodies of PDFs and fonts of web pages are kept in files whose paths start with `bodies`.
    """
    problems = Problems()
    content, pages = b"", 0
    try:
        content, pages = _make_content(composed, problems, bodies)
    except ZeroDivisionError:  # a length that is too small for the engine, such as a size of letters
        problems.add(UNUSABLE_NUMBER.at(None, number="0"))
    except (OverflowError, ValueError) as raised:
        number = _UNUSABLE_NUMBER.search(str(raised))
        if number is None:
            raise
        problems.add(UNUSABLE_NUMBER.at(None, number=f"of {number[1]}" if "digits" in number[1] else number[1]))
    return FinishedFile(content, pages, problems.as_tuple())


def _make_content(composed: Composed, problems: Problems, bodies: Path | None) -> tuple[bytes, int]:
    """Return the bytes of a file and its number of pages; each kind of file loads what it needs."""
    if composed.file == "txt":
        from handouts.text.plain_text import write_plain_text  # noqa: PLC0415 - as the docstring says

        return write_plain_text(composed, problems), 0
    if composed.file == "html":
        from handouts.html.page import write_web_page  # noqa: PLC0415 - as above
        from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - as above

        return write_web_page(composed, check_ink, problems, bodies), 0
    from handouts.pdf.write_pdf import write_pdf  # noqa: PLC0415 - as above

    return write_pdf(composed, problems, bodies)


def warm_up() -> None:
    """Import what typesetting needs, so that a worker is ready when its first document arrives."""
    collect_garbage_rarely()
    from handouts.pdf.layout.renderer import load_engine  # noqa: PLC0415 - WeasyPrint is loaded in workers only

    load_engine()
    import handouts.pdf.finish.finish  # noqa: PLC0415 - as above
    import handouts.pdf.layers.kept_bodies  # noqa: PLC0415 - as above
    import handouts.schema.provenance  # noqa: PLC0415 - it comes with each document

    del handouts
    gc.freeze()
