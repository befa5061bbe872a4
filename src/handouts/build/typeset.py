"""Typeset: a composed document to the bytes of its file. This is what a worker process does, from render to finish."""

import gc
from dataclasses import dataclass

from handouts.assets.bundled_fonts import use_only_bundled_fonts
from handouts.model.document import Composed
from handouts.model.imposition import impose
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, error
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
    problems = Problems()
    if composed.file == "html":
        from handouts.html.page import write_web_page  # noqa: PLC0415 - as below

        use_only_bundled_fonts(shipped() / "styles")  # before WeasyPrint is loaded, which paints drawings to look at
        from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - as below

        page = write_web_page(composed, lambda pictures, found: found.extend(check_ink(pictures)), problems)
        return Typeset(page, 0, problems.as_tuple())
    if composed.file == "txt":
        from handouts.text.plain_text import write_plain_text  # noqa: PLC0415 - as below

        text = write_plain_text(composed, problems)
        return Typeset(text, 0, problems.as_tuple())
    return _typeset_pages(composed)


def _typeset_pages(composed: Composed) -> Typeset:
    from handouts.pdf.layout.lay_out import lay_out  # noqa: PLC0415 - WeasyPrint is imported in workers only

    pages, problems = lay_out(composed)
    if any(problem.code in {"overfull", "no-panel"} for problem in problems):
        return Typeset(b"", 0, problems)  # there is no place for some of the pages
    from handouts.pdf.finish.finish import NotAccessibleError, NotForPressError, finish, finish_for_press  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.captured_log import heard  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.worker_cache import kept  # noqa: PLC0415 - likewise

    makeup, made_from = composed.makeup, composed.made_from
    sides = impose(makeup, pages.names, pages.sizes)
    late: list[Problem] = []
    pdf = b""
    try:
        # Letters that no font has were told with their places.
        with heard(late, told=pages.unprinted):
            if makeup.press:
                pdf = finish_for_press(pages.document, sides, makeup, created=composed.published, made_from=made_from)
            else:
                pdf = finish(pages.document, sides, makeup, language=composed.language, made_from=made_from)
    except NotAccessibleError as shut_out:
        hint = "name it in the text or template it comes from (PDF/UA-1)"
        late.extend(error("not-accessible", reason, None, hint) for reason in shut_out.reasons)
    except NotForPressError as shut_out:
        hint = "a print shop needs PDF/X-4"
        late.extend(error("not-for-press", reason, None, hint) for reason in shut_out.reasons)
    finally:
        kept().release(late)  # some faults of style sheets show when pages are painted
    return Typeset(pdf, len(sides), (*problems, *late))


def warm_up() -> None:
    """Import what typesetting needs, so that a worker is ready when its first document comes."""
    collect_garbage_rarely()
    import handouts.pdf.finish.finish  # noqa: PLC0415 - WeasyPrint is imported in workers only
    import handouts.schema.provenance  # noqa: PLC0415 - it comes with each document
    from handouts.pdf.layout.lay_out import load_engine  # noqa: PLC0415 - as above

    load_engine()
    del handouts
    gc.freeze()
