"""Sends one IPP request over HTTP and reads the response (RFC 8010, 4), with limits on time and size."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.codec import decode, encode
from handouts.printing.ipp.message import Message, NotIppError
from handouts.problems.exceptions import HandoutsError

_CHUNK_BYTES: Final = 64 * 1024
_MAX_RESPONSE_BYTES: Final = 4 * 1024 * 1024  # printers that ignore the list of wanted attributes stay far below
_HTTP_OK: Final = 200
_NO_RESPONSE: Final = "no response"


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits in seconds: of each read or write (`silence`), and of the whole exchange (`total`)."""

    silence: float
    total: float


_REQUEST_LIMITS: Final = Limits(10, 20)
# Small printers accept a document only as fast as they print it.
_DOCUMENT_LIMITS: Final = Limits(60, 300)


class UnreachableError(HandoutsError):
    """Nothing answers at the address, or not in time; the text says why."""


class UntrustedCertificateError(HandoutsError):
    """This computer does not trust the printer's certificate; the text says why."""


class HttpStatusError(HandoutsError):
    """The response has an HTTP status other than 200: `status`."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(str(status))
        self.status = status


def send_request(address: Address, request: Message, document: bytes = b"", limits: Limits | None = None) -> Message:
    """Send a request, followed by a document, and return the response.

    The default time limits depend on whether there is a document. Raises UnreachableError, UntrustedCertificateError,
    HttpStatusError, or NotIppError if the response is not a valid message.
    """
    limits = limits or (_DOCUMENT_LIMITS if document else _REQUEST_LIMITS)
    connection = _open_connection(address, limits.silence)
    # The limit of a single read never expires if the printer sends one byte now and then, so a timer limits the whole.
    timed_out = threading.Event()
    open_sockets: list[socket.socket] = []
    timer = threading.Timer(limits.total, _shut_down, (connection, open_sockets, timed_out))
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        # http.client drops its reference to the socket while a response of unknown length is still being read.
        open_sockets.append(connection.sock)
        return _exchange(connection, address, encode(request), document)
    except ssl.SSLCertVerificationError as error:
        raise UntrustedCertificateError(error.verify_message) from None
    except TimeoutError:
        raise UnreachableError(_NO_RESPONSE) from None
    except socket.gaierror:
        raise UnreachableError(f'the host name "{address.host}" is unknown') from None
    except OSError as error:
        cause = _NO_RESPONSE if timed_out.is_set() else (error.strerror or str(error) or "it closed the connection")
        raise UnreachableError(cause[:1].lower() + cause[1:]) from None
    except (http.client.HTTPException, NotIppError) as error:
        if timed_out.is_set():
            raise UnreachableError(_NO_RESPONSE) from None
        cause = str(error) if isinstance(error, NotIppError) else f"not an HTTP response ({type(error).__name__})"
        raise NotIppError(cause) from None
    finally:
        timer.cancel()
        connection.close()


def _exchange(connection: http.client.HTTPConnection, address: Address, request: bytes, document: bytes) -> Message:
    headers = {
        "Content-Type": "application/ipp",
        "Content-Length": str(len(request) + len(document)),
        "Host": address.netloc,
    }
    try:
        connection.request("POST", address.posted_to or address.path, _split_into_chunks(request, document), headers)
    except (BrokenPipeError, ConnectionResetError):
        if connection.sock is None:
            raise
        # The printer stopped reading, but may have sent a response that says why.
    response = connection.getresponse()
    if response.status != _HTTP_OK:
        raise HttpStatusError(response.status)
    content = response.read(_MAX_RESPONSE_BYTES + 1)
    if len(content) > _MAX_RESPONSE_BYTES:
        raise NotIppError("the response is too large")
    message = decode(content)
    if message.request_id != 1:
        raise NotIppError("the response belongs to another request")
    return message


def _split_into_chunks(request: bytes, document: bytes) -> Iterator[bytes]:
    """Yield the bytes to send in small pieces, because the time limit of writing applies to each piece."""
    yield request
    for start in range(0, len(document), _CHUNK_BYTES):
        yield document[start : start + _CHUNK_BYTES]


def _shut_down(
    connection: http.client.HTTPConnection, open_sockets: list[socket.socket], timed_out: threading.Event
) -> None:
    timed_out.set()
    # While it is connecting, only the connection knows the socket.
    for sock in open_sockets or filter(None, [connection.sock]):
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _open_connection(address: Address, silence: float) -> http.client.HTTPConnection:
    if address.socket:
        return _SocketConnection(address.socket, silence)
    if address.tls:
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=silence, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(address.host, address.port, timeout=silence)


class _SocketConnection(http.client.HTTPConnection):
    """An HTTP connection over the socket file of CUPS."""

    def __init__(self, path: str, silence: float) -> None:
        super().__init__("localhost", timeout=silence)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
