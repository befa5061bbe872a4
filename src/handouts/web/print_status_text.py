"""Told: what became of a print that was sent to a printer, in the words of the front desk."""

from dataclasses import dataclass
from typing import Final, Literal

from handouts.printing.ticket import paper_name
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.web.print_jobs import Sending
from handouts.web.printers import spoken

_CARETAKER: Final = "choose another printer, or tell who looks after your printers"
# What is wrong, and what to do; after it the print comes out by itself if the printer has it already.
_CURABLE: Final = {
    "printer-out-of-paper": ("{printer} is out of paper", "put {paper} paper in"),
    "printer-unreachable": ("{printer} does not answer", "see that it is switched on and connected"),
    "printer-paused": ("{printer} is paused", "resume it at its panel, or tell who looks after your printers"),
}
_REFUSED: Final = {
    "printer-busy": ("{printer} is busy", "print again in a minute"),
    "printer-refuses-jobs": ("{printer} takes no prints now", _CARETAKER),
    "printer-needs-password": ("{printer} wants a password", _CARETAKER),
    "printer-takes-no-pdf": ("{printer} cannot print this kind of file", "print from this browser instead"),
    "no-printers": ("The print service of this computer does not run", "print from this browser instead"),
    "bad-cups-server": ("The print service of this computer cannot be reached", "print from this browser instead"),
    "no-such-printer": ("{printer} is not there any more", "choose another printer"),
    "printer-not-at-address": ("{printer} is not there any more", "choose another printer"),
    "no-such-tray": ("{printer} has no such tray", "choose another tray, or the usual one"),
    "no-duplex": ("{printer} does not print on both sides", "choose another printer"),
    "wrong-paper": ("{printer} has no {paper} paper", "choose another paper or printer"),
    "too-many-copies": ("{printer} makes fewer copies at once", "print them in several goes"),
    "job-unconfirmed": ("{printer} did not confirm the print", "look at the printer before you print again"),
    "job-ended": ("{printer} gave the print up", "look at the printer before you print again"),
}
_REMARKS: Final = {
    "paper-not-loaded": ("{printer} may have no {paper} paper in it", "put some in if nothing comes out"),
    "tray-empty": ("{printer} may have no {paper} paper in it", "put some in if nothing comes out"),
    "printed-on-one-side": ("{printer} prints on one side only", ""),
    "printed-without-color": ("{printer} has no color", "choose “Black only”: it is made for such printers"),
    "printer-may-scale": ("{printer} may change the size of pages", "fold one sheet first, before you print more"),
    "job-held": ("{printer} holds the print back", "release it at the panel of the printer"),
}
_KNOWN: Final = {**_CURABLE, **_REFUSED, **_REMARKS}
_OTHER: Final = ("{printer} did not take the print", _CARETAKER)


@dataclass(frozen=True, slots=True)
class Told:
    """The first sentence, those that come after it, and how it looks."""

    said: str
    more: tuple[str, ...] = ()
    tone: Literal["good", "warn", "bad"] = "good"


def told(sending: Sending) -> Told:
    """Say how far a print is and what hinders it, with what to do."""
    printer = spoken(sending.printer)
    if sending.progress == "sending":
        return Told(f"Sending to {printer}…")
    if sending.progress in {"refused", "ended"}:
        errors = [problem for problem in sending.problems if problem.severity is Severity.ERROR]
        said = [_sentence(problem, sending, taken=False) for problem in errors]
        said = said or [f"{printer} did not take the print. {_capital(_CARETAKER)}."]
        return Told("Not printed.", tuple(dict.fromkeys(said)), "bad")
    more = tuple(dict.fromkeys(_sentence(problem, sending, taken=True) for problem in sending.problems))
    tone: Literal["good", "warn"] = "warn" if more else "good"
    if has_errors(sending.problems):
        return Told(f"{_amount(sending)} sent to {printer}.", (*more, "Do not print it again."), tone)
    ends = {"printing": " Printing.", "printed": " Printed.", "waiting": " It waits for its turn."}
    return Told(f"{_amount(sending)} sent to {printer}.{ends.get(sending.progress, '')}", more, tone)


def _amount(sending: Sending) -> str:
    pages = f"{sending.pages} page{'' if sending.pages == 1 else 's'}"
    return pages if sending.copies == 1 else f"{sending.copies} copies of {pages}"


def _sentence(problem: Problem, sending: Sending, *, taken: bool) -> str:
    words = {"printer": spoken(sending.printer), "paper": paper_name(sending.paper)}
    if problem.code == "printer-needs-care":
        # What it is that it needs is not in the code.
        what, cure = problem.message.replace(sending.printer, words["printer"], 1), problem.hint
    else:
        what, cure = (text.format(**words) for text in _KNOWN.get(problem.code, _OTHER))
    if problem.code in _CURABLE or problem.code == "printer-needs-care":
        return f"{what}: {cure}{', it prints then' if taken else ', then print again'}."
    return f"{what}: {cure}." if cure else f"{what}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
