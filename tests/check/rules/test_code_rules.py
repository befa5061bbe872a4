"""Codes by which record systems find handouts."""

import json

import pytest

from support.checks import find_problems
from support.command import invoke
from support.projects import HANDOUT, SmallProject

OTHER = HANDOUT.replace("/back/", "/neck/")
SPANISH = HANDOUT.replace("en.md", "es.md")


def set_codes(project: SmallProject, codes: str) -> None:
    project.replace(HANDOUT, "keywords:", f"codes: {codes}\nkeywords:")


def find(project: SmallProject) -> list[tuple[str, str, str]]:
    wanted = {"shared-code", "no-codes"}
    return [
        (one.code, one.place.file if one.place else "", one.message)
        for one in find_problems(project)
        if one.code in wanted
    ]


def test_handouts_without_codes_are_found_once_one_has_some(project: SmallProject) -> None:
    project.write(OTHER, project.text(HANDOUT))
    assert find(project) == []
    set_codes(project, "{icd-10-cm: [M54.5]}")
    assert find(project) == [("no-codes", OTHER, '"neck" has no codes')]


def test_a_code_of_two_handouts_is_found_at_both_but_not_in_two_languages_of_one(project: SmallProject) -> None:
    set_codes(project, "{icd-10-cm: [M54.5, M54.9], loinc: [4548-4]}")
    project.write(SPANISH, project.text(HANDOUT))
    assert find(project) == []
    project.write(OTHER, project.text(HANDOUT).replace("[M54.5, M54.9], loinc: [4548-4]", "[M54.5, G54]"))
    found = find(project)
    assert [(file, message) for _, file, message in found] == [
        (HANDOUT, 'ICD-10-CM M54.5 is also a code of "neck"'),
        (SPANISH, 'ICD-10-CM M54.5 is also a code of "neck"'),
        (OTHER, 'ICD-10-CM M54.5 is also a code of "back"'),
    ]


def test_one_package_is_the_same_code_with_10_digits_and_with_11(project: SmallProject) -> None:
    set_codes(project, "{ndc: [12345-678-90]}")
    project.write(OTHER, project.text(HANDOUT).replace("12345-678-90", "12345067890"))
    assert (OTHER, 'NDC 12345067890 is also a code of "back"') in [one[1:] for one in find(project)]


@pytest.mark.parametrize(
    ("system", "right", "wrong"),
    [
        (
            "icd-10-cm",
            ["M54.5", "M48.50XA", "U07.1", "C4A", "Z79"],
            ["M5", "m54.5", "M54.", "M54.50XA1", "54.5", "M545"],
        ),
        ("icd-9-cm", ["733.13", "V58.69", "E885.9"], ["73.3", "M54", "733.131"]),
        ("snomed", ["311401005", "22298006", "73211009"], ["311401006", "22298060", "12345", "0311401005"]),
        ("loinc", ["4548-4", "2345-7", "718-7"], ["4548-5", "45484", "2354-7"]),
        ("rxnorm", ["36567"], ["036567", "RX1"]),
        ("ndc", ["12345-678-90", "1234-5678-90", "12345-6789-0", "12345678901"], ["1234567890", "12-34-56"]),
        ("cpt", ["99213", "0001F"], ["9921", "99213X"]),
    ],
)
def test_codes_of_each_system(project: SmallProject, system: str, right: list[str], wrong: list[str]) -> None:
    set_codes(project, json.dumps({system: right}))
    assert [one.code for one in project.problems()] == []
    project.replace(HANDOUT, json.dumps(right), json.dumps(wrong))
    assert [one.code for one in project.problems()] == ["bad-code"] * len(wrong)


def test_conditions_are_an_error_that_says_what_to_write(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", "conditions: [M54.5]\nkeywords:")
    (problem,) = project.problems()
    assert problem.place == project.place(HANDOUT, "conditions")
    assert "codes: {icd-10-cm: [M48.5]}" in problem.hint


def test_the_list_of_codes(project: SmallProject) -> None:
    set_codes(project, "{cpt: ['99213'], icd-10-cm: [M54.5]}")
    listed = invoke(project.root, "list", "codes")
    assert listed.out == "icd-10-cm\tM54.5\tback\ten\tBack pain\ncpt\t99213\tback\ten\tBack pain\n"
