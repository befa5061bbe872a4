"""Addresses of printers and of the CUPS service of this computer."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from handouts.problems.exceptions import HandoutsError

_IPP_PORT: Final = 631  # IANA
_DEFAULT_PATH: Final = "/ipp/print"  # PWG 5100.14 (IPP Everywhere), 4.2
_CUPS_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_MAX_LENGTH: Final = 1000
_FORBIDDEN_IN_PATHS: Final = frozenset("<\"'")


class InvalidAddressError(HandoutsError, ValueError):
    """The text is not the address of a printer; the message says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """A host, port and path; or the socket file of CUPS and a path. With `tls`, the connection is encrypted.

    `posted_to` is the path of HTTP requests if it is not that of the URI.
    """

    host: str
    path: str
    port: int = _IPP_PORT
    tls: bool = False
    socket: str = ""
    posted_to: str = ""

    @property
    def netloc(self) -> str:
        """The host and port as written in URIs."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _IPP_PORT else f"{host}:{self.port}"

    @property
    def uri(self) -> str:
        """The URI that printers expect, such as ipp://10.0.0.7/ipp/print."""
        return f"ipp{'s' if self.tls else ''}://{self.netloc}{self.path}"

    def of_queue(self, name: str) -> "Address":
        """Return the address of a print queue, if this is the address of CUPS."""
        # CUPS forbids requests to paths with these characters (scheduler/client.c, is_path_absolute), and finds the
        # queue by its URI.
        posted_to = "/" if _FORBIDDEN_IN_PATHS & set(name) else ""
        return replace(self, path=f"/printers/{quote(name, safe='')}", posted_to=posted_to)


def is_address(text: str) -> bool:
    """Return whether the text looks like an address rather than the name of a printer."""
    return "://" in text


def parse_address(text: str) -> Address:
    """Parse ipp://HOST[:PORT][/PATH], or ipps:// for encryption. Raises InvalidAddressError for anything else."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidAddressError(str(error)) from None
    if parts.scheme not in {"ipp", "ipps"}:
        raise InvalidAddressError("it does not start with ipp:// or ipps://")
    if parts.username is not None or parts.password is not None:
        raise InvalidAddressError("it contains a user name or password")
    if not host or port == 0 or parts.query or parts.fragment:
        raise InvalidAddressError("it does not have the form ipp://HOST:PORT/PATH")
    if len(text) > _MAX_LENGTH or not text.isascii() or not text.isprintable() or " " in text:
        raise InvalidAddressError("it is too long or contains characters that addresses cannot have")
    path = parts.path if parts.path.strip("/") else _DEFAULT_PATH
    return Address(host, path, port or _IPP_PORT, parts.scheme == "ipps")


def find_cups_address(environment: Mapping[str, str] = os.environ) -> Address:
    """Return the address of CUPS: the value of CUPS_SERVER, else its socket if there is one, else localhost.

    CUPS_SERVER is HOST[:PORT] or the path of a socket (cups.conf(5)). Raises InvalidAddressError if it is neither.
    """
    server = environment.get("CUPS_SERVER", "")
    if server.startswith("/"):
        return Address("localhost", "/", socket=server)
    if server:
        return replace(parse_address(f"ipp://{server.partition('/')[0]}"), path="/")
    socket = next((path for path in _CUPS_SOCKETS if Path(path).is_socket()), "")
    return Address("localhost", "/", socket=socket)
