"""`handouts build`, as clinics and scripts run it."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from support.command import Ran, copy_of_shipped, run
from support.pdf import pages, read_columns, sizes, text

LAKESIDE = "lakeside-spine-center"
NORTHGATE = "northgate-family-practice"
FULL = "spinal-fracture.en.handout.pdf"


def flow(path: Path) -> str:
    """Read the text column by column, without its lines."""
    return " ".join(read_columns(path).split())


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder with the shipped project, built once with nothing named, and what that build printed."""
    folder = copy_of_shipped(tmp_path_factory.mktemp("project"))
    ran = run(folder, "build")
    assert ran.code == 0, ran.err
    assert sorted(ran.out.splitlines()) == [f"output/{name}/{FULL}" for name in (LAKESIDE, NORTHGATE)]
    return folder, ran


@pytest.fixture
def built(first_build: tuple[Path, Ran]) -> Path:
    return first_build[0]


def test_every_build_warns_of_the_missing_reference_and_of_nothing_else(first_build: tuple[Path, Ran]) -> None:
    ran = first_build[1]
    (warning,) = [line for line in ran.err.splitlines() if "warning[" in line or "error[" in line]
    assert warning.startswith(
        'content/references.yaml:2:9: warning[missing-reference]: the reference "undiagnosed-fract'
    )
    assert ran.err.splitlines()[-1].startswith("2 built, 0 unchanged, 0 failed; ")


def test_a_build_keeps_what_it_laid_out_for_the_next_one(first_build: tuple[Path, Ran]) -> None:
    assert first_build[1].code == 0
    assert list((Path(os.environ["XDG_CACHE_HOME"]) / "handouts" / "bodies").glob("*.body"))


def test_each_practice_prints_on_its_paper_under_its_name(built: Path) -> None:
    letter, a4 = built / "output" / LAKESIDE / FULL, built / "output" / NORTHGATE / FULL
    assert sizes(letter) == {(612.0, 792.0)}
    assert {(round(width), round(height)) for width, height in sizes(a4)} == {(595, 842)}
    for path, own, other in (
        (letter, ["(616) 555-0134", "(616) 555-0157", "911", "Port Ellery"], ["01632", "999"]),
        (a4, ["01632 960482", "01632 960517", "999", "Elmswick"], ["555-01", "911"]),
    ):
        whole = text(path)
        assert [word for word in own if word not in whole] == []
        assert [word for word in other if word in whole] == []


def test_the_full_print_lists_seven_references_in_the_order_of_the_source(built: Path) -> None:
    listed = flow(built / "output" / LAKESIDE / FULL).rpartition("References ")[2]
    entries = ["1 Source to be confirmed", "2 Silverman SL.", "3 Gold DT.", "4 National Osteoporosis Foundation"]
    entries += ["5 Ledlie J, et al.", "6 Garfin S, et al.", "7 Gaitanis I, et al."]
    positions = [listed.find(entry) for entry in entries]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_every_page_says_what_it_is(built: Path) -> None:
    found = pages(built / "output" / LAKESIDE / FULL)
    for number, page in enumerate(found, start=1):
        assert "SF-101 · Version 1.0 · Published November 22, 2026 · Review by November 22, 2028" in page
        assert "Draft: not clinically reviewed" in page
        assert f"Page {number} of {len(found)}" in page
    assert "22 November 2026" in text(built / "output" / NORTHGATE / FULL)


