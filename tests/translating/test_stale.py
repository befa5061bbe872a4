"""Each way in which an original can change after its translation is found, unit by unit."""

from pathlib import Path

import polib
import pytest

from support.command import Ran, invoke, run_here
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project
from support.shipped import ROOT

SPANISH = HANDOUT.replace("en.md", "es.md")


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A handout with a Spanish translation that was exported, translated by a human and imported."""
    made = small_project(tmp_path)
    words = (ROOT / "templates/labels.es.yaml").read_text(encoding="utf-8")
    made.write("templates/labels.es.yaml", words.replace("translation: {method: machine}\n", ""))
    made.write(PRACTICE.replace("clinic", "clinica"), f"{made.text(PRACTICE)}language: es\n")
    made.write("content/practices/clinica/logo.svg", made.text("content/practices/clinic/logo.svg"))
    assert invoke(made.root, "translate", "export", "es", "--format", "po").code == 0
    file = polib.pofile(str(made.root / "back.es.po"))
    for entry in file:
        entry.msgstr = entry.msgid.replace("pain", "dolor")
    file.save()
    ran = invoke(made.root, "translate", "import", "back.es.po", "--method", "human", "--translator", "Interpreters")
    assert (ran.code, ran.out) == (0, f"{SPANISH}\n"), ran.err
    return made


def check(project: SmallProject) -> str:
    return invoke(project.root, "check").out


def status(project: SmallProject) -> Ran:
    return invoke(project.root, "translate", "status")


def test_a_translation_is_current_after_its_import(project: SmallProject) -> None:
    assert "stale" not in check(project)
    ran = status(project)
    assert ran.code == 0
    assert ran.out.splitlines()[1].split("\t")[:3] == ["back", "es", "23"]
    assert ran.out.splitlines()[1].split("\t")[3:] == ["23", "0", "0", "0"]
    assert "translation: {method: human, translator: Interpreters}" in project.text(SPANISH)
    # How the original is written makes no difference.
    project.replace(HANDOUT, "Back pain is common [@smith2020]. It", "Back pain is common [@smith2020].\nIt")
    project.replace(HANDOUT, "title: Back pain", 'title: "Back pain" # as in the list')
    assert "stale" not in check(project)


CHANGED = (
    ("title: Back pain", "title: Low back pain", "stale-translation", '"front/title/1" of {} has changed'),
    ("with a fever", "with a high fever", "stale-translation", '"worry/3" of {} has changed: with a high fever'),
    ("before you take", "before and after you take", "stale-safety-translation", '"safety/1" of {} has changed'),
    ("Above all in adults", "In adults", "stale-translation", "of {} has changed: In adults"),
    ("Helps ", "Help ", "stale-translation", "of {} has changed: Help"),
)
ADDED = (("- with a fever", "- when you are old\n- with a fever", "stale-translation", '"worry/3" of {} is new'),)
REMOVED = (("- with a fever\n", "", "stale-translation", '"worry/3" of {} was removed: with a fever'),)


@pytest.mark.parametrize("changes", [CHANGED, ADDED, REMOVED], ids=["changed", "added", "removed"])
def test_each_change_of_the_original_is_found_in_its_unit_only(
    project: SmallProject, changes: tuple[tuple[str, str, str, str], ...]
) -> None:
    for old, new, _, _ in changes:
        project.replace(HANDOUT, old, new)
    found = [line for line in check(project).splitlines() if "[stale-" in line]
    assert len(found) == len(changes), found
    for _, _, code, what in changes:
        assert [line for line in found if f"[{code}]" in line and what.format(HANDOUT) in line], (what, found)
    if changes != REMOVED:
        assert status(project).code == 1
    # A release refuses it, whatever its severity.
    ran = run_here(project.root, "build", "-p", "clinica", "-f", "text", "--release")
    assert [code for _, _, code, _ in changes if f"error[{code}]" not in ran.err] == []


def test_what_has_changed_is_marked_in_the_next_export_and_needs_a_new_translation(project: SmallProject) -> None:
    project.replace(HANDOUT, "with a fever", "with a high fever")
    assert invoke(project.root, "translate", "export", "es", "--format", "po").code == 0
    file = polib.pofile(str(project.root / "back.es.po"))
    (entry,) = (one for one in file if one.fuzzy)
    assert (entry.msgid, entry.msgstr) == ("with a high fever", "with a fever")
    ran = invoke(project.root, "translate", "import", "back.es.po", "--method", "human")
    assert ran.code == 1
    assert 'error[unit-not-translated]: "worry/3" is not translated: with a high fever' in ran.err
    entry.flags.clear()
    file.save()
    ran = invoke(
        project.root, "translate", "import", "back.es.po", "--method", "human", "--reviewed-by", "Interpreters"
    )
    assert ran.code == 0, ran.err
    assert "stale" not in check(project)
    assert status(project).out.splitlines()[1].split("\t")[3:5] == ["23", "23"]


def test_a_translation_that_was_changed_by_hand_is_reported(project: SmallProject) -> None:
    project.replace(SPANISH, "- with a fever\n", "- with a fever\n- y más\n")
    assert "warning[unrecorded-translation]" in check(project)
    project.replace(SPANISH, "- y más\n", "")
    project.replace(SPANISH, "- with a fever\n", "- con fiebre\n")
    assert "unrecorded-translation" not in check(project)


def test_a_handout_is_not_translated_into_its_own_language(project: SmallProject) -> None:
    ran = invoke(project.root, "translate", "export", "en")
    assert (ran.code, ran.out) == (2, "")
    assert 'the handouts are written in "en"' in ran.err
