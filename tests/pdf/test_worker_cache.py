"""What a worker caches from one document to the next changes no document."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from handouts import open_project
from handouts.build.typeset import FinishedFile, typeset
from handouts.model.document import Composed, Sheet
from support.command import call_apart
from support.laid_out import ROOT

pytestmark = [  # WeasyPrint leaves a file open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

STYLES = ROOT / "styles"
FONT = "@font-face { font-family: Own; src: url(fonts/AtkinsonHyperlegibleNext-Bold.ttf) }"
LINES = "Bone that is put together again heals within weeks. " * 12
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4em" height="2em" viewBox="0 0 4 2"><path d="{}"/></svg>'
BONES = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="90" viewBox="0 0 200 90">
<defs>
  <path id="bone" d="M5 .6Q27 4 49 .6C52.6.2 54.4 1.6 54 4.6V33L5 37.4Z"/>
  <clipPath id="frame"><rect width="40" height="20" rx="4"/></clipPath>
  <linearGradient id="shade"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>
</defs>
<use href="#bone" x="10" y="5" fill="#ddd" stroke="#333" stroke-dasharray="2 1"/>
<g opacity=".5" transform="rotate(10 80 40)"><use href="#bone" x="70" y="5"/></g>
<g clip-path="url(#frame)"><circle cx="20" cy="20" r="30" fill="{fill}"/></g>
<text x="100" y="80" text-anchor="middle" font-size="9">A {word} bone <tspan dy="4">heals</tspan></text>
</svg>"""
COLUMNS = "div { columns: 2; orphans: 3 } b, i { display: block; break-inside: avoid } b { break-after: avoid }"
DOCUMENTS = {
    "plain": ("", LINES),
    "in a font of its own": (f"{FONT} p {{ font-family: Own }}", LINES),
    "in a font that there is not": ("p { font-family: Own }", LINES),
    "narrow": ("p { width: 5em; hyphens: auto; letter-spacing: 1px }", LINES),
    "cut": ("p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 12em }", LINES),
    "cut elsewhere": ("p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 6em }", LINES),
    "cut at a number of lines": ("p { block-ellipsis: auto; max-lines: 2; continue: discard }", LINES),
    "faulty": (":root { --ink: 12px } p { color: var(--ink) }", LINES),
    "red": (":root { --ink: red } p { border: 1px solid var(--ink) }", LINES),
    "blue": (":root { --ink: blue } p { border: 1px solid var(--ink) }", LINES),
    "a first line": ("p::first-line { font-weight: bold } p::first-letter { color: red }", LINES),
    "a picture": ("", PICTURE.format("M0 0h50%v1z")),
    "a picture twice": ("", PICTURE.format("M0 0h50%v1z") * 2),
    "a drawing": ("", BONES.format(fill="green", word="broken")),
    "a drawing elsewhere": ("p { margin-left: 33px }", BONES.format(fill="green", word="broken")),
    "a drawing twice": ("svg { display: block }", BONES.format(fill="green", word="broken") * 2),
    "another drawing": ("", BONES.format(fill="green", word="healthy")),
    "a drawing with shades": ("", BONES.format(fill="url(#shade)", word="broken")),
    "a drawing with a missing letter": ("", BONES.format(fill="red", word="\N{CJK UNIFIED IDEOGRAPH-9AA8}")),
    **{
        f"in columns, {name}": (COLUMNS, f"</p><div>{text}</div><p>Below the columns.")
        for name, text in {
            "lines": LINES,
            "blocks that stay whole": "".join(f"<b>Bone</b><i>{LINES[:length]}</i>" for length in (90, 180, 270)),
            "a drawing": f"<i>{LINES[:100]}</i>{BONES.format(fill='green', word='broken')}{LINES}",
            "more than a page": f"<i>{LINES}</i>" * 12,
        }.items()
    },
    "in columns with a head over them": ("p { columns: 2 } b { column-span: all }", f"{LINES[:200]}<b>Bone</b>{LINES}"),
    "first very small": ("h1 { font-weight: 400; font-size: .1px }", LINES),
    "a broken picture": ("", PICTURE.format("M0 0 L1")),
    "a missing letter": ("", "Bone \N{CJK UNIFIED IDEOGRAPH-9AA8}"),
}
# A block did not fit, and WeasyPrint leaves the columns higher than their text.
BALANCED = ["in columns, a drawing"]

