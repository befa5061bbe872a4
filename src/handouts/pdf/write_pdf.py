"""Writes a PDF: lays out pages, imposes them on sheets, and finishes the file for screen readers or a print shop."""

from pathlib import Path
from typing import TYPE_CHECKING

from handouts.model.document import Composed
from handouts.model.imposition import impose
from handouts.pdf.layout.lay_out import OpenDocument, check_pages, find_body, lay_out_whole, open_document
from handouts.pdf.layout.renderer import Pages
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.pdf.layers.painted_slots import SlotGroup


def write_pdf(composed: Composed, problems: Problems, bodies: Path | None = None) -> tuple[bytes, int]:
    """Return the PDF of a document and its number of pages; empty bytes if its text does not fit the panels.

    Documents that differ only in their slots share a body, which is laid out once; bodies and slots are kept in files,
    too, whose paths start with `bodies`.
    """
    with open_document(composed) as document:
        groups = _list_groups(document, bodies)
        kept = _print_kept(document, groups, problems, bodies)
        if kept:
            return kept
        problems.extend(document.drawing_problems)
        whole = lay_out_whole(document)
        body = find_body(document, whole, {slots.group: slots.layout.lay_out_as_printed for slots in groups})
    pages = check_pages(document, whole)
    if pages.is_overfull:
        problems.extend(pages.problems)
        return b"", 0
    painting_problems = Problems()
    if body and document.key:
        from handouts.pdf.layers.kept_bodies import kept_bodies  # noqa: PLC0415 - imports WeasyPrint
        from handouts.pdf.layers.layered_print import print_layers  # noqa: PLC0415 - likewise
        from handouts.pdf.layers.written_body import write_body  # noqa: PLC0415 - likewise

        written = write_body(composed, body, pages, document, groups, painting_problems)
        layered = print_layers(document, written, groups) if written else None
        if written and layered:
            kept_bodies().add(document.key, written, bodies)
            problems.extend(pages.problems)
            return layered.content, written.layer.page_count
    problems.extend(pages.problems)
    return _finish_whole(composed, pages, painting_problems, problems)


def _list_groups(document: OpenDocument, bodies: Path | None) -> "tuple[SlotGroup, ...]":
    """Return the groups of slots that are printed on a shared body; none if the document is not to have one."""
    from handouts.pdf.layers.painted_groups import list_groups  # noqa: PLC0415 - imports WeasyPrint

    return () if document.key is None or document.composed.makeup.press else list_groups(document, bodies)


def _print_kept(
    document: OpenDocument, groups: "Sequence[SlotGroup]", problems: Problems, bodies: Path | None
) -> tuple[bytes, int] | None:
    """Print a document with a body that was kept; None if there is none."""
    from handouts.pdf.layers.kept_bodies import kept_bodies  # noqa: PLC0415 - imports WeasyPrint
    from handouts.pdf.layers.layered_print import print_layers  # noqa: PLC0415 - likewise

    if document.key is None or not groups:
        return None
    body = kept_bodies().find(document.key, groups, bodies)
    layered = print_layers(document, body, groups) if body else None
    if body is None or layered is None:
        return None
    if not layered.is_drawn_right:
        problems.extend(document.drawing_problems)
    problems.extend(body.problems)
    return layered.content, body.layer.page_count


def _finish_whole(
    composed: Composed, pages: Pages, painting_problems: Problems, problems: Problems
) -> tuple[bytes, int]:
    """Return the PDF of pages that were laid out whole, and report problems of painting them before."""
    from handouts.pdf.finish.finish import finish  # noqa: PLC0415 - imports WeasyPrint
    from handouts.pdf.layout.captured_log import captured_log  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - likewise
    from handouts.pdf.page_checks.hidden_text import check_hidden_text  # noqa: PLC0415 - likewise
    from handouts.pdf.press.write_press import finish_for_press  # noqa: PLC0415 - likewise

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
        worker_cache().reset_after(
            Problems((*painting_problems, *finishing_problems))
        )  # some errors in style sheets appear only when pages are painted
    found_before = (problem for problem in painting_problems if problem not in finishing_problems)
    problems.extend((*found_before, *finishing_problems))
    if pdf:
        check_hidden_text(pdf, pages.required_pieces, sides, problems)
    return pdf, len(sides)
