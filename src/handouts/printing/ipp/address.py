"""Where a printer, or the CUPS of this machine, is to be reached."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from handouts.problems.exceptions import HandoutsError

_IPP_PORT: Final = 631  # IANA
_USUAL_PATH: Final = "/ipp/print"  # of printers by PWG 5100.14 (IPP Everywhere), 4.2
_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_LONGEST: Final = 1000


class NotAnAddressError(HandoutsError, ValueError):
    """This is no address of a printer."""


@dataclass(frozen=True, slots=True)
class Address:
    """Host, port and path, or the socket file of CUPS and a path; `tls` says that what is sent is encrypted."""

    host: str
    path: str
    port: int = _IPP_PORT
    tls: bool = False
    socket: str = ""

    @property
    def netloc(self) -> str:
        """The host and port as they stand in addresses."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _IPP_PORT else f"{host}:{self.port}"

    @property
    def uri(self) -> str:
        """The address as printers know it, such as ipp://10.0.0.7/ipp/print."""
        return f"ipp{'s' if self.tls else ''}://{self.netloc}{self.path}"

    def of_queue(self, name: str) -> "Address":
        """Give the address of a queue, where this is that of CUPS."""
        return replace(self, path=f"/printers/{quote(name, safe='')}")


def is_address(text: str) -> bool:
    """Tell whether a printer is meant by address, not by name."""
    return "://" in text


def address_as_typed(text: str) -> Address:
    """Read ipp://HOST[:PORT][/PATH], or ipps for encryption; raise NotAnAddressError for anything else."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise NotAnAddressError(str(wrong)) from None
    if parts.scheme not in {"ipp", "ipps"}:
        raise NotAnAddressError("it does not start with ipp:// or ipps://")
    if parts.username is not None or parts.password is not None:
        raise NotAnAddressError("there is a user name or password in it")
    if not host or port == 0 or parts.query or parts.fragment:
        raise NotAnAddressError("it is not of the form ipp://HOST:PORT/PATH")
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        raise NotAnAddressError("it has letters that no address has, or too many")
    path = parts.path if parts.path.strip("/") else _USUAL_PATH
    return Address(host, path, port or _IPP_PORT, parts.scheme == "ipps")


def address_of_cups(environment: Mapping[str, str] = os.environ) -> Address:
    """Give the address of CUPS: what CUPS_SERVER says, else its socket if there is one, else localhost.

    CUPS_SERVER is HOST[:PORT] or the path of a socket (cups.conf(5)). Raise NotAnAddressError if it is neither.
    """
    named = environment.get("CUPS_SERVER", "")
    if named.startswith("/"):
        return Address("localhost", "/", socket=named)
    if named:
        return replace(address_as_typed(f"ipp://{named.partition('/')[0]}"), path="/")
    socket = next((path for path in _SOCKETS if Path(path).is_socket()), "")
    return Address("localhost", "/", socket=socket)
