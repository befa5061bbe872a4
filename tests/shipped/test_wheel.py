"""The wheel, installed in an empty environment elsewhere."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from support.shipped import ROOT
from support.wheels import build_wheel, install


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


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


def test_a_stranger_installs_it_and_makes_a_project(wheel: Path, tmp_path: Path) -> None:
    scripts = install(wheel, tmp_path / "venv", ROOT / "constraints.txt")
    subprocess.run([scripts / "handouts", "init", "demo"], check=True, cwd=tmp_path, capture_output=True)
    done = subprocess.run(
        [scripts / "handouts", "build", "spinal-fracture", "-s", "symptoms"],
        check=True,
        cwd=tmp_path / "demo",
        capture_output=True,
        text=True,
    )
    made = [tmp_path / "demo" / line for line in done.stdout.splitlines()]
    assert len(made) == 5
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)
