"""The name by which a printer knows a paper."""

import pytest

from handouts.printing.capabilities import Abilities, PrinterState
from handouts.printing.ipp.address import Address
from handouts.printing.media import find_medium
from handouts.printing.printer import Printer
from handouts.printing.ticket import Ticket, fit_ticket
from handouts.problems.collector import Problems
from handouts.schema.print_terms import Paper

RANGE = ("custom_min_3x5in", "custom_max_8.5x14in")


@pytest.mark.parametrize(
    ("paper", "names", "found"),
    [
        ("letter", ("na_legal_8.5x14in", "na_letter_8.5x11in"), "na_letter_8.5x11in"),
        ("letter", ("na-letter", "iso-a4"), "na-letter"),  # RFC 2911
        ("letter", ("na-letter-transparent", "na-letter-white"), "na-letter-white"),
        ("a4", ("na-letter", "iso-a4"), "iso-a4"),
        ("a4", ("Letter", "A4"), "A4"),
        ("a4", ("iso_a4.borderless_210x297mm",), "iso_a4.borderless_210x297mm"),
        ("a4", ("om_a4-paper_209.9x297.1mm",), "om_a4-paper_209.9x297.1mm"),
        ("letter", ("na_letter_borderless_8.5x11in", "na_letter.top_8.5x11in"), "na_letter.top_8.5x11in"),
        ("letter", RANGE, "na_letter_8.5x11in"),
        ("letter", ("custom_min_76.2x127mm", "custom_max_215.9x1200mm"), "na_letter_8.5x11in"),
        ("a4", ("custom_min_3x5in", "custom_max_8x10in"), None),
        ("letter", ("custom_min_3x5in",), None),
        ("letter", ("custom_max_8.5x11in",), None),
        ("letter", ("na_legal_8.5x14in", "iso_a4_210x297mm", "na-letter-envelope"), None),
        ("a4", ("iso_a4_210x297", "x_210x297mmx", "_1..2x3mm", "iso_a4_297x210mm"), None),
        ("a4", (), None),
    ],
)
def test_a_printer_has_a_paper_by_any_of_its_names(paper: Paper, names: tuple[str, ...], found: str | None) -> None:
    assert find_medium(paper, names) == found


def test_the_job_names_the_paper_as_the_printer_does() -> None:
    state = PrinterState(is_stopped=False, reasons=(), message="", accepts_jobs=True, is_queue=False)
    abilities = Abilities(
        state=state,
        document_formats=frozenset({"application/pdf"}),
        sides=frozenset({"two-sided-long-edge"}),
        media=frozenset({"na-letter", "iso-a4"}),
        loaded_media=("iso-a4",),
        trays=(),
        color_modes=frozenset(),
        scaling_modes=frozenset(),
        document_handlings=frozenset(),
        max_copies=0,
        is_monochrome=False,
    )
    problems = Problems()
    attributes = fit_ticket(Printer("Old", Address("127.0.0.1", "/", 631)), abilities, Ticket("a", "a4"), problems)
    assert ("iso-a4",) in [attribute.values for attribute in attributes if attribute.name == "media"]
    assert not problems.as_tuple()
