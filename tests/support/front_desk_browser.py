"""The front-desk page in Chromium, and steps that many tests share."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from support.chromium import Browsers, Opened, visited
from support.front_desk import Served, served
from support.projects import HANDOUT, LOGO, PRACTICE, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

_MILLISECONDS = 20_000


@dataclass(frozen=True)
class Desk:
    page: Served
    project: SmallProject
    _browsers: Browsers

    @property
    def browser(self) -> Browser:
        """The browser without windows."""
        return self._browsers.small

    def open(self, width: int = 1280, **options: Any) -> AbstractContextManager[Opened]:  # noqa: ANN401 - as new_context has them
        """Open the page as a new visitor."""
        return visited(self.browser, self.page.address, width, **options)

    def open_with_viewer(self, width: int = 1280) -> AbstractContextManager[Opened]:
        """Open the page as a new visitor whose browser shows and prints PDFs."""
        return visited(self._browsers.with_viewer, self.page.address, width)

    @contextmanager
    def open_handout(self, width: int = 1280, **options: Any) -> Iterator[Opened]:  # noqa: ANN401 - likewise
        """Open the handout as somebody who has chosen the practice before, and wait for the preview."""
        address = f"{self.page.address}handouts/back"
        with visited(self.browser, address, width, practice="clinic", **options) as shown:
            wait_for_preview(shown.page)
            yield shown


@contextmanager
def front_desk(folder: Path, browsers: Browsers, *options: str, **environment: str) -> Iterator[Desk]:
    """Serve an approved handout with a selection, a draft with a line to fill in, and two practices."""
    expect.set_options(timeout=_MILLISECONDS)
    project = small_project(folder)
    project.replace(HANDOUT, "glossary:", "selections:\n  pre-visit-pack: [what, treatment]\nglossary:")
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54.5]}\nkeywords:\n  - lumbago")
    draft = project.text(HANDOUT).replace("title: Back pain", "title: Knee pain").replace("HO-1", "KN-7")
    draft = draft.replace(
        "- after a fall", '::: form\nLift [____]{#lift label="What I may lift"}.\n:::\n\n- after a fall'
    )
    draft = draft.replace("keywords:", "web: https://harbor.example.org/knee\nkeywords:")
    for language in ("en", "en-GB"):
        project.write(f"content/handouts/knee/{language}.md", draft.replace("[M54.5]", "[M17.0]"))
    labels = (ROOT / "templates" / "labels.en.yaml").read_text(encoding="utf-8")
    project.write("templates/labels.en-GB.yaml", labels)
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine team")
    other = project.text(PRACTICE).replace("Harbor Clinic", "Quay Surgery")
    project.write(PRACTICE.replace("clinic/", "quay/"), other)
    project.write(LOGO.replace("clinic/", "quay/"), project.text(LOGO))
    project.write(PRACTICE, project.text(PRACTICE) + "notes: [Come 15 minutes early., Call us on Monday.]\n")
    pack = "packs:\n  joints:\n    title: Joints\n    handouts: [{handout: knee, sections: [what]}, {handout: back}]\n"
    project.write(SETTINGS, project.text(SETTINGS) + pack)
    with served(project.root, *options, **environment) as page:
        yield Desk(page, project, browsers)


def choose_practice(page: Page) -> None:
    """Choose the first practice."""
    page.get_by_role("button", name="Harbor Clinic").click()
    expect(page.get_by_role("searchbox")).to_be_focused()


def to_handout(page: Page) -> None:
    """Choose the practice and the handout, and wait for the preview."""
    choose_practice(page)
    page.get_by_role("link", name="Back pain").click()
    wait_for_preview(page)


def wait_for_preview(page: Page) -> None:
    """Wait for the preview."""
    expect(page.locator(".pages img").first).to_be_visible()
