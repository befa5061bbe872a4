"""`handouts approve`: a change of printed text voids a signature, and nothing else does."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from handouts.check.release import ReleaseGate
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.problems.problem import Problem
from support.command import invoke
from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, SmallProject
from support.releases import TODAY, releasable

APPROVALS = "content/handouts/back/approvals.yaml"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><title>Bone</title><path d="M0 0h2v1z"/></svg>'
FLOOR = "content/practices/clinic/floor.md"


def find_refusals(project: SmallProject) -> tuple[Problem, ...]:
    reading = project.read()
    assert reading.library is not None
    (handout,) = reading.library.handouts
    gate = ReleaseGate(Project(project.root), reading.library, reading.problems, TODAY)
    practice = reading.library.practices["clinic"]
    return gate.find_refusals(number(select(handout), practice.inserts), practice)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    project = releasable(tmp_path_factory.mktemp("signed"))
    project.replace(HANDOUT, "harmless.[^ages]\n", "harmless.[^ages]\n\n![A bone](bone.svg)\n")
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54]}\nabbreviations: {MRI: scan}\nkeywords:")
    project.write("content/handouts/back/bone.svg", PICTURE)
    project.write(FLOOR, "Come to the second floor.\n")
    project.write(PRACTICE, project.text(PRACTICE) + "inserts: [{handout: back, section: what, file: floor.md}]\n")
    project.replace(SETTINGS, "signatures: optional\n", "")
    unsigned = {problem.code: problem.message for problem in find_refusals(project)}
    assert unsigned.keys() == {"version-not-approved", "insert-not-approved"}
    assert unsigned["version-not-approved"] == "version 1.0 in en was never approved"
    who = ("--by", "Spine surgeon", "--interest", "none", "--searched", "2026-01-02")
    ran = invoke(project.root, "approve", "back", *who)
    assert (ran.code, ran.out) == (0, f"{APPROVALS}\n"), ran.err
    assert invoke(project.root, "approve", "--practice", "clinic", "--by", "Head nurse").code == 0
    assert project.problems() == ()
    assert find_refusals(project) == ()
    return project


@pytest.fixture
def project(signed: SmallProject, tmp_path: Path) -> SmallProject:
    return SmallProject(Path(shutil.copytree(signed.root, tmp_path / "project")).resolve())


def test_the_signature_says_who_when_and_what(signed: SmallProject) -> None:
    lines = signed.text(APPROVALS).splitlines()
    assert lines[1:9] == [
        "approvals:",
        '  - language: "en"',
        '    version: "1.0"',
        f'    approved: "{TODAY}"',
        '    by: "Spine surgeon"',
        '    interest: "none"',
        '    searched: "2026-01-02"',
        "    digests:",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "piece"),
    [
        (HANDOUT, "mostly harmless", "mostly harmles", "what"),
        (HANDOUT, "Above all in adults.", "Above all in adult.", "what"),
        (HANDOUT, "![A bone]", "![A bonE]", "what"),
        ("content/handouts/back/bone.svg", "M0 0h2v1z", "M0 0h2v2z", "what"),
        (HANDOUT, "## When should I worry?", "## When should I hurry?", "worry"),
        (HANDOUT, "| Walking", "| Talking", "helps"),
        (HANDOUT, "before you take", "before you took", "safety"),
        (HANDOUT, 'always-with="treatment"', "", "(order)"),
        (HANDOUT, "# About back pain", "# About back pains", "(order)"),
        (HANDOUT, "Keep moving.", "Keep movin.", "(front matter)"),
        (HANDOUT, "title: Back pain", "title: Bach pain", "(front matter)"),
        (HANDOUT, "replace a talk", "replace a walk", "(front matter)"),
        (REFERENCES, "Back pain in adults", "Back pain in adult", "(references)"),
    ],
)
def test_one_changed_letter_of_what_is_printed_voids_it(
    project: SmallProject, file: str, old: str, new: str, piece: str
) -> None:
    project.replace(file, old, new)
    found = find_refusals(project)
    assert {problem.code for problem in found} == {"changed-since-approval"}
    expected = f"changed since version 1.0 was approved on {TODAY} by Spine surgeon: {piece}"
    assert expected in [problem.message for problem in found]
    # The same version is not signed again with another text; a new one is.
    ran = invoke(project.root, "approve", "back", "--by", "Spine surgeon")
    assert ran.code == 1
    assert "raise the version" in ran.err
    project.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    assert {problem.code for problem in find_refusals(project)} == {"version-not-approved"}
    assert invoke(project.root, "approve", "back", "--by", "Spine surgeon").code == 0
    assert find_refusals(project) == ()
    assert project.text(APPROVALS).count("- language:") == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (HANDOUT, "  - back pain\n", "  - backache\n"),
        (HANDOUT, "codes: {icd-10-cm: [M54]}", "codes: {icd-10-cm: [M55]}"),
        (HANDOUT, "other_options: [worry]", "other_options: [what]"),
        (HANDOUT, "keywords:", "accepted: [{code: passive-voice, reason: Known}]\nkeywords:"),
        (HANDOUT, "keywords:", "selections: {short: [what]}\nkeywords:"),
        (HANDOUT, "reviewed_by: Spine surgeon", "reviewed_by: Spine surgeons"),
        (HANDOUT, "Back pain is common [@smith2020]. It is", "Back pain is common [@smith2020].\nIt is"),
        (HANDOUT, "- after a fall\n", "- after a fall\n\n<!-- why? -->\n\n"),
        (REFERENCES, "    title: Back pain in adults", "    note: Read it.\n    title: Back pain in adults"),
        (PRACTICE, "9 to 5", "9 to 6"),
    ],
)
def test_what_is_not_printed_voids_nothing(project: SmallProject, file: str, old: str, new: str) -> None:
    project.replace(file, old, new)
    assert find_refusals(project) == ()


def test_a_practice_signs_its_own_texts(project: SmallProject) -> None:
    project.write("content/practices/clinic/door.md", "Ring the bell.\n")
    door = "inserts: [{handout: back, section: what, file: door.md, at: start}, {handout"
    project.replace(PRACTICE, "inserts: [{handout", door)
    assert [problem.code for problem in find_refusals(project)] == ["insert-not-approved"]
    assert invoke(project.root, "approve", "--practice", "clinic", "--by", "Head nurse").code == 0
    assert find_refusals(project) == ()
    project.replace(FLOOR, "second", "third")
    (problem,) = find_refusals(project)
    assert (problem.code, problem.place and problem.place.file) == ("insert-not-approved", FLOOR)
    assert invoke(project.root, "approve", "--practice", "clinic", "--by", "Head nurse").code == 0
    assert find_refusals(project) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("after a fall", "after a fall: {{ practice.phone }}"),
        ("gets better in a few weeks.", "gets better. Call {{ practice.phone }}."),
        ("with a fever\n", 'with a fever\n\n::: note {only="practice:other"}\nParking is free.\n:::\n'),
        ("with a fever\n", "with a fever\n\n::: note {audience=pregnancy}\nTell us.\n:::\n"),
    ],
    ids=["field", "field-in-main-message", "for-a-practice", "for-an-audience"],
)
@pytest.mark.parametrize(
    "choice", [(), ("-s", "worry"), ("--audience", "drivers")], ids=["whole", "section", "audience"]
)
def test_what_is_filled_in_or_left_out_for_a_print_voids_nothing(
    tmp_path: Path, old: str, new: str, choice: tuple[str, ...]
) -> None:
    project = releasable(tmp_path)
    project.replace(SETTINGS, "signatures: optional\n", "")
    project.write("content/practices/other/practice.yaml", "extends: clinic\nname: Other Clinic\n")
    project.replace(HANDOUT, old, new)
    project.replace(
        HANDOUT,
        "## What helps? {#helps}",
        "## Can I drive? {#drive audience=drivers}\n\nAsk us.\n\n## What helps? {#helps}",
    )
    assert invoke(project.root, "approve", "back", "--by", "Spine surgeon").code == 0
    ran = invoke(project.root, "build", "-p", "clinic", "-f", "text", "--release", "--dry-run", *choice)
    assert ran.out.startswith("build\t"), ran.err


NETWORK = "content/practices/network/practice.yaml"


@pytest.fixture
def clinic_of_network(tmp_path: Path) -> SmallProject:
    """A clinic that is printed in two languages, and prints texts of its abstract network in both."""
    project = releasable(tmp_path)
    project.write(NETWORK.replace("practice.yaml", "logo.svg"), PICTURE)
    languages = ("{en: Call 999 if a life is in danger., es: Llame al 999 si hay peligro de muerte.}", "text: ")
    own = project.text(PRACTICE).replace("text: Call 999 if a life is in danger.", languages[1] + languages[0])
    own = own.replace("Your pain gets worse.", "{en: Your pain gets worse., es: El dolor empeora.}")
    own = own.replace("label: Front desk", "label: {en: Front desk, es: Citas}")
    own = own.replace("  - {days: Monday to Friday, hours: 9 to 5}", "  - mon-fri 09:00-17:00")
    file = "{en: en/floor.md, es: es/floor.md}"
    own += f"inserts: [{{handout: back, section: what, file: {file}}}]\n"
    own += "translations: {es: {method: human, reviewed_by: Interpreters}}\n"
    project.write(NETWORK, "abstract: true\n" + own)
    project.write(PRACTICE, "extends: network\nname: Harbor Clinic\n")
    project.write("content/practices/network/en/floor.md", "Second floor. Call {{ practice.phone }}.\n")
    project.write("content/practices/network/es/floor.md", "Segundo piso. Llame al {{ practice.phone }}.\n")
    spanish = project.text(HANDOUT).replace(
        "keywords:", "translation: {method: human, reviewed_by: Interpreters}\nkeywords:", 1
    )
    project.write(HANDOUT.replace("en.md", "es.md"), spanish)
    assert project.problems() == ()
    return project


def sign_as_hints_say(project: SmallProject, planned: str) -> None:
    """Run the commands that the hints about missing signatures name."""
    for command in dict.fromkeys(re.findall(r"`handouts (approve [^`]*)--by ROLE`", planned)):
        assert invoke(project.root, *command.split(), "--by", "Head nurse").code == 0


def test_texts_of_a_network_can_be_signed_in_each_language(clinic_of_network: SmallProject) -> None:
    project = clinic_of_network
    project.replace(SETTINGS, "signatures: optional\n", "")
    release = ("build", "-f", "text", "--release", "--dry-run")
    ran = invoke(project.root, *release)
    assert ran.out.count("not-approved") == 4  # two handouts and two inserts
    sign_as_hints_say(project, ran.err)
    ran = invoke(project.root, *release)
    assert [line.split("\t")[0] for line in ran.out.splitlines()] == ["build", "build"], ran.err
    project.replace("content/practices/network/es/floor.md", "Segundo", "Tercer")
    ran = invoke(project.root, *release)
    assert [line.split("\t")[0] for line in ran.out.splitlines()] == ["build", "fail"]


def test_a_practice_signs_no_language_in_which_it_has_no_texts(project: SmallProject) -> None:
    ran = invoke(project.root, "approve", "--practice", "clinic", "-l", "fr", "--by", "Head nurse")
    assert (ran.code, ran.out) == (2, "")
    assert 'no language "fr"' in ran.err


def test_an_abstract_practice_is_not_mistaken_for_a_clinic(clinic_of_network: SmallProject) -> None:
    ran = invoke(clinic_of_network.root, "approve", "--practice", "network", "--by", "Head nurse")
    assert (ran.code, ran.out) == (2, "")
    assert 'the practice "network" is abstract' in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["back", "--by", "TBD"], 1, '"TBD" is a placeholder'),
        (["bach", "--by", "Nurse council"], 2, "back"),
        (["back", "-l", "es", "--by", "Nurse council"], 2, "es"),
        (["--by", "Nurse council"], 2, "name a handout"),
        (["back", "--practice", "clinic", "--by", "Nurse council"], 2, "name a handout"),
        (["back", "--by", "Nurse council", "--searched", str(TODAY + dt.timedelta(days=1))], 2, "still to come"),
    ],
)
def test_what_cannot_be_signed(project: SmallProject, arguments: list[str], code: int, message: str) -> None:
    before = project.text(APPROVALS)
    ran = invoke(project.root, "approve", *arguments)
    assert ran.code == code
    assert message in ran.err
    assert project.text(APPROVALS) == before


def test_a_draft_is_not_signed_and_a_broken_file_stops_a_release(project: SmallProject) -> None:
    project.replace(APPROVALS, "approved:", "aproved:")
    assert {problem.code for problem in find_refusals(project)} >= {"version-not-approved"}
    assert invoke(project.root, "approve", "back", "--by", "Nurse council").code == 1
    project.replace(HANDOUT, "status: approved\nreviewed_by: Spine surgeon", "status: draft")
    ran = invoke(project.root, "approve", "back", "--by", "Nurse council")
    assert (ran.code, "is a draft" in ran.err) == (1, True)


def test_text_of_any_kind_is_written_as_yaml(project: SmallProject) -> None:
    name = 'Dr. "Ä" # : \\ {x}'
    assert invoke(project.root, "approve", "back", "--by", "Nurse council", "--name", name).code == 0
    assert find_refusals(project) == ()


@pytest.mark.parametrize(
    ("named", "message"), [(("b*",), 'no handout "b*"'), (("--practice", "c*"), 'no practice "c*"')]
)
def test_a_pattern_is_wrong_usage(project: SmallProject, named: tuple[str, ...], message: str) -> None:
    ran = invoke(project.root, "approve", *named, "--by", "Spine surgeon")
    assert (ran.code, message in ran.err) == (2, True), ran.err
