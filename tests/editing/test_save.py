"""A change is written whole if the project validates with it, else not at all; and it can be undone."""

import datetime as dt
from itertools import count
from pathlib import Path

import pytest

from handouts.editing.practice_file import PracticeFile, change_practice, find_affected, read_practice_file
from handouts.editing.save import ChangedMeanwhileError, Edit, RefusedChangeError, restore_version, save_edit
from handouts.editing.versions import MAX_KEPT, keep_version, list_versions
from handouts.editing.yaml_fields import Data, NotEditableError
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from support.projects import LOGO, PRACTICE, SmallProject, small_project

TODAY = dt.date(2026, 6, 1)
EDITED = "practice-clinic"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@pytest.fixture
def small(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path / "project")


class Editor:
    """Edits a practice, one change a second."""

    def __init__(self, small: SmallProject, practice: str = "clinic") -> None:
        self.project = Project(small.root)
        self.practice = practice
        self._seconds = count()

    def clock(self) -> dt.datetime:
        return dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=next(self._seconds))

    def read(self) -> PracticeFile:
        problems = Problems()
        practice = read_practice_file(self.project, self.practice, problems)
        assert practice, list(problems)
        return practice

    def save(
        self, values: dict[str, Data], logos: dict[str, bytes] | None = None, base: str = ""
    ) -> tuple[Problem, ...]:
        practice = self.read()
        changes = change_practice(practice, values, logos or {})
        edit = Edit(EDITED, base or practice.digest, changes, find_affected(self.project, self.practice))
        return save_edit(self.project, edit, TODAY, self.clock)

    def undo(self) -> None:
        version = list_versions(self.project, EDITED)[0]
        edit = Edit(EDITED, self.read().digest, {}, (self.practice,))
        restore_version(self.project, version, edit, TODAY, self.clock)


def files_of(small: SmallProject) -> dict[str, bytes]:
    root = small.root
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "output" not in path.parts
    }


def test_a_change_is_saved_undone_and_done_again(small: SmallProject) -> None:
    editor = Editor(small)
    before = files_of(small)
    assert editor.save({"name": "Harbor Back Clinic"}) == ()
    assert small.text(PRACTICE) == before[PRACTICE].decode().replace("Harbor Clinic", "Harbor Back Clinic")
    editor.undo()
    assert files_of(small) == before
    assert len(list_versions(editor.project, EDITED)) == 2


def test_what_does_not_validate_is_refused_and_nothing_is_written(small: SmallProject) -> None:
    before = files_of(small)
    values: dict[str, Data] = {
        "phones": [{"label": "Front desk"}],
        "website": "javascript:alert(1)",
        "colors": {"brand": "red", "accent": "#a8381f"},
        "name": None,
    }
    with pytest.raises(RefusedChangeError) as refused:
        Editor(small).save(values)
    said = " ".join(problem.message for problem in refused.value.problems)
    assert all(word in said for word in ("number", "javascript", "red", "name"))
    with pytest.raises(NotEditableError, match=r"U\+202E"):
        Editor(small).save({"name": "Harbor \u202ecinilc"})
    assert files_of(small) == before
    assert list_versions(Project(small.root), EDITED) == ()


def test_a_file_that_was_changed_by_hand_meanwhile_is_left_alone(small: SmallProject) -> None:
    editor = Editor(small)
    base = editor.read().digest
    small.replace(PRACTICE, "1 Harbor Street", "2 Harbor Street")
    by_hand = files_of(small)
    with pytest.raises(ChangedMeanwhileError):
        editor.save({"name": "Other"}, base=base)
    assert files_of(small) == by_hand


def test_undo_keeps_what_was_changed_by_hand_as_a_version(small: SmallProject) -> None:
    editor = Editor(small)
    editor.save({"name": "Other"})
    small.replace(PRACTICE, "1 Harbor Street", "2 Harbor Street")
    editor.undo()
    assert "1 Harbor Street" in small.text(PRACTICE)
    kept = list_versions(editor.project, EDITED)[0].before[PRACTICE]
    assert kept is not None
    assert b"2 Harbor Street" in kept


