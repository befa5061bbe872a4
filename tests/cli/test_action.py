"""The GitHub Action, its steps run one after the other as a runner would; and the image, made of what is installed."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.projects import HANDOUT, SmallProject, small_project
from support.shipped import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
DEPENDENCIES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


@dataclass
class Runner:
    """What a runner of GitHub keeps between the steps of a job; the project lies in a folder of the repository."""

    folder: Path
    inputs: Mapping[str, str]
    codes: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    def text(self, name: str) -> str:
        """Return what the steps wrote to one of the files that GitHub names."""
        path = self.folder / name
        return path.read_text() if path.exists() else ""

    def run(self, *names: str) -> None:
        """Run the commands of the action, or those that are named; other people's actions are left out."""
        for step in STEPS:
            if "run" in step and (not names or step["name"] in names):
                self._run(step)

    def _run(self, step: Mapping[str, Any]) -> None:
        names = ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        here = {name: str(self.folder / name) for name in names}
        given = {name: self._filled(value) for name, value in step.get("env", {}).items()}
        paths = [*reversed(self.text("GITHUB_PATH").splitlines()), str(Path(sys.executable).parent), os.environ["PATH"]]
        # As the runner calls it: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.repository / self._filled(step.get("working-directory", ".")),
            env={
                **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                **here,
                **given,
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_WORKSPACE": str(self.repository),
                "RUNNER_TEMP": str(self.folder),
                "PATH": os.pathsep.join(paths),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.codes[step["name"]] = done.returncode
        self.said[step["name"]] = done.stdout + done.stderr

    def _filled(self, text: str) -> str:
        known = {name: about["default"] for name, about in ACTION["inputs"].items()} | dict(self.inputs)
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: known[found[1]], text)


def runner(folder: Path, **inputs: str) -> tuple[Runner, SmallProject]:
    made = Runner(folder, {"project": "leaflets", **inputs})
    (made.repository / "leaflets").mkdir(parents=True)
    return made, small_project(made.repository / "leaflets")


def test_the_action_installs_checks_builds_and_reports(tmp_path: Path) -> None:
    job, project = runner(tmp_path, arguments="--format text\n--practice 'cli*c'", output="made here")
    job.run()
    assert job.codes == {"Install": 0, "Check": 0, "Build": 0}, job.said
    assert (project.root / "made here/clinic/back.en.txt").is_file()
    assert f"::warning file=leaflets/{HANDOUT},line=1,title=draft::" in job.said["Check"]
    assert job.text("GITHUB_OUTPUT") == "report=leaflets/made here/report.json\n"
    report = json.loads((job.repository / "leaflets/made here/report.json").read_text())
    assert (report["ok"], report["totals"]["built"]) == (True, 1)
    assert "| built | 1 |" in job.text("GITHUB_STEP_SUMMARY")
    job.run("Build")
    assert "| unchanged | 1 |" in job.text("GITHUB_STEP_SUMMARY"), "what was kept is not built again"


def test_what_is_wrong_fails_the_job_and_is_shown_at_its_line(tmp_path: Path) -> None:
    job, project = runner(tmp_path, arguments="-f text")
    project.write("content/handouts/neck/en.md", project.text(HANDOUT).replace("[@smith2020]", "[@nobody]"))
    job.run()
    assert (job.codes["Check"], job.codes["Build"]) == (1, 1)
    assert re.search(r"^::error file=leaflets/content/handouts/neck/en\.md,line=\d+", job.said["Build"], re.MULTILINE)
    assert (project.root / "output/clinic/back.en.txt").is_file()
    assert json.loads((project.root / "output/report.json").read_text())["ok"] is False


@pytest.mark.parametrize("arguments", ["'", "--nothing-such", "; touch stolen & $(touch stolen) `touch stolen`"])
def test_arguments_are_never_run_by_the_shell(tmp_path: Path, arguments: str) -> None:
    assert [step["name"] for step in STEPS if "inputs.arguments" in str(step)] == ["Build"]
    job, _ = runner(tmp_path, arguments=arguments)
    job.run("Build")
    assert job.codes["Build"] != 0
    assert list(tmp_path.rglob("stolen")) == []


