"""Kills builds and prints for a patient with signal 9 at random moments, and looks for what they leave behind.

    scripts/kill.py --times 200 [--seed 1]

Two builds at a time write into one output folder, each with process numbers of its own, as in two containers; a third
process lays out a page with a patient's name. After each kill, every output has to be whole, the manifest readable, no
process may be left, and the name in no file: neither in the project nor in the folders for temporary files. At the end
a build has to finish what is missing. Exits with 1 if anything was found. Linux only; without root, it needs user
namespaces.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from support.projects import small_project  # noqa: E402 - after the path is set

NAME: Final = "Zyxwvut-Patient-Q7"
ENDS: Final = {".pdf": b"%%EOF", ".html": b"</html>", ".txt": b"\n"}
BUILD: Final = ("-m", "handouts", "build", "--force", "-j", "2", "-f", "handout", "-f", "html", "-f", "text")
# Lays out the same page again and again in two workers; the name is never on the command line.
PRINTS: Final = """
import datetime as dt, sys
from pathlib import Path
from handouts.build.layout_workers import start_layout_workers
from handouts.build.typeset import typeset
from handouts.model.document import Composed
name = sys.stdin.readline().strip()
page = f"<!doctype html><html lang=en><title>x</title><main><h1>x</h1><p>{name}</p></main>"
pool = start_layout_workers(2, 60, ahead=True)
while True:
    jobs = [pool.submit(typeset, Composed(page, "en", dt.date.min, (), Path.cwd(), (), ())) for _ in range(4)]
    assert all(job.result().pages == 1 for job in jobs)
"""


def start_build(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a build with process numbers of its own."""
    alone = ["unshare", "--pid", "--fork", "--kill-child"] + ([] if os.getuid() == 0 else ["--map-root-user"])
    return _start([*alone, sys.executable, *BUILD], folder)


def start_prints(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a process that lays out pages for a patient."""
    printing = _start([sys.executable, "-c", PRINTS], folder)
    if printing.stdin:
        printing.stdin.write(f"{NAME}\n".encode())
        printing.stdin.flush()
    return printing


def _start(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KILL_RUN": str(folder)}
    return subprocess.Popen(  # noqa: S603 - commands of this file
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def find_faults(project: Path, temporary: Path) -> Iterator[str]:
    """Yield what is not whole, and where the name of the patient is."""
    output = project / "output"
    for path in sorted(output.rglob("*")):
        end = ENDS.get(path.suffix)
        if end and not path.read_bytes().rstrip(b"\n").endswith(end.strip()):
            yield f"{path} is not whole"
    manifest = output / "manifest.json"
    if manifest.exists():
        try:
            json.loads(manifest.read_bytes())
        except ValueError:
            yield f"{manifest} is not whole"
    for folder in (project, temporary, Path("/dev/shm")):  # noqa: S108 - it is searched
        for path in folder.rglob("*") if folder.is_dir() else ():
            if path.is_file() and NAME.encode() in path.read_bytes():
                yield f"{path} has the name of the patient"


def find_processes(project: Path) -> list[int]:
    """Return the numbers of processes that this run started and that are still there."""
    mark, found = f"KILL_RUN={project}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until_gone(project: Path, seconds: float) -> list[int]:
    """Return the processes that are still there after some seconds."""
    end = time.monotonic() + seconds
    while (left := find_processes(project)) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def main() -> int:
    """Kill as often as requested; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 - not for secrets
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as top:
        project = small_project(Path(top, "project")).root
        temporary = Path(top, "tmp")
        temporary.mkdir()
        os.environ["TMPDIR"] = str(temporary)
        for number in range(1, options.times + 1):
            running = [start_build(project), start_build(project), start_prints(project)]
            time.sleep(dice.uniform(0.1, 4))
            for process in running:
                process.send_signal(signal.SIGKILL)
            for process in running:
                process.wait()
            left = wait_until_gone(project, 5)
            faults += [f"kill {number}: process {one} is left" for one in left]
            for one in left:
                os.kill(one, signal.SIGKILL)
            faults += [f"kill {number}: {fault}" for fault in find_faults(project, temporary)]
        finished = subprocess.run(  # noqa: S603 - as above
            [sys.executable, *BUILD], cwd=project, capture_output=True, check=False
        )
        if finished.returncode:
            faults.append(f"the last build failed: {finished.stderr.decode(errors='replace')}")
        faults += list(find_faults(project, temporary))
        faults += [f"{path} is left" for path in project.rglob("*.part")]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) + f"{options.times} kills, {len(faults)} faults\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
