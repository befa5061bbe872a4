"""What is reported for the reasons that printers give for their state."""

import pytest

from handouts.printing.capabilities import PrinterState
from handouts.printing.printer_state import report_hindrances
from handouts.problems.collector import Problems

OFFLINE_IN_CUPS = "The printer is not responding."


def reported(*reasons: str, is_stopped: bool = False, is_queue: bool = False, message: str = "") -> list[str]:
    """Return the problems of a printer that is called Lab."""
    state = PrinterState(is_stopped, reasons, message, accepts_jobs=True, is_queue=is_queue)
    problems = Problems()
    report_hindrances("Lab", state, "Letter", problems)
    return [f"{problem.code}: {problem.message}; {problem.hint}" for problem in problems]


@pytest.mark.parametrize("reason", ["toner-low-warning", "media-low-report", "connecting-to-device"])
def test_reasons_that_do_not_stop_a_printer_are_ignored(reason: str) -> None:
    assert reported(reason) == []


def test_an_empty_tray_is_a_warning_unless_the_printer_has_stopped() -> None:
    warning = "tray-empty: Lab reports an empty tray; put in Letter paper if nothing comes out"
    assert reported("media-empty-warning") == [warning]
    assert reported("media-empty-warning", is_stopped=True) == [
        "printer-out-of-paper: Lab is out of paper; put in Letter paper"
    ]


def test_an_open_cover_is_an_error_even_if_the_printer_calls_it_a_warning() -> None:
    assert reported("cover-open-warning") == ["printer-needs-care: Lab needs attention: a cover is open; close it"]


def test_errors_come_without_warnings_and_each_once() -> None:
    (error,) = reported("media-empty-report", "door-open", "door-open-error")
    assert error == "printer-needs-care: Lab needs attention: a door is open; close it"


@pytest.mark.parametrize(
    ("reasons", "cause"), [((), "no reason given"), (("toner-low-report", "fuser-x"), "toner-low-report, fuser-x")]
)
def test_a_stopped_printer_is_always_reported(reasons: tuple[str, ...], cause: str) -> None:
    expected = f"printer-needs-care: Lab needs attention: it has stopped ({cause}); look at the printer"
    assert reported(*reasons, is_stopped=True) == [expected]


def test_cups_tells_in_its_message_that_a_printer_is_offline() -> None:
    (problem,) = reported(is_queue=True, message=OFFLINE_IN_CUPS)
    assert problem.startswith("printer-unreachable: Lab cannot be reached: CUPS is waiting for it to answer")
    assert reported(is_queue=False, message=OFFLINE_IN_CUPS) == []
