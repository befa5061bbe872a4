"""Server: the page on an address of this machine, until Ctrl-C; then at once nothing of it is left."""

import contextlib
import logging
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address
from types import FrameType

from flask import Flask

from handouts.problems.exceptions import HandoutsError
from handouts.web.desk import Desk
from handouts.web.security import Door

_THREADS = 80  # more than may wait for prints, so that what is there already is answered at once
_MUCH = 1 << 30


class NoAddressError(HandoutsError):
    """The address cannot be had; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        """Tell what is wrong and what to do."""
        super().__init__(message)
        self.hint = hint


def listen(host: str, port: int) -> socket.socket:
    """Take an address, port 0 for any that is free. Raise NoAddressError."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as unknown:
        raise NoAddressError(f"there is no address {host}: {unknown.strerror}", "see --host") from None
    taken = socket.socket(family, kind)
    try:
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(128)
    except OSError as refused:
        taken.close()
        hint = f"is the page open already, at http://{_written(host)}:{port}/? Or take another: --port {port + 1}"
        raise NoAddressError(f"port {port} of {host} cannot be used: {refused.strerror}", hint) from None
    return taken


def door_of(host: str) -> Door:
    """Tell by which names an address is asked for; one that others reach gets a token."""
    if is_loopback(host):
        return Door(frozenset({"localhost", "127.0.0.1", "::1", host.lower()}))
    own = {host, socket.gethostname(), socket.getfqdn()}
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only looked for
        with contextlib.suppress(OSError):  # a machine need not know its own name
            own |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    names = {name.lower() for name in own} | {"localhost", "127.0.0.1", "::1"}
    return Door(frozenset(names), secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can ask for an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address_of(taken: socket.socket, host: str, door: Door) -> str:
    """Write the address as people open it, with the token if it needs one."""
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104 - likewise
    return f"http://{_written(shown)}:{taken.getsockname()[1]}/{f'?token={door.token}' if door.token else ''}"


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(app: Flask, taken: socket.socket, desk: Desk, ready: Callable[[], None]) -> None:
    """Answer requests until Ctrl-C or SIGTERM; `ready` is called once the first can come."""
    from waitress.server import create_server  # noqa: PLC0415 - only who serves needs it

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[taken],
        threads=_THREADS,
        ident="",
        # What is larger than these is put into files by waitress, and a print may name a patient.
        inbuf_overflow=_MUCH,
        outbuf_overflow=_MUCH,
        max_request_body_size=1 << 20,
        max_request_header_size=1 << 15,
        channel_timeout=60,
        clear_untrusted_proxy_headers=True,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # First the workers: threads that wait for them are free then.
        desk.close()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    desk.shelf.watch()
    desk.printers.refresh()
    ready()
    server.run()
    server.close()


def show_in_browser(address: str) -> None:
    """Open the address in the person's browser, if there is a screen for it."""
    has_screen = sys.platform in {"win32", "darwin"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and not os.environ.get("SSH_CONNECTION"):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
