"""`handouts eject`: shipped templates and style sheets copied into a project, and nothing overwritten."""

import pytest
from click.testing import CliRunner, Result

from handouts.cli.group import handouts
from handouts.scaffold.shipped_files import list_shipped_files
from support.projects import SmallProject
from support.shipped import ROOT

SHEET = "styles/handout.css"


@pytest.fixture(autouse=True)
def in_project(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


def eject(*arguments: str) -> Result:
    return CliRunner().invoke(handouts, ["eject", *arguments])


@pytest.mark.parametrize(
    "name",
    [
        "templates/text.html.j2",
        "templates/parts/footer.html.j2",
        "templates/labels.en.yaml",
        "styles/images/important.svg",
    ],
)
def test_a_shipped_file_is_copied_unchanged(project: SmallProject, name: str) -> None:
    ran = eject(name)
    assert (ran.exit_code, ran.stdout) == (0, f"{name}\n"), ran.stderr
    assert (project.root / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_copy_is_used_by_builds(project: SmallProject) -> None:
    assert eject("templates/text.html.j2").exit_code == 0
    template = project.text("templates/text.html.j2")
    project.write("templates/text.html.j2", "OUR OWN\n" + template)
    assert project.run("build", "-f", "text").code == 0
    assert "OUR OWN" in project.text("output/clinic/back.en.txt")


def test_without_a_name_all_files_are_listed() -> None:
    ran = eject()
    assert (ran.exit_code, ran.stdout.split()) == (0, list(list_shipped_files()))
    assert {"templates/labels.en.yaml", "templates/handout.html.j2", SHEET} <= set(list_shipped_files())
    assert not any(name.endswith((".ttf", ".txt", ".icc", ".conf")) for name in list_shipped_files())


def test_nothing_is_overwritten(project: SmallProject) -> None:
    project.write(SHEET, "p { color: red }")
    ran = eject(SHEET)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"error[already-there]: {SHEET} already exists\n    hint: your copy is used")
    assert project.text(SHEET) == "p { color: red }"


def test_a_link_that_leads_nowhere_is_not_written_through(
    project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "handout.css"
    (project.root / "styles").mkdir()
    (project.root / SHEET).symlink_to(target)
    assert eject(SHEET).exit_code == 1
    assert not target.exists()


def test_a_mistyped_name_gets_a_suggestion() -> None:
    ran = eject("templates/hanout.html.j2")
    assert ran.exit_code == 1
    assert ran.stderr == (
        'error[not-shipped]: no shipped file "templates/hanout.html.j2"\n'
        '    hint: did you mean "templates/handout.html.j2"? `handouts eject` lists all of them\n'
    )


@pytest.mark.parametrize(
    "name",
    [
        "../handouts.yaml",
        "/etc/passwd",
        "templates/../content/references.yaml",
        "templates",
        "styles/fonts/fonts.conf",
        "",
    ],
)
def test_only_shipped_files_can_be_named(project: SmallProject, name: str) -> None:
    before = sorted(project.root.rglob("*"))
    ran = eject(name)
    assert (ran.exit_code, "error[not-shipped]" in ran.stderr) == (1, True)
    assert sorted(project.root.rglob("*")) == before


def test_a_folder_that_leads_out_of_the_project_is_refused(
    project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project.root / "styles").symlink_to(elsewhere)
    ran = eject(SHEET)
    assert (ran.exit_code, "error[leads-outside]" in ran.stderr) == (1, True)
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error(project: SmallProject) -> None:
    project.write("styles", "a file, not a folder")
    ran = eject(SHEET)
    assert (ran.exit_code, "error[not-created]: styles/handout.css cannot be written" in ran.stderr) == (1, True)


def test_outside_a_project_nothing_is_written(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    assert "error[no-project]" in eject(SHEET).stderr
    assert list(folder.iterdir()) == []
