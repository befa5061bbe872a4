"""Processor time of prints that share a body, in one process, without composing and writing."""

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from composing import ONE_SECTION, WHOLE, Print, composed
from figures import Figure, Size, at_most, untargeted
from generated import generate

from handouts.build.typeset import typeset, warm_up
from handouts.model.document import Composed
from handouts.pdf.layers.kept_bodies import kept_bodies
from handouts.pdf.layers.painted_slots import known_slots

_CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
_TARGETS = {ONE_SECTION: 4.0, WHOLE: 6.0}  # milliseconds
_OTHER_TARGET = 3.0  # likewise, of web pages and texts


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure the first print of a body, the first of each practice, others of these practices, and the next build."""
    root = generate(folder / "project", size.of(30, 3))
    start = folder / "kept" / "engine"
    warm_up()
    for printed, target in _TARGETS.items():
        yield from _measure(printed, composed(root, printed), target, start)
    for form in ("html", "text"):
        yield from _measure_words(form, composed(root, WHOLE, form), start)


def _measure_words(form: str, documents: Sequence[Composed], start: Path) -> Iterator[Figure]:
    _, *others = _time(documents, start)
    yield untargeted(f"whole handout as {form}: the first of each other practice", statistics.median(others), "ms")
    codes = [_set_code(document, number) for number, document in enumerate(documents[1:])]
    again = statistics.median(_time(codes, start))
    yield at_most(f"whole handout as {form}: another print of a known practice", again, _OTHER_TARGET, "ms")


def _measure(printed: Print, documents: Sequence[Composed], target: float, start: Path) -> Iterator[Figure]:
    first, *others = documents
    yield untargeted(f"{printed.name}: the first of its layout", _time([first], start)[0], "ms")
    yield untargeted(f"{printed.name}: the first of each other practice", statistics.median(_time(others, start)), "ms")
    codes = [_set_code(document, number) for number, document in enumerate(others)]
    again = statistics.median(_time(codes, start))
    yield at_most(f"{printed.name}: another print of a known practice", again, target, "ms")
    kept_bodies().clear()
    known_slots().clear()
    again = statistics.median(_time(others, start))
    yield at_most(f"{printed.name}: the first of a practice in the next build", again, target, "ms")


def _set_code(document: Composed, number: int) -> Composed:
    """Return a document with another print code, as another version of the handout has."""
    found = _CODE.search(document.html)
    if found is None:
        raise SystemExit("the print has no code")
    code = f"{number:03}-{number:03}-{number:03}"
    required = tuple(replace(text, text=text.text.replace(found[0], code)) for text in document.required)
    return replace(document, html=document.html.replace(found[0], code), required=required)


def _time(documents: Sequence[Composed], kept: Path) -> list[float]:
    taken = []
    for document in documents:
        start = time.process_time()
        if not typeset(document, kept).content:
            raise SystemExit("a file was not made")
        taken.append(1000 * (time.process_time() - start))
    return taken
