"""The shipped handout has many sections: beside them languages are seen, and of a leaflet some are left out."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from support.chromium import Browsers, Opened, visited
from support.front_desk import served
from support.front_desk_browser import wait_for_preview
from support.shipped import ROOT

PRACTICE = "lakeside-spine-center"
TOO_MUCH = ["symptoms", "diagnosis", "fracture-risk"]  # any one of them has to go
CHECKED = "[...document.querySelectorAll('[name=section]:checked')].map(box => box.value)"


@pytest.fixture(scope="module")
def shown(browsers: Browsers) -> Iterator[Opened]:
    """Serve the shipped project, and open a browser."""
    expect.set_options(timeout=30_000)
    with (
        served(ROOT, practice=PRACTICE) as page,
        visited(browsers.small, page.address, 360, base_url=page.address) as opened,
    ):
        yield opened


def to_leaflet(page: Page, *sections: str) -> None:
    query = urlencode({"practice": PRACTICE, "format": "trifold", "section": sections}, doseq=True)
    page.goto(f"/handouts/spinal-fracture?{query}")


def test_all_sections_fit_once_those_that_are_named_are_left_out(shown: Opened) -> None:
    page = shown.page
    to_leaflet(page, "symptoms")
    page.get_by_role("button", name="All", exact=True).click()
    failure = page.locator("#preview .notice")
    expect(failure).to_contain_text("Leave out all of these, and it fits:")
    named = failure.locator(".to-leave-out li")
    expect(page.get_by_role("button", name="Print", exact=False).first).to_be_disabled()
    assert shown.barriers() == []
    assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
    before, count = shown.value(CHECKED), named.count()
    page.get_by_role("button", name=f"Leave out these {count}").click()
    wait_for_preview(page)
    assert len(shown.value(CHECKED)) == len(before) - count
    expect(page.locator("#status")).to_contain_text("2 pages, 1 sheet")


def test_a_leaflet_that_is_too_long_fits_in_smaller_type(shown: Opened) -> None:
    page = shown.page
    query = urlencode({"practice": PRACTICE, "language": "es", "format": "trifold"})
    page.goto(f"/handouts/spinal-fracture?{query}&section=symptoms")
    expect(page.locator("#preview")).to_contain_text("This print cannot be made.")
    page.get_by_role("button", name="Try smaller type").click()
    wait_for_preview(page)
    assert "fit=1" in page.url
    expect(page.get_by_label("Smaller type, if it is too long")).to_be_checked()


def test_languages_and_formats_can_be_seen_beside_more_sections_than_fit_the_screen(shown: Opened) -> None:
    page = shown.page
    page.set_viewport_size({"width": 1366, "height": 768})
    to_leaflet(page, "symptoms")
    box = page.get_by_role("navigation", name="Language").bounding_box()
    assert box
    assert box["height"] >= 44
    box = page.locator(".format .segments").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 768


def test_where_one_section_is_enough_any_one_can_be_clicked(shown: Opened) -> None:
    page = shown.page
    to_leaflet(page, *TOO_MUCH)
    expect(page.locator("#preview")).to_contain_text("Leave out one of these, and it fits:")
    ways = page.locator("[data-leave-out]")
    assert ways.count() > 1
    way = ways.last.get_attribute("data-leave-out")
    ways.last.click()
    wait_for_preview(page)
    assert set(shown.value(CHECKED)) == set(TOO_MUCH) - {way}
