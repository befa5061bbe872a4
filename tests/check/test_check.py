"""`handouts check`: a project full of faults yields exactly those, where they are; the shipped one almost none."""

import json
import struct
from pathlib import Path

from PIL import Image

from support.broken import BROKEN
from support.command import run
from support.faults import READABLE, Finding, plant

DAY = "2026-06-01"
_PNG_OF_A_BILLION_PIXELS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 50_000, 20_000)


def findings(folder: Path, *arguments: str) -> list[Finding]:
    """Check a project as of a day; give code and place of all findings, sorted."""
    ran = run(folder, "check", "--format", "json", "--today", DAY, *arguments)
    assert ran.code in {0, 1}, ran.err
    found = json.loads(ran.out)["findings"]
    return sorted((f["code"], ":".join([f["file"], *(str(n) for n in (f["line"], f["column"]) if n)])) for f in found)


def plant_readable(folder: Path) -> list[Finding]:
    planted = plant(folder, READABLE)
    (folder / "templates" / "labels.en-us.yaml").unlink()
    Image.new("RGB", (100, 100)).save(folder / "content/practices/harbor/logo.png")
    return planted


def test_rules_find_what_is_planted_and_nothing_else(tmp_path: Path) -> None:
    planted = plant_readable(tmp_path)
    assert findings(tmp_path) == planted


def plant_broken(folder: Path) -> list[Finding]:
    planted = plant(folder, BROKEN)
    latin, huge = folder / "content/handouts/latin/en.md", folder / "content/handouts/huge/en.md"
    for path in (latin, huge):
        path.parent.mkdir()
    latin.write_bytes("---\ntitle: Café\n".encode("latin-1"))
    huge.write_bytes(b"a" * 4_000_001)
    (folder / "content/handouts/pictures/wide.png").write_bytes(_PNG_OF_A_BILLION_PIXELS)
    places = {
        "not-utf8": "content/handouts/latin/en.md:2:11",
        "file-too-large": "content/handouts/huge/en.md",
    }
    return sorted([*planted, *places.items()])


def test_what_cannot_be_read_is_told_once_for_each_fault(tmp_path: Path) -> None:
    planted = plant_broken(tmp_path)
    assert findings(tmp_path) == planted


def test_the_planted_faults_are_of_over_a_hundred_kinds(tmp_path: Path) -> None:
    planted = [*plant_readable(tmp_path / "readable"), *plant_broken(tmp_path / "broken")]
    assert len({code for code, _ in planted}) >= 100
