"""Sets and selections: one command builds all that a clinic hands out, and a mistake is found before it is printed."""

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import Ran
from support.projects import HANDOUT, LOGO, PRACTICE, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

OTHER = "content/handouts/hip/en.md"
BRITISH = "content/handouts/hip/en-GB.md"
SECOND = "content/practices/annex/practice.yaml"
SETS = """\
sets:
  desk:
    - formats: [text, html]
    - {formats: [text], sections: [short], practices: [clin*]}
  short:
    - {formats: [text], sections: [short]}
  british:
    - {languages: [en-GB], formats: [text]}
  without:
    - {handouts: [back], formats: [text], without: [treatment], practices: [annex]}
  twice:
    - {formats: [text], practices: [annex]}
    - {handouts: ["*"], formats: [text, text], practices: ["an*"]}
  paper:
    - {handouts: [hip], languages: [en], paper: letter, ink: black, practices: [annex]}
  fit:
    - {handouts: [hip], languages: [en], formats: [trifold, text], fit: true, practices: [annex]}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Two practices and two handouts, one of them in two languages; one has a selection "short"."""
    made = small_project(tmp_path_factory.mktemp("sets"))
    made.replace(HANDOUT, "glossary:", "selections:\n  short: [what, treatment]\nglossary:")
    other = made.text(HANDOUT).replace("selections:\n  short: [what, treatment]\n", "").replace("HO-1", "HO-2")
    made.write(OTHER, other)
    made.write(BRITISH, other)
    made.write("templates/labels.en-GB.yaml", (ROOT / "templates/labels.en.yaml").read_bytes())
    made.write(SECOND, made.text(PRACTICE))
    made.write(LOGO.replace("clinic", "annex"), made.text(LOGO))
    made.write(SETTINGS, made.text(SETTINGS) + SETS)
    return made


def built(project: SmallProject, *arguments: str) -> list[str]:
    """Build, and return what was made or was up to date, without the folder."""
    ran = project.run("build", *arguments)
    assert ran.code == 0, ran.err
    return [line.removeprefix("output/") for line in ran.out.splitlines()]


SHORT = "back.sections-1-3.en.txt"


def test_a_set_builds_what_it_says(project: SmallProject) -> None:
    everywhere = ["back.en.txt", "back.en.html", "hip.en.txt", "hip.en.html", "hip.en-GB.txt", "hip.en-GB.html"]
    found = built(project, "--set", "desk")
    assert sorted(found) == sorted(
        [f"{practice}/{name}" for practice in ("annex", "clinic") for name in everywhere] + [f"clinic/{SHORT}"]
    )
    short = (project.root / "output/clinic" / SHORT).read_text(encoding="utf-8")
    assert "What is it?" in short
    assert "What helps?" in short
    assert "When should I worry?" not in short


def test_a_set_may_have_its_leaflets_set_smaller(project: SmallProject) -> None:
    planned = built(project, "--set", "fit", "--dry-run")
    assert [line.split("\t")[1] for line in planned] == [
        "output/annex/hip.en.trifold-fit.pdf",
        "output/annex/hip.en.txt",
    ]


def test_a_handout_without_the_selection_is_left_out(project: SmallProject) -> None:
    assert built(project, "--set", "short") == [f"annex/{SHORT}", f"clinic/{SHORT}"]
    assert built(project, "--set", "without") == ["annex/back.sections-1-2.en.txt"]


def test_what_two_entries_name_is_built_once(project: SmallProject) -> None:
    assert sorted(built(project, "--set", "twice")) == [
        f"annex/{name}.txt" for name in ("back.en", "hip.en-GB", "hip.en")
    ]


def test_a_set_chooses_languages_paper_and_ink(project: SmallProject) -> None:
    assert built(project, "--set", "british") == ["annex/hip.en-GB.txt", "clinic/hip.en-GB.txt"]
    assert built(project, "--set", "paper") == ["annex/hip.en.handout-letter-black.pdf"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-p", "annex"], {"annex/back.en.txt", "annex/back.en.html", "annex/hip.en.txt", "annex/hip.en.html"}),
        (["-p", "an*", "back"], {"annex/back.en.txt", "annex/back.en.html"}),
        (["b*", "-l", "en", "-p", "*c"], {"clinic/back.en.txt", "clinic/back.en.html", f"clinic/{SHORT}"}),
    ],
)
def test_a_set_is_narrowed_by_other_options(project: SmallProject, arguments: list[str], expected: set[str]) -> None:
    british = {name for name in built(project, "--set", "desk", *arguments) if ".en-GB." in name}
    assert {*built(project, "--set", "desk", *arguments)} - british == expected
    assert bool(british) == (arguments == ["-p", "annex"])


def test_a_set_narrowed_to_nothing_is_an_error(project: SmallProject) -> None:
    ran = project.run("build", "--set", "without", "-p", "clinic")
    assert (ran.code, ran.out) == (1, "")
    assert "error[no-matching-handout]" in ran.err


