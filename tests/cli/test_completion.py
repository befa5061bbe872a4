"""Completion in shells: names of the current project, quickly and without noise."""

import os
import subprocess
import sys

import pytest
from click.shell_completion import ShellComplete

from handouts.cli.group import handouts
from handouts.cli.options.completion import SHIPPED_FORMATS
from handouts.model.edition import formats
from support.command import run_anew
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject
from support.shipped import library


@pytest.fixture(autouse=True)
def in_project(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    project.replace(HANDOUT, "keywords:\n", "selections:\n  short: [what]\nkeywords:\n")
    project.write("content/handouts/neck/es.md", "## Cuello? {#cuello}\n")
    project.write("content/practices/harbor/practice.yaml", project.text(PRACTICE))
    project.write(SETTINGS, "sets: {everything: [{formats: [html]}]}\nformats:\n  poster: {title: A poster}\n")
    monkeypatch.chdir(project.root)


def complete(*words: str) -> list[str]:
    *before, incomplete = words
    completions = ShellComplete(handouts, {}, "handouts", "_HANDOUTS_COMPLETE").get_completions(before, incomplete)
    return [item.value for item in completions]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["build", ""], ["back", "neck"]),
        (["print", "b"], ["back"]),
        (["check", "n"], ["neck"]),
        (["build", "-p", ""], ["clinic", "harbor"]),
        (["check", "--practice", "h"], ["harbor"]),
        (["build", "-s", ""], ["about", "cuello", "helps", "short", "treatment", "what", "worry"]),
        (["build", "back", "-s", "w"], ["what", "worry"]),
        (["build", "neck", "-x", ""], ["cuello"]),
        (["build", "-l", ""], ["en", "es"]),
        (["build", "--set", ""], ["everything"]),
        (["build", "-f", "p"], ["poster"]),
        (["build", "-f", "tri"], ["trifold", "trifold-z"]),
        (["list", "ref"], ["references"]),
        (["check", "--explain", "no-proj"], ["no-project"]),
        (["eject", "templates/parts/ma"], ["templates/parts/main-point.html.j2", "templates/parts/masthead.html.j2"]),
        (["ver"], ["verify"]),
    ],
)
def test_names_are_completed(words: list[str], names: list[str]) -> None:
    assert complete(*words) == names


def test_the_shipped_formats_are_completed() -> None:
    assert set(SHIPPED_FORMATS) == set(formats(library().settings))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_and_names(project: SmallProject, shell: str) -> None:
    script = run_anew(project.root, _HANDOUTS_COMPLETE=f"{shell}_source")
    assert script.code == 0
    assert "_HANDOUTS_COMPLETE" in script.out
    variables = {"COMP_WORDS": "handouts build -p cl", "COMP_CWORD": "cl" if shell == "fish" else "3"}
    names = run_anew(project.root, _HANDOUTS_COMPLETE=f"{shell}_complete", **variables)
    assert (names.code, names.err) == (0, "")
    assert "clinic" in names.out
    assert "harbor" not in names.out


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (SETTINGS, b"sets: ["),
        (SETTINGS, b"\xff\xfe"),
        (SETTINGS, b"- a list\n"),
        (SETTINGS, b"sets: &a [*a]\n"),
        (SETTINGS, b"[" * 1_000_000),
        (HANDOUT, b"---\nselections: [\n---\n"),
        (HANDOUT, b"\x00"),
    ],
)
def test_a_broken_project_completes_nothing_and_prints_nothing(
    project: SmallProject, capfd: pytest.CaptureFixture[str], file: str, content: bytes
) -> None:
    project.write(file, content)
    for words in (["--set", ""], ["-f", ""], ["-s", ""]):
        complete("build", *words)
    assert complete("build", "--set", "") == ([] if file == SETTINGS else ["everything"])
    assert complete("build", "b") == ["back"]
    assert capfd.readouterr() == ("", "")


def test_outside_a_project_and_in_a_deleted_folder_nothing_is_completed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    assert complete("build", "") == []
    folder.rmdir()
    assert complete("build", "") == []


def test_handouts_outside_the_project_are_not_read(
    project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    elsewhere.write_text("## Secret? {#secret}\n")
    (project.root / "content/handouts/back/fr.md").symlink_to(elsewhere)
    assert "secret" not in complete("build", "-s", "")
    assert complete("build", "../../../*", "-s", "") == []


def test_no_engine_is_imported(project: SmallProject) -> None:
    code = (
        "import sys\nfrom handouts.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'weasyprint', 'pydantic', 'jinja2', 'fontTools', 'markdown_it'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    variables = {"_HANDOUTS_COMPLETE": "bash_complete", "COMP_WORDS": "handouts build -s w", "COMP_CWORD": "3"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.root,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["plain,what", "plain,worry"]
