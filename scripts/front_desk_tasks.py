"""Time tasks of reception in Chromium, in clicks, keys and seconds: `scripts/front_desk_tasks.py`, from the repository.

The seconds of the processor, of the server with its workers, depend less on what else the machine does. The tasks begin
when what is made ahead is made. The handouts of this project are taken as approved, because a clinic's are, and stand
among others without much text, so that there are 40; there are 25 practices. There is no printer: the browser prints.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Page, expect

from support.chromium import chromium, chromium_with_viewer
from support.front_desk import Served, served

if TYPE_CHECKING:
    from collections.abc import Callable

# What each query has to lead to.
QUERIES = {
    "kyfoplasty": "Spinal fracture",
    "diabetis": "Living with diabetes",
    "opiod": "Safe use of opioids",
    "knees": "Your new knee",
    "M48.50XA": "Spinal fracture",
    "m485": "Spinal fracture",
    "SF-101": "Spinal fracture",
    "osteoporotic fractures": "",
    "alendronat": "Taking alendronate",
    "exercize": "Exercises",
}
SUBJECTS = (
    *("Living with diabetes", "Safe use of opioids", "Your new knee", "Asthma", "High blood pressure", "Heart failure"),
    *("Migraine", "Neck pain", "Shoulder pain", "Hip replacement", "Carpal tunnel", "Gout", "Arthritis", "Sciatica"),
    *("Sleep", "Smoking", "Healthy weight", "Anxiety", "Depression", "Thyroid", "Anemia", "Kidney stones", "Reflux"),
    *("Cataract", "Hearing aids", "Eczema", "Wound care", "Vaccines", "Travel", "Contact lenses", "Dialysis", "Stroke"),
    "Dizziness",
)
SUBJECT = """---
title: {title}
code: ZZ-{number}
version: "1.0"
published: 2026-01-10
review_due: 2099-01-10
status: draft
audience: For people who try this page
main_message: This text is here to be found.
disclaimer: This text is no advice.
keywords: [{title}]
---

# About it {{#about}}

## What is it? {{#what}}

This text is about {title}.

## What helps? {{#helps}}

