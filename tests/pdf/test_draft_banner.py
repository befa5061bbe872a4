"""The banner of drafts: no style sheet of a project or practice hides it from any page."""

import datetime as dt
import io
from dataclasses import replace

import pypdfium2
import pytest

from handouts.build.typeset import typeset
from handouts.compose.draft_banner import DRAFT_BANNER, BannerLine, write_banner_sheet
from handouts.model.document import Composed, Required, Sheet
from handouts.problems.problem import has_errors
from support.laid_out import CSS, ROOT, text_of

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]
HIDDEN = "content: none !important; display: none !important; color: white !important; font-size: 0 !important"
ATTACKS = {
    "nothing": "",
    "on all pages": f"@page {{ @top-center {{ {HIDDEN} }} }}",
    "on the first page": f"@page :first {{ @top-center {{ {HIDDEN} }} }}",
    "on left pages": f"@page :left {{ @top-center {{ {HIDDEN} }} }}",
    "on the second page": f"@page :nth(2) {{ @top-center {{ {HIDDEN} }} }}",
    "on named pages": f"p {{ page: x }} @page x:nth(n):nth(n) {{ @top-center {{ {HIDDEN} }} }}",
    "by opacity": "@page x:first, :first { @top-center { opacity: 0 !important } }",
    "by height": "@page :first { @top-center { height: 0 !important; overflow: hidden !important } }",
    "by visibility": "@page :first { visibility: hidden !important; @top-center { visibility: hidden !important } }",
    "by a transform": "@page :first { @top-center { transform: scale(0) !important } }",
    "by an indent": "@page :first { @top-center { text-indent: -999pt !important } }",
    "by other words": "@page :first { @top-center { content: 'Approved' !important } }",
    "by a small margin": "@page :first { margin-top: 0 !important }",
    "by a large margin": "@page :first { margin-top: 180pt !important }",
    "by wide neighbors": "@page :first { @top-left { content: 'x'; width: 100% !important } }",
    "by a line height": "@page :first { @top-center { line-height: 999 !important } }",
    "by the size of all type": ":root { font-size: 1px !important }",
    "by a box over it": "body::before { content: ''; position: fixed; top: -30pt; left: 0; width: 240pt; height: 30pt; "
    "background: white; z-index: 99 }",
    "by a box over it on one page": "br:nth-of-type(12) { position: absolute } p::after { content: ''; display: block; "
    "position: absolute; top: -90pt; width: 240pt; height: 90pt; background: white }",
    "by a ground": "@page { @top-center { background: black !important } }",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_draft_has_its_banner_on_every_page_or_is_not_made(attack: str) -> None:
    sheets = (Sheet("base.css", CSS, ROOT), Sheet("own.css", ATTACKS[attack], ROOT))
    document = f'<!doctype html><html lang="en"><title>Draft</title><body>{text_of(18)}</body></html>'
    required = (Required("the banner", DRAFT_BANNER, on_each_page=True),)
    composed = Composed(document, "en", dt.date(2026, 1, 1), sheets, ROOT, (), (ROOT / "styles",), required)
    banner = write_banner_sheet((BannerLine(DRAFT_BANNER),), composed, '"Atkinson Hyperlegible Next"')
    file = typeset(replace(composed, sheets=(*sheets, banner)))
    if has_errors(file.problems):
        assert attack != "nothing", file.problems
        return
    assert attack != "nothing" or not file.problems
    with pypdfium2.PdfDocument(io.BytesIO(file.content)) as pdf:
        assert len(pdf) >= 2
        for page in pdf:
            words = page.get_textpage()
            assert " ".join(words.get_text_range().split()).count(DRAFT_BANNER) == 1
            # Its letters are dark on white, and high enough to be read.
            found = words.search(DRAFT_BANNER)
            index, count = found.get_next()
            left, bottom, right, top = words.get_rect(0) if words.count_rects(index, count) else (0, 0, 0, 0)
            assert top - bottom > 6
            height = page.get_height()
            picture = page.render(scale=2, grayscale=True).to_pil()
            letters = picture.crop((int(left * 2), int((height - top) * 2), int(right * 2), int((height - bottom) * 2)))
            darkest, lightest = letters.getextrema()
            assert (darkest < 60, lightest > 240) == (True, True)
            assert letters.histogram()[255] > letters.width * letters.height / 3
