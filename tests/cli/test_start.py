"""Beginning: init, new, list, schema, doctor, and how light the command is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import invoke, run
from support.shipped import ROOT

NINE = ["symptoms", "diagnosis", "fracture-risk", "osteoporosis", "how-it-works", "right-for-me", "who-treats"]
NINE += ["benefits-risks", "what-to-expect"]


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["list", "sections"], ["build", "--help"]])
def test_weasyprint_is_not_imported_where_no_page_is_made(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom handouts.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        "heavy = {'weasyprint', 'pydyf', 'fontTools', 'pikepdf'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=True, capture_output=True, timeout=60)


def test_a_new_project_builds_at_once(tmp_path: Path) -> None:
    made = invoke(tmp_path, "init", "demo")
    assert made.code == 0, made.err
    assert "cd demo && handouts build" in made.err
    ran = run(tmp_path / "demo", "build", "spinal-fracture", "-f", "text")  # its pages: test_doc_examples.py
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == 5


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("language: es\n")
    ran = invoke(tmp_path, "init")
    assert ran.code == 1
    assert "handouts.yaml already exists" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["handouts.yaml"]
    assert (tmp_path / "handouts.yaml").read_text() == "language: es\n"


def test_a_new_handout_and_practice_print_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("")
    assert invoke(tmp_path, "new", "handout", "hip-pain").out == "content/handouts/hip-pain/en.md\n"
    assert invoke(tmp_path, "new", "practice", "my-clinic").code == 0
    ran = run(tmp_path, "build")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == ["output/my-clinic/hip-pain.en.handout.pdf"]
    again = invoke(tmp_path, "new", "practice", "my-clinic")
    assert (again.code, 'practice "my-clinic" already exists' in again.err) == (1, True)


@pytest.mark.parametrize("name", ["../x", "A", "a b", "con", "-a", "a--b", "é", "x" * 81])
def test_a_name_that_is_no_id_is_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "handouts.yaml").write_text("")
    assert invoke(tmp_path, "new", "handout", "--", name).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["handouts.yaml"]


def test_an_empty_project_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("")
    ran = run(tmp_path, "build")
    assert ran.code == 1
    assert "error[nothing-to-build]: the project has no handout to build" in ran.err
    assert "handouts new handout ID" in ran.err


def test_lists_are_for_people_and_for_scripts() -> None:
    sections = json.loads(invoke(ROOT, "list", "sections", "--json").out)
    spinal = [
        (row["number"], row["id"])
        for row in sections
        if row["handout"] == "spinal-fracture" and row["language"] == "en"
    ]
    assert spinal == list(enumerate(NINE, start=1))
    assert [row["id"] for row in json.loads(invoke(ROOT, "list", "--json").out) if row["language"] == "en"] == [
        "alendronate",
        "bone-density-test",
        "bone-exercises",
        "bone-food",
        "falls-at-home",
        "going-home",
        "spinal-fracture",
    ]
    practices = {
        row["id"]: (row["country"], row["paper"]) for row in json.loads(invoke(ROOT, "list", "practices", "--json").out)
    }
    assert practices == {
        "bayview-harbor": ("US", "letter"),
        "bayview-ridge": ("US", "letter"),
        "lakeside-spine-center": ("US", "letter"),
        "northgate-family-practice": ("GB", "a4"),
    }
    formats = ["handout", "one-page", "large-print", "trifold", "trifold-z", "booklet"]
    formats += ["html", "text", "message"]
    assert [row["id"] for row in json.loads(invoke(ROOT, "list", "formats", "--json").out)] == formats
    plain = invoke(ROOT, "list", "references").out.splitlines()
    assert [line.split("\t")[0] for line in plain][:2] == ["undiagnosed-fractures", "silverman1992"]
    assert plain[0].split("\t")[1] == "missing"


@pytest.mark.parametrize("name", ["settings", "practice", "front-matter", "references", "report", "manifest"])
def test_schemas_refuse_unknown_fields_and_describe_the_known(name: str) -> None:
    schema = json.loads(invoke(ROOT, "schema", name).out)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["properties"]


def test_the_schema_of_references_has_the_names_of_csl() -> None:
    schema = json.loads(invoke(ROOT, "schema", "references").out)
    assert {"container-title", "DOI", "URL", "issued", "accessed"} <= set(schema["$defs"]["Reference"]["properties"])


def test_the_doctor_finds_this_machine_ready(tmp_path: Path) -> None:
    ran = run(tmp_path, "doctor")
    assert ran.code == 0, ran.out + ran.err
    assert [line.split()[0] for line in ran.out.splitlines()] == ["ok"] * 6
    assert "WeasyPrint 70" in ran.out
    assert "output folder" in run(ROOT, "doctor").out


def test_messages_are_colored_only_where_wanted(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("papper: a4\n")
    ran = invoke(tmp_path, "list")
    assert "\x1b[" not in ran.err
    assert 'handouts.yaml:1:1: error[unknown-field]: unknown field "papper"\n    | papper: a4\n    | ^\n' in ran.err
    assert 'did you mean "paper"?' in ran.err


def test_the_next_step_can_be_copied_into_a_shell(tmp_path: Path) -> None:
    assert "next: cd 'my project; ls' && handouts build" in invoke(tmp_path, "init", "my project; ls").err


@pytest.mark.parametrize(
    ("command", "word", "meant"), [("list", "handuots", "handouts"), ("schema", "setings", "settings")]
)
def test_a_mistyped_word_is_suggested(tmp_path: Path, command: str, word: str, meant: str) -> None:
    ran = invoke(tmp_path, command, word)
    assert ran.code == 2
    assert f'Did you mean "{meant}"?' in ran.err
