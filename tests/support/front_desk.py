"""The front-desk page, served by the real command over real connections, or answering within this process."""

import datetime as dt
import http.client
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask.testing import FlaskClient

from handouts.model.project import Project
from handouts.web.app import create_app
from handouts.web.desk import open_desk
from handouts.web.security import Access
from handouts.web.server import is_loopback
from support.command import Started, started
from support.printers import wait_until

# A template that no computer can lay out in time.
ENDLESS = "<title>x</title>{% for a in range(7) %}{% for b in range(9999) %}<p>word</p>{% endfor %}{% endfor %}"
_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running page, at an address such as http://127.0.0.1:40000/."""

    address: str
    process: Started
    log: Path
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def ask(
        self,
        path: str,
        form: Mapping[str, object] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request as a page of this server does: forms are posted, with origin and cookies."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            body = urlencode(form, doseq=True).encode()
        if body is not None:
            sent |= {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection(self.host, timeout=_SECONDS)
        try:
            connection.request("GET" if body is None else "POST", path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def preview(self, handout: str, **fields: object) -> Answer:
        """Request the preview of a handout as the page does."""
        asked = {"language": "en", "number": "1", **fields}
        return self.ask(f"/handouts/{handout}", asked, headers={"X-Part": "1"})

    def processes(self) -> list[int]:
        """Return the worker processes that make prints and draw pages."""
        started: list[int] = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with suppress(FileNotFoundError):  # a thread that has ended since
                started += map(int, (task / "children").read_text().split())
        return [child for child in started if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]

    def seconds_worked(self) -> float:
        """Return the processor time that the worker processes have used."""
        times = [Path(f"/proc/{one}/stat").read_text().rsplit(")")[-1].split()[11] for one in self.processes()]
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def wait_until_busy(self, before: float) -> None:
        """Wait until a worker does more than `seconds_worked` was before: it makes what was requested since."""
        wait_until(lambda: self.seconds_worked() > before + 0.3)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the server and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(_SECONDS)


@contextmanager
def served(folder: Path, *options: str, practice: str = "", **environment: str) -> Iterator[Served]:
    """Serve the project in a folder until the end of the block; its stderr goes to a file.

    One process makes prints unless a number is given: each takes a while to start.
    """
    if "--jobs" not in options:
        options = (*options, "--jobs", "1")
    descriptor, name = tempfile.mkstemp(prefix="serve-", suffix=".txt")
    os.close(descriptor)
    log = Path(name)
    # Keeps the tests away from the printers of this computer.
    variables = {"CUPS_SERVER": "/nowhere/cups.sock", **environment}
    command = ("serve", "--port", "0", "--no-browser", *options)
    try:
        with started(folder, *command, err=log, environment=variables) as process:
            address = process.output.readline().strip()
            assert address, log.read_text()
            shown = urlsplit(address)
            assert "token=" in shown.query or is_loopback(str(shown.hostname))
            try:
                yield Served(address, process, log, {"practice": practice} if practice else {})
            finally:
                if process.returncode is None:
                    with suppress(TimeoutError, ProcessLookupError):  # it may have been killed just now
                        process.send_signal(signal.SIGINT)
                        process.wait(_SECONDS)
    finally:
        log.unlink()


@contextmanager
def open_client(
    folder: Path,
    token: str | None = None,
    today: Callable[[], dt.date] | None = None,
    admin_token: str | None = None,
) -> Iterator[tuple[FlaskClient, list[str]]]:
    """Open the page in this process, without workers, and without a watch for changed files.

    Yield a client and what is written to the terminal.
    """
    reported: list[str] = []
    with ThreadPoolExecutor(1) as executor:
        desk = open_desk(Project(folder.resolve()), executor, today or (lambda: dt.date(2026, 11, 27)), reported.append)
        access = Access(frozenset({"localhost"}), token, admin_token=admin_token)
        yield create_app(desk, access).test_client(), reported
        # Not desk.close(), which ends all children of this process: also servers of other tests.
        desk.live_library.close()
        desk.page_images.close()