def test_chosen_sections_bring_what_must_come_along(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    ran = run(
        built,
        *("build", "spinal-fracture", "-p", LAKESIDE, "-s", "fracture-risk", "-s", "benefits-risks", "-o", str(target)),
    )
    assert ran.code == 0
    whole, flowing = text(target), flow(target)
    assert "Sections 3, 8 of 9" in whole
    for there in ["What is my risk", "How can balloon kyphoplasty help", "Important safety information", "paralysis"]:
        assert there in flowing
    for there in ["does not take the place of a talk with your doctor", "How to reach us", "(616) 555-0134"]:
        assert there in flowing
    for not_there in ["What is osteoporosis,", "Which treatment is right", "What you can do now", "Words to know"]:
        assert not_there not in flowing
    listed = flowing.rpartition("References ")[2]
    assert all(f"{n} {name}" in listed for n, name in [(1, "Source"), (2, "Silverman"), (3, "Gold"), (4, "Ledlie")])
    assert all(f"{n} {name}" in listed for n, name in [(5, "Garfin"), (6, "Gaitanis")])
    assert "National Osteoporosis" not in listed
    assert "benefits 4-6:" in whole


def test_a_part_without_the_procedure_needs_no_safety_block(built: Path) -> None:
    run(built, "build", "-p", LAKESIDE, "-x", "balloon-kyphoplasty")
    whole = text(built / "output" / LAKESIDE / "spinal-fracture.sections-1..4.en.handout.pdf")
    assert "Sections 1, 2, 3, 4 of 9" in whole
    assert "Important safety information" not in whole


def test_a_chosen_print_does_not_take_the_place_of_the_full_one(built: Path) -> None:
    full = (built / "output" / LAKESIDE / FULL).read_bytes()
    ran = run(built, "build", "-p", LAKESIDE, "-s", "diagnosis", "--ink", "black", "--paper", "a4")
    name = "spinal-fracture.sections-2.en.handout-a4-black.pdf"
    assert ran.out.splitlines() == [f"output/{LAKESIDE}/{name}"]
    assert "Section 2 of 9" in text(built / "output" / LAKESIDE / name)
    assert (built / "output" / LAKESIDE / FULL).read_bytes() == full


def test_what_is_up_to_date_is_left_alone_until_a_phone_number_changes(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "copy")
    assert "0 built, 2 unchanged" in run(folder, "build").err
    as_text = ("build", "-f", "text")
    assert "2 built, 0 unchanged" in run(folder, *as_text).err
    assert "0 built, 2 unchanged" in run(folder, *as_text).err
    profile = folder / "content/practices" / LAKESIDE / "practice.yaml"
    profile.write_text(profile.read_text().replace("555-0157", "555-0158"))
    assert "1 built, 1 unchanged" in run(folder, *as_text).err
    name = "spinal-fracture.en.txt"
    assert "555-0158" in (folder / "output" / LAKESIDE / name).read_text()
    assert f"build\toutput/{LAKESIDE}/{FULL}\t" in run(folder, "build", "--dry-run").out
    (folder / "output" / NORTHGATE / name).write_bytes(b"harmed")
    assert "1 built, 1 unchanged" in run(folder, *as_text).err


def test_a_failed_build_leaves_the_previous_file(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "copy")
    before = {path: path.read_bytes() for path in folder.glob("output/*/*.pdf")}
    source = folder / "content/handouts/spinal-fracture/en.md"
    source.write_text(source.read_text().replace("[@silverman1992;", "[@silvermann1992;"))
    ran = run(folder, "build")
    assert ran.code == 1
    assert 'error[unknown-reference]: no reference "silvermann1992"' in ran.err
    assert 'did you mean "silverman1992"?' in ran.err
    assert {path: path.read_bytes() for path in folder.glob("output/**/*.pdf")} == before
    assert list(folder.glob("output/**/.*.part")) == []


def test_what_is_broken_elsewhere_does_not_fail_the_request(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / "content/practices" / NORTHGATE / "practice.yaml").write_text("name: [broken\n")
    made = f"output/{LAKESIDE}/spinal-fracture.en.txt\n"
    ran = run(folder, "build", "-f", "text", "-p", LAKESIDE)
    assert (ran.code, ran.out) == (0, made)
    assert "error[bad-yaml]" in ran.err
    everything = run(folder, "build", "-f", "text")
    assert (everything.code, everything.out) == (1, made)
    assert f"not built because it has errors: {NORTHGATE}" in everything.err
    assert run(folder, "build", "-f", "text", "-p", NORTHGATE).code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-s", "fracture-rsk"], 'Did you mean "fracture-risk"?'),
        (["-p", "lakeside"], 'no practice "lakeside". Did you mean "lakeside-spine-center"?'),
        (["spinal-fractures"], 'no handout "spinal-fractures". Did you mean "spinal-fracture"?'),
        (["-f", "handouts"], 'no format "handouts". Did you mean "handout"?'),
        (["-l", "xx"], 'no language "xx"'),
        (["-o", "all.pdf"], "all.pdf is one file, but these are 2 outputs"),
        (["-s", "diagnosis", "-x", "diagnosis"], "no section of spinal-fracture is left to print"),
        (["--paper", "a5"], "'a5' is not one of 'letter', 'a4'"),
        (["-x", "safety"], 'no section "safety"'),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(built: Path, arguments: list[str], message: str) -> None:
    ran = run(built, "build", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""


def test_a_release_refuses_drafts_missing_references_and_passed_reviews(tmp_path: Path) -> None:
    project = copy_of_shipped(tmp_path)
    handout = project / "content/handouts/spinal-fracture/en.md"
    handout.write_text(
        re.sub("published: .*\nreview_due: .*", "published: 2020-01-01\nreview_due: 2021-01-01", handout.read_text())
    )
    ran = run(project, "build", "--release", "-p", LAKESIDE, "-o", "x.pdf")
    assert ran.code == 1
    assert [code for code in ("draft", "review-overdue", "missing-reference") if f"error[{code}]" not in ran.err] == []
    assert not (project / "x.pdf").exists()


def test_json_tells_all_of_each_output(built: Path) -> None:
    ran = run(built, "build", "--json", "--force", "-p", LAKESIDE)
    report = json.loads(ran.out)
    (output,) = report["outputs"]
    path = built / output["path"]
    assert (report["ok"], output["status"], output["practice"]) == (True, "built", LAKESIDE)
    assert output["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (output["size"], output["pages"]) == (path.stat().st_size, len(pages(path)))
    assert [problem["code"] for problem in output["problems"]] == ["missing-reference"]
    row = next(r for r in json.loads((built / "output/manifest.json").read_text())["outputs"] if r["path"] in str(path))
    assert row["sha256"] == output["sha256"]


def test_outside_a_project_it_says_what_to_do(tmp_path: Path) -> None:
    ran = run(tmp_path, "build")
    assert ran.code == 1
    assert "error[no-project]" in ran.err
    assert "handouts init" in ran.err


def test_a_folder_that_cannot_be_written_is_an_error(built: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    ran = run(built, "build", "-p", LAKESIDE, "-o", str(tmp_path / "taken" / "x.pdf"))
    assert ran.code == 1
    assert "error[not-written]" in ran.err
    assert "0 built, 0 unchanged, 1 failed" in ran.err
