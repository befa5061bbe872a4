"""Required text that a style sheet makes invisible fails the print; light or small text does not."""

import datetime as dt
from typing import Final

import pytest

from handouts.build.typeset import typeset
from handouts.model.document import Composed, Required, Sheet
from support.laid_out import ROOT

# WeasyPrint leaves its color profile open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

PAGE: Final = """<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1>
<p>Most bones heal.</p><div class=outer><div class=box><p class=safety>Call 911 if you cannot move your legs.</p></div>
<div class=after><p>Rest for a week.</p></div></div></main>"""
SAFETY: Final = Required("the block", "Call 911 if you cannot move your legs.")

# Ways found by attack; the picture is a gradient, which is neither a plain color nor text.
GRADIENT: Final = "linear-gradient(to right, black, white)"
HIDING: Final = {
    "white on white": ".safety { color: white }",
    "white with hex": ".safety { color: #fefefe }",
    "pale": ".safety { color: #ddd }",
    "yellow": ".safety { color: yellow }",
    "transparent": ".safety { color: transparent }",
    "alpha": ".safety { color: rgb(0 0 0 / 2%) }",
    "hsl": ".safety { color: hsl(0 0% 99%) }",
    "dark on dark": ".safety { color: #000; background: #111 }",
    "white on white in a dark page": "html { background: #fff } .box { background: white; color: white }",
    "opacity": ".safety { opacity: .01 }",
    "opacity around": ".outer { opacity: .02 }",
    "opacity 0": ".safety { opacity: 0 }",
    "visibility": ".safety { visibility: hidden }",
    "display": ".safety { display: none }",
    "no height": ".box { height: 0; overflow: hidden }",
    "no width": ".box { width: 0; overflow: hidden }",
    "one line cut": ".box { height: 2px; overflow: hidden }",
    "clip": ".safety { position: absolute; clip: rect(0, 0, 0, 0) }",
    "size .1 px": ".safety { font-size: .1px }",
    "size 0": ".safety { font-size: 0 }",
    "scale 0": ".safety { transform: scale(0) }",
    "scale .1": ".safety { transform: scale(.1) }",
    "scaled around": ".outer { transform: scale(.01, 1) }",
    "moved off": ".safety { transform: translate(-3000px) }",
    "moved off a little": ".safety { transform: translate(0, -5000px) }",
    "indented off": ".safety { text-indent: -5000px }",
    "positioned off": ".safety { position: absolute; left: -9999px }",
    "margin off": ".safety { margin-left: -5000px }",
    "a white box over it": ".box { position: relative } .box::after { content: ''; position: absolute; inset: 0;"
    " background: white }",
    "a black box over it": ".box { position: relative } .box::after { content: ''; position: absolute; inset: 0;"
    " background: black }",
    "a gradient over it": ".box { position: relative } .box::after { content: ''; position: absolute; inset: 0;"
    f" background: {GRADIENT} }}",
    "the next box over it": ".after { margin-top: -60px; padding-top: 60px; background: white; position: relative }",
    "a border over it": ".box { position: relative } .box::after { content: ''; position: absolute; inset: 0;"
    " border-top: 60px solid navy }",
    "behind the page": ".outer { background: white } .safety { position: relative; z-index: -1 }",
    "letters on letters": ".safety { letter-spacing: -1em }",
}
SEEN: Final = {
    "as it is": "",
    "white on dark": ".safety { color: white; background: #203040 }",
    "gray": ".safety { color: #666 }",
    "small": ".safety { font-size: 7.5pt }",
    "large": ".safety { font-size: 30pt; font-weight: 900 }",
    "on a tint": ".safety { background: #eee; border: 1px solid #333; padding: 4pt }",
    "opacity": ".safety { opacity: .9 }",
    "relative": ".safety { position: relative; z-index: 2 }",
    "cut nothing": ".box { overflow: hidden }",
    "several lines": ".safety { width: 90pt }",
    "spaced": ".safety { letter-spacing: .1em }",
    "small capitals": ".safety { font-variant: small-caps }",
}


def codes(css: str, *required: Required, body: str = PAGE) -> set[str]:
    sheet = Sheet("handout.css", f"@page {{ size: 11cm 9cm; margin: 1cm }} {css}", ROOT / "styles")
    document = Composed(body, "en", dt.date(2026, 1, 1), (sheet,), ROOT, (), (ROOT / "styles",), required or (SAFETY,))
    return {problem.code for problem in typeset(document).problems if problem.severity == "error"}


@pytest.mark.parametrize("css", HIDING.values(), ids=HIDING)
def test_hidden_safety_text_fails_the_print(css: str) -> None:
    assert codes(css) & {"hidden-text", "left-out", "overflow", "column-overflow"}, css


@pytest.mark.parametrize(
    "css",
    [
        *("transform: skewX(90deg)", "transform: scale(1e30)", "transform: translate(1e308px)", "padding-left: 1e12px"),
        *("margin: 1e400em", "font-size: 1e308pt", "letter-spacing: 1e308px", "letter-spacing: 99999999999px"),
        *("font-size: 5e-324px", "font-size: .0009px", f"margin: {'1' * 5_000}px"),
    ],
    ids=lambda css: css[:30],
)
def test_a_number_that_printers_cannot_use_fails_the_print(css: str) -> None:
    assert "unusable-number" in codes(f"h1 {{ {css} }}")


@pytest.mark.parametrize("size", ["0 0", "1in 1in; margin: 2in", "1e308in 1in"])
def test_a_page_without_room_fails_the_print(size: str) -> None:
    assert "unusable-page" in codes(f"@page {{ size: {size} }}")


@pytest.mark.parametrize("css", SEEN.values(), ids=SEEN)
def test_text_that_can_be_seen_passes(css: str) -> None:
    assert codes(css) == set()


@pytest.mark.parametrize("css", ["", ".number { font-size: 6pt }", "p { font-weight: 700 }"])
def test_a_text_of_one_narrow_digit_can_be_seen(css: str) -> None:
    body = PAGE.replace("Rest for a week.", "Rest for a week.<sup class=number>1</sup> Version 1 i l.")
    css = f"* {{ font-variant-numeric: tabular-nums }} {css}"
    assert not codes(css, *(Required("the version", text) for text in ("1", "i", "l")), body=body)


@pytest.mark.parametrize(
    "css", [".number { color: #fff }", ".number { transform: scale(.1, 1); display: inline-block }"]
)
def test_a_text_of_one_hidden_digit_fails_the_print(css: str) -> None:
    body = PAGE.replace("Rest for a week.", "Rest for a week. Version <span class=number>8</span>")
    assert "hidden-text" in codes(css, Required("the version", "8"), body=body)
