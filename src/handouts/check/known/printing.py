"""What can go wrong between a finished file and paper."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_IPP: Final = "RFC 8011 (Internet Printing Protocol)"
_FOLD: Final = "docs/printing.md: sheets to fold are printed on both sides, at 100 %"
_NOTHING: Final = "Nothing was sent to it."
_WAITS: Final = "What was sent waits."

RULES: Final = (
    Rule(
        "no-printers",
        _ERROR,
        "CUPS does not run on this computer",
        "Printers have no names here.",
        "CUPS (openprinting.org)",
    ),
    Rule("no-such-printer", _ERROR, "no printer of that name or address", _NOTHING, _IPP),
    Rule("not-a-printer", _ERROR, "what answers is no printer", "It may have got the job; it did not print it.", _IPP),
    Rule("printer-unreachable", _ERROR, "a printer is off or not connected", "It prints nothing.", _IPP),
    Rule(
        "printer-not-trusted",
        _ERROR,
        "a printer shows a certificate that this computer does not trust",
        "Another machine may pose as the printer.",
        "RFC 8010, section 8 (TLS)",
    ),
    Rule("printer-needs-password", _ERROR, "a printer wants a password", _NOTHING, _IPP),
    Rule("printer-takes-no-pdf", _ERROR, "a printer does not take PDF files", _NOTHING, _IPP),
    Rule("printer-refuses-jobs", _ERROR, "a printer was told to refuse all jobs", _NOTHING, _IPP),
    Rule("printer-busy", _ERROR, "a printer takes no more jobs now", _NOTHING, _IPP),
    Rule("printer-paused", _ERROR, "a printer was told to wait", _WAITS, _IPP),
    Rule("printer-out-of-paper", _ERROR, "a printer is out of paper", _WAITS, _IPP),
    Rule("printer-needs-care", _ERROR, "a printer has stopped: paper jam, toner, an open door", _WAITS, _IPP),
    Rule("wrong-paper", _ERROR, "a printer does not know the paper", "Pages would be cut or made smaller.", _IPP),
    Rule("paper-not-loaded", _WARNING, "a printer has other paper in it, or a tray is empty", "It may stop.", _IPP),
    Rule("no-such-tray", _ERROR, "a printer has no tray of that name", _NOTHING, _IPP),
    Rule("no-duplex", _ERROR, "a printer cannot print on both sides", "The sheets could not be folded.", _FOLD),
    Rule(
        "printed-on-one-side",
        _WARNING,
        "pages are printed on one side, for the printer knows no other way",
        "It takes twice the paper.",
        _IPP,
    ),
    Rule("printed-without-color", _WARNING, "color is printed gray", "`--ink black` takes less toner.", _IPP),
    Rule("printer-may-scale", _WARNING, "pages may come out smaller", "Folds would be beside their marks.", _FOLD),
    Rule("too-many-copies", _ERROR, "more copies than a printer makes at once", _NOTHING, _IPP),
    Rule(
        "job-changed",
        _ERROR,
        "a printer would leave out something that it says it can do",
        "It would print otherwise than asked; nothing was sent to it.",
        _IPP,
    ),
    Rule("job-refused", _ERROR, "a printer refuses a job", "It prints nothing.", _IPP),
    Rule("job-held", _WARNING, "a printer holds a job back", "It is printed once somebody releases it.", _IPP),
    Rule("job-ended", _ERROR, "a job was canceled, or the printer gave up", "Some pages may be missing.", _IPP),
)
