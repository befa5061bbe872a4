"""Problems in plain words for clinic staff: why a print cannot be made, and the status of a print job."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from handouts.model.patient import Patient
from handouts.printing.printer_state import report_hindrances
from handouts.printing.ticket import get_paper_name
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors, select_errors
from handouts.web.print_jobs import PrintJob
from handouts.web.printers import ListedPrinter, get_printer_title

# Why a print cannot be made


@dataclass(frozen=True, slots=True)
class FailureText:
    """Why a print cannot be made, and what to do about it, as sentences; `is_typed` if what was typed is the reason."""

    cause: str
    remedy: str
    is_typed: bool = False


_DOES_NOT_FIT: Final = FailureText(
    "The text is too long for this format.", "Leave out some sections, or choose another format."
)
_FAILED: Final = FailureText("It could not be made on this computer.", "Try again, or ask your IT person.")
_OTHER_FAILURE: Final = FailureText(
    "One of the files that it is made from contains an error.", "Tell the author of the handout."
)
FAILURES: Final = {
    "overfull": _DOES_NOT_FIT,
    "no-panel": _DOES_NOT_FIT,
    "text-too-long": FailureText(
        "What must be in the short text is longer than a message may be.", "Copy the whole text, or tell the author."
    ),
    "missing-glyph": FailureText("A letter of the handout cannot be printed.", "Tell the author of the handout."),
    "other-language": FailureText(
        "The practice's own texts, such as the emergency line, are in another language than this handout.",
        "Choose another language, or a practice that has its texts in this one.",
    ),
    "wrong-direction": FailureText(
        "This language is written in a direction that printed pages cannot show yet.",
        "Choose the web page or plain text as the format.",
    ),
    "review-overdue": FailureText(
        "Its review is overdue: nobody has checked whether it is still true.", "Ask the author of the handout."
    ),
    "timed-out": FailureText("It took too long to make.", "Leave out some sections, or choose another format."),
    "worker-died": _FAILED,
    "not-rendered": _FAILED,
}

_TOO_WIDE: Final = frozenset({"overflow", "column-overflow"})


def explain_failures(problems: Iterable[Problem], patient: Patient | None = None) -> tuple[FailureText, ...]:
    """Return the text for each error, without repetitions; letters that were typed for a patient are named."""
    return tuple(dict.fromkeys(_describe_failure(problem, patient) for problem in select_errors(problems)))


def _describe_failure(problem: Problem, patient: Patient | None) -> FailureText:
    if problem.code == "missing-glyph" and patient:
        typed = dict.fromkeys("".join([patient.name, *patient.note_lines]))
        letters = [letter for letter in typed if f'"{letter}"' in problem.message]
        if letters:
            named = ", ".join(f"“{letter}”" for letter in letters)
            what = "The letter" if len(letters) == 1 else "The letters"
            return FailureText(
                f"{what} {named} of the name or note cannot be printed.",
                "Write it in Latin letters, or leave it off.",
                is_typed=True,
            )
    if problem.code in _TOO_WIDE and patient:
        return FailureText(
            "A line is too wide, maybe because of what was typed for the patient.",
            "Write less there, or shorter words.",
            is_typed=bool(patient.name or patient.note_lines),
        )
    return FAILURES.get(problem.code, _OTHER_FAILURE)


# The status of a print job

_ASK: Final = "choose another printer, or ask your IT person"
# Each is a cause and a remedy. After these remedies, a job that the printer has is printed without further ado.
_CURABLE: Final = {
    "printer-out-of-paper": ("{printer} is out of paper", "put in {paper} paper"),
    "printer-unreachable": ("{printer} does not answer", "check that it is switched on and connected"),
    "printer-paused": ("{printer} is paused", "resume it at its panel, or ask your IT person"),
}
_REFUSED: Final = {
    "printer-busy": ("{printer} is busy", "print again in a minute"),
    "printer-refuses-jobs": ("{printer} does not accept prints now", _ASK),
    "printer-needs-password": ("{printer} requires a password", _ASK),
    "printer-takes-no-pdf": ("{printer} cannot print this kind of file", "print from this browser instead"),
    "no-printers": ("The print service of this computer is not running", "print from this browser instead"),
    "bad-cups-server": ("The print service of this computer cannot be found", "print from this browser instead"),
    "no-such-printer": ("{printer} is no longer there", "choose another printer"),
    "printer-not-at-address": ("{printer} is no longer there", "choose another printer"),
    "no-such-tray": ("{printer} does not have this tray", "choose another tray, or the usual one"),
    "no-duplex": ("{printer} cannot print on both sides", "choose another printer"),
    "wrong-paper": ("{printer} has no {paper} paper", "choose another paper or printer"),
    "too-many-copies": ("{printer} cannot print so many copies at once", "print fewer copies, several times"),
    "job-unconfirmed": ("{printer} did not confirm the print", "look at the printer before you print again"),
    "job-ended": ("{printer} canceled the print", "look at the printer before you print again"),
}
_PAPER_MISSING: Final = ("{printer} may be out of {paper} paper", "put some in if nothing comes out")
_REMARKS: Final = {
    "paper-not-loaded": _PAPER_MISSING,
    "tray-empty": _PAPER_MISSING,
    "printed-on-one-side": ("{printer} prints on one side only", ""),
    "printed-without-color": ("{printer} has no color", "choose “Black only”: it is made for such printers"),
    "printer-may-scale": ("{printer} may change the size of pages", "fold one sheet first, before you print more"),
    "job-held": ("{printer} holds the print back", "release it at the panel of the printer"),
}
JOB_PROBLEMS: Final = {**_CURABLE, **_REFUSED, **_REMARKS}
_OTHER: Final = ("{printer} did not accept the print", _ASK)
_ENDS: Final = {"printing": " Printing.", "printed": " Printed.", "waiting": " It is waiting in line."}


@dataclass(frozen=True, slots=True)
class StatusText:
    """A heading, further sentences, and the style of the notice."""

    heading: str
    sentences: tuple[str, ...] = ()
    tone: Literal["good", "warn", "bad"] = "good"


def describe_print_status(job: PrintJob) -> StatusText:
    """Return the status of a job, what prevents it from printing, and what to do."""
    printer = get_printer_title(job.printer)
    if job.progress == "sending":
        return StatusText(f"Sending to {printer}…")
    if job.progress == "canceled":
        return StatusText(f"Canceled on {printer}.", ("Nothing more of it is printed.",), "warn")
    if job.progress in {"refused", "ended"}:
        errors = [_make_sentence(problem, job, is_accepted=False) for problem in select_errors(job.problems)]
        other = f"{_OTHER[0].format(printer=printer)}: {_OTHER[1]}."
        return StatusText("Not printed.", tuple(dict.fromkeys(errors)) or (other,), "bad")
    sent = f"{_describe_amount(job)} sent to {printer}."
    sentences = tuple(dict.fromkeys(_make_sentence(problem, job, is_accepted=True) for problem in job.problems))
    if job.too_late:
        sentences = (f"{printer} did not cancel it: look at the printer.", *sentences)
    if has_errors(job.problems):
        return StatusText(sent, (*sentences, "Do not print it again."), "warn")
    return StatusText(f"{sent}{_ENDS.get(job.progress, '')}", sentences, "warn" if sentences else "good")


def describe_printer_status(listed: ListedPrinter) -> StatusText:
    """Return the state of a printer, before anything is sent to it."""
    if not listed.is_queried:
        return StatusText(f"{listed.title}: not checked yet", tone="warn")
    if listed.state is None:
        return StatusText(f"{listed.title} does not answer", tone="bad")
    if not listed.state.accepts_jobs:
        return StatusText(f"{listed.title} does not accept prints now", tone="bad")
    hindrances = Problems()
    report_hindrances(listed.name, listed.state, "", hindrances)
    for problem in select_errors(hindrances):
        cause = _CURABLE.get(problem.code, (problem.message.replace(listed.name, "{printer}", 1), ""))[0]
        return StatusText(cause.format(printer=listed.title), tone="bad")
    return StatusText(f"{listed.title} is ready")


def _describe_amount(job: PrintJob) -> str:
    pages = f"{job.pages} page{'' if job.pages == 1 else 's'}"
    return pages if job.copies == 1 else f"{job.copies} copies of {pages}"


def _make_sentence(problem: Problem, job: PrintJob, *, is_accepted: bool) -> str:
    printer = get_printer_title(job.printer)
    then = ", and it will print" if is_accepted else ", then print again"
    if problem.code == "printer-needs-care":
        # Its cause and remedy depend on the printer's reason, so they are in the problem only.
        cause = problem.message.replace(job.printer, printer, 1)
        return f"{cause}. {problem.hint[:1].upper()}{problem.hint[1:]}{then}."
    words = {"printer": printer, "paper": get_paper_name(job.paper)}
    cause, remedy = (text.format(**words) for text in JOB_PROBLEMS.get(problem.code, _OTHER))
    if problem.code in _CURABLE:
        return f"{cause}: {remedy}{then}."
    return f"{cause}: {remedy}." if remedy else f"{cause}."
