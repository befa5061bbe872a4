"""Writes a PDF: lays out pages, imposes them on sheets, and finishes the file for screen readers or a print shop."""

from handouts.model.document import Composed
from handouts.model.imposition import impose
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.collector import Problems


def write_pdf(composed: Composed, problems: Problems) -> tuple[bytes, int]:
    """Return the PDF of a document and its number of pages; empty bytes if its text does not fit the panels."""
    pages = lay_out(composed)
    problems.extend(pages.problems)
    if pages.is_overfull:
        return b"", 0
    # These import WeasyPrint, which must not be loaded before the fonts are set.
    from handouts.pdf.finish.finish import finish  # noqa: PLC0415
    from handouts.pdf.layout.captured_log import captured_log  # noqa: PLC0415
    from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415
    from handouts.pdf.page_checks.hidden_text import check_hidden_text  # noqa: PLC0415
    from handouts.pdf.press.write_press import finish_for_press  # noqa: PLC0415

    makeup, made_from = composed.makeup, composed.made_from
    sides = impose(makeup, pages.names, pages.sizes)
    finishing_problems = Problems()
    try:
        with captured_log(finishing_problems, reported_letters=pages.missing_letters):
            if makeup.press:
                created = composed.published
                pdf = finish_for_press(pages, sides, makeup, finishing_problems, created=created, made_from=made_from)
            else:
                pdf = finish(pages, sides, makeup, finishing_problems, language=composed.language, made_from=made_from)
    finally:
        worker_cache().reset_after(finishing_problems)  # some errors in style sheets appear only when pages are painted
    problems.extend(finishing_problems)
    if pdf:
        check_hidden_text(pdf, pages.required_pieces, sides, problems)
    return pdf, len(sides)
