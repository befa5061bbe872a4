"""`handouts build --release`: what must not go to patients stays here, and what is like it but safe goes out."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from support.command import copy_of_shipped, run
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project

TODAY: Final = dt.datetime.now().astimezone().date()
TREATMENT: Final = (
    "treatment: {benefits: [helps], risks: [safety], no_treatment: [what], other_options: [worry]}\nactions:"
)
SAFETY: Final = """\
::: important {#safety always-with="treatment"}
Talk to your doctor before you take medicine.
:::
"""

# What is written in place of what in a handout that could be released, and what is said of it: nothing, if it is safe.
HANDOUTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "draft": ("status: approved", "status: draft", "draft"),
    "overdue-by-a-day": ("{due}", str(TODAY - dt.timedelta(days=1)), "review-overdue"),
    "due-today": ("{due}", str(TODAY), ""),
    "reviewer-dr-tbc": ("Spine surgeon", "Dr. TBC", "placeholder"),
    "reviewer-tbd": ("Spine surgeon", "TBD", "placeholder"),
    "reviewer-todo": ("Spine surgeon", "Todo", "placeholder"),
    "reviewer-dash": ("Spine surgeon", '"-"', "placeholder"),
    "reviewer-na": ("Spine surgeon", "N/A", "placeholder"),
    "reviewer-x": ("Spine surgeon", "x", "placeholder"),
    "reviewer-nobody": ("Spine surgeon", "Nobody.", "placeholder"),
    "reviewer-me": ("Spine surgeon", "me", "placeholder"),
    "reviewer-name-of": ("Spine surgeon", "Name of the reviewer", "placeholder"),
    "reviewer-your-name": ("Spine surgeon", '"[Your name]"', "placeholder"),
    "reviewer-word": ("Spine surgeon", "Reviewer", "placeholder"),
    "reviewer-later": ("Spine surgeon", "Dr. Smith (TBD)", "placeholder"),
    "reviewer-body": ("Spine surgeon", "Nurses' council, review of 2026", ""),
    "reviewer-surname-none": ("Spine surgeon", "Dr. Xu, Namenda clinic", ""),
    "todo-in-text": ("with a fever", "with a fever TODO: how high?", "placeholder"),
    "dose-in-text": ("with a fever", "after [dose] of it", "placeholder"),
    "escaped-dose": ("with a fever", "after \\[dose\\] of it", "placeholder"),
    "angle-dose": ("with a fever", "after <dose> of it", "unknown-markup"),
    "confirmed-later": ("with a fever", "with XX mg to be confirmed", "placeholder"),
    "short-question": ("with a fever", "with ?? mg", "placeholder"),
    "letters-for-a-dose": ("with a fever", "with XX mg of it", "placeholder"),
    "number-in-text": ("with a fever", "or call 000-000-0000", "placeholder"),
    "letters-for-a-number": ("with a fever", "or call (xxx) xxx-xxxx", "placeholder"),
    "chromosomes": ("with a fever", "with XX chromosomes", ""),
    "open-question": ("with a fever", "with a fever of ???", "placeholder"),
    "lorem": ("with a fever", "lorem ipsum dolor", "placeholder"),
    "insert-here": ("with a fever", "\\[insert phone number here\\]", "placeholder"),
    "todo-in-safety": ("Talk to your doctor before", "FIXME Talk to your doctor before", "placeholder"),
    "todo-in-action": ("Keep moving.", "Keep moving. TODO", "placeholder"),
    "disclaimer": ("This handout does not replace a talk with your doctor.", "TBD", "placeholder"),
    "glossary": ("A bone of the back.", "TBD", "placeholder"),
    "spanish-todo": ("with a fever", "todo, or [todo]{lang=es}", ""),
    "brackets": ("with a fever", "\\[sic\\], a draft of air, why?", ""),
    "known-tbd": ("keywords:", "abbreviations: {TBD: tick-borne disease}\nkeywords:", ""),
    "benefits-without-safety": (SAFETY, "", "no-safety-block"),
    "benefits-with-safety": ("unchanged", "", ""),
    "accepted-draft": ("status: approved", "status: draft\naccepted: [{code: draft, reason: Urgent}]", "draft"),
    "accepted-placeholder": ("with a fever", "TODO\\", "placeholder"),
    "accepted-unknown": ("keywords:", "accepted: [{code: drafts, reason: Urgent}]\nkeywords:", "unknown-code"),
    "missing-source": ("[@smith2020]", "[@lost]", "missing-reference"),
}
PHONE: Final = "01632 550123"
PRACTICES: Final[Mapping[str, tuple[str, str, str]]] = {
    "blank-number": (PHONE, '"(000) 555-0100"', "placeholder"),
    "zeros": (PHONE, '"000-000-0000"', "placeholder"),
    "local-zeros": (PHONE, '"(616) 000-0000"', "placeholder"),
    "counted": (PHONE, '"123-456-7890"', "placeholder"),
    "american": (f"GB|{PHONE}", 'US|"(616) 555-1234"', "placeholder"),
    "letters": (PHONE, '"XXX-XXX-XXXX"', "placeholder"),
    "no-number": (PHONE, "TBD", "placeholder"),
    "nobody": (PHONE, "none", "placeholder"),
    "fiction-us": (f"GB|{PHONE}", 'US|"(616) 555-0134"', "fictional-contact"),
    "fiction-us-whole": (f"GB|{PHONE}", 'US|"+1 616 555 0134 ext. 3"', "fictional-contact"),
    "fiction-uk": (PHONE, '"01632 960482"', "fictional-contact"),
    "fiction-uk-whole": (PHONE, '"+44 (0)20 7946 0123"', "fictional-contact"),
    "example-site": ("https://www.nhs.uk/harbor", "https://harbor.example.org/a", "fictional-contact"),
    "your-name": ("Harbor Clinic", "Your practice name", "placeholder"),
    "name-of": ("Harbor Clinic", "Name of the clinic", "placeholder"),
    "address": ("1 Harbor Street", "Your address here", "placeholder"),
    "address-todo": ("1 Harbor Street", "TODO", "placeholder"),
    "hours": ("9 to 5", "TBD", "placeholder"),
    "emergency": ('"999"', "TBD", "placeholder"),
    "emergency-text": ("Call 999 if a life is in danger.", "Call [number] if a life is in danger.", "placeholder"),
    "call-todo": ("Your pain gets worse.", "TODO", "placeholder"),
    "extra-field": ("website:", "accepted: [{code: no-such, reason: x}]\nwebsite:", "unknown-code"),
    "accepted-number": (
        f"{PHONE}|website:",
        '"000-000-0000"|accepted: [{code: placeholder, reason: Later}]\nwebsite:',
        "placeholder",
    ),
    "short-number": (PHONE, "111", ""),
    "french-number": (f"GB|{PHONE}", 'FR|"+33 5 55 50 12 34"', ""),
    "number-of-place": (PHONE, '"(616) 555-2134"', ""),
    "number-whole": (PHONE, '"+44 1632 550123"', ""),
    "your-health": ("Harbor Clinic", "Your Health Family Clinic", ""),
    "town": ("1 Harbor Street", "Todo Santos Street 5", ""),
}
INSERTS: Final[Mapping[str, tuple[str, str]]] = {
    "todo": ("Come to the front desk. TODO: which floor?", "placeholder"),
    "draft": ("DRAFT\n\nCome to the front desk.", "placeholder"),
    "dose": ("Take \\[dose\\] before you come.", "placeholder"),
    "lorem": ("Lorem ipsum.", "placeholder"),
    "whole": ("Come to the front desk, and bring your list of medicines.", ""),
}


def releasable(folder: Path) -> SmallProject:
    """Write a small project that may be released; its handout is "back", its practice "clinic"."""
    project = small_project(folder)
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine surgeon")
    project.replace(HANDOUT, "published: 2026-01-10", f"published: {TODAY - dt.timedelta(days=60)}")
    project.replace(HANDOUT, "2028-01-10", str(TODAY + dt.timedelta(days=300)))
    project.replace(HANDOUT, "actions:", TREATMENT)
    project.replace(PRACTICE, "01632 960000", PHONE)
    project.replace(PRACTICE, "https://harbor.example.org", "https://www.nhs.uk/harbor")
    project.write(REFERENCES, project.text(REFERENCES) + "  - {id: lost, status: missing}\n")
    return project


def changed(text: str, old: str, new: str) -> str:
    for one, other in zip(old.split("|"), new.split("|"), strict=True) if text.find(old) < 0 else ((old, new),):
        assert text.count(one) == 1, one
        text = text.replace(one, other)
    return text


def released(project: SmallProject, *arguments: str, **environment: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Build for release; give the errors of each output by practice and handout."""
    shutil.rmtree(project.root / "output", ignore_errors=True)
    ran = run(project.root, "build", "--release", "--json", "-f", "text", *arguments, **environment)
    assert ran.out, ran.err
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for output in json.loads(ran.out)["outputs"]:
        errors = [problem for problem in output["problems"] if problem["severity"] == "error"]
        assert (output["status"] == "failed") == bool(errors)
        assert Path(output["path"]).exists() == (not errors)
        found[output["practice"], output["handout"]] = errors
    return found


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Every handout of the table for one practice, and one handout for every practice of the table."""
    project = releasable(tmp_path_factory.mktemp("cases"))
    handout, practice, logo = (project.text(name) for name in (HANDOUT, PRACTICE, LOGO))
    due = str(TODAY + dt.timedelta(days=300))
    for name, (old, new, _) in HANDOUTS.items():
        text = handout if old == "unchanged" else changed(handout, due if old == "{due}" else old, new)
        if name == "accepted-placeholder":
            text = changed(text, "TODO\\", "TODO").replace(
                "keywords:", "accepted: [{code: placeholder, reason: Later}]\nkeywords:"
            )
        if name == "benefits-without-safety":
            text = text.replace("risks: [safety]", "risks: [what]")
        project.write(HANDOUT.replace("back", f"h-{name}"), text)
    for name, (old, new, _) in PRACTICES.items():
        project.write(PRACTICE.replace("clinic", f"p-{name}"), changed(practice, old, new))
        project.write(LOGO.replace("clinic", f"p-{name}"), logo)
    for name, (text, _) in INSERTS.items():
        folder = f"content/practices/i-{name}"
        insert = "\ninserts: [{handout: back, section: what, file: arrival.md}]\n"
        project.write(f"{folder}/practice.yaml", practice + insert)
        project.write(f"{folder}/arrival.md", f"{text}\n")
        project.write(f"{folder}/logo.svg", logo)
    found = released(project, "-p", "clinic")
    return {**found, **released(project, "back")}


@pytest.mark.parametrize("name", HANDOUTS)
def test_a_handout_that_is_not_safe_is_refused(cases: dict[tuple[str, str], list[dict[str, Any]]], name: str) -> None:
    expected = HANDOUTS[name][2]
    errors = cases["clinic", f"h-{name}"]
    assert {error["code"] for error in errors} == ({expected} if expected else set())
    files = {"content/references.yaml"} if expected == "missing-reference" else {f"content/handouts/h-{name}/en.md"}
    assert {error["file"] for error in errors} == (files if expected else set())
    assert all(error["line"] and error["message"] and error["hint"] for error in errors)


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_that_is_not_safe_is_refused(cases: dict[tuple[str, str], list[dict[str, Any]]], name: str) -> None:
    expected = PRACTICES[name][2]
    errors = cases[f"p-{name}", "back"]
    assert {error["code"] for error in errors} == ({expected} if expected else set())
    assert {error["file"] for error in errors} == ({f"content/practices/p-{name}/practice.yaml"} if expected else set())
    assert all(error["line"] and error["message"] and error["hint"] for error in errors)


@pytest.mark.parametrize("name", INSERTS)
def test_an_insert_that_is_not_safe_is_refused(cases: dict[tuple[str, str], list[dict[str, Any]]], name: str) -> None:
    expected = INSERTS[name][1]
    errors = cases[f"i-{name}", "back"]
    assert [(error["code"], error["file"], error["line"]) for error in errors] == (
        [(expected, f"content/practices/i-{name}/arrival.md", 1)] if expected else []
    )


def test_what_is_wrong_elsewhere_stops_no_release(cases: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    assert cases["clinic", "back"] == []


def test_an_insert_stops_only_the_prints_that_it_is_on(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.write("content/practices/clinic/arrival.md", "TODO\n")
    project.write(PRACTICE, project.text(PRACTICE) + "inserts: [{handout: back, section: what, file: arrival.md}]\n")
    assert released(project, "-s", "worry")["clinic", "back"] == []
    assert [error["code"] for error in released(project, "-s", "what")["clinic", "back"]] == ["placeholder"]


def test_a_clock_of_the_past_releases_nothing_that_expired(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(HANDOUT, str(TODAY - dt.timedelta(days=60)), "2020-01-10")
    project.replace(HANDOUT, str(TODAY + dt.timedelta(days=300)), "2021-01-10")
    errors = released(project, SOURCE_DATE_EPOCH="1590000000")["clinic", "back"]
    assert [(error["code"], error["message"]) for error in errors] == [
        ("review-overdue", 'the review of "back" was due on 2021-01-10')
    ]


def test_no_setting_lets_an_unsafe_handout_out(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    off = ("draft", "review-overdue", "missing-reference", "placeholder", "no-safety-block", "fictional-contact")
    project.write(SETTINGS, "checks: {severities: {" + ", ".join(f"{code}: off" for code in off) + "}}\n")
    assert released(project)["clinic", "back"] == []
    project.replace(HANDOUT, "status: approved", "status: draft")
    project.replace(HANDOUT, str(TODAY + dt.timedelta(days=300)), str(TODAY - dt.timedelta(days=1)))
    project.replace(HANDOUT, "[@smith2020]", "[@lost]")
    project.replace(HANDOUT, "with a fever", "with a fever TODO")
    project.replace(HANDOUT, SAFETY, "")
    project.replace(HANDOUT, "risks: [safety]", "risks: [what]")
    project.replace(PRACTICE, PHONE, "01632 960000")
    codes = {error["code"] for error in released(project)["clinic", "back"]}
    assert codes == set(off)


def test_what_the_settings_call_an_error_stops_a_release_unless_accepted(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.write(SETTINGS, "checks: {severities: {uncited-figure: error, old-source: error}, source_years: 1}\n")
    project.replace(HANDOUT, "with a fever", "with a fever, as 1 in 4 have")
    errors = released(project)["clinic", "back"]
    assert sorted({error["code"] for error in errors}) == ["old-source", "uncited-figure"]
    accept = "accepted: [{code: uncited-figure, reason: Counted here}]\nkeywords:"
    project.replace(HANDOUT, "keywords:", accept)
    assert {error["code"] for error in released(project)["clinic", "back"]} == {"old-source"}
    # Of sources, those that are printed count.
    assert released(project, "-s", "worry")["clinic", "back"] == []


def test_a_file_that_is_up_to_date_is_not_released_by_that(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(PRACTICE, "#0b5a6f", "#7aa5b0")  # darkened in print
    assert project.run("build", "-f", "html").code == 0
    project.write(SETTINGS, "paper: a4\nchecks: {severities: {low-contrast: error}}\n")
    ran = project.run("build", "-f", "html", "--release")
    assert ran.code == 1
    assert "error[low-contrast]" in ran.err
    assert "0 built, 0 unchanged, 1 failed" in ran.err


def test_the_shipped_project_and_a_new_practice_are_refused(tmp_path: Path) -> None:
    project = SmallProject(copy_of_shipped(tmp_path))
    assert project.run("new", "practice", "new-clinic").code == 0
    found = released(project)
    always = {"draft", "missing-reference", "fictional-contact"}
    assert {error["code"] for error in found["new-clinic", "spinal-fracture"]} == {*always, "placeholder"}
    assert {error["code"] for error in found["northgate-family-practice", "spinal-fracture"]} == always


def test_a_build_that_is_no_release_loads_no_rules() -> None:
    listed = "print(sorted(name for name in sys.modules if name.startswith('handouts.check')))"
    loaded = f"import handouts.build.pipeline, sys; {listed}"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
