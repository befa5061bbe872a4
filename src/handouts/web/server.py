"""Serves the page on an address of this computer until Ctrl-C, which ends all of its processes at once."""

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
from handouts.problems.front_desk_rules import NO_ADDRESS
from handouts.problems.problem import Problem
from handouts.web.desk import Desk
from handouts.web.security import EDITOR_PATH, Access
from handouts.web.update_routes import MAX_STREAMS

_THREADS = 80 + MAX_STREAMS  # more than may wait for prints, so that requests for cached prints are answered at once
_NEVER_ON_DISK = 1 << 30  # bytes
_MAX_BODY_BYTES = 6 << 20  # with the editor, which takes logos; each connection may hold as much in memory
_ALL_INTERFACES = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with only


class AddressUnavailableError(HandoutsError):
    """The server cannot use the address: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 means any free port. Raises AddressUnavailableError."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        problem = NO_ADDRESS.at(None, address=f"address {host}", cause=error.strerror)
        raise AddressUnavailableError(problem) from None
    listener = socket.socket(family, kind)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        hint = (
            f"is the page already open at http://{_add_brackets(host)}:{port}/? Or try another port: --port {port + 1}"
        )
        problem = NO_ADDRESS.at(None, hint=hint, address=f"port {port} of {host}", cause=error.strerror)
        raise AddressUnavailableError(problem) from None
    return listener


def make_access(host: str, token: str = "", *, has_editor: bool = False) -> Access:
    """Return the host names of a server at an address, with a token if other computers can reach it.

    A token that is given is kept, so that addresses with it work after a new start; it then also guards loopback. The
    editor has a token of its own in any case.
    """
    admin_token = secrets.token_urlsafe(24) if has_editor else None
    if is_loopback(host):
        own = frozenset({"localhost", "127.0.0.1", "::1", host.lower()})
        return Access(own, token or None, admin_token=admin_token)
    own_names = {host, socket.gethostname(), socket.getfqdn()}
    if host in _ALL_INTERFACES:
        with contextlib.suppress(OSError):  # the name of a computer may have no address
            own_names |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    names = {name.lower() for name in own_names} | {"localhost", "127.0.0.1", "::1"}
    return Access(
        frozenset(names),
        token or secrets.token_urlsafe(24),
        takes_addresses=host in _ALL_INTERFACES,
        admin_token=admin_token,
    )


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def make_page_address(listener: socket.socket, host: str, access: Access) -> str:
    """Return the address to open in a browser, with the token if one is needed."""
    token = f"?token={access.token}" if access.token else ""
    return f"{_make_origin(listener, host)}/{token}"


def make_editor_address(listener: socket.socket, host: str, access: Access) -> str:
    """Return the address of the editor, with its token."""
    return f"{_make_origin(listener, host)}{EDITOR_PATH}?token={access.admin_token}"


def _make_origin(listener: socket.socket, host: str) -> str:
    shown = socket.gethostname() if host in _ALL_INTERFACES else host
    return f"http://{_add_brackets(shown)}:{listener.getsockname()[1]}"


def _add_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(
    app: Flask, listener: socket.socket, desk: Desk, on_ready: Callable[[], None], *, has_editor: bool = False
) -> None:
    """Answer requests until Ctrl-C or SIGTERM; `on_ready` is called before the first request."""
    from waitress.server import create_server  # noqa: PLC0415 - only needed here

    from handouts.web.connections import IDLE_SECONDS, LimitedChannel, allow_connections  # noqa: PLC0415 - likewise

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        ident="",
        # waitress writes what is larger than this to files, and a print may name a patient.
        inbuf_overflow=_NEVER_ON_DISK,
        outbuf_overflow=_NEVER_ON_DISK,
        max_request_body_size=_MAX_BODY_BYTES if has_editor else 1 << 20,
        max_request_header_size=1 << 15,
        connection_limit=allow_connections(),
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=10,
        backlog=1024,
        asyncore_use_poll=os.name == "posix",  # `select` takes no more than 1024 connections
        clear_untrusted_proxy_headers=True,
    )

    server.channel_class = LimitedChannel  # type: ignore[union-attr]  # one socket makes one server

    def stop(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Closing the desk first frees the threads that wait for its workers.
        desk.close()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    desk.live_library.watch()
    desk.printers.refresh()
    on_ready()
    server.run()
    server.close()


def show_in_browser(address: str) -> None:
    """Open the address in the default browser, if there is a screen."""
    has_screen = sys.platform in {"win32", "darwin"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and not os.environ.get("SSH_CONNECTION"):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
