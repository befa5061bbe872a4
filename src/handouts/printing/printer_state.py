"""What keeps a printer from printing, by the reasons that it gives (RFC 8011, 5.4.12), in the words of people."""

from collections.abc import Iterator, Mapping
from typing import Final

from handouts.printing.capabilities import Condition
from handouts.printing.refusal import unreachable
from handouts.problems.problem import Problem, error, has_errors, warning

_AWAY: Final = frozenset({"offline", "shutdown", "timed-out"})
# What CUPS says of a printer in words only (CUPS 2.4, backend/ipp.c, backend/socket.c, backend/lpd.c).
_AWAY_BY_CUPS: Final = ("may not exist or is unavailable", "unreachable at this time", "is not responding")
_PAUSED: Final = frozenset({"paused", "moving-to-paused", "hold-new-jobs"})
_NEVER_MILD: Final = frozenset({"media-jam", "cover-open", "door-open", "interlock-open"})
# What is wrong, and what to do.
_CARE: Final[Mapping[str, tuple[str, str]]] = {
    "media-jam": ("paper is stuck in it", "take it out, as the printer shows"),
    "door-open": ("a door of it is open", "close it"),
    "cover-open": ("a cover of it is open", "close it"),
    "interlock-open": ("something of it is open", "close it"),
    "input-tray-missing": ("its paper tray is missing", "push it in"),
    "output-tray-missing": ("the tray for printed sheets is missing", "put it in place"),
    "output-area-full": ("the tray for printed sheets is full", "take them out"),
    "toner-empty": ("its toner is used up", "put in a new cartridge"),
    "marker-supply-empty": ("its ink or toner is used up", "put in a new cartridge"),
    "marker-waste-full": ("its waste container is full", "put in an empty one"),
    "opc-life-over": ("its drum is worn out", "put in a new one"),
    "spool-area-full": ("it has no memory left", "wait until it has printed what it has"),
    "cups-missing-filter": ("this computer lacks a program that it needs", "ask whoever looks after your printers"),
    "cups-insecure-filter": ("this computer does not trust its driver", "ask whoever looks after your printers"),
}


def hindrances(name: str, condition: Condition, paper: str) -> Iterator[Problem]:
    """Say what keeps a printer from printing; `paper` is what it is to print on. A printer that stopped says why.

    Reasons that it calls mild hinder nothing, but some that are grave are often called mild: being away or open, paper
    that is stuck, and waiting for paper. A tray that is empty may be another one, so that is a warning.
    """
    reasons, stopped = condition.reasons, condition.stopped
    known = {problem: None for reason in reasons for problem in _problems(name, reason, paper, stopped=stopped)}
    if condition.queued and any(words in condition.message for words in _AWAY_BY_CUPS):
        known[unreachable(name, "CUPS waits for it to answer")] = None
    yield from known if not has_errors(known) else (problem for problem in known if has_errors([problem]))
    if stopped and not known:
        said = ", ".join(reasons)[:200] or "it does not say why"
        yield error("printer-needs-care", f"{name} has stopped: {said}", None, "look at the printer")


def _problems(name: str, reason: str, paper: str, *, stopped: bool) -> Iterator[Problem]:
    keyword = reason.removesuffix("-error").removesuffix("-warning").removesuffix("-report")
    grave = stopped or keyword in _NEVER_MILD or not reason.endswith(("-warning", "-report"))
    if keyword == "media-needed" or (keyword == "media-empty" and grave):
        yield error("printer-out-of-paper", f"{name} is out of paper", None, f"put in {paper} paper")
    elif keyword == "media-empty":
        hint = f"put in {paper} paper if nothing comes out"
        yield warning("paper-not-loaded", f"{name} says that a tray is empty", None, hint)
    elif keyword in _AWAY:
        yield unreachable(name, "it is off, or not connected")
    elif keyword in _PAUSED:
        hint = "resume it at its panel, or in this computer's printer settings (CUPS: `cupsenable`)"
        yield error("printer-paused", f"{name} is paused", None, hint)
    elif keyword in _CARE and grave:
        message, hint = _CARE[keyword]
        yield error("printer-needs-care", f"{name}: {message}", None, hint)
