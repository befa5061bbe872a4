"""Run real IPP printers on loopback: Debian's ippeveprinter. They do not need systemd."""

import contextlib
import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

HOST: Final = "127.0.0.1"  # a minimal system may not resolve "localhost"
_SECONDS: Final = 30
_BIN: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

# ippeveprinter needs a D-Bus even if it is not announced; one without Avahi is enough.
_BUS: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
# The print command: it keeps the document and the attributes of the job.
_KEEP: Final = """\
#!/bin/sh
cp "$1" "{folder}/$IPP_JOB_ID.pdf"
env | grep '^IPP_' > "{folder}/$IPP_JOB_ID.part"
mv "{folder}/$IPP_JOB_ID.part" "{folder}/$IPP_JOB_ID.job"
{then}
"""
# A printer that reports that it can keep the size of pages, which ippeveprinter does not by default.
EXACT: Final = """\
ATTR boolean color-supported true
ATTR rangeOfInteger copies-supported 1-99
ATTR mimeMediaType document-format-supported application/pdf
ATTR keyword media-ready na_letter_8.5x11in,iso_a4_210x297mm
ATTR keyword media-supported na_letter_8.5x11in,iso_a4_210x297mm
ATTR keyword print-color-mode-supported auto,color,monochrome
ATTR keyword print-scaling-supported auto,fit,none
ATTR keyword sides-supported one-sided,two-sided-long-edge,two-sided-short-edge
"""


@dataclass(frozen=True)
class Arrived:
    """A job as it arrived at the printer."""

    attributes: Mapping[str, str]
    document: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.document).hexdigest()


@dataclass(frozen=True)
class Running:
    """A running printer and its certificate."""

    port: int
    folder: Path
    certificate: Path

    @property
    def uri(self) -> str:
        return f"ipp://{HOST}:{self.port}/ipp/print"

    def arrived(self, number: int = 1) -> Arrived:
        job = self.folder / f"{number}.job"
        wait_until(job.exists)
        lines = (line.partition("=") for line in job.read_text().splitlines())
        attributes = {name.removeprefix("IPP_").lower().replace("_", "-"): value for name, _, value in lines}
        return Arrived(attributes, (self.folder / f"{number}.pdf").read_bytes())

    def jobs(self) -> int:
        return len(list(self.folder.glob("*.job")))

    def load(self, sheets: int) -> None:
        """Put sheets into each tray, through the printer's web page."""
        main = {"size1": "na_letter_8.5x11in", "type1": "stationery", "level1": str(sheets)}
        photo = {"size2": "na_index-4x6_4x6in", "type2": "photographic-glossy", "level2": str(sheets)}
        assert answered(self.port, f"/media?{urlencode(main | photo)}")


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def answered(port: int, path: str = "/") -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


@contextlib.contextmanager
def process(log: Path, *command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the end of the block; its output goes to a file."""
    program = shutil.which(command[0], path=_BIN)
    assert program, f"{command[0]} is not installed: scripts/install dev"
    with log.open("wb") as output:
        running = subprocess.Popen(
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **environment},
            cwd=log.parent,
        )
    try:
        yield running
    finally:
        # Terminated rather than killed, because CUPS then ends its own processes.
        running.terminate()
        try:
            running.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextlib.contextmanager
def bus(folder: Path) -> Iterator[str]:
    """Run a D-Bus and yield its address."""
    path = folder / "bus"
    config = folder / "bus.conf"
    config.write_text(_BUS.format(path=path))
    with process(folder / "bus.log", "dbus-daemon", f"--config-file={config}", "--nofork"):
        wait_until(lambda: _listens(path))
        yield f"unix:path={path}"


def _certificate(folder: Path) -> Path:
    """Make a certificate for the printer's address; the one that it makes itself is for a name."""
    certificate, key = folder / "localhost.crt", folder / "localhost.key"
    address = ("-subj", "/CN=localhost", "-addext", f"subjectAltName=IP:{HOST}")
    made = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    command = ("openssl", "req", "-x509", *made, *address, "-out", str(certificate), "-keyout", str(key))
    subprocess.run(command, check=True, capture_output=True)
    return certificate


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as sock:
        return sock.connect_ex(str(path)) == 0


@contextlib.contextmanager
def printer(folder: Path, *options: str, then: str = "", attributes: str = "") -> Iterator[Running]:
    """Run a printer; `then` is what its print command does after keeping a job.

    Without options or attributes, it prints on both sides, in color, and accepts PDF.
    """
    for name in ("jobs", "spool", "keys"):
        (folder / name).mkdir(parents=True)
    certificate = _certificate(folder / "keys")
    command = folder / "keep"
    command.write_text(_KEEP.format(folder=folder / "jobs", then=then))
    command.chmod(0o755)
    if attributes:
        (folder / "attributes").write_text(attributes)
        options = ("-a", str(folder / "attributes"))
    kind = options or ("-2", "-s", "10,5", "-f", "application/pdf")
    port = free_port()
    usual = ("-r", "off", "-n", "localhost", "-p", str(port), "-c", str(command))
    places = ("-d", str(folder / "spool"), "-K", str(folder / "keys"))
    log = folder / "log"
    with (
        bus(folder) as address,
        process(log, "ippeveprinter", *usual, *places, *kind, "Test", DBUS_SYSTEM_BUS_ADDRESS=address) as running,
    ):
        wait_until(lambda: answered(port) or running.poll() is not None)
        assert running.poll() is None, log.read_text()
        yield Running(port, folder / "jobs", certificate)
