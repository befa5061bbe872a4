"""Outputs stay in the project unless another folder is named; a file of another kind is not taken for a folder."""

from pathlib import Path

import pytest

from support.projects import SmallProject, small_project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path / "project")


@pytest.mark.parametrize("link", ["output", "output/clinic"])
def test_a_link_out_of_the_project_is_refused_unless_its_folder_is_named(
    project: SmallProject, tmp_path: Path, link: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = project.root / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(elsewhere)
    ran = project.run("build", "-f", "text")
    assert ran.code == 2
    assert f"is a link to {elsewhere}" in ran.err
    assert list(elsewhere.iterdir()) == []
    assert project.run("build", "-f", "text", "-o", str(elsewhere)).code == 0
    assert (elsewhere / "manifest.json").exists()


def test_a_link_within_the_project_is_followed(project: SmallProject) -> None:
    (project.root / "made").mkdir()
    (project.root / "output").symlink_to("made")
    assert project.run("build", "-f", "text").code == 0
    assert (project.root / "made" / "manifest.json").exists()


@pytest.mark.parametrize("name", ["report.docx", "x.PDFX", "back.md"])
def test_a_file_of_another_kind_is_refused(project: SmallProject, name: str) -> None:
    ran = project.run("build", "-f", "text", "-o", name)
    assert ran.code == 2
    assert "no output ends in" in ran.err
    assert not (project.root / name).exists()
    assert project.run("build", "-f", "text", "-o", f"{name}/").code == 0
