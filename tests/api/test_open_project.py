"""The public API, used as docs/python.md shows it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import handouts
from support.projects import HANDOUT, small_project
from support.shipped import ROOT

PAGE = ROOT / "docs" / "python.md"


def test_the_example_of_the_docs_runs(tmp_path: Path) -> None:
    project = tmp_path / "my-handouts"
    for name in ("handouts/bone-food", "handouts/spinal-fracture", "practices/lakeside-spine-center"):
        shutil.copytree(ROOT / "content" / name, project / "content" / name)
    shutil.copy(ROOT / "content/references.yaml", project / "content")
    (project / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    ran = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=True)
    name = "bone-food.en.handout-a4-black.pdf"
    assert re.search(rf"^{re.escape(name)} [0-9]+ pages\n[0-9]+ open findings; current$", ran.stdout, re.MULTILINE)
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    assert ran.stderr == ""


def test_the_docs_name_all_that_is_public() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in handouts.__all__ if name != "__version__" and f"{name}" not in page] == []


def test_importing_the_package_loads_no_slow_module() -> None:
    program = (
        "import handouts, sys; print(sorted({'weasyprint', 'pydantic', 'jinja2', 'click', 'yaml'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_folder_without_project_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(handouts.NoProjectError, match=r"no handouts\.yaml in "):
        handouts.open_project(tmp_path)


def test_broken_settings_are_an_error_with_its_problems(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("handouts.yaml", "language: [\n")
    with pytest.raises(handouts.BrokenProjectError) as broken:
        handouts.open_project(project.root)
    assert [str(problem.place).split(":")[0] for problem in broken.value.problems] == ["handouts.yaml"]


def test_a_broken_handout_is_reported_and_not_planned(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write(HANDOUT, "no front matter\n")
    opened = handouts.open_project(project.root)
    assert any(problem.severity is handouts.Severity.ERROR for problem in opened.problems)
    assert opened.plan() == ()


@pytest.mark.parametrize(
    ("options", "message"), [({"paper": "a5"}, 'no paper "a5"'), ({"ink": "blue"}, 'no ink "blue"')]
)
def test_a_paper_or_ink_that_does_not_exist_is_not_planned(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    project = handouts.open_project(small_project(tmp_path).root)
    with pytest.raises(handouts.HandoutsError, match=message):
        project.plan(options=handouts.PrintOptions(**options))
