"""What a worker keeps from one document for the next changes no document."""

import datetime as dt
from itertools import permutations

import pytest

from handouts.document import Composed, Sheet
from handouts.typeset import Typeset, typeset
from support.laid_out import ROOT

pytestmark = [  # WeasyPrint leaves a file open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

STYLES = ROOT / "styles"
FONT = "@font-face { font-family: Own; src: url(fonts/AtkinsonHyperlegibleNext-Bold.ttf) }"
LINES = "Bone that is put together again heals within weeks. " * 12
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4em" height="2em" viewBox="0 0 4 2"><path d="{}"/></svg>'
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
    "a broken picture": ("", PICTURE.format("M0 0 L1")),
    "a missing letter": ("", "Bone \N{CJK UNIFIED IDEOGRAPH-9AA8}"),
}


def make(name: str) -> Typeset:
    css, text = DOCUMENTS[name]
    html = f'<!DOCTYPE html><html lang="en"><title>Bones</title><body><h1>Bones</h1><p>{text}</p>'
    html = html.replace("<svg", '<svg role="img" aria-label="A bone"')
    sheets = (Sheet("own.css", css, STYLES), Sheet("page.css", "@page { size: 12cm 18cm }", STYLES))
    return typeset(Composed(html, "en", dt.date(2026, 1, 1), sheets, ROOT, (), (STYLES,)))


def test_a_document_is_the_same_whatever_was_made_before() -> None:
    first = {name: make(name) for name in DOCUMENTS}
    assert [name for name in reversed(DOCUMENTS) if make(name) != first[name]] == []
    assert first["red"].content != first["blue"].content
    assert first["cut"].content != first["cut elsewhere"].content


@pytest.mark.parametrize("order", tuple(permutations(("in a font of its own", "in a font that there is not", "plain"))))
def test_fonts_of_one_document_are_not_there_for_another(order: tuple[str, ...]) -> None:
    fonts = {name: [problem.code for problem in made.problems] for name in order if (made := make(name))}
    assert "fallback-font" not in fonts["plain"]
    assert "fallback-font" in fonts["in a font that there is not"]
    assert "fallback-font" not in fonts["in a font of its own"]


def test_a_fault_of_a_style_sheet_is_told_for_each_document_that_has_it() -> None:
    told = [[problem.message for problem in make("faulty").problems] for _ in range(3)]
    assert any("12px" in message for message in told[0])
    assert told[0] == told[1] == told[2]
