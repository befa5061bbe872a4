"""Typeset: a composed document to the bytes of its PDF. This is what a worker process does, from render to finish."""

import gc
from dataclasses import dataclass

from handouts.document import Composed
from handouts.problem import Problem


_OBJECTS_BETWEEN_COLLECTIONS = 200_000


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF, and every problem met while making it."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...]


def typeset(composed: Composed) -> Typeset:
    """Lay out and finish one document."""
    from handouts.render import lay_out  # noqa: PLC0415 - WeasyPrint is imported in workers only

    pages, problems = lay_out(composed)
    from handouts.finish import finish  # noqa: PLC0415 - likewise
    from handouts.render.log import heard  # noqa: PLC0415 - likewise

    late: list[Problem] = []
    with heard(late):  # missing glyphs are noticed only when the PDF is written
        pdf = finish(pages.document, language=composed.language)
    return Typeset(pdf, pages.count, (*problems, *late))


def warm_up() -> None:
    """Import what typesetting needs, so that a worker is ready when its first document comes.

    Pages are made of very many objects that live until the PDF is written: looking for garbage among them every 700
    new ones, as Python does, costs a tenth of the time and finds nothing. What was imported is never looked at again.
    """
    gc.disable()
    from handouts.render import load_engine  # noqa: PLC0415 - WeasyPrint is imported in workers only

    load_engine()
    import handouts.finish  # noqa: F401, PLC0415 - likewise

    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    gc.enable()
