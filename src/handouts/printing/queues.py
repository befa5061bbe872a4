"""Finds the printers of this computer: the print queues of CUPS, and printers named by address."""

from typing import Final

from handouts.printing.ipp.address import Address, InvalidAddressError, find_cups_address, is_address, parse_address
from handouts.printing.ipp.message import GroupTag, Values, select_texts
from handouts.printing.printer import NOT_FOUND, Operation, Printer, make_requested_attributes, perform
from handouts.printing.printer_errors import IPP, NOTHING_SENT, UNREACHABLE, PrinterError
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule

_CUPS: Final = "CUPS (openprinting.org)"

NO_CUPS: Final = Rule(
    "no-printers",
    Severity.ERROR,
    title="CUPS is not running on this computer",
    why="Printers cannot be found by name.",
    source=_CUPS,
    message="CUPS, the print service of this computer, is not running",
    hint="add printers in the settings of this computer (Debian: package cups), or name one: --printer ipp://ADDRESS",
)
BAD_CUPS_SERVER: Final = Rule(
    "bad-cups-server",
    Severity.ERROR,
    title="CUPS_SERVER is not an address",
    why="Printers cannot be found by name.",
    source=_CUPS,
    message="the value of CUPS_SERVER is not an address: {cause}",
    hint="unset it, or set it to HOST:PORT",
)
NO_SUCH_PRINTER: Final = Rule(
    "no-such-printer",
    Severity.ERROR,
    title="this computer has no printer with that name",
    why=NOTHING_SENT,
    source=IPP,
    message='no printer "{printer}"',
    hint="see `handouts list printers`, or name an address: ipp://HOST",
)
BAD_PRINTER_ADDRESS: Final = Rule(
    "bad-printer-address",
    Severity.ERROR,
    title="something is not the address of a printer",
    why=NOTHING_SENT,
    source=IPP,
    message="{address} is not the address of a printer: {cause}",
    hint="write it like ipp://192.0.2.7/ipp/print; the printer's settings show it",
)
RULES: Final = (NO_CUPS, BAD_CUPS_SERVER, NO_SUCH_PRINTER, BAD_PRINTER_ADDRESS)

_SERVICE_NAME: Final = "CUPS, the print service of this computer,"
_MAX_PRINTERS: Final = 1000


def find_printers(problems: Problems) -> tuple[Printer, ...]:
    """Return the print queues of CUPS, the default one first; without CUPS, report that and return none."""
    try:
        cups = find_cups_address()
    except InvalidAddressError as error:
        problems.add(BAD_CUPS_SERVER.at(None, cause=error))
        return ()
    try:
        return _query_queues(cups)
    except PrinterError as error:
        problems.add(NO_CUPS.at(None) if error.problem.code == UNREACHABLE.code else error.problem)
        return ()


def find_printer(name: str, problems: Problems) -> Printer | None:
    """Return the printer with a queue name, in capital or small letters, or at an address."""
    if is_address(name):
        try:
            return Printer(name, parse_address(name))
        except InvalidAddressError as error:
            problems.add(BAD_PRINTER_ADDRESS.at(None, address=name, cause=error))
            return None
    queue_problems = Problems()
    by_name = {printer.name: printer for printer in find_printers(queue_problems)}
    problems.extend(queue_problems)
    if queue_problems:
        return None
    by_folded_name = {other.casefold(): printer for other, printer in by_name.items()}
    printer = by_name.get(name) or by_folded_name.get(name.casefold())
    if printer is None:
        problems.add(NO_SUCH_PRINTER.at(None, hint=did_you_mean(name, by_name) or None, printer=name))
    return printer


def _query_queues(cups: Address) -> tuple[Printer, ...]:
    service = Printer(_SERVICE_NAME, cups)
    # CUPS answers "not found" if there are no queues, or no default one.
    accepted = frozenset({NOT_FOUND})
    wanted = [make_requested_attributes("printer-name", "printer-info", "printer-location")]
    queues = perform(service, Operation.CUPS_GET_PRINTERS, wanted, accepted=accepted)
    default = perform(
        service, Operation.CUPS_GET_DEFAULT, [make_requested_attributes("printer-name")], accepted=accepted
    )
    default_name = _get_first_text(default.get_first_group(GroupTag.PRINTER), "printer-name")
    printers = [
        Printer(name, cups.of_queue(name), _join_description(values, name), name == default_name)
        for values in queues.list_groups(GroupTag.PRINTER)
        if (name := _get_first_text(values, "printer-name"))
    ]
    return tuple(sorted(printers[:_MAX_PRINTERS], key=lambda printer: (not printer.is_default, printer.name)))


def _join_description(values: Values, name: str) -> str:
    texts = (_get_first_text(values, "printer-info"), _get_first_text(values, "printer-location"))
    return ", ".join(text for text in texts if text and text != name)


def _get_first_text(values: Values, name: str) -> str:
    return next(iter(select_texts(values.get(name, ()))), "")
