"""The wheel; tests/shipped/test_lowest_versions.py installs it in an empty environment."""

import zipfile
from pathlib import Path

from support.shipped import ROOT


def test_the_wheel_holds_all_that_is_shipped_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"handouts/shipped/{path.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "styles")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    starter = {
        f"handouts/shipped/starter/{path.relative_to(ROOT).as_posix()}"
        for path in [*(ROOT / "content").rglob("*"), ROOT / "handouts.yaml"]
        if path.is_file()
    }
    page = {
        path.relative_to(ROOT / "src").as_posix()
        for folder in ("templates", "static")
        for path in (ROOT / "src" / "handouts" / "web" / folder).rglob("*")
        if path.is_file()
    }
    assert shipped | starter | page <= names
    assert "handouts/dossier/dossier.html.j2" in names
    assert "handouts/shipped/styles/fonts/OFL.txt" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"handouts"}
