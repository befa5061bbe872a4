"""What keeps a printer from printing, by the reasons that it gives (RFC 8011, 5.4.12), in the words of people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from handouts.printing.refusal import unreachable
from handouts.problem import Problem, error

_MILDER: Final = ("-report", "-warning")
_NO_PAPER: Final = frozenset({"media-empty", "media-needed"})
_AWAY: Final = frozenset({"offline", "shutdown", "timed-out"})
_PAUSED: Final = frozenset({"paused", "moving-to-paused", "hold-new-jobs"})
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


def hindrances(name: str, reasons: Iterable[str], paper: str, *, stopped: bool) -> Iterator[Problem]:
    """Say what keeps a printer from printing; `paper` is what it is to print on. A printer that stopped says why.

    Reasons that it calls mild hinder nothing, but a printer that is away may call that mild.
    """
    found = False
    for reason in dict.fromkeys(_grave(reasons, stopped=stopped)):
        problem = _problem(name, reason, paper)
        if problem:
            found = True
            yield problem
    if stopped and not found:
        said = ", ".join(dict.fromkeys(reasons)) or "it does not say why"
        yield error("printer-needs-care", f"{name} has stopped: {said[:200]}", None, "look at the printer")


def _grave(reasons: Iterable[str], *, stopped: bool) -> Iterator[str]:
    for reason in reasons:
        keyword = reason.removesuffix("-error")
        for mild in _MILDER:
            keyword = keyword.removesuffix(mild)
        if stopped or not reason.endswith(_MILDER) or keyword in _AWAY:
            yield keyword


def _problem(name: str, reason: str, paper: str) -> Problem | None:
    if reason in _NO_PAPER:
        return error("printer-out-of-paper", f"{name} is out of paper", None, f"put in {paper} paper")
    if reason in _AWAY:
        return unreachable(name, "it is off, or not connected")
    if reason in _PAUSED:
        hint = "resume it at its panel, or in this computer's printer settings (CUPS: `cupsenable`)"
        return error("printer-paused", f"{name} is paused", None, hint)
    if reason in _CARE:
        message, hint = _CARE[reason]
        return error("printer-needs-care", f"{name}: {message}", None, hint)
    return None
