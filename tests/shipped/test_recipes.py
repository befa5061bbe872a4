"""The recipes of CONTRIBUTING.md, followed step by step in a copy of the repository."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from support.command import Ran
from support.examples import Command, fits, parse_commands
from support.shipped import ROOT

_PAGE: Final = "CONTRIBUTING.md"
_COPIED: Final = (
    *("src", "templates", "styles", "content", "docs", "handouts.yaml", "pyproject.toml"),
    *(
        "tests/conftest.py",
        "tests/support",
        "tests/data",
        "tests/ama",
        "tests/check",
        "tests/cli",
        "tests/schema",
        "tests/shipped",
    ),
)
_STEP: Final = re.compile(
    r"(?:^<!-- file: (?P<path>[^\n]+) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_SECONDS: Final = 60


@dataclass(frozen=True)
class Step:
    """A block of a recipe: a patch, a new file at a path, or commands with their output."""

    line: int
    language: str
    path: str
    text: str


@dataclass(frozen=True)
class Recipe:
    """The steps below a heading, in order."""

    title: str
    steps: tuple[Step, ...]


def all_recipes() -> Iterator[Recipe]:
    """Yield the recipes of the page."""
    page = (ROOT / _PAGE).read_text(encoding="utf-8")
    for heading in re.finditer(r"^### (Add [^\n]+)\n(.*?)(?=^### Add |\Z)", page, re.DOTALL | re.MULTILINE):
        steps = (
            Step(
                page.count("\n", 0, heading.start(2) + block.start("text")) + 1,
                block["language"],
                block["path"] or "",
                block["text"],
            )
            for block in _STEP.finditer(heading[2])
        )
        yield Recipe(heading[1], tuple(steps))


RECIPES: Final = {recipe.title: recipe for recipe in all_recipes()}


def copy_repository(folder: Path) -> Path:
    """Copy what the recipes need of the repository, with modules as compiled: files keep their times."""
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def follow(recipe: Recipe, repository: Path) -> None:
    """Apply the patches and files of a recipe, and compare what its commands print."""
    folder = repository
    for step in recipe.steps:
        if step.language == "diff":
            apply_patch(step, repository)
        elif step.language == "console":
            for command in parse_commands(step.text, step.line):
                if command.text.startswith("cd "):
                    folder = (folder / command.text.removeprefix("cd ")).resolve()
                else:
                    check_command(command, repository, folder)
        else:
            assert step.path, f"{_PAGE}:{step.line}: a block without a path"
            path = repository / step.path
            assert not path.exists(), f"{_PAGE}:{step.line}: {step.path} exists already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")


def apply_patch(step: Step, repository: Path) -> None:
    """Apply a patch, which has to fit without fuzz."""
    done = subprocess.run(
        ["git", "apply", "-"],
        input=step.text,
        cwd=repository,
        # Within another repository, git would leave out files that are not in its current folder.
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(repository.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{_PAGE}:{step.line}: the patch does not apply: {done.stderr}"


def check_command(command: Command, repository: Path, folder: Path) -> None:
    """Run a command on the copy; it prints what is shown, and fails only if errors are shown."""
    ran = run_on_copy(repository, folder, *shlex.split(command.text))
    printed = [order.splitlines() for order in (ran.out + ran.err, ran.err + ran.out)]
    shown = list(command.shown)
    place = f"{_PAGE}:{command.line}: {command.text}"
    if not any(fits(shown, lines) for lines in printed):
        assert printed[0] == shown, place
    assert ran.code == int(any("error[" in line for line in shown)), f"{place}\n{ran.out}{ran.err}"


def run_on_copy(repository: Path, folder: Path, name: str, *arguments: str) -> Ran:
    """Run a Python tool in a folder, with the sources of the copy."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(repository / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=_SECONDS,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_there_are_four_recipes() -> None:
    assert list(RECIPES) == ["Add a format", "Add a language", "Add a check", "Add a type of reference"]
    assert [title for title, recipe in RECIPES.items() if not any(s.language == "console" for s in recipe.steps)] == []


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_can_be_followed(recipe: Recipe, tmp_path: Path) -> None:
    repository = copy_repository(tmp_path / "handouts")
    follow(recipe, repository)
    changed = re.findall(r"^\+\+\+ b/(\S+\.py)$", "".join(step.text for step in recipe.steps), re.MULTILINE)
    changed += [step.path for step in recipe.steps if step.path.endswith(".py")]
    for arguments in (("format", "--check"), ("check",)):
        if changed:
            ran = run_on_copy(repository, repository, "ruff", *arguments, "--no-cache", *changed)
            assert ran.code == 0, ran.out + ran.err
    if recipe.title == "Add a check":
        assert "| `repeated-title` | warning |" in (repository / "docs" / "checks.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for steps that change nothing."""
    return copy_repository(tmp_path_factory.mktemp("unchanged") / "handouts")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("diff", "--- a/handouts.yaml\n+++ b/handouts.yaml\n@@ -1,1 +1,1 @@\n-no such line\n+another\n"),
        ("console", "$ handouts list formats\nno such format\n"),
        ("console", "$ handouts list handouts --no-such-option\n...\n"),
        ("yaml", "language: en\n"),
    ],
)
def test_a_step_that_is_out_of_date_is_an_error(unchanged: Path, language: str, text: str) -> None:
    step = Step(1, language, "handouts.yaml" if language == "yaml" else "", text)
    with pytest.raises(AssertionError, match=r"CONTRIBUTING\.md:1"):
        follow(Recipe("Add nothing", (step,)), unchanged)
