"""Every schema that `handouts schema` prints accepts real files and what commands write, and refuses others."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]

from handouts.build.json_report import format_dry_run, format_end, format_event, format_report
from handouts.build.options import BuildOptions
from handouts.build.plan.request import Request
from handouts.build.run_request import build
from handouts.cli.commands.schema import schema as schema_command
from handouts.model.project import Project
from support.command import invoke
from support.projects import HANDOUT, PRACTICE, SETTINGS, small_project
from support.shipped import ROOT

if TYPE_CHECKING:
    from handouts.build.outcome import Finished, PlanMade


class _Loader(yaml.SafeLoader):
    """YAML as editors read it: a date is a text."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    return yaml.load(text, _Loader)  # noqa: S506 - a safe loader


def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(invoke(ROOT, "schema", name).out)
    Draft202012Validator.check_schema(schema)
    return schema


def accept(name: str, *values: object) -> None:
    validator = Draft202012Validator(schema_of(name))
    for value in values:
        validator.validate(value)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What commands write for a project with a handout, a broken handout and a broken practice."""
    project = small_project(tmp_path_factory.mktemp("written"))
    project.write("content/handouts/broken/en.md", project.text(HANDOUT).replace("title: Back pain\n", ""))
    project.write("content/practices/broken/practice.yaml", "name: Broken\n")
    events: list[PlanMade | Finished] = []
    with ThreadPoolExecutor(1) as executor:
        request = Request(formats=("text",))
        report = build(Project(project.root), request, BuildOptions(), executor, events.append)
        planned = build(Project(project.root), request, BuildOptions(dry_run=True), executor)
    rows = {(outcome.output.practice, outcome.output.handout): outcome.status for outcome in report.outcomes}
    assert rows == {
        ("clinic", "back"): "built",
        ("clinic", "broken"): "failed",
        ("broken", "back"): "failed",
        ("broken", "broken"): "failed",
    }
    assert all(outcome.problems for outcome in report.outcomes if outcome.status == "failed")
    verified = invoke(project.root, "verify", "--json", "output/clinic/back.en.txt", HANDOUT).out
    assert invoke(project.root, "dossier", "back").code == 0
    lines = [*(format_event(event, Project(project.root)) for event in events), format_end(report, 1.0)]
    return {
        "dossier": [json.loads(project.text("dossiers/back/dossier.json"))],
        "report": [json.loads(format_report(report, 1.0, Project(project.root)))],
        "plan": [json.loads(format_dry_run(planned, Project(project.root), forced=False))],
        "events": [json.loads(line) for line in lines],
        "manifest": [json.loads(project.text("output/manifest.json"))],
        "check": [json.loads(invoke(project.root, "check", "--format", "json").out)],
        "verification": [json.loads(verified)],
    }


@pytest.mark.parametrize("name", ["report", "plan", "events", "manifest", "check", "verification", "dossier"])
def test_what_commands_write_is_as_its_schema_says(written: dict[str, list[Any]], name: str) -> None:
    accept(name, *written[name])


def test_every_planned_output_is_a_row_of_the_report_and_counted(written: dict[str, list[Any]]) -> None:
    (report,) = written["report"]
    assert (report["ok"], report["totals"]["built"], report["totals"]["failed"]) == (False, 1, 3)
    assert all(output["problems"] for output in report["outputs"] if output["status"] == "failed")
    (manifest,) = written["manifest"]
    assert len(manifest["failed"]) == 3


def test_all_names_are_tested(written: dict[str, list[Any]]) -> None:
    (kind,) = (parameter.type for parameter in schema_command.params if parameter.name == "name")
    assert isinstance(kind, click.Choice)
    elsewhere = {
        "template-values",  # tests/compose/test_template_data.py
        *("published", "site-index", "practice-index"),  # tests/publish/test_site.py
    }
    assert (
        set(kind.choices) == {*written, "settings", "practice", "front-matter", "references", "approvals"} | elsewhere
    )


def _front_matter(path: Path) -> Any:  # noqa: ANN401 - as above
    return load(path.read_text(encoding="utf-8").split("---\n")[1])


def test_the_files_of_real_projects_are_as_their_schemas_say(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert invoke(project.root, "new", "practice", "blank").code == 0
    assert invoke(project.root, "new", "handout", "blank").code == 0
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine surgeon")
    assert invoke(project.root, "approve", "back", "--by", "Spine surgeon").code == 0
    accept("approvals", load(project.text("content/handouts/back/approvals.yaml")))
    for root in (ROOT, project.root):
        accept("settings", load((root / SETTINGS).read_text(encoding="utf-8")))
        accept("references", load((root / "content/references.yaml").read_text(encoding="utf-8")))
        accept("practice", *(load(path.read_text()) for path in root.glob("content/practices/*/practice.yaml")))
        accept("front-matter", *map(_front_matter, root.glob("content/handouts/*/*.md")))


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("extends: clinic\n", True),
        ("extends: clinic\ncolors: {brand: '#000000'}\n", True),
        ("extends: clinic\nemergency: {text: Call 999.}\n", True),
        ("abstract: true\nname: All clinics\n", True),
        ("abstract: false\nname: All clinics\n", False),
        ("name: All clinics\n", False),
        ("extends: clinic\nnam: Typo\n", False),
    ],
)
def test_a_practice_may_extend_another_or_be_abstract(tmp_path: Path, text: str, *, is_valid: bool) -> None:
    project = small_project(tmp_path)
    project.write("content/practices/annex/practice.yaml", text)
    assert (project.problems() == ()) == is_valid
    if is_valid:
        accept("practice", load(text))
    else:
        with pytest.raises(ValidationError):
            accept("practice", load(text))


def test_a_whole_practice_needs_whole_parts(tmp_path: Path) -> None:
    practice = load(small_project(tmp_path).text(PRACTICE))
    accept("practice", practice)
    for path in (("name",), ("colors", "accent"), ("emergency", "text"), ("phones",)):
        smaller = json.loads(json.dumps(practice))
        holder = smaller
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        with pytest.raises(ValidationError):
            accept("practice", smaller)
