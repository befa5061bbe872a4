"""The words for clinic staff: why a print cannot be made, and what has become of a print job."""

from dataclasses import replace

from handouts.check.registry import REGISTRY
from handouts.model.patient import make_patient
from handouts.pdf.rules import COLUMN_OVERFLOW
from handouts.printing.job import JOB_HELD
from handouts.printing.printer_errors import JOB_REFUSED, UNREACHABLE
from handouts.printing.printer_state import NEEDS_CARE, OUT_OF_PAPER
from handouts.problems.problem import Problem
from handouts.web.print_jobs import JobProgress, PrintJob
from handouts.web.staff_text import FAILURES, JOB_PROBLEMS, StatusText, describe_print_status, explain_failures

JOB = PrintJob("Front_Office", "letter", 12, 1)
JAM = NEEDS_CARE.at(None, hint="remove it as the printer shows", printer="Front_Office", cause="paper is jammed")


def status(progress: JobProgress, *problems: Problem, copies: int = 1) -> StatusText:
    job = replace(JOB, progress=progress, problems=problems, copies=copies)
    return describe_print_status(job)


def test_all_codes_with_words_for_staff_exist() -> None:
    assert {*JOB_PROBLEMS, *FAILURES} - REGISTRY.keys() == set()


def test_what_was_typed_is_named_first_if_a_line_is_too_wide() -> None:
    too_wide = COLUMN_OVERFLOW.at(None, spot="page 1", text="Donaudampfschifffahrt")
    with_name, with_line, without = (
        explain_failures([too_wide], patient)[0]
        for patient in (make_patient("Ada", ""), make_patient("", "", {"lift": "10 lb"}), make_patient("", ""))
    )
    assert "typed for the patient" in with_name.cause
    assert "typed for the patient" in with_line.cause
    assert (with_name.is_typed, with_line.is_typed) == (True, False)  # whether to offer to leave name and note off
    assert "typed" not in without.cause


def test_a_job_without_problems() -> None:
    assert status("sending") == StatusText("Sending to Front Office…")
    assert status("printing") == StatusText("12 pages sent to Front Office. Printing.")
    assert status("waiting", copies=2).heading == "2 copies of 12 pages sent to Front Office. It is waiting in line."


def test_a_job_that_the_printer_has_prints_once_the_cause_is_removed() -> None:
    assert status("waiting", JAM) == StatusText(
        "12 pages sent to Front Office.",
        (
            "Front Office needs attention: paper is jammed. Remove it as the printer shows, and it will print.",
            "Do not print it again.",
        ),
        "warn",
    )
    out_of_paper = OUT_OF_PAPER.at(None, printer="Front_Office", paper="Letter")
    assert "put in Letter paper, and it will print." in status("waiting", out_of_paper).sentences[0]


def test_a_job_that_the_printer_did_not_accept_has_to_be_printed_again() -> None:
    unreachable = UNREACHABLE.at(None, printer="Front_Office", cause="no response")
    expected = "Front Office does not answer: check that it is switched on and connected, then print again."
    assert status("refused", unreachable, unreachable) == StatusText("Not printed.", (expected,), "bad")
    other = "Front Office did not accept the print: choose another printer, or ask your IT person."
    assert status("refused").sentences == (other,)
    assert status("refused", JOB_REFUSED.at(None, printer="Front_Office", cause="status 0x040b")).sentences == (other,)


def test_a_remark_leaves_the_status_of_the_job() -> None:
    held = JOB_HELD.at(None, printer="Front_Office", number=3)
    expected = "Front Office holds the print back: release it at the panel of the printer."
    assert status("waiting", held) == StatusText(
        "12 pages sent to Front Office. It is waiting in line.", (expected,), "warn"
    )


def test_errors_of_unknown_codes_share_one_text() -> None:
    failures = explain_failures(
        [JAM, UNREACHABLE.at(None, printer="x", cause="y"), JOB_HELD.at(None, printer="x", number=1)]
    )
    assert [failure.remedy for failure in failures] == ["Tell the author of the handout."]