@pytest.mark.parametrize("extra", [("-f", "text"), ("-f", "handout"), ("-s", "what"), ("-x", "what")])
def test_a_set_says_formats_and_sections_itself(project: SmallProject, extra: tuple[str, str]) -> None:
    ran = project.run("build", "--set", "desk", *extra)
    assert ran.code == 2
    assert "--set defines the formats and sections: leave out -f, -s and -x" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "desc"], 'no set "desc". Did you mean "desk"?'),
        (["--set", "desk", "-p", "clinik"], 'no practice "clinik". Did you mean "clinic"?'),
        (["--set", "desk", "hips"], 'no handout "hips". Did you mean "hip"?'),
        (["--set", "desk", "-l", "en-gb"], 'no language "en-gb". Did you mean "en-GB"?'),
        (["-s", "shrot"], 'no section "shrot". Did you mean "short"?'),
        (["back", "-x", "shorts"], 'no section "shorts". Did you mean "short"?'),
    ],
)
def test_an_unknown_name_is_reported_with_the_nearest(
    project: SmallProject, arguments: list[str], message: str
) -> None:
    ran = project.run("build", *arguments)
    assert ran.code == 2
    assert message in join_messages(ran)


@pytest.mark.parametrize(
    ("entry", "unknown", "hint"),
    [
        ("{formats: [texts]}", 'format "texts"', 'Did you mean "text"?'),
        ("{handouts: [bak], formats: [text]}", 'handout "bak"', 'Did you mean "back"?'),
        ("{handouts: [x-*], formats: [text]}", 'handout "x-*"', "Known: back"),
        ("{practices: [clinics], formats: [text]}", 'practice "clinics"', 'Did you mean "clinic"?'),
        ("{sections: [treatmnt], formats: [text]}", 'section "treatmnt"', 'Did you mean "treatment"?'),
        ("{without: [treatmnt], formats: [text]}", 'section "treatmnt"', 'Did you mean "treatment"?'),
    ],
)
def test_an_unknown_name_in_a_set_is_reported(tmp_path: Path, entry: str, unknown: str, hint: str) -> None:
    made = small_project(tmp_path)
    made.write(SETTINGS, f"paper: a4\nsets:\n  desk:\n    - {entry}\n")
    ran = made.run("build", "--set", "desk")
    assert ran.code == 2
    assert f'no {unknown}, which the set "desk" names. {hint}' in join_messages(ran)


def join_messages(ran: Ran) -> str:
    """Return the messages of a command, its lines joined."""
    return " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("sets:\n  desk:\n    - {formatts: [text]}\n", "formatts"),
        ("sets:\n  desk:\n    - {formats: []}\n", "formats"),
        ("sets:\n  desk:\n    - formats: [text]\n      ink: red\n", "red"),
        ("sets:\n  desk:\n    - {handouts: [Back], formats: [text]}\n", "Back"),
    ],
)
def test_a_mistake_in_a_set_is_named_with_its_line(tmp_path: Path, text: str, at: str) -> None:
    made = small_project(tmp_path)
    made.write(SETTINGS, f"paper: a4\n{text}")
    (problem,) = made.problems()
    assert problem.place == made.place(SETTINGS, at), problem


def test_selections_print_and_leave_out(project: SmallProject) -> None:
    assert built(project, "back", "-p", "annex", "-f", "text", "-s", "short") == [f"annex/{SHORT}"]
    assert built(project, "back", "-p", "annex", "-f", "text", "-x", "short") == ["annex/back.sections-2.en.txt"]
    # A selection goes together with sections.
    together = ("-s", "short", "-s", "worry")
    assert built(project, "back", "-p", "annex", "-f", "text", *together) == ["annex/back.en.txt"]


@pytest.mark.parametrize(
    ("line", "at", "code", "message"),
    [
        ("short: [wat]", "wat]", "unknown-section", 'no section or part has the id "wat"'),
        ("what: [worry]", "[worry]", "ambiguous-selection", 'the selection "what" has the id of a section or part'),
        (
            "treatment: [worry]",
            "[worry]",
            "ambiguous-selection",
            'the selection "treatment" has the id of a section or part',
        ),
        ("short: []", "short", "empty-field", '"short" is empty'),
        ("Short: [what]", "Short", "", 'invalid id "Short"'),
    ],
)
def test_a_mistake_in_a_selection_is_named_with_its_line(
    tmp_path: Path, line: str, at: str, code: str, message: str
) -> None:
    made = small_project(tmp_path)
    made.replace(HANDOUT, "glossary:", f"selections:\n  {line}\nglossary:")
    (problem,) = made.problems()
    assert problem.place == made.place(HANDOUT, at), problem
    assert message in problem.message
    assert code in problem.code
    if code == "unknown-section":
        assert problem.hint == 'did you mean "what"?'


def test_a_selection_may_not_name_another(tmp_path: Path) -> None:
    made = small_project(tmp_path)
    made.replace(HANDOUT, "glossary:", "selections:\n  a: [what]\n  b: [a, worry]\nglossary:")
    (problem,) = made.problems()
    assert (problem.code, problem.place) == ("unknown-section", made.place(HANDOUT, "a, worry"))


def listed(project: SmallProject, what: str) -> list[dict[str, Any]]:
    ran = project.run("list", what, "--json")
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return rows


def test_selections_are_listed(project: SmallProject) -> None:
    assert listed(project, "selections") == [
        {"handout": "back", "language": "en", "id": "short", "sections": "what treatment"}
    ]
    assert project.run("list", "selections").out == "back\ten\tshort\twhat treatment\n"
