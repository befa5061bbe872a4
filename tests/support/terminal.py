"""The real command on a terminal: what it draws there."""

import fcntl
import os
import pty
import struct
import sys
import termios
from pathlib import Path

_ROWS, _COLUMNS = 30, 120


def drawn(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run `handouts` in a folder on a terminal of its own; give exit code and all that was sent there."""
    process, terminal = pty.fork()
    if process == 0:  # the child: nothing but the command
        os.chdir(folder)
        variables = {**os.environ, "TERM": "xterm-256color", **environment}
        os.execve(sys.executable, [sys.executable, "-m", "handouts", *arguments], variables)  # noqa: S606 - no shell
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    sent = b""
    try:
        while received := os.read(terminal, 65536):
            sent += received
    except OSError:
        pass  # the other end is closed
    finally:
        os.close(terminal)
        _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), sent.decode().replace("\r\n", "\n")
