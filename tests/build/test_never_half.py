"""Never half a result: builds that are killed, run out of disk, may not write, are two at once, or take too long."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import Row, read_manifest
from handouts.model.project import MANIFEST_FILE
from handouts.problems.collector import Problems
from handouts.system.write import sweep, write_whole
from support.command import copy_of_shipped, run, started

LAKESIDE = "lakeside-spine-center"
NORTHGATE = "northgate-family-practice"
FORMATS = ["-f", "text", "-f", "handout", "-s", "diagnosis"]
COMMAND = ["build", *FORMATS]
TEXTS = ["-f", "text"]  # for processes of which there are many: each loads half as much


def files(folder: Path) -> dict[str, bytes]:
    """Return all outputs, and whatever else is in the output folder but the lock."""
    found = (path for path in (folder / "output").rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    return {path.relative_to(folder / "output").as_posix(): path.read_bytes() for path in found}


def change(folder: Path, practice: str = LAKESIDE, old: str = "555-0134", new: str = "555-0199") -> None:
    """Change the phone number of a practice."""
    path = folder / "content" / "practices" / practice / "practice.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


# Killed


def test_a_build_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_finishes_the_rest(
    tmp_path: Path,
) -> None:
    folder = copy_of_shipped(tmp_path)
    assert run(folder, "build", *FORMATS).code == 0
    old = files(folder)
    change(folder)
    for lines in (0, 3):
        with started(folder, *COMMAND, "--force", "--progress", "json", out=tmp_path / "out.txt") as building:
            for _ in range(lines):  # the plan, then a line for each file
                building.output.readline()
            building.kill()
            building.wait()
        there = files(folder)
        if not lines:
            assert there == old
        assert run(folder, "build", *FORMATS).code == 0
        new = files(folder)
        whole = {name for name in there if not name.endswith(".part")}
        assert whole == old.keys()
        assert all(there[name] in {old[name], new[name]} for name in whole)
        assert {name for name in new if not name.endswith(".part")} == whole
        changed = {name for name in whole if new[name] != old[name]} - {MANIFEST_FILE}
        assert changed == {name for name in old if name.startswith(LAKESIDE)}
        unbroken = read_manifest(folder / "output", Problems())
        assert len(unbroken.outputs) == 4


def row(path: str) -> Row:
    return Row(
        path=path,
        sha256="",
        size=0,
        pages=0,
        handout="h",
        version="1",
        practice="p",
        language="en",
        format="text",
        sections=(),
        references=(),
        digest="",
        problems=(),
    )


def test_what_is_done_is_written_down_while_a_build_runs(tmp_path: Path) -> None:
    now = 0.0
    problems = Problems()
    ledger = Ledger(tmp_path, {}, None, None, problems, now=lambda: now)
    for number in range(100):
        (tmp_path / f"{number}.txt").touch()
        ledger.add(row(f"{number}.txt"))
        now += 1
    saved = read_manifest(tmp_path, Problems()).outputs
    assert len(saved) in range(90, 100)
    ledger.save(problems)
    assert not len(problems)
    assert len(read_manifest(tmp_path, Problems()).outputs) == 100


def test_parts_that_a_killed_build_left_are_removed_but_not_those_of_one_that_runs(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    practice = folder / "output" / LAKESIDE
    practice.mkdir(parents=True)
    old, running, foreign = (
        practice / ".00112233445566aa.part",
        practice / ".00112233445566bb.part",
        practice / ".a.part",
    )
    for file in (old, running, foreign):
        file.touch()
        os.utime(file, (0, 0))
    with running.open("rb+") as open_part:
        fcntl.flock(open_part, fcntl.LOCK_EX)
        assert run(folder, "build", "-f", "text", "-p", LAKESIDE).code == 0
    assert [file.exists() for file in (old, running, foreign)] == [False, True, True]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_called_off_says_so_and_what_was_done_is_not_done_again(
    tmp_path: Path, ending: signal.Signals
) -> None:
    folder = copy_of_shipped(tmp_path)
    with started(folder, *COMMAND, "--progress", "json", out=tmp_path / "out.txt") as building:
        for _ in range(2):  # the plan, and a file
            building.output.readline()
        building.send_signal(ending)
        said = building.output.read().splitlines()
        assert (building.wait(), said[-1]) == (1, "Aborted!")
    made = {row.path for row in read_manifest(folder / "output", Problems()).outputs}
    assert made
    report = json.loads(run(folder, "build", *FORMATS, "--json").out)
    unchanged = {Path(one["path"]).name for one in report["outputs"] if one["status"] == "unchanged"}
    assert unchanged == {Path(path).name for path in made}


# The disk


def confined(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder, with mounts of its own."""
    # A root folder that is no mount of its own, as of some containers, cannot be made private.
    alone = ["unshare", "--mount", "--propagation", "unchanged"]
    root = alone if os.getuid() == 0 else [*alone, "--map-root-user"]
    build = f"build() {{ '{sys.executable}' -m handouts build -j 1 {' '.join(TEXTS)} \"$@\"; }}\n"
    command = [*root, "bash", "-c", f"{build}{script}\numount output"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_a_full_disk_fails_what_has_no_room_and_with_more_room_the_next_build_finishes(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / "output").mkdir()
    ran = confined(
        folder,
        """
        mount -t tmpfs -o size=28k none output
        build --json > first.json
        echo "first: $?"
        find output -type f -name '*.part'
        cp -r output first
        mount -o remount,size=20m output
        build --json > second.json
        echo "second: $?"
        for file in first/*/*; do cmp "$file" "output/${file#first/}"; done
        """,
    )
    assert (ran.returncode, ran.stdout.split("\n")) == (0, ["first: 1", "second: 0", ""]), ran.stderr
    first, second = (json.loads((folder / f"{name}.json").read_text()) for name in ("first", "second"))
    failed = {output["path"] for output in first["outputs"] if output["status"] == "failed"}
    codes = {p["code"] for o in first["outputs"] if o["status"] == "failed" for p in o["problems"]}
    assert failed
    assert len(failed) < 2
    assert len(list(folder.glob("first/*/*.txt"))) == 2 - len(failed)
    assert codes >= {"not-written"}
    assert "No space left on device" in ran.stderr
    assert {output["path"] for output in second["outputs"] if output["status"] == "built"} >= failed


def test_a_read_only_folder_is_reported_and_unchanged(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    assert run(folder, "build", *TEXTS).code == 0
    before = files(folder)
    locked = "mount --bind output output && mount -o remount,ro,bind output\n"
    ran = confined(folder, locked + "build; echo $?")
    assert ran.stdout.endswith("\n0\n"), ran.stderr  # there is nothing to do
    change(folder)
    change(folder, NORTHGATE, "960482", "960483")
    ran = confined(folder, locked + "build; echo $?")
    assert ran.stdout == "1\n", ran.stderr
    assert ran.stderr.count("error[not-written]") == 3  # two outputs, and the manifest that would record it
    assert "Read-only file system" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files(folder) == before


# Two at once


def test_what_another_build_wrote_between_two_saves_stays(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).touch()
    first, second = (Ledger(tmp_path, {}, None, None, Problems()) for _ in range(2))
    first.add(row("a"))
    first.save(Problems())
    second.add(row("b"))
    second.save(Problems())
    first.add(row("c"))
    first.save(Problems())
    assert {one.path for one in read_manifest(tmp_path, Problems()).outputs} == {"a", "b", "c"}


def test_two_builds_into_one_folder_lose_nothing(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    with ExitStack() as running:
        builds = [
            running.enter_context(started(folder, *COMMAND, "-j", "1", "-p", practice, out=tmp_path / "out.txt"))
            for practice in (LAKESIDE, NORTHGATE, LAKESIDE)
        ]
        ends = [(build.output.read(), build.wait()) for build in builds]
    assert [code for _, code in ends] == [0, 0, 0], ends
    both = files(folder)
    assert len(read_manifest(folder / "output", Problems()).outputs) == 4
    ran = run(folder, "build", *FORMATS, "--json")
    assert [output["status"] for output in json.loads(ran.out)["outputs"]] == ["unchanged"] * 4
    alone = tmp_path / "alone"
    alone.mkdir()
    assert run(copy_of_shipped(alone), "build", *FORMATS).code == 0
    assert files(alone) == both


def test_a_file_that_many_write_while_parts_are_swept_is_always_whole(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    contents = [bytes([number]) * 200_000 for number in range(8)]
    is_over = threading.Event()

    def sweep_all() -> None:
        while not is_over.is_set():
            sweep(tmp_path, time.time() + 1000)

    def read_all() -> set[bytes]:
        seen = set()
        while not is_over.is_set():
            if path.exists():
                seen.add(path.read_bytes())
        return seen

    with ThreadPoolExecutor() as threads:
        sweeping, reading = threads.submit(sweep_all), threads.submit(read_all)
        writing = [threads.submit(write_whole, path, content) for content in contents * 5]
        failed = [one.exception() for one in writing]
        is_over.set()
    assert failed == [None] * len(writing)
    assert sweeping.exception() is None
    assert reading.result() <= set(contents)
    assert [found.name for found in tmp_path.iterdir()] == ["one.pdf"]


def test_a_file_can_have_the_longest_name_and_whoever_may_read_others_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 251}.pdf"
    write_whole(path, b"whole")
    (tmp_path / "other").touch()
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


# Too long


def test_an_output_that_takes_too_long_is_ended_and_the_others_are_made(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    handouts = folder / "content" / "handouts"
    shutil.copytree(handouts / "spinal-fracture", handouts / "short")
    path = handouts / "spinal-fracture" / "en.md"
    paragraph = "Bones are alive. " * 20
    path.write_text(path.read_text() + f"\n\n{paragraph}\n" * 1000)
    # The short text takes a fiftieth of the time allowed, so that a busy machine makes it too.
    (folder / "handouts.yaml").write_text(f"""language: en
sets:
  both:
    - {{handouts: [spinal-fracture], practices: [{LAKESIDE}], formats: [handout]}}
    - {{handouts: [short], practices: [{LAKESIDE}], formats: [text]}}
""")
    ran = run(folder, "build", "--set", "both", "--timeout", "2", "--json")
    statuses = {output["format"]: output["status"] for output in json.loads(ran.out)["outputs"]}
    assert (ran.code, statuses) == (1, {"handout": "failed", "text": "built"}), ran.err
    name = f"{LAKESIDE}/spinal-fracture.en.handout.pdf"
    assert ran.err.count(f"error[timed-out]: making {name} took too long") == 1
    assert not (folder / "output" / name).exists()


@pytest.mark.parametrize("limit", ["0", "-1", "soon"])
def test_a_time_limit_that_is_none_is_wrong_usage(tmp_path: Path, limit: str) -> None:
    assert run(copy_of_shipped(tmp_path), "build", "--timeout", limit).code == 2