Ask us.
"""
PRACTICES = 25
FIRST = "spinal-fracture"
IDLE = 0.1  # seconds of the processor in five seconds
_MILLISECONDS = 120_000  # on a machine that has other work
expect.set_options(timeout=_MILLISECONDS)
SHOWN = """before => { const page = document.querySelector('.pages img');
  return page && page.getAttribute('src') !== before && page.complete && page.naturalWidth; }"""
SIZE = """[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
SHIFT = """new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300); })"""


class Reception:
    """One person at the page; counts clicks, and keys that are not letters."""

    def __init__(self, page: Page, address: str) -> None:
        """Open the list of handouts."""
        self.page, self.address, self.clicks, self.keys = page, address, 0, 0
        self.seconds: float | None = None

    def click(self, selector: str) -> None:
        """Click one element."""
        self.page.locator(selector).first.click()
        self.clicks += 1

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def find(self, query: str, title: str = "") -> None:
        """Type a query, and open the first handout, which has to have these words in its title."""
        self.page.keyboard.type(query)
        expect(self.page.locator("#rows .count")).to_contain_text(query)
        self.press("Enter")
        expect(self.page.locator("h1#start")).to_contain_text(title)
        self.wait()

    def wait(self) -> None:
        """Wait for the first page; `expect` would look at it twice a second at most."""
        self.page.wait_for_function(SHOWN, arg="")

    def print_it(self) -> None:
        """Press Print, and wait until the browser has the file."""
        with self.page.expect_response("**/print"):
            self.click("#actions .main")

    def go_home(self) -> None:
        """Start a task: its clicks count from here."""
        self.page.goto(self.address)
        expect(self.page.get_by_role("searchbox")).to_be_focused()
        self.clicks = self.keys = 0


def next_patient(one: Reception) -> None:
    """Print a handout, and the same one for the next patient; only what comes after the first print counts."""
    one.find("falls")
    one.print_it()
    one.clicks = one.keys = 0
    one.click("#next")
    one.page.keyboard.type("Name typed here")
    one.print_it()


def three_sections(one: Reception) -> None:
    """Print three sections of a handout."""
    one.find("kyphoplasty")
    one.click("[data-sections='']")
    for number in (0, 2, 4):
        one.page.locator("[name=section]").nth(number).click()
        one.clicks += 1
    expect(one.page.locator("#status")).to_contain_text("page")
    one.print_it()


def pack_of_three(one: Reception) -> None:
    """Print three handouts in one job."""
    for number in range(3):
        one.page.locator(".add").nth(number).click()
        one.clicks += 1
    with one.page.expect_response("**/pack/print"):
        one.click("#pack .main")


def offered_pack(one: Reception) -> None:
    """Print a pack of the practice."""
    one.click("[data-do=take-pack]")
    with one.page.expect_response("**/pack/print"):
        one.click("#pack .main")


def reprint(one: Reception) -> None:
    """Print again what was printed today."""
    one.click("#today a")
    one.wait()
    one.print_it()


def another_language(one: Reception) -> None:
    """Choose sections and ink, switch to another language, and lose nothing; only the switch counts."""
    one.find("kyphoplasty")
    one.click("[data-sections='']")
    for number in (0, 2, 4):
        one.page.locator("[name=section]").nth(number).click()
    one.page.get_by_label("Black only").check()
    one.page.locator("#patient").fill("Name typed here")
    one.clicks = one.keys = 0
    start = time.perf_counter()
    one.click("nav.segments a[data-language=es]")
    expect(one.page.locator("[data-language=es]")).to_have_attribute("aria-current", "page")
    one.wait()
    one.seconds = time.perf_counter() - start
    boxes = one.page.locator("[name=section]")
    checked = [number for number in range(boxes.count()) if boxes.nth(number).is_checked()]
    if checked != [0, 2, 4] or one.page.locator("#patient").input_value() != "Name typed here":
        raise SystemExit(f"lost with the language: {checked}")
    expect(one.page.get_by_label("Black only")).to_be_checked()


def keyboard(one: Reception) -> None:
    """Find and print with keys alone."""
    one.find("falls")
    with one.page.expect_response("**/print"):
        one.press("Control+Enter")


def new_preview(one: Reception) -> None:
    """Show a choice of sections that was never laid out."""
    one.find("exercise")
    _time_change(one, "[name=section] >> nth=1")


def warm_preview(one: Reception) -> None:
    """Show a choice of sections that was laid out before."""
    one.find("exercise")
    _time_change(one, "[name=section] >> nth=1")
    one.clicks = 0
    _time_change(one, "[name=section] >> nth=1")


def _measure_work(page: Served) -> float:
    """Return the seconds of the processor that the server and its processes have used so far."""
    ticks = 0
    for process in (page.process.pid, *page.processes()):
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_until_idle(page: Served) -> None:
    """Wait until the server has laid out what it makes ahead."""
    before = -1.0
    while _measure_work(page) - before > IDLE:
        before = _measure_work(page)
        time.sleep(5)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _time_change(one: Reception, selector: str) -> None:
    before = one.page.locator(".pages img").first.get_attribute("src") or ""
    start = time.perf_counter()
    one.click(selector)
    one.page.wait_for_function(SHOWN, arg=before)
    one.seconds = time.perf_counter() - start


def make_project(project: Path) -> Path:
    """Copy the project of the repository, approve its handouts, and add handouts and practices."""
    for name in ("content", "templates", "styles"):
        shutil.copytree(name, project / name)
    shutil.copy("handouts.yaml", project)
    for number, title in enumerate(SUBJECTS):
        file = project / f"content/handouts/subject-{number}/en.md"
        file.parent.mkdir()
        file.write_text(SUBJECT.format(title=title, number=100 + number), encoding="utf-8")
    for file in (project / "content/handouts").glob("*/*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("status: draft", "status: approved\nreviewed_by: Reviewer"), encoding="utf-8")
    practices = project / "content/practices"
    for number in range(PRACTICES - len(list(practices.iterdir()))):
        clinic = practices / f"clinic-{number}"
        shutil.copytree(practices / "lakeside-spine-center", clinic)
        text = (clinic / "practice.yaml").read_text(encoding="utf-8")
        text = text.replace("name: Lakeside Spine Center", f"name: Clinic {number + 1}")
        (clinic / "practice.yaml").write_text(text, encoding="utf-8")
    return project


def main() -> None:
    """Run each task, and print a table in Markdown."""
    tasks: dict[str, Callable[[Reception], None]] = {
        **{
            f"Find “{query}”": lambda one, query=query, title=title: one.find(query, title)
            for query, title in QUERIES.items()
        },
        "The same handout for the next patient": next_patient,
        "Three sections": three_sections,
        "Print it again": reprint,
        "A pack of three": pack_of_three,
        "A pack of the practice": offered_pack,
        "Another language, nothing lost": another_language,
        "From the search to the print, by keyboard": keyboard,
        "Preview never laid out": new_preview,
        "Preview laid out before": warm_preview,
    }
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "project")
        with (
            served(project, "--jobs", "2", practice="lakeside-spine-center", XDG_CACHE_HOME=folder) as page,
            chromium() as small,
            chromium_with_viewer(small) as browser,
        ):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            context.add_cookies([{"name": "practice", "value": page.cookies["practice"], "url": page.address}])
            tab = context.new_page()
            tab.set_default_timeout(_MILLISECONDS)
            start, before = time.perf_counter(), _measure_work(page)
            tab.goto(f"{page.address}handouts/{FIRST}")
            Reception(tab, page.address).wait()
            seconds, worked = time.perf_counter() - start, _measure_work(page) - before
            _write(f"First pages on a fresh server: {seconds:.2f} s, {worked:.2f} s of the processor")
            tab.goto(page.address)
            _wait_until_idle(page)
            _write("| task | clicks | keys | seconds | seconds of the processor |\n|---|---|---|---|---|")
            for title, task in tasks.items():
                one = Reception(tab, page.address)
                one.go_home()
                start, before = time.perf_counter(), _measure_work(page)
                task(one)
                seconds = one.seconds or time.perf_counter() - start
                worked = _measure_work(page) - before
                _write(f"| {title} | {one.clicks} | {one.keys} | {seconds:.1f} | {worked:.1f} |")
            start = time.perf_counter()
            tab.goto(page.address, wait_until="load")
            seconds = time.perf_counter() - start
            size = tab.evaluate(SIZE) // 1000
            _write(f"Home: {seconds:.2f} s, {size} kB, layout shift {tab.evaluate(SHIFT):.3f}")


if __name__ == "__main__":
    main()
