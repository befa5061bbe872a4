"""What printers and CUPS can be asked (RFC 8011, 4), asked with the attributes that every request has."""

import getpass
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from handouts.printing.ipp.exchange import RefusedByHttpError, UnreachableError, UntrustedError, ask
from handouts.printing.ipp.message import Attribute, Group, GroupTag, Message, NotIppError, Tag, Value
from handouts.printing.printer import Printer
from handouts.printing.refusal import RefusedError, refused, unanswered

_LONGEST_NAME: Final = 255  # bytes (RFC 8011, 5.1.3)
VERSIONS: Final = ((2, 0), (1, 1))
_OTHER_VERSION: Final = 0x0503
NOT_FOUND: Final = 0x0406


class Operation(IntEnum):
    """Operations of printers, and of CUPS (cups.org, CUPS Implementation of IPP)."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


def asked(
    printer: Printer,
    operation: Operation,
    about: Iterable[Attribute] = (),
    job: tuple[Attribute, ...] = (),
    document: bytes = b"",
    *,
    expected: frozenset[int] = frozenset(),
) -> Message:
    """Ask a printer and give its answer; raise RefusedError if it does not do it.

    `about` goes into the operation's attributes, `job` says how to print. A status in `expected` is no refusal.
    """
    head = (
        Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
        Attribute(Tag.URI, "printer-uri", (printer.address.uri,)),
        # Offices that count pages, or hold jobs until one stands at the printer, know people by this name.
        name_attribute("requesting-user-name", _user()),
    )
    groups = [Group(GroupTag.OPERATION, (*head, *about))]
    if job:
        groups.append(Group(GroupTag.JOB, job))
    try:
        for version in VERSIONS:
            answer = ask(printer.address, Message(operation, 1, tuple(groups), version), document)
            if answer.code != _OTHER_VERSION:
                break
    except (UnreachableError, UntrustedError, RefusedByHttpError, NotIppError) as reason:
        raise RefusedError(unanswered(printer.name, reason)) from None
    problem = refused(printer.name, answer)
    if problem and answer.code not in expected:
        raise RefusedError(problem)
    return answer


def wanted(*names: str) -> Attribute:
    """Name the attributes that an answer shall have."""
    return Attribute(Tag.KEYWORD, "requested-attributes", names)


def name_attribute(attribute: str, name: str) -> Attribute:
    """Write a name, cut to what the protocol has room for."""
    return Attribute(Tag.NAME, attribute, (name.encode()[:_LONGEST_NAME].decode(errors="ignore"),))


def texts(values: Iterable[Value]) -> tuple[str, ...]:
    """Give those of the values that are texts."""
    return tuple(value for value in values if isinstance(value, str))


def numbers(values: Iterable[Value]) -> tuple[int, ...]:
    """Give those of the values that are numbers."""
    return tuple(value for value in values if isinstance(value, int) and not isinstance(value, bool))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # nobody of that number has a name
        return "handouts"
