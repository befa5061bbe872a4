"""Turns failed requests to a printer into problems."""

from typing import Final

from handouts.printing.ipp.exchange import HttpStatusError, UnreachableError, UntrustedCertificateError
from handouts.printing.ipp.message import GroupTag, Message, NotIppError, select_texts
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule

IPP: Final = "RFC 8011 (Internet Printing Protocol)"
NOTHING_SENT: Final = "Nothing was sent."
LOOK_FIRST: Final = "look at the printer before you print again"
_ASK: Final = "ask your IT person"

UNREACHABLE: Final = Rule(
    "printer-unreachable",
    Severity.ERROR,
    title="a printer is switched off or not connected",
    why="It prints nothing.",
    source=IPP,
    message="{printer} cannot be reached: {cause}",
    hint="check that it is switched on, and connected by cable or Wi-Fi",
)
NOT_TRUSTED: Final = Rule(
    "printer-not-trusted",
    Severity.ERROR,
    title="a printer has a certificate that this computer does not trust",
    why="Another device may pretend to be the printer.",
    source="RFC 8010, section 8 (TLS)",
    message="the certificate of {printer} is not trusted: {cause}",
    hint="add the printer in this computer's printer settings and use it by name; or set SSL_CERT_FILE",
)
NEEDS_PASSWORD: Final = Rule(
    "printer-needs-password",
    Severity.ERROR,
    title="a printer requires a password",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} requires a password, or does not allow you to print",
    hint=f"choose another printer, or {_ASK}: handouts cannot send passwords",
)
NEEDS_ENCRYPTION: Final = Rule(
    "printer-needs-encryption",
    Severity.ERROR,
    title="a printer accepts encrypted connections only",
    why=NOTHING_SENT,
    source="RFC 8010, section 8 (TLS)",
    message="{printer} accepts encrypted connections only",
    hint="write its address with ipps:// instead of ipp://",
)
NOT_AT_ADDRESS: Final = Rule(
    "printer-not-at-address",
    Severity.ERROR,
    title="there is no such printer at an address",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} was not found at its address",
    hint="check the address, or see `handouts list printers`",
)
NOT_A_PRINTER: Final = Rule(
    "not-a-printer",
    Severity.ERROR,
    title="something that is not a printer answers",
    why="It may have received the job; it did not print it.",
    source=IPP,
    message="{printer} does not answer like a printer: {cause}",
    hint="check the address: the printer's settings show it, under IPP or AirPrint",
)
BUSY: Final = Rule(
    "printer-busy",
    Severity.ERROR,
    title="a printer accepts no more jobs at the moment",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} is busy and accepts no more jobs",
    hint="print again in a minute",
)
REFUSES_JOBS: Final = Rule(
    "printer-refuses-jobs",
    Severity.ERROR,
    title="a printer is set to reject all jobs",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} is set to reject all jobs",
    hint=f"choose another printer, or {_ASK} to let this one accept jobs (CUPS: `cupsaccept`)",
)
JOB_REFUSED: Final = Rule(
    "job-refused",
    Severity.ERROR,
    title="a printer rejects a job",
    why="It prints nothing.",
    source=IPP,
    message="{printer} rejected the job: {cause}",
    hint=_ASK,
)
RULES: Final = (
    UNREACHABLE,
    NOT_TRUSTED,
    NEEDS_PASSWORD,
    NEEDS_ENCRYPTION,
    NOT_AT_ADDRESS,
    NOT_A_PRINTER,
    BUSY,
    REFUSES_JOBS,
    JOB_REFUSED,
)

_SUCCESS: Final = range(0x100)
_MAX_STATUS_MESSAGE: Final = 300
# By IPP status code (RFC 8011, appendix B); all others are reported as JOB_REFUSED.
_RULES_BY_STATUS: Final = {
    0x0401: NEEDS_PASSWORD,
    0x0402: NEEDS_PASSWORD,
    0x0403: NEEDS_PASSWORD,
    0x0406: NOT_AT_ADDRESS,
    0x0502: BUSY,
    0x0505: BUSY,
    0x0506: REFUSES_JOBS,
    0x0507: BUSY,
}
_RULES_BY_HTTP_STATUS: Final = {
    401: NEEDS_PASSWORD,
    403: NEEDS_PASSWORD,
    404: NOT_AT_ADDRESS,
    426: NEEDS_ENCRYPTION,
}


class PrinterError(HandoutsError):
    """A request to a printer failed; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


def make_exchange_problem(printer: str, error: Exception) -> Problem:
    """Return the problem for an exchange without a valid response. Raises any error that is not about the exchange."""
    match error:
        case UnreachableError():
            return UNREACHABLE.at(None, printer=printer, cause=error)
        case UntrustedCertificateError():
            return NOT_TRUSTED.at(None, printer=printer, cause=error)
        case HttpStatusError(status=status):
            rule = _RULES_BY_HTTP_STATUS.get(status, NOT_A_PRINTER)
            return rule.at(None, printer=printer, cause=f"HTTP status {status}")
        case NotIppError():
            return NOT_A_PRINTER.at(None, printer=printer, cause=error)
    raise error


def make_response_problem(printer: str, response: Message) -> Problem | None:
    """Return the problem for a response whose status is not a success, or None."""
    if response.code in _SUCCESS:
        return None
    rule = _RULES_BY_STATUS.get(response.code, JOB_REFUSED)
    message = next(iter(select_texts(response.get_first_group(GroupTag.OPERATION).get("status-message", ()))), "")
    cause = f"status {response.code:#06x}{f' ({message[:_MAX_STATUS_MESSAGE]})' if message else ''}"
    return rule.at(None, printer=printer, cause=cause)
