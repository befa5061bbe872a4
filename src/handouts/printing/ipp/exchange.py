"""One question to a printer and its answer, over HTTP (RFC 8010, 4), with limits to what a stranger can take of us."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.decoding import decoded
from handouts.printing.ipp.encoding import encoded
from handouts.printing.ipp.message import Message, NotIppError
from handouts.problems.exceptions import HandoutsError

_PIECE: Final = 64 * 1024
_LARGEST_ANSWER: Final = 4 * 1024 * 1024  # printers that tell everything, whatever is asked, stay far below
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: in silence, and for the whole exchange."""

    silence: float
    whole: float


_QUESTION: Final = Limits(10, 20)
# Small printers take a document as fast as they print it.
_DOCUMENT: Final = Limits(60, 300)


class UnreachableError(HandoutsError):
    """Nothing answers there, or not in time; its text says why."""


class UntrustedError(HandoutsError):
    """The printer's certificate is not one that this machine trusts; its text says why."""


class RefusedByHttpError(HandoutsError):
    """The answer is an HTTP status: `status`."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(str(status))
        self.status = status


def ask(address: Address, question: Message, document: bytes = b"", limits: Limits | None = None) -> Message:
    """Send a request, with a document after it, and give the answer; without `limits`, wait as printers need it.

    Raise UnreachableError, UntrustedError, RefusedByHttpError, or NotIppError for an answer that makes no sense.
    """
    limits = limits or (_DOCUMENT if document else _QUESTION)
    connection = _connection(address, limits.silence)
    # A printer that sends a byte now and then never runs into the time limit of a single read.
    ended = threading.Event()
    open_: list[socket.socket] = []
    watch = threading.Timer(limits.whole, _cut, (connection, open_, ended))
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        # The connection forgets its socket while an answer of unknown length is still being read.
        open_.append(connection.sock)
        return _exchanged(connection, address, encoded(question), document)
    except ssl.SSLCertVerificationError as unknown:
        raise UntrustedError(unknown.verify_message) from None
    except TimeoutError:
        raise UnreachableError("it does not answer") from None
    except socket.gaierror:
        raise UnreachableError(f'the name "{address.host}" is not known') from None
    except OSError as refused:
        reason = "it does not answer" if ended.is_set() else (refused.strerror or str(refused) or "it hung up")
        raise UnreachableError(reason[:1].lower() + reason[1:]) from None
    except (http.client.HTTPException, NotIppError) as broken:
        if ended.is_set():
            raise UnreachableError("it does not answer") from None
        said = str(broken) if isinstance(broken, NotIppError) else f"no answer of HTTP: {type(broken).__name__}"
        raise NotIppError(said) from None
    finally:
        watch.cancel()
        connection.close()


def _exchanged(connection: http.client.HTTPConnection, address: Address, question: bytes, document: bytes) -> Message:
    headers = {
        "Content-Type": "application/ipp",
        "Content-Length": str(len(question) + len(document)),
        "Host": address.netloc,
    }
    try:
        connection.request("POST", address.path, _pieces(question, document), headers)
    except (BrokenPipeError, ConnectionResetError):
        if connection.sock is None:
            raise
        # It stopped to listen, and may have said why.
    answer = connection.getresponse()
    if answer.status != _OK:
        raise RefusedByHttpError(answer.status)
    content = answer.read(_LARGEST_ANSWER + 1)
    if len(content) > _LARGEST_ANSWER:
        raise NotIppError("the answer is too large")
    message = decoded(content)
    if message.request_id != 1:
        raise NotIppError("the answer is to another question")
    return message


def _pieces(question: bytes, document: bytes) -> Iterator[bytes]:
    """Cut what is sent, for the time limit of sending counts for each piece."""
    yield question
    for start in range(0, len(document), _PIECE):
        yield document[start : start + _PIECE]


def _cut(connection: http.client.HTTPConnection, open_: list[socket.socket], ended: threading.Event) -> None:
    ended.set()
    # While it connects, the connection alone knows the socket.
    for sock in open_ or filter(None, [connection.sock]):
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _connection(address: Address, silence: float) -> http.client.HTTPConnection:
    if address.socket:
        return _SocketConnection(address.socket, silence)
    if address.tls:
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=silence, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(address.host, address.port, timeout=silence)


class _SocketConnection(http.client.HTTPConnection):
    """A connection to the socket file of CUPS."""

    def __init__(self, path: str, silence: float) -> None:
        super().__init__("localhost", timeout=silence)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
