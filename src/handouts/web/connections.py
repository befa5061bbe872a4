"""Connections that nobody can use to keep others from the page: many from one address, idle ones, and slow ones."""

import contextlib
import os
import socket
import time
from ipaddress import ip_address
from typing import Any, Final

from waitress.channel import HTTPChannel

MAX_CONNECTIONS: Final = 4000
IDLE_SECONDS: Final = 30
_MAX_OF_ADDRESS: Final = 200  # a browser opens six; some clinics share one address
_LONGEST_REQUEST: Final = 30.0  # seconds for the headers and the form, whatever comes in between
_RESERVED_FILES: Final = 200  # for workers, pipes and files


class LimitedChannel(HTTPChannel):
    """A connection that is closed if its address has too many, or if its request takes too long to arrive."""

    _began = 0.0

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002, ANN401 - as waitress has them
        """Close the connection at once if there are too many of this address."""
        super().__init__(server, sock, addr, adj, map)
        host = addr[0] if isinstance(addr, tuple) else ""
        # Programs of this computer, and a proxy before the server, are no strangers.
        if host and not ip_address(host.partition("%")[0]).is_loopback:
            same = sum(1 for other in server.active_channels.values() if other.addr[0] == host)
            self.will_close = same > _MAX_OF_ADDRESS

    def received(self, data: bytes) -> bool:
        """Take what has arrived; close the connection if the request began too long ago."""
        now = time.monotonic()
        if self.request is None:
            self._began = now
        elif now - self._began > _LONGEST_REQUEST:
            self.will_close = True
            return False
        return bool(super().received(data))


def allow_connections() -> int:
    """Allow this process to open as many connections as the system lets it, and return how many the server may have."""
    if os.name != "posix":
        return 400  # `select` of Windows takes 512
    import resource  # noqa: PLC0415 - only on POSIX

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + _RESERVED_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        MAX_CONNECTIONS
        if allowed == resource.RLIM_INFINITY
        else max(100, min(MAX_CONNECTIONS, allowed - _RESERVED_FILES))
    )
