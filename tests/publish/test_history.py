"""Publishing again: what changed, and what became of pages that are not published any more."""

import json
import shutil
from pathlib import Path

import pytest

from handouts.publish.folder import PublishError
from handouts.publish.publish import Published
from handouts.schema.published import SiteRecord
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject
from support.published import ANNEX, publish_small, publishable, read_files
from support.shipped import ROOT

PAGE = "clinic/back/en/index.html"


class Site:
    """A project and its site, published without PDFs."""

    def __init__(self, folder: Path) -> None:
        self.project = SmallProject((folder / "project").resolve())
        self.folder = folder / "site"
        self.code = self.record().pages[1].print_code

    def record(self) -> SiteRecord:
        return SiteRecord.model_validate_json((self.folder / "site/published.json").read_bytes())

    def publish(self, *, prune: bool = False) -> Published:
        return publish_small(self.project, self.folder, prune=prune)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    publish_small(publishable(folder / "project"), folder / "site")
    return folder


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Site:
    """A project that was published, in a folder of its own."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)


def test_a_phone_number_changes_only_the_pages_of_its_practice(site: Site) -> None:
    before = read_files(site.folder)
    files = {name: (site.folder / name).stat().st_ino for name in before}
    old = {page.practice: page.print_code for page in site.record().pages}
    site.project.replace(ANNEX, "01632 550177", "01632 550178")
    new = {page.practice: page.print_code for page in site.publish().pages}
    after = read_files(site.folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        *(f"annex/{name}" for name in ("index.html", "index.json", "back/en/index.html")),
        *(f"codes/{code}/index.html" for code in (old["annex"], new["annex"])),
        "site/published.json",
    }
    assert {name for name in files if (site.folder / name).stat().st_ino != files[name]} == changed & before.keys()
    assert "This paper is out of date" in site.text(f"codes/{old['annex']}/index.html")
    assert "../../annex/back/en/" in site.text(f"codes/{old['annex']}/index.html")


def test_an_old_paper_leads_on_to_the_new_version(site: Site) -> None:
    site.project.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    published = site.publish()
    text = site.text(f"codes/{site.code}/index.html")
    assert "It has version 1.0." in text
    assert "../../clinic/back/en/" in text
    assert "This paper is current" in site.text(f"codes/{published.pages[1].print_code}/index.html")


def test_a_withdrawn_handout_says_so_and_is_in_no_list(site: Site) -> None:
    site.project.write(
        SETTINGS,
        site.project.text(SETTINGS) + "withdrawn:\n  - {handout: back, date: 2026-01-20, reason: A dose was wrong.}\n",
    )
    published = site.publish(prune=True)
    assert published.ok, published.problems
    for name in (PAGE, "clinic/back/index.html", "clinic/index.html", f"codes/{site.code}/index.html"):
        text = site.text(name)
        assert "Withdrawn: do not use it" in text, name
        assert "A dose was wrong." in text
        assert "20 January 2026" in text
        assert 'Ask Harbor Clinic: <span class="unbroken">01632 550123</span>' in text
        assert "noindex" in text
    assert "Ask Annex &amp; Sons: " in site.text("annex/back/en/index.html")
    assert "Back pain" not in site.text("index.html") + site.text("site/search.json") + site.text("sitemap.xml")
    assert not list(site.folder.rglob("*.pdf"))


def test_what_may_not_be_released_any_more_says_that_it_is_reviewed(site: Site) -> None:
    site.project.replace(HANDOUT, "status: approved", "status: draft")
    published = site.publish()
    assert {page.state for page in published.pages} == {"in-review"}
    assert "This handout is not available now" in site.text(PAGE)
    since = published.pages[0].since
    assert site.publish().pages[0].since == since
    # And is back once it is approved again.
    site.project.replace(HANDOUT, "status: draft", "status: approved")
    assert {page.state for page in site.publish().pages} == {"published"}


def test_the_page_of_a_handout_that_is_gone_stays_until_it_is_pruned(site: Site) -> None:
    (site.project.root / HANDOUT).unlink()
    site.project.replace("content/handouts/neck/en.md", "status: draft", "status: approved\nreviewed_by: Surgeon")
    site.publish()
    assert "This handout is not published any more" in site.text(PAGE)
    assert "Neck pain" in site.text("index.html")
    assert "This handout is not published any more" in site.text(f"codes/{site.code}/index.html")
    site.publish(prune=True)
    assert not (site.folder / PAGE).exists()
    assert not (site.folder / f"codes/{site.code}/index.html").exists()


def test_the_page_of_a_practice_that_is_gone_says_that_it_is_not_listed_any_more(site: Site) -> None:
    withdrawn = "withdrawn:\n  - {handout: back, date: 2026-01-20, reason: A dose was wrong.}\n"
    site.project.write(SETTINGS, site.project.text(SETTINGS) + withdrawn)
    shutil.rmtree((site.project.root / ANNEX).parent)
    site.publish()
    page = site.text("annex/index.html")
    assert "This practice is not listed here any more" in page
    assert "Annex &amp; Sons" in page
    assert "Withdrawn" not in page
    assert "Withdrawn: do not use it" in site.text("annex/back/en/index.html")
    # A practice that is only written wrongly is still there.
    site.project.replace(PRACTICE, "country: GB", "country: 7")
    site.publish()
    assert "Withdrawn: do not use it" in site.text("clinic/index.html")


def test_a_page_that_cannot_be_made_stays_as_it_was_with_an_error(site: Site) -> None:
    before = site.text(PAGE)
    site.project.replace(HANDOUT, "Back pain is common", "Back pain is *common")
    site.project.replace(HANDOUT, "[@smith2020]", "[@unknown2020]")
    published = site.publish()
    assert not published.ok
    assert site.text(PAGE) == before
    assert {"page-not-renewed", "unknown-reference"} <= {problem.code for problem in published.problems}


def test_a_page_that_fails_when_it_is_made_stays_and_is_in_no_feed(site: Site) -> None:
    before, feeds = site.text(PAGE), list((site.folder / "clinic/infobutton").rglob("index.atom"))
    assert feeds
    template = (ROOT / "templates/html.html.j2").read_text(encoding="utf-8")
    site.project.write("templates/html.html.j2", template.replace('{% include "parts/disclaimer.html.j2" %}\n', ""))
    published = site.publish()
    assert {"page-not-renewed", "left-out"} <= {problem.code for problem in published.problems}
    assert site.text(PAGE) == before
    assert not list((site.folder / "clinic/infobutton").rglob("index.atom"))
    assert (site.folder / "clinic/infobutton/none.atom").is_file()


def test_a_withdrawn_page_does_not_stay_because_its_new_version_has_an_error(site: Site) -> None:
    site.project.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    site.project.replace(HANDOUT, "[@smith2020]", "[@unknown2020]")
    withdrawn = 'withdrawn:\n  - {handout: back, version: "1.0", date: 2026-01-20, reason: A dose was wrong.}\n'
    site.project.write(SETTINGS, site.project.text(SETTINGS) + withdrawn)
    published = site.publish()
    assert not published.ok
    assert {page.state for page in published.pages} == {"withdrawn"}
    assert "Withdrawn: do not use it" in site.text(PAGE)


def test_the_record_of_the_site_is_enough_to_go_on_from(site: Site, tmp_path: Path) -> None:
    # As in a workflow that starts with nothing but a clone, and takes the record from the web.
    record = (site.folder / "site/published.json").read_bytes()
    fresh = tmp_path / "fresh"
    (fresh / "site").mkdir(parents=True)
    (fresh / "site/published.json").write_bytes(record)
    for path in (site.project.root / "print-codes").iterdir():
        path.unlink()
    site.project.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    site.project.replace(ANNEX, "01632 550177", "01632 550177 [x](y)")
    site.folder = fresh
    published = site.publish()
    assert {page.practice: page.state for page in published.pages} == {"annex": "in-review", "clinic": "published"}
    assert "It has version 1.0." in site.text(f"codes/{site.code}/index.html")


@pytest.mark.parametrize(
    ("written", "hostile"),
    [
        ('"practice":"clinic"', '"practice":"../../../../elsewhere"'),
        ('"handout":"back"', '"handout":".."'),
        ('"language":"en"', '"language":"en/../../.."'),
        ('"code":"{code}"', '"code":"../../elsewhere"'),
        ('"code":"M54.5"', '"code":"M54\\" /; } evil;"'),
        ('"oid":"2.16.840.1.113883.6.90"', '"oid":"../../elsewhere"'),
    ],
)
def test_a_record_that_leads_elsewhere_is_no_record(site: Site, written: str, hostile: str) -> None:
    record = site.folder / "site/published.json"
    text = json.dumps(json.loads(record.read_bytes()), separators=(",", ":"))
    written = written.replace("{code}", site.code)
    assert written in text
    record.write_text(text.replace(written, hostile))
    before = read_files(site.folder.parent)
    with pytest.raises(PublishError, match="did not write it"):
        site.publish()
    assert read_files(site.folder.parent) == before


def test_nothing_to_publish_is_an_error_and_writes_no_site(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    project.replace(HANDOUT, "status: approved", "status: draft")
    published = publish_small(project, tmp_path / "site")
    assert not published.ok
    assert "nothing-to-publish" in {problem.code for problem in published.problems}
    assert not (tmp_path / "site").exists()
