"""The folder of a site is replaced as a whole, whatever happens, and nothing else is ever replaced."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.model.project import Project
from handouts.publish.folder import PublishError, check_folder, locked, replacing
from support.killed_site import MARKER, write_site
from support.published import publish_small, publishable, read_files
from support.shipped import ROOT


def write_half(folder: Path, fail: Callable[[], object]) -> None:
    with replacing(folder) as new:
        new.write("index.html", b"half")
        fail()


SITE = ("0", "0/index.html", "1", "1/index.html", MARKER)


@pytest.mark.parametrize("again", [0, 1, 3, 5, 8])
def test_a_killed_publication_leaves_the_old_site_or_the_new_one(tmp_path: Path, again: int) -> None:
    """Killed at each change that it makes to files; then the next one, too, while it repairs."""
    command = [sys.executable, "-m", "support.killed_site", str(tmp_path / "site"), str(again)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    states = [ast.literal_eval(line) for line in ran.stdout.splitlines()]
    assert len(states) > 20  # else nothing was killed
    for last, names, contents in states:
        assert names == {".site.lock", "site", *(f"site/{name}" for name in SITE)}
        assert contents in ({b"%d" % last}, {b"%d" % (last - 1)})


def test_a_folder_of_others_beside_a_site_stays(tmp_path: Path) -> None:
    site, theirs = tmp_path / "site", tmp_path / ".site.work"
    write_site(site, "first")
    before = read_files(site)
    theirs.mkdir()
    (theirs / "old").mkdir()
    (theirs / "old" / "thesis.docx").write_text("mine")
    with pytest.raises(PublishError, match="did not write") as refused:
        write_site(site, "second")
    assert str(theirs) in refused.value.problem.hint
    assert read_files(theirs) == {"old/thesis.docx": b"mine"}
    shutil.rmtree(theirs)
    theirs.write_text("mine")
    with pytest.raises(PublishError, match="did not write"):
        write_site(site, "second")
    assert theirs.read_text() == "mine"
    assert read_files(site) == before
    theirs.unlink()
    theirs.mkdir()  # an empty one is what a crash can leave
    write_site(site, "second")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_a_site_that_an_earlier_version_moved_away_is_not_replaced_by_one_without_its_past(tmp_path: Path) -> None:
    site, moved = tmp_path / "site", tmp_path / ".site.old"
    write_site(site, "first")
    before = read_files(site)
    site.rename(moved)
    with pytest.raises(PublishError, match="may be the site") as refused:
        write_site(site, "second")
    assert f"rename {moved} to site" in refused.value.problem.hint
    assert not site.exists()
    moved.rename(site)
    assert read_files(site) == before
    moved.mkdir()  # of no importance beside a site that is there
    write_site(site, "second")
    assert read_files(site) != before


def test_an_error_leaves_the_old_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, "first")
    before = read_files(folder)
    with pytest.raises(ZeroDivisionError):
        write_half(folder, lambda: 1 // 0)
    with pytest.raises(PublishError, match="stays as it was"):
        write_half(folder, (tmp_path / "nothing").unlink)
    assert read_files(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_two_do_not_publish_at_once(tmp_path: Path) -> None:
    with locked(tmp_path / "site"), pytest.raises(PublishError, match="another command"), locked(tmp_path / "site"):
        pass


def test_only_a_folder_that_publishing_wrote_is_replaced(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    (project.root / "content").mkdir(parents=True)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").touch()
    link = tmp_path / "link"
    link.symlink_to(foreign)
    (tmp_path / "file").touch()
    wrong = [foreign, link, tmp_path / "file", project.root, tmp_path, project.root / "content" / "site"]
    for folder in [*wrong, project.root / "output", project.root / "..", Path("/")]:
        with pytest.raises(PublishError) as refused:
            check_folder(project, folder, MARKER, b"ours".__eq__)
        assert refused.value.problem.code == "bad-site-folder"
    (foreign / MARKER).write_bytes(b"not ours")
    with pytest.raises(PublishError):
        check_folder(project, foreign, MARKER, b"ours".__eq__)
    for folder in (tmp_path / "new", project.root / "public"):
        check_folder(project, folder, MARKER, b"ours".__eq__)
    write_site(tmp_path / "site", "first")
    check_folder(project, tmp_path / "site", MARKER, b"ours".__eq__)


@pytest.mark.parametrize("name", ["clinic/infobutton/more", "clinic/index.html", MARKER])
def test_a_site_with_a_link_in_it_is_refused(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    (secret / "index.html").write_bytes(b"ours")
    write_site(tmp_path / "site", "first")
    (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "site" / name).unlink(missing_ok=True)
    (tmp_path / "site" / name).symlink_to(secret / "index.html" if name == MARKER else secret)
    with pytest.raises(PublishError, match="is a link"):
        check_folder(Project(tmp_path / "project"), tmp_path / "site", MARKER, b"ours".__eq__)


@pytest.mark.parametrize("purpose", ["build", "work", "lock"])
def test_a_link_beside_a_site_is_refused(tmp_path: Path, purpose: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f".site.{purpose}").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError, match="beside it is a link"), locked(tmp_path / "site"):
        pass


def test_files_of_others_stay(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("my own page")
    with pytest.raises(PublishError):
        publish_small(project, site)
    assert read_files(site) == {"index.html": b"my own page"}


@pytest.mark.parametrize(("old", "name"), [("practices/annex", "codes"), ("handouts/neck", "infobutton")])
def test_nothing_can_have_the_name_of_a_folder_of_the_site(tmp_path: Path, old: str, name: str) -> None:
    project = publishable(tmp_path / "project")
    folder = project.root / "content" / old
    folder.rename(folder.with_name(name))
    with pytest.raises(PublishError, match=name):
        publish_small(project, tmp_path / "site")
