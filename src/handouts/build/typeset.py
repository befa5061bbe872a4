"""Typeset: a composed document to the bytes of its file. This is what a worker process does, from render to finish."""

import gc
from dataclasses import dataclass

from handouts.assets.bundled_fonts import use_only_bundled_fonts
from handouts.model.document import Composed
from handouts.model.imposition import impose
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.system.garbage_collection import collect_garbage_rarely


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished file, and every problem met while making it; with an error among them, it is not to be used.

    Files without pages have 0.
    """

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


def typeset(composed: Composed) -> Typeset:
    """Make the file of one document."""
    if composed.file == "html":
        from handouts.html.page import self_contained  # noqa: PLC0415 - as below

        use_only_bundled_fonts(shipped() / "styles")  # before WeasyPrint is loaded, which paints drawings to look at
        from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - as below

        page, problems = self_contained(composed, check_ink)
        return Typeset(page, 0, problems)
    if composed.file == "txt":
        from handouts.text.plain_text import plain_text  # noqa: PLC0415 - as below

        text, problems = plain_text(composed)
        return Typeset(text, 0, problems)
    return _typeset_pages(composed)


def _typeset_pages(composed: Composed) -> Typeset:
    from handouts.pdf.layout.lay_out import lay_out  # noqa: PLC0415 - WeasyPrint is imported in workers only

    pages = lay_out(composed)
    if pages.is_overfull:
        return Typeset(b"", 0, pages.problems)
    from handouts.pdf.finish.finish import finish  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.captured_log import captured_log  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - likewise
    from handouts.pdf.press.write_press import finish_for_press  # noqa: PLC0415 - likewise

    makeup, made_from = composed.makeup, composed.made_from
    sides = impose(makeup, pages.names, pages.sizes)
    finishing = Problems()
    document = pages.document
    try:
        with captured_log(finishing, reported_letters=pages.missing_letters):
            if makeup.press:
                created = composed.published
                pdf = finish_for_press(document, sides, makeup, finishing, created=created, made_from=made_from)
            else:
                pdf = finish(document, sides, makeup, finishing, language=composed.language, made_from=made_from)
    finally:
        worker_cache().reset_after(finishing)  # some faults of style sheets show when pages are painted
    return Typeset(pdf, len(sides), (*pages.problems, *finishing))


def warm_up() -> None:
    """Import what typesetting needs, so that a worker is ready when its first document comes."""
    collect_garbage_rarely()
    import handouts.pdf.finish.finish  # noqa: PLC0415 - WeasyPrint is imported in workers only
    import handouts.schema.provenance  # noqa: PLC0415 - it comes with each document
    from handouts.pdf.layout.lay_out import load_engine  # noqa: PLC0415 - as above

    load_engine()
    del handouts
    gc.freeze()
