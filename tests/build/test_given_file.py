"""`handouts build --given fhir` records what it made, beside the files, without a name."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from support.command import invoke
from support.projects import SmallProject, small_project

DAY = ("--today", "2099-11-27")  # a build refuses days in the past


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return small_project(tmp_path_factory.mktemp("given"))


def test_the_files_of_a_visit_are_recorded(project: SmallProject) -> None:
    ran = project.run("build", "-f", "text", "-f", "html", "-o", "visit/", "--given", "fhir", *DAY)
    assert ran.code == 0, ran.err
    record = project.root / "visit" / "given.fhir.json"
    assert "recorded in visit/given.fhir.json" in ran.err
    documents = [
        entry["resource"] for entry in json.loads(record.read_bytes())["entry"] if "content" in entry["resource"]
    ]
    made = {path.suffix: path.read_bytes() for path in project.root.glob("visit/clinic/*")}
    types = {"text/plain": ".txt", "text/html": ".html"}
    assert len(documents) == len(made) == 2
    for document in documents:
        attachment = document["content"][0]["attachment"]
        content = made[types[attachment["contentType"]]]
        assert base64.b64decode(attachment["hash"]) == hashlib.sha1(content, usedforsecurity=False).digest()
        assert attachment["size"] == len(content)
        assert document["docStatus"] == "preliminary"
        assert f", {DAY[1]}" in document["text"]["div"]


def test_the_record_of_one_file_has_its_name(project: SmallProject) -> None:
    assert project.run("build", "-o", "one.txt", "-f", "text", "--given", "fhir", *DAY).code == 0
    assert (project.root / "one.fhir.json").exists()


def test_nothing_is_recorded_as_given_if_something_failed(tmp_path: Path) -> None:
    target = tmp_path / "visit"
    broken = small_project(tmp_path / "project")
    broken.replace("content/handouts/back/en.md", "@smith2020", "@smith2021")
    ran = broken.run("build", "-f", "text", "-o", f"{target}/", "--given", "fhir")
    assert ran.code == 1
    assert "nothing is recorded as given" in ran.err
    assert not (target / "given.fhir.json").exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [((), "needs -o"), (("-o", "x/", "--dry-run"), "leave out"), (("-o", "x/", "--shard", "1/2"), "leave out")],
)
def test_what_cannot_be_recorded_is_a_wrong_use(project: SmallProject, options: tuple[str, ...], reason: str) -> None:
    ran = invoke(project.root, "build", "--given", "fhir", *options)
    assert ran.code == 2
    assert reason in ran.err
