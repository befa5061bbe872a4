"""`handouts publish` on the command line."""

from pathlib import Path

from support.command import invoke
from support.projects import HANDOUT, SETTINGS
from support.published import BASE_URL, publishable


def test_an_address_is_needed_and_checked(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    project.write(SETTINGS, project.text(SETTINGS).replace(f"publish:\n  base_url: {BASE_URL}\n", ""))
    ran = invoke(project.root, "publish", "../site")
    assert ran.code == 2
    assert "no address of the site" in ran.err
    ran = invoke(project.root, "publish", "../site", "--base-url", "handouts.nhs.uk")
    assert ran.code == 2
    assert "handouts.nhs.uk" in ran.err
    ran = invoke(project.root, "publish", "../site", "--base-url", BASE_URL, "-f", "leaflet")
    assert ran.code == 2
    assert 'no PDF format "leaflet"' in ran.err
    ran = invoke(project.root, "publish", "../site", "--base-url", BASE_URL, "-f", "text", "--openemr", "../education")
    assert ran.code == 2
    assert 'no PDF format "text"' in ran.err
    assert not (tmp_path / "education").exists()
    assert not (tmp_path / "site").exists()


def test_what_is_left_out_is_reported_with_its_reason(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    project.replace(HANDOUT, "status: approved", "status: draft")
    ran = invoke(project.root, "publish", "../site")
    assert ran.code == 1
    assert ran.err.count("warning[draft]") == 2  # of two handouts, for two practices
    assert "error[draft]" not in ran.err
    assert "left out: clinic/back/en (draft)\n" in ran.err
    assert "error[nothing-to-publish]" in ran.err
    assert not (tmp_path / "site").exists()


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.docx").touch()
    ran = invoke(project.root, "publish", "../site")
    assert ran.code == 1
    assert "error[bad-site-folder]" in ran.err
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["thesis.docx"]
    ran = invoke(project.root, "publish", "../new", "--openemr", "../site")
    assert ran.code == 1
    assert "error[bad-site-folder]" in ran.err
    assert not (tmp_path / "new").exists()
