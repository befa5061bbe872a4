"""`handouts dossier`: what an auditor asks about a handout, as a page and as data."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from support.command import invoke
from support.projects import HANDOUT, REFERENCES, SETTINGS, SmallProject
from support.releases import TODAY, releasable

FOLDER = "dossiers/back"
HOSTILE = '<img src=x onerror="alert(1)">&{{ 7*7 }}'
RELEASED = (
    '{"printed":"2026-01-10","made_from":{"handout":"back","language":"en","practice":"clinic","sections":["what"],'
    '"format":"text","paper":"a4","ink":"color","options":[],"code":"HO-1","version":"1.0","status":"approved",'
    '"review_due":"2027-01-10","print_code":"7KQ-2M4-XEN","sources":{"text":"0db2a6402e1ee67a",'
    '"version":"9ea9aa34d8f9dbbb","references":"6bc81d426a63b28d","practice":"63ed1291e9a8d840",'
    '"pictures":"4f53cda18c2baa0c","brand":"b5eceb0a04ef8da7","design":"b7749385551028e8",'
    '"fonts":"0d7c3943b08a8e90"},"tool":"handouts 0.1.0"}}\n'
)


def read(project: SmallProject, *arguments: str) -> dict[str, Any]:
    ran = invoke(project.root, "dossier", "back", *arguments)
    assert ran.code == 0, ran.err
    dossier: dict[str, Any] = json.loads(project.text(f"{FOLDER}/dossier.json"))
    return dossier


def commit(project: SmallProject) -> None:
    for arguments in (["add", "."], ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-m", "x"]):
        subprocess.run(["git", *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A handout that was signed and released in version 1.0, and signed in version 2.0."""
    project = releasable(tmp_path_factory.mktemp("dossier"))
    project.replace(SETTINGS, "signatures: optional\n", "")
    subprocess.run(["git", "init"], cwd=project.root, check=True, capture_output=True)
    commit(project)
    who = ("--by", "Spine surgeon", "--interest", "none", "--searched", "2026-01-02")
    assert invoke(project.root, "approve", "back", *who).code == 0
    project.write("print-codes/clinic.jsonl", RELEASED)
    project.replace(HANDOUT, 'version: "1.0"', 'version: "2.0"')
    accepted = f"accepted: [{{code: citation-before-stop, reason: {json.dumps(HOSTILE)}}}]\nkeywords:"
    project.replace(HANDOUT, "keywords:", accepted)
    commit(project)
    assert invoke(project.root, "approve", "back", *who).code == 0
    return project


def test_it_says_who_signed_what_from_which_sources_and_where_it_was_released(signed: SmallProject) -> None:
    dossier = read(signed)
    assert (dossier["as_of"], dossier["unreadable"], dossier["withdrawn"]) == (str(TODAY), [], [])
    (one,) = dossier["languages"]
    assert (one["version"], one["status"], one["refusals"], one["findings"]) == ("2.0", "approved", [], [])
    assert [(each["version"], each["state"]) for each in one["approvals"]] == [("2.0", "valid"), ("1.0", "replaced")]
    assert one["approvals"][0]["searched"] == "2026-01-02"
    assert [each["version"] for each in one["history"]] == ["2.0", "1.0"]
    blob = ["git", "rev-parse", f"HEAD:{HANDOUT}"]
    digest = subprocess.run(blob, cwd=signed.root, check=True, capture_output=True, text=True).stdout.strip()
    assert one["history"][0]["digest"] == digest
    assert [each["reason"] for each in one["accepted"]] == [HOSTILE]
    assert [(each["section"], each["text"], each["sources"]) for each in one["claims"]] == [
        ("What is it?", "Back pain is common. It is mostly harmless.", ["smith2020"]),
        ("What helps?", "most people", ["jones2021"]),
    ]
    assert [each["key"] for each in one["sources"]] == ["smith2020", "jones2021"]
    assert one["measures"]["words"] > 50
    (release,) = dossier["releases"]
    assert (release["printed"], release["made_from"]["print_code"]) == ("2026-01-10", "7KQ-2M4-XEN")


def test_the_page_says_the_same_and_carries_no_markup_of_the_project(signed: SmallProject) -> None:
    read(signed)
    source = signed.text(f"{FOLDER}/dossier.html")
    page = html.document_fromstring(source)
    assert page.get("lang") == "en"
    assert not page.xpath("//img | //script | //*[@onerror]")
    assert HOSTILE in page.text_content()
    words = " ".join(page.text_content().split())
    for expected in ("Spine surgeon", "7KQ-2M4-XEN", "Spine (Phila Pa 1976)", "A release may print it", "holds"):
        assert expected in words
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert len(table.xpath("thead/tr/th[@scope='col']")) == len(table.xpath("tbody/tr[1]/td"))
    (link,) = page.xpath("//a/@href")
    assert (signed.root / FOLDER / link).is_file()


def test_the_same_project_and_day_give_the_same_bytes(signed: SmallProject, tmp_path: Path) -> None:
    read(signed)
    assert invoke(signed.root, "dossier", "back", "-o", str(tmp_path)).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dossier.html", "dossier.json", "scores.en.html"]
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (signed.root / FOLDER / path.name).read_bytes()


def test_changes_errors_and_withdrawals_are_in_it(tmp_path: Path) -> None:
    project = releasable(tmp_path)  # in no repository
    project.replace(SETTINGS, "signatures: optional\n", "")
    assert invoke(project.root, "approve", "back", "--by", "Spine surgeon").code == 0
    project.replace(HANDOUT, "mostly harmless", "often harmless")
    project.replace(REFERENCES, "    title: The healthy back", "    title: The healthy back\n    retraction: J. 2022")
    project.write("content/handouts/back/es.md", "---\ntitle: Espalda\n---\n")
    dossier = read(project)
    (one,) = dossier["languages"]
    (approval,) = one["approvals"]
    assert (approval["state"], "what" in approval["changed"]) == ("changed", True)
    assert {each["code"] for each in one["refusals"]} == {"changed-since-approval", "retracted-source"}
    assert (one["history"], one["sources"][1]["retraction"]) == ([], "J. 2022")
    assert {each["file"] for each in dossier["unreadable"]} == {"content/handouts/back/es.md"}
    # On the day after its review was due, it says so too.
    assert "review-overdue" in {
        each["code"] for each in read(project, "--today", "2035-01-01")["languages"][0]["refusals"]
    }
    withdrawn = "withdrawn: [{handout: back, date: 2026-11-20, reason: The dose was wrong.}]\n"
    project.write(SETTINGS, project.text(SETTINGS) + withdrawn)
    dossier = read(project)
    assert dossier["withdrawn"] == [{"version": "", "date": "2026-11-20", "reason": "The dose was wrong."}]
    assert "Withdrawn on 2026-11-20: The dose was wrong." in project.text(f"{FOLDER}/dossier.html")


def test_a_handout_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    ran = invoke(project.root, "dossier", "bach")
    assert (ran.code, "back" in ran.err) == (2, True)
    ran = invoke(project.root, "dossier", "b*")  # a dossier is of one handout
    assert (ran.code, 'no handout "b*"' in ran.err) == (2, True)
    assert not (project.root / "dossiers").exists()
