"""A printer, and the IPP operations that printers and CUPS perform on request (RFC 8011, 4)."""

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.exchange import HttpStatusError, UnreachableError, UntrustedCertificateError, send_request
from handouts.printing.ipp.message import Attribute, Group, GroupTag, Message, NotIppError, Tag
from handouts.printing.printer_errors import PrinterError, make_exchange_problem, make_response_problem

NOT_FOUND: Final = 0x0406
NOT_POSSIBLE: Final = 0x0404
_VERSIONS: Final = ((2, 0), (1, 1))
_VERSION_NOT_SUPPORTED: Final = 0x0503
_MAX_NAME_BYTES: Final = 255  # RFC 8011, 5.1.3


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer and its address. `description` is what its owner wrote about it, such as its location."""

    name: str
    address: Address
    description: str = ""
    is_default: bool = False


class Operation(IntEnum):
    """Operations of printers, and of CUPS (cups.org, CUPS Implementation of IPP)."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


def perform(
    printer: Printer,
    operation: Operation,
    operation_attributes: Iterable[Attribute],
    job_attributes: tuple[Attribute, ...] = (),
    document: bytes = b"",
    *,
    accepted: frozenset[int] = frozenset(),
) -> Message:
    """Have a printer perform an operation and return its response.

    `accepted` are status codes that are not failures although they are no success codes. Raises PrinterError if the
    printer does not answer or does not perform the operation.
    """
    required = (
        Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
        Attribute(Tag.URI, "printer-uri", (printer.address.uri,)),
        # Offices that count pages, or release jobs at the printer, identify people by this name.
        name_attribute("requesting-user-name", _get_user_name()),
    )
    groups = [Group(GroupTag.OPERATION, (*required, *operation_attributes))]
    if job_attributes:
        groups.append(Group(GroupTag.JOB, job_attributes))
    try:
        for version in _VERSIONS:
            response = send_request(printer.address, Message(operation, 1, tuple(groups), version), document)
            if response.code != _VERSION_NOT_SUPPORTED:
                break
    except (UnreachableError, UntrustedCertificateError, HttpStatusError, NotIppError) as error:
        raise PrinterError(make_exchange_problem(printer.name, error)) from None
    problem = make_response_problem(printer.name, response)
    if problem and response.code not in accepted:
        raise PrinterError(problem)
    return response


def make_requested_attributes(*names: str) -> Attribute:
    """Return the attribute that lists the attributes to include in the response."""
    return Attribute(Tag.KEYWORD, "requested-attributes", names)


def name_attribute(attribute: str, name: str) -> Attribute:
    """Return an attribute that holds a name, cut to the length that the protocol allows."""
    return Attribute(Tag.NAME, attribute, (name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore"),))


def _get_user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # the user id has no name
        return "handouts"
