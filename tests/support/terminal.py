"""The real command on a terminal: what it draws there."""

import contextlib
import fcntl
import os
import struct
import subprocess
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path

from support.command import start_on_terminal

_ROWS, _COLUMNS = 30, 120
_UNLOCK, _NUMBER = 0x40045431, 0x80045430  # TIOCSPTLCK and TIOCGPTN of Linux, which termios does not name


@contextlib.contextmanager
def _pair() -> Iterator[tuple[int, int]]:
    """Open both ends of a terminal; where the system has none, as in a bare folder tree, it is given some."""
    try:
        ends = os.openpty()
    except OSError:
        with tempfile.TemporaryDirectory() as folder:
            options = ["-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=0666"]
            subprocess.run(["mount", *options, "devpts", folder], check=True)
            try:
                master = os.open(f"{folder}/ptmx", os.O_RDWR | os.O_NOCTTY)
                fcntl.ioctl(master, _UNLOCK, struct.pack("i", 0))
                number = struct.unpack("i", fcntl.ioctl(master, _NUMBER, struct.pack("i", 0)))[0]
                yield master, os.open(f"{folder}/{number}", os.O_RDWR | os.O_NOCTTY)
            finally:
                subprocess.run(["umount", "--lazy", folder], check=True)
    else:
        yield ends


def drawn(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run `handouts` in a folder on a terminal of its own; give exit code and all that was sent there."""
    variables = {"TERM": "xterm-256color", **environment}
    with _pair() as (terminal, end):
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        process = start_on_terminal(folder, arguments, end, variables)
        os.close(end)
        sent = b""
        try:
            while received := os.read(terminal, 65536):
                sent += received
        except OSError:
            pass  # the other end is closed
        finally:
            os.close(terminal)
            process.join()
    assert process.exitcode is not None
    return process.exitcode, sent.decode().replace("\r\n", "\n")
