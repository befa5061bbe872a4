"""Without the libraries of the PDF engine, one message says so and names `handouts doctor`."""

from pathlib import Path
from typing import Final

import pytest

from support.command import run_anew
from support.projects import SmallProject, small_project

# Python runs this before anything else: WeasyPrint finds no Pango.
WITHOUT_PANGO: Final = """
import cffi
load = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if name and "pango" in str(name):
        raise OSError(f"cannot load library {name!r}: no such file\\n  and a second line")
    return load(self, name, flags)
cffi.FFI.dlopen = dlopen
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return small_project(tmp_path_factory.mktemp("bare") / "project")


@pytest.mark.parametrize(
    "command", [("build", "-f", "handout", "-f", "large-print"), ("serve", "--no-browser", "--port", "0")]
)
def test_one_message_names_doctor(project: SmallProject, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_PANGO)
    ran = run_anew(project.root, *command, PYTHONPATH=str(tmp_path))
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.count("error[no-engine]") == 1
    assert "libpango" in ran.err
    assert "run `handouts doctor`" in ran.err
    assert len(ran.err.splitlines()) <= 3
