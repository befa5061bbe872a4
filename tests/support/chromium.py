"""Pages in Debian's Chromium, as readers see them: without scripts, at a width, with all requests recorded."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

FAILED = Path(__file__).parents[1] / "failed"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Opened:
    """A page, the addresses that were requested to show it, and the errors of the browser."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def value(self, expression: str) -> Any:  # noqa: ANN401 - whatever the expression gives
        """Return the value of a JavaScript expression."""
        return self.page.evaluate(expression)

    def add_style(self, sheet: str) -> None:
        """Add a style sheet of the reader's own."""
        self.page.evaluate(
            "sheet => { document.body.appendChild(document.createElement('style')).textContent = sheet }", sheet
        )

    def barriers(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA and good practice."""
        options = {"runOnly": _RULES, "resultTypes": ["violations"]}  # describing the rest takes a fifth of the time
        if not self.page.evaluate("'axe' in window"):  # reading it takes a third
            self.page.evaluate(Axe().axe_script)
        found = self.page.evaluate("options => axe.run(options).then(results => results.violations)", options)
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    def fonts(self) -> dict[str, bool]:
        """Return the fonts that letters are set in, and whether each came with the page."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        self.page.wait_for_load_state("networkidle")  # until then scripts replace elements
        session.send("DOM.getDocument", {"depth": -1})
        return {
            font["familyName"]: font["isCustomFont"]
            for node in _elements(session)
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        }


def _elements(session: CDPSession) -> list[int]:
    search = session.send("DOM.performSearch", {"query": "//*[text()]"})
    window = {"searchId": search["searchId"], "fromIndex": 0, "toIndex": search["resultCount"]}
    nodes: list[int] = session.send("DOM.getSearchResults", window)["nodeIds"]
    return nodes


# In a container, as in CI, it has no sandbox of its own. Its usual reader of PDFs ends Playwright.
_OPTIONS = ("--no-sandbox", "--disable-features=PdfOopif")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser without windows: it neither shows nor prints PDFs, and needs a quarter of the time a page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def chromium_with_viewer(browser: Browser) -> Iterator[Browser]:
    """Start also the browser that shows and prints PDFs."""
    whole = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=_OPTIONS)
    yield whole
    whole.close()


@dataclass(frozen=True)
class Browsers:
    """The two browsers, started when a test first opens one, and used by all tests of a process."""

    _closing: ExitStack

    @cached_property
    def small(self) -> Browser:
        """The browser without windows."""
        return self._closing.enter_context(chromium())

    @cached_property
    def with_viewer(self) -> Browser:
        """The browser that shows and prints PDFs."""
        return self._closing.enter_context(chromium_with_viewer(self.small))


@contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, *, scripts: bool = False) -> Iterator[Opened]:
    """Open a file in a window of a width in CSS pixels; scripts are off, as in e-mail, but axe-core is one."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    context.set_default_timeout(20_000)
    shown = _noting(context.new_page())
    shown.page.goto(path.as_uri())
    yield shown
    context.close()


@contextmanager
def visited(
    browser: Browser,
    address: str,
    width: int = 1280,
    *,
    practice: str = "",
    **options: Any,  # noqa: ANN401 - as new_context has them
) -> Iterator[Opened]:
    """Open an address as people do, with scripts; if the block fails, a picture of the page goes to tests/failed."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    if practice:
        context.add_cookies([{"name": "practice", "value": practice, "url": urljoin(address, "/")}])
    context.set_default_timeout(20_000)
    shown = _noting(context.new_page())
    shown.page.goto(address)
    try:
        yield shown
    except BaseException:
        FAILED.mkdir(exist_ok=True)
        name = os.environ.get("PYTEST_CURRENT_TEST", "page").split("::")[-1].split(" ")[0]
        shown.page.screenshot(path=FAILED / f"{re.sub(r'[^a-z0-9]+', '-', name)}.png", full_page=True)
        raise
    finally:
        context.close()


def _noting(page: Page) -> Opened:
    shown = Opened(page)
    page.on("request", lambda request: shown.asked.append(request.url))
    page.on("console", lambda message: shown.complaints.append(message.text))
    page.on("pageerror", lambda error: shown.complaints.append(str(error)))
    return shown