def test_a_logo_of_another_kind_takes_the_place_of_the_old_one(small: SmallProject) -> None:
    editor = Editor(small)
    before = files_of(small)
    warnings = editor.save({}, {"logo": PNG})
    assert [problem.code for problem in warnings] == ["coarse-logo"]
    assert (small.root / LOGO).with_suffix(".png").read_bytes() == PNG
    assert not (small.root / LOGO).exists()
    assert "logo: logo.png\n" in small.text(PRACTICE)
    editor.undo()
    assert files_of(small) == before


def test_a_logo_is_checked_as_any_other(small: SmallProject) -> None:
    before = files_of(small)
    for logo in (
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        PNG[:40],
        PNG + b"\x00" * 11_000_000,
    ):
        with pytest.raises(RefusedChangeError):
            Editor(small).save({}, {"logo": logo})
    assert files_of(small) == before


@pytest.mark.parametrize("old", ["../quay/logo.svg", "/etc/logo.svg", "..%2Fquay%2Flogo.svg"])
def test_a_logo_is_never_written_outside_the_folder_of_its_practice(small: SmallProject, old: str) -> None:
    small.write("content/practices/quay/logo.svg", small.text(LOGO))
    small.replace(PRACTICE, "logo: logo.svg", f"logo: {old}")
    changes = change_practice(Editor(small).read(), {}, {"logo": PNG})
    assert set(changes) == {PRACTICE, "content/practices/clinic/logo.png"}


def test_a_link_that_leads_out_of_the_project_is_not_followed(small: SmallProject, tmp_path: Path) -> None:
    outside = tmp_path / "logo.png"
    outside.write_bytes(b"mine")
    (small.root / LOGO).with_suffix(".png").symlink_to(outside)
    with pytest.raises(ChangedMeanwhileError):
        Editor(small).save({}, {"logo": PNG})
    assert outside.read_bytes() == b"mine"


def test_a_clinic_writes_only_what_differs_from_its_network(small: SmallProject) -> None:
    text = "extends: clinic\nname: Quay Clinic\n"
    small.write("content/practices/quay/practice.yaml", text)
    editor = Editor(small, "quay")
    quay = editor.read()
    inherited = {field: quay.get(field) for field in ("address", "phones", "emergency", "hours", "website")}
    assert inherited["address"] == ["1 Harbor Street"]
    editor.save({**inherited, "colors": {"brand": "#112233", "accent": "#a8381f"}})
    assert small.text("content/practices/quay/practice.yaml") == text + 'colors:\n  brand: "#112233"\n'
    assert find_affected(editor.project, "clinic") == ("clinic", "quay")


def test_a_change_of_a_network_that_breaks_a_clinic_is_refused(small: SmallProject) -> None:
    small.write("content/practices/quay/practice.yaml", "extends: clinic\nname: Quay Clinic\n")
    small.write(PRACTICE, "abstract: true\n" + small.text(PRACTICE))
    with pytest.raises(RefusedChangeError) as refused:
        Editor(small).save({"when_to_call": None})
    assert any(problem.place and "quay" in problem.place.file for problem in refused.value.problems)


def test_only_the_last_versions_are_kept(small: SmallProject) -> None:
    project = Project(small.root)
    for second in range(MAX_KEPT + 3):
        name = f"{second}".encode()
        now = dt.datetime(2026, 6, 1, 9, 0, second, tzinfo=dt.UTC)
        keep_version(project, EDITED, {PRACTICE: name, LOGO: None}, {PRACTICE: b"x"}, now)
    versions = list_versions(project, EDITED)
    assert len(versions) == MAX_KEPT
    assert versions[0].before == {PRACTICE: b"22", LOGO: None}
    assert versions[-1].time.second == 3
