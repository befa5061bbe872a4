"""Reports what keeps a printer from printing, by the reasons that it gives for its state (RFC 8011, 5.4.12)."""

from collections.abc import Mapping
from typing import Final

from handouts.printing.capabilities import PrinterState
from handouts.printing.printer_errors import IPP, UNREACHABLE
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, select_errors
from handouts.problems.rule import Rule

_JOB_WAITS: Final = "A job that was sent waits in the printer."

PAUSED: Final = Rule(
    "printer-paused",
    Severity.ERROR,
    title="a printer is paused",
    why=_JOB_WAITS,
    source=IPP,
    message="{printer} is paused",
    hint="resume it at its panel, or in this computer's printer settings (CUPS: `cupsenable`)",
)
OUT_OF_PAPER: Final = Rule(
    "printer-out-of-paper",
    Severity.ERROR,
    title="a printer is out of paper",
    why=_JOB_WAITS,
    source=IPP,
    message="{printer} is out of paper",
    hint="put in {paper} paper",
)
NEEDS_CARE: Final = Rule(
    "printer-needs-care",
    Severity.ERROR,
    title="a printer has stopped: paper jam, toner, an open door",
    why=_JOB_WAITS,
    source=IPP,
    message="{printer} needs attention: {cause}",
    hint="look at the printer",
)
TRAY_EMPTY: Final = Rule(
    "tray-empty",
    Severity.WARNING,
    title="a tray of a printer is empty",
    why="The printer stops if the paper comes from this tray.",
    source=IPP,
    message="{printer} reports an empty tray",
    hint="put in {paper} paper if nothing comes out",
)
RULES: Final = (PAUSED, OUT_OF_PAPER, NEEDS_CARE, TRAY_EMPTY)

_OFFLINE_REASONS: Final = frozenset({"offline", "shutdown", "timed-out"})
_PAUSED_REASONS: Final = frozenset({"paused", "moving-to-paused", "hold-new-jobs"})
# CUPS reports these in its message only (CUPS 2.4, backend/ipp.c, backend/socket.c, backend/lpd.c).
_CUPS_OFFLINE_MESSAGES: Final = (
    "may not exist or is unavailable",
    "unreachable at this time",
    "is not responding",
)
# Printers stop for these, even where they report them as a warning.
_ALWAYS_SEVERE: Final = frozenset({"media-jam", "cover-open", "door-open", "interlock-open"})
_ASK: Final = "ask your IT person"
# By reason: the cause and the hint.
_CAUSES: Final[Mapping[str, tuple[str, str]]] = {
    "media-jam": ("paper is jammed", "remove it as the printer shows"),
    "door-open": ("a door is open", "close it"),
    "cover-open": ("a cover is open", "close it"),
    "interlock-open": ("a cover or door is open", "close it"),
    "input-tray-missing": ("the paper tray is missing", "push it in"),
    "output-tray-missing": ("the output tray is missing", "put it in place"),
    "output-area-full": ("the output tray is full", "take the sheets out"),
    "toner-empty": ("the toner is empty", "put in a new cartridge"),
    "marker-supply-empty": ("the ink or toner is empty", "put in a new cartridge"),
    "marker-waste-full": ("the waste container is full", "put in an empty one"),
    "opc-life-over": ("the drum is worn out", "put in a new one"),
    "spool-area-full": ("its memory is full", "wait until it has printed its other jobs"),
    "cups-missing-filter": ("this computer lacks a program that the printer needs", _ASK),
    "cups-insecure-filter": ("this computer does not trust the printer's driver", _ASK),
}


def report_hindrances(printer: str, state: PrinterState, paper: str, problems: Problems) -> None:
    """Report what keeps a printer from printing on a paper. For a stopped printer, there is always an error.

    Reasons that a printer reports as a mere warning are ignored, except those that often stop it nevertheless: an open
    cover, a paper jam, being offline. An empty tray may be one that is not used, so it is a warning. Warnings are left
    out where there are errors.
    """
    hindrances = Problems()
    for reason in state.reasons:
        _report_reason(printer, reason, paper, hindrances, is_stopped=state.is_stopped)
    if state.is_queue and any(message in state.message for message in _CUPS_OFFLINE_MESSAGES):
        hindrances.add(UNREACHABLE.at(None, printer=printer, cause="CUPS is waiting for it to answer"))
    if state.is_stopped and not hindrances:
        reasons = ", ".join(state.reasons)[:200] or "no reason given"
        hindrances.add(NEEDS_CARE.at(None, printer=printer, cause=f"it has stopped ({reasons})"))
    distinct = tuple(dict.fromkeys(hindrances))
    problems.extend(select_errors(distinct) or distinct)


def _report_reason(printer: str, reason: str, paper: str, problems: Problems, *, is_stopped: bool) -> None:
    keyword = reason.removesuffix("-error").removesuffix("-warning").removesuffix("-report")
    is_severe = is_stopped or keyword in _ALWAYS_SEVERE or not reason.endswith(("-warning", "-report"))
    if keyword == "media-needed" or (keyword == "media-empty" and is_severe):
        problems.add(OUT_OF_PAPER.at(None, printer=printer, paper=paper))
    elif keyword == "media-empty":
        problems.add(TRAY_EMPTY.at(None, printer=printer, paper=paper))
    elif keyword in _OFFLINE_REASONS:
        problems.add(UNREACHABLE.at(None, printer=printer, cause="it is switched off or not connected"))
    elif keyword in _PAUSED_REASONS:
        problems.add(PAUSED.at(None, printer=printer))
    elif keyword in _CAUSES and is_severe:
        cause, hint = _CAUSES[keyword]
        problems.add(NEEDS_CARE.at(None, hint=hint, printer=printer, cause=cause))
