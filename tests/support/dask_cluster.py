"""A real Dask cluster on loopback, whose parts can be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60


@dataclass
class Cluster:
    """A scheduler, and workers that can be added; what they say is in files beside each other."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str, code: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a part of the cluster, with the code of handouts in another folder if there is one."""
        environment = {**os.environ, **({"PYTHONPATH": str(code)} if code else {})}
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
                stdout=log,
                stderr=log,
                env=environment,
            )
        self.processes.append(process)
        return process

    def add_worker(self, threads: int = 1, code: Path | None = None) -> subprocess.Popen[bytes]:
        """Add a worker that is not started again if it is killed, and wait until it can be given work."""
        from distributed import Client  # noqa: PLC0415 - slow, and needed here only

        local = str(self.folder / f"local-{len(self.processes)}")
        options = ["--nthreads", str(threads), "--nworkers", "1", "--no-nanny", "--local-directory", local]
        with Client(self.address, set_as_default=False) as client:
            count = len(client.nthreads()) + 1
            worker = self.start("worker", self.address, *options, code=code)
            client.wait_for_workers(count, timeout=PATIENCE)
        return worker

    def has_workers(self) -> bool:
        """Return whether there are workers."""
        return any(worker.poll() is None for worker in self.processes[1:])

    def kill_workers(self) -> None:
        """Kill all workers, and wait until the scheduler knows."""
        from distributed import Client  # noqa: PLC0415 - as above

        for worker in self.processes[1:]:
            worker.kill()
            worker.wait(PATIENCE)
        with Client(self.address, set_as_default=False) as client:
            wait_until(lambda: not client.nthreads())


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler at a free port of loopback; kill all that was started in the end."""
    started = Cluster(folder)
    try:
        file = folder / "scheduler.json"
        started.start("scheduler", "--port", "0", "--scheduler-file", str(file))
        wait_until(lambda: "address" in (file.read_text() if file.exists() else ""))
        started.address = file.read_text().split('"address": "')[1].split('"')[0]
        yield started
    finally:
        for process in started.processes:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait(PATIENCE)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
