"""Why a printer did not do what it was asked, as a problem, with what to do about it."""

from typing import Final

from handouts.printing.ipp.exchange import RefusedByHttpError, UnreachableError, UntrustedError
from handouts.printing.ipp.message import GroupTag, Message, NotIppError
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, error

_SUCCESS: Final = range(0x100)
# Status codes (RFC 8011, appendix B).
_FORBIDDEN: Final = (0x0401, 0x0402, 0x0403)
_NOT_FOUND: Final = 0x0406
_BUSY: Final = (0x0502, 0x0505, 0x0507)
_NOT_ACCEPTING: Final = 0x0506
_HTTP_PASSWORD: Final = (401, 403)
_HTTP_NOT_FOUND: Final = 404
_HTTP_ENCRYPT: Final = 426

_CHECK: Final = "check the address: the printer's settings name it, under IPP or AirPrint"
LOOK: Final = "look at the printer before you print again"
_ASK: Final = "ask whoever looks after your printers"


class RefusedError(HandoutsError):
    """A printer cannot be asked, or does not want to: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


def unanswered(name: str, reason: Exception) -> Problem:
    """Say why there is no answer that makes sense."""
    match reason:
        case UnreachableError():
            return unreachable(name, str(reason))
        case UntrustedError():
            hint = "add the printer in this computer's printer settings and use it by name; or set SSL_CERT_FILE"
            return error("printer-not-trusted", f"{name}: its certificate is not trusted: {reason}", None, hint)
        case RefusedByHttpError(status=status):
            return _by_http(name, status)
        case NotIppError():
            return error("not-a-printer", f"{name} does not answer as a printer: {reason}", None, _CHECK)
    raise reason


def _by_http(name: str, status: int) -> Problem:
    if status in _HTTP_PASSWORD:
        return _password(name)
    if status == _HTTP_NOT_FOUND:
        return _not_found(name)
    if status == _HTTP_ENCRYPT:
        return error("job-refused", f"{name} wants encryption", None, "use its address with ipps:// for ipp://")
    return error("not-a-printer", f"{name} does not answer as a printer: HTTP status {status}", None, _CHECK)


def unreachable(name: str, reason: str) -> Problem:
    """Say that a printer is off, or not to be reached."""
    hint = "is it switched on, and is its cable or Wi-Fi connected?"
    return error("printer-unreachable", f"{name} cannot be reached: {reason}", None, hint)


def refused(name: str, answer: Message) -> Problem | None:
    """Say what a status means that is no success."""
    status = answer.code
    if status in _SUCCESS:
        return None
    if status in _FORBIDDEN:
        return _password(name)
    if status == _NOT_FOUND:
        return _not_found(name)
    if status in _BUSY:
        return error("printer-busy", f"{name} is busy and takes no more jobs", None, "print again in a minute")
    if status == _NOT_ACCEPTING:
        return not_accepting(name)
    said = answer.attributes(GroupTag.OPERATION).get("status-message", ("",))[0]
    reason = f": {said}" if isinstance(said, str) and said else ""
    return error("job-refused", f"{name} refuses the job (status {status:#06x}){reason[:300]}", None, _ASK)


def not_accepting(name: str) -> Problem:
    """Say that a printer takes no jobs at all."""
    hint = f"choose another printer, or {_ASK}: it was told to refuse jobs (CUPS: `cupsaccept`)"
    return error("printer-refuses-jobs", f"{name} refuses all jobs", None, hint)


def _password(name: str) -> Problem:
    hint = f"choose another printer, or {_ASK}: handouts has no passwords"
    return error("printer-needs-password", f"{name} wants a password, or does not let you print", None, hint)


def _not_found(name: str) -> Problem:
    hint = "check the address, or see `handouts list printers`"
    return error("no-such-printer", f"{name} is no printer that is known there", None, hint)
