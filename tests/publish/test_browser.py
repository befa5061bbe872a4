"""A published site in Chromium: without barriers, read in order, searched with a script, and usable without one."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from support.chromium import Browsers, Opened, visited
from support.projects import SETTINGS
from support.published import publish_small, publishable

WITHDRAWN = "withdrawn:\n  - {handout: back, date: 2026-01-20, reason: A dose was wrong., version: '0.9'}\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write no log."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site, and return its address."""
    folder = tmp_path_factory.mktemp("browsed")
    project = publishable(folder / "project")
    project.write(SETTINGS, project.text(SETTINGS) + WITHDRAWN)
    published = publish_small(project, folder / "site")
    (folder / "site" / "code").write_text(published.pages[1].print_code)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def shown(address: str, browsers: Browsers) -> Iterator[Opened]:
    """Open the first page in a window, in which the tests go on to others."""
    with visited(browsers.small, address, 1366) as shown:
        yield shown


def read_tree(shown: Opened) -> list[str]:
    """Return role and name of each node of Chromium's accessibility tree, in order."""
    session = shown.page.context.new_cdp_session(shown.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, dict[str, str]]) -> Iterator[str]:
        role = node["role"]["value"]
        if role in {"heading", "link", "navigation", "main", "banner", "contentinfo", "complementary", "searchbox"}:
            yield f"{role} {node.get('name', {}).get('value', '')}".strip()
        for child in node.get("childIds", []):
            yield from walk(by_id[child])

    return list(walk(nodes[0]))


def test_no_page_has_a_barrier_at_any_width(shown: Opened, address: str) -> None:
    code = shown.page.request.get(f"{address}code").text()
    for path in ("", "clinic/", "clinic/back/en/", "codes/", f"codes/{code}/"):
        shown.page.goto(f"{address}{path}")
        for width in (1366, 390):
            shown.page.set_viewport_size({"width": width, "height": 900})
            assert shown.value("document.documentElement.scrollWidth") <= width, path
        assert shown.barriers() == [], path


def test_a_page_is_read_in_the_order_in_which_it_is_seen(shown: Opened, address: str) -> None:
    shown.page.goto(f"{address}clinic/back/en/")
    tree = read_tree(shown)
    expected = [
        "link Skip to the text",
        "navigation Languages, To print",
        "link All handouts of Harbor Clinic",
        "banner",
        "heading Back pain",
        "main",
        "heading The main point",
        "contentinfo",
        "complementary Do you have this on paper?",
        "link Check a print code",
    ]
    places = [tree.index(one) for one in expected]
    assert places == sorted(places)
    shown.page.goto(f"{address}clinic/")
    tree = read_tree(shown)
    expected = ["heading Handouts for patients", "searchbox Search", "main", "heading Back pain", "contentinfo"]
    places = [tree.index(one) for one in expected]
    assert places == sorted(places)


def test_the_search_finds_words_codes_and_practices(shown: Opened, address: str) -> None:
    shown.page.goto(address)
    for typed, found in (
        ("pain", "Back pain"),
        ("neck", ""),
        ("BÁCK", "Back pain"),
        ("clinics", "Harbor Clinic"),
        ("m54.50", "Back pain"),
        ("harbor", "Harbor Clinic"),
        ("161891005", "Back pain"),
    ):
        shown.page.fill("#search", typed)
        shown.page.locator(".count").filter(has_text="1 found" if found else "Nothing found").wait_for()
        shown.page.wait_for_function("found => document.querySelector('.results').textContent === found", arg=found)
    shown.page.locator(".results a").click()
    shown.page.wait_for_url("**/handouts/back/#en")
    assert shown.complaints == []


def test_a_typed_code_is_checked_before_it_is_looked_up(shown: Opened, address: str) -> None:
    code = shown.page.request.get(f"{address}code").text()
    shown.page.goto(f"{address}codes/")
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    shown.page.fill("#code", wrong)
    shown.page.click("button")
    assert "not a print code" in shown.page.inner_text(".error")
    shown.page.fill("#code", code.lower().replace("-", " ").replace("0", "o"))
    shown.page.click("button")
    shown.page.wait_for_url(f"**/codes/{code}/")
    assert "This paper is current" in shown.page.inner_text("h1")
    shown.page.click("text=Read the version of today")
    shown.page.wait_for_url("**/clinic/back/en/")


def test_a_page_whose_review_became_overdue_says_so(shown: Opened, address: str) -> None:
    shown.page.goto(f"{address}clinic/back/en/")
    assert not shown.page.is_visible(".overdue")
    due = shown.page.get_attribute(".overdue", "data-review-due")
    shown.page.clock.set_fixed_time(f"{due}T12:00:00")
    shown.page.reload()
    assert not shown.page.is_visible(".overdue")
    shown.page.clock.set_fixed_time("2099-01-01T12:00:00")
    shown.page.reload()
    assert "was due on" in shown.page.inner_text(".overdue")


def test_without_scripts_everything_is_reached_by_links(shown: Opened, address: str) -> None:
    browser = shown.page.context.browser
    assert browser
    with visited(browser, address, 390, java_script_enabled=False) as plain:
        assert not plain.page.is_visible("#search")
        plain.page.click("text=Harbor Clinic")
        plain.page.click("h2 >> text=Back pain")
        plain.page.wait_for_url("**/clinic/back/en/")
        assert plain.page.is_visible("text=Most back pain gets better in a few weeks.")
        plain.page.click("text=Check a print code")
        assert "codes/7KQ-2M4-XEN/" in plain.page.inner_text("main")
        assert plain.complaints == []