def test_inputs_reach_commands_as_variables_only() -> None:
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize(
    ("kind", "schema"), [("GitHub Actions", "vendor.github-workflows"), ("GitLab CI", "vendor.gitlab-ci")]
)
def test_the_examples_fit_the_schemas_of_the_services(tmp_path: Path, kind: str, schema: str) -> None:
    page = (ROOT / "docs/ci.md").read_text() + (ROOT / "docs/publishing.md").read_text()
    examples = re.findall(rf"<!-- other: {kind} -->\n```yaml\n(.*?)```", page, re.DOTALL)
    paths = [tmp_path / f"{number}.yml" for number, _ in enumerate(examples)]
    for path, example in zip(paths, examples, strict=True):
        path.write_text(example)
    assert paths
    assert_fits(schema, *paths)


def test_the_examples_use_the_inputs_that_the_action_has() -> None:
    page = (ROOT / "docs/ci.md").read_text()
    examples = re.findall(r"<!-- other: GitHub Actions -->\n```yaml\n(.*?)```", page, re.DOTALL)
    jobs = [job for example in examples for job in yaml.safe_load(example)["jobs"].values()]
    given = [step.get("with", {}) for job in jobs for step in job["steps"] if "OWNER" in step.get("uses", "")]
    assert len(given) == 3
    assert {name for one in given for name in one} <= ACTION["inputs"].keys()
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in page] == []


def test_the_action_fits_the_schema_of_actions() -> None:
    assert_fits("vendor.github-actions", ROOT / "action.yml")


def assert_fits(schema: str, *paths: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# The image


def test_the_image_has_the_system_libraries_that_are_installed_elsewhere() -> None:
    install = (ROOT / "scripts/install").read_text()
    found = re.search(r'^packages="([^"]+)"', install, re.MULTILINE)
    assert found
    dockerfile = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = re.findall(r"apt-get install -y --no-install-recommends ([^&]+)", dockerfile)
    assert {name for line in lines for name in shlex.split(line)} == {*found[1].split(), "python3"}
    libraries = [name for name in found[1].split() if name.startswith("lib")]
    for page in ("README.md", "docs/ci.md"):
        assert [name for name in libraries if name not in (ROOT / page).read_text()] == [], page


@pytest.mark.parametrize(
    ("command", "is_listening", "is_healthy"),
    [("serve", True, True), ("serve", False, False), ("build", False, True)],
)
def test_the_image_is_healthy_if_the_front_desk_answers_or_is_not_what_runs(
    tmp_path: Path,
    command: str,
    is_listening: bool,  # noqa: FBT001 - a parameter of cases
    is_healthy: bool,  # noqa: FBT001 - likewise
) -> None:
    line = re.search(r"^HEALTHCHECK .*?CMD (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert line
    *_, code = json.loads(line[1])
    (tmp_path / "cmdline").write_bytes(f"python3\0handouts\0{command}\0--no-browser\0".encode())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if is_listening:
            listener.listen()
        code = code.replace("/proc/1", str(tmp_path)).replace("8765", str(listener.getsockname()[1]))
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ran.returncode == 0) == is_healthy


def test_all_that_the_wheel_is_made_of_goes_into_the_image() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    project = (ROOT / "pyproject.toml").read_text()
    included = re.findall(r'^"([\w.]+)" = "handouts/shipped', project, re.MULTILINE)
    assert {*included, "src", "pyproject.toml", "README.md", "requirements.lock"} == let_in


def test_the_lock_file_has_the_versions_that_the_checks_run_with_and_a_hash_for_each() -> None:
    entries = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    assert all("--hash=sha256:" in entry for entry in entries)
    locked = dict(_normalize(entry.partition(" ")[0]) for entry in entries)
    checked = dict(_normalize(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    assert {name for name in locked.keys() & checked.keys() if locked[name] != checked[name]} == set()
    wanted = {_normalize(re.split(r"[><=\[,~! ]", line)[0])[0] for line in DEPENDENCIES}
    assert wanted <= locked.keys()


def _normalize(pinned: str) -> tuple[str, str]:
    """Return the name of a package as PyPI compares names, and its version."""
    name, _, version = pinned.partition("==")
    return re.sub(r"[-_.]+", "-", name).lower(), version


def test_actions_of_others_are_named_by_the_id_of_a_commit() -> None:
    uses = [
        use
        for name in ("action.yml", "docs/ci.md", "docs/publishing.md")
        for use in re.findall(r"uses: (.*)", (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert len(uses) == 15
    others = [use for use in uses if not use.startswith("OWNER/handouts@COMMIT")]
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in others), others