HERE = Path(__file__).parent
# No function of WeasyPrint is replaced; then only the one that balances columns.
PLAIN = """
import json
import handouts.pdf.weasyprint_patches.apply as patches
patches.apply_patches = lambda: None
from test_worker_cache import BALANCED, DOCUMENTS, make_digests
plain = make_digests(DOCUMENTS)
patches.search_column_heights()
print(json.dumps([plain, make_digests(BALANCED)]))
"""


def make(name: str) -> FinishedFile:
    css, text = DOCUMENTS[name]
    html = f'<!DOCTYPE html><html lang="en"><title>Bones</title><body><h1>Bones</h1><p>{text}</p>'
    html = html.replace("<svg", '<svg role="img" aria-label="A bone"')
    sheets = (Sheet("own.css", css, STYLES), Sheet("page.css", "@page { size: 12cm 18cm }", STYLES))
    return typeset(Composed(html, "en", dt.date(2026, 1, 1), sheets, ROOT, (), (STYLES,)))


def make_digests(names: Iterable[str]) -> dict[str, str]:
    return {name: hashlib.sha256(make(name).content).hexdigest() for name in names}


def test_a_document_is_the_same_whatever_was_made_before() -> None:
    first = {name: make(name) for name in DOCUMENTS}
    assert [name for name in reversed(DOCUMENTS) if make(name) != first[name]] == []
    assert first["red"].content != first["blue"].content
    assert first["cut"].content != first["cut elsewhere"].content


def make_plain_digests() -> Any:  # noqa: ANN401 - what the script prints
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, "-c", PLAIN]
    run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE, env=environment)
    return json.loads(run.stdout)


def test_a_document_equals_that_of_unpatched_weasyprint_but_for_columns_that_balance() -> None:
    """Each in a process of its own: what was laid out before may decide which font shows that a letter is missing."""
    plain, balanced = make_plain_digests()
    made = call_apart(make_digests, tuple(DOCUMENTS))
    assert [name for name in DOCUMENTS if made[name] != plain[name]] == BALANCED
    assert {name: made[name] for name in BALANCED} == balanced


SECTIONS = (("bone-density-test", "what-happens"), ("bone-food", "vitamin-d-foods"))


def build_in_order(sections: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Build sections for a practice in whose own font a glyph is 1/1000 of its size wider or narrower in some sizes."""
    project = open_project(ROOT)
    made = {}
    for handout, section in sections:
        (planned,) = project.plan(
            handouts=(handout,), practices=("bayview-ridge",), languages=("en",), sections=(section,)
        )
        made[handout] = project.build_print(planned).content
    return made


def test_a_practice_with_its_own_font_has_the_same_prints_in_any_order() -> None:
    made, reversed_order = (call_apart(build_in_order, order) for order in (SECTIONS, SECTIONS[::-1]))
    assert made == reversed_order
    assert all(made.values())


ALONE = """
import sys
sys.addaudithook(lambda event, _arguments: event == "subprocess.Popen" and sys.exit("a process was started"))
from handouts.pdf.layout.renderer import load_engine
load_engine()
"""


def test_the_engine_is_loaded_without_starting_other_processes() -> None:
    subprocess.run([sys.executable, "-c", ALONE], check=True)


@pytest.mark.parametrize("order", tuple(permutations(("in a font of its own", "in a font that there is not", "plain"))))
def test_fonts_of_one_document_are_not_there_for_another(order: tuple[str, ...]) -> None:
    fonts = {name: [problem.code for problem in made.problems] for name in order if (made := make(name))}
    assert "fallback-font" not in fonts["plain"]
    assert "fallback-font" in fonts["in a font that there is not"]
    assert "fallback-font" not in fonts["in a font of its own"]


def test_a_fault_of_a_style_sheet_is_reported_for_each_document_that_has_it() -> None:
    messages = [[problem.message for problem in make("faulty").problems] for _ in range(3)]
    assert any("12px" in message for message in messages[0])
    assert messages[0] == messages[1] == messages[2]
