"""Reading files that are none: a named pipe, a device, one that is too large."""

import os
from pathlib import Path

import pytest

from handouts.build.manifest.manifest import Manifest, read_manifest
from handouts.problems.collector import Problems
from handouts.system.regular_file import read_regular_file


def test_a_regular_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\r\n\0")
    assert read_regular_file(tmp_path / "a", 4) == b"a\r\n\0"
    with pytest.raises(OSError, match="more than 0 MB"):
        read_regular_file(tmp_path / "a", 3)


def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull), tmp_path):
        with pytest.raises(OSError, match=r"regular file|Is a directory"):
            read_regular_file(path)


@pytest.mark.parametrize("rows", ["outputs", "failed", "others"])
def test_a_manifest_that_is_none_counts_as_empty(tmp_path: Path, rows: str) -> None:
    (tmp_path / "manifest.json").write_text(f'{{"engine": {{}}, "{rows}": [{",".join(["{}"] * 20_000)}]}}')
    problems = Problems()
    assert read_manifest(tmp_path, problems) == Manifest(engine={})
    assert [problem.code for problem in problems] == ["bad-manifest"]
    (tmp_path / "manifest.json").unlink()
    os.mkfifo(tmp_path / "manifest.json")
    assert read_manifest(tmp_path, problems) == Manifest(engine={})
