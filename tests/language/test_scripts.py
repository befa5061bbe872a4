"""Pages in other scripts: their fonts, and languages that are written from right to left."""

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import tinycss2
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from handouts.assets.language_fonts import (
    FONT_SCHEME,
    find_language_font,
    find_usual_letters,
    load_language_font,
    read_language_letters,
    write_language_sheet,
)
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.build.typeset import typeset
from handouts.compose.mirrored_css import inline_imports, mirror_style_sheet
from handouts.compose.text_writer import TextWriter
from handouts.language.amounts import find_amounts
from handouts.model.document import Makeup
from handouts.model.edition import Edition, formats
from handouts.model.imposition import impose
from handouts.model.patient import make_patient
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layers.kept_bodies import kept_bodies
from handouts.schema.print_terms import Imposition
from support.builds import copy_of_form
from support.command import run_here
from support.composed import composed_as
from support.projects import HANDOUT, small_project
from support.shipped import ROOT, library

LANGUAGES = ("es", "vi", "zh-Hans", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_in_each_language_says_what_it_is(shipped_forms: Path, language: str) -> None:
    file = shipped_forms / f"going-home.{language}.one-page.pdf"
    pages = pypdfium2.PdfDocument(file)
    assert len(pages) == 1
    text = pages[0].get_textpage().get_text_range()
    assert "Machine translation, not reviewed by a qualified translator" in text
    assert "(616) 555-0134" in text
    handout = (ROOT / f"content/handouts/going-home/{language}.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\S[^|]*?) *\| *\|$", handout)
    assert len(rows) == 7
    if language == "ar":  # whose glyphs are parts of letters
        text = read_actual_text(file)
    assert all("".join(row.split()) in "".join(text.split()) for row in rows)


def read_actual_text(file: Path) -> str:
    """Return the text that screen readers read on the first page, in its order."""
    with pikepdf.open(file) as pdf:
        marks = [one for one in pikepdf.parse_content_stream(pdf.pages[0]) if str(one.operator) == "BDC"]
        return " ".join(str(mark.operands[1].get("/ActualText", "")) for mark in marks)


def places(file: Path, side: int, text: str) -> list[float]:
    """Return the left edge of each letter of a text that stands once on a side, in the order of the letters."""
    page = pypdfium2.PdfDocument(file)[side].get_textpage()
    found = page.search(text).get_next()
    assert found is not None
    start, count = found
    return [page.get_charbox(start + at)[0] for at in range(count) if text[at] != " "]


def test_an_arabic_leaflet_is_mirrored_and_phone_numbers_are_not(shipped_forms: Path) -> None:
    file = shipped_forms / "going-home.ar.trifold.pdf"
    assert len(pypdfium2.PdfDocument(file)) == 2
    number = places(file, 0, "(616) 555-0157")
    assert number == sorted(number)
    # Outside, from left to right: cover, back, the panel that is folded in.
    assert 3.6875 * 72 < number[0] < 2 * 3.6875 * 72


def test_an_address_on_an_arabic_page_is_broken_only_where_it_may_be(shipped_forms: Path) -> None:
    pages = pypdfium2.PdfDocument(shipped_forms / "going-home.ar.trifold.pdf")
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert not any(re.search(r"https?\s*\n\s*:", text) for text in texts)


def test_an_arabic_web_page_is_set_from_right_to_left(shipped_forms: Path) -> None:
    page = (shipped_forms / "going-home.ar.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl"' in page
    assert '<span class="amount"><span dir="ltr">(616) 555-0134</span>.</span>' in page
    assert "Noto Sans Arabic" in page
    assert '<div lang="en" dir="ltr">National Institutes of Health. Knee replacement.' in page  # which is no Arabic


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("خذ 37.5 mg الآن", 'خذ <span class="amount"><span dir="ltr">37.5 mg</span></span> الآن'),
        ("اتصل (616) 555-0134.", 'اتصل <span class="amount"><span dir="ltr">(616) 555-0134</span>.</span>'),
        ("(نحو 5 mg)", '(نحو <span class="amount"><span dir="ltr">5 mg</span>)</span>'),
        ("120 Harbor Street", '<span dir="ltr">120 Harbor Street</span>'),
        (
            "اتصل (616) 555-0134 أو +1 616-555-0157.",
            (
                'اتصل <span class="amount"><span dir="ltr">(616) 555-0134</span> أو '
                '<span dir="ltr">+1 616-555-0157</span>.</span>'
            ),
        ),
        (
            "اتصل 616\u2013555\u20130134",
            'اتصل <span class="amount"><span dir="ltr">616\u2013555\u20130134</span></span>',
        ),
        ("عند -5 درجة", 'عند <span class="amount"><span dir="ltr">-5</span> درجة</span>'),
        ("من 10 إلى 20 mg", 'من <span class="amount">10 إلى <span dir="ltr">20 mg</span></span>'),
        ("كل 24 ساعة", 'كل <span class="amount">24 ساعة</span>'),
        ("نحو 2\u20135 مل", 'نحو <span class="amount">2\u20135 مل</span>'),
        ("اشرب الماء", "اشرب الماء"),
        (
            "إلى: Dr. Jane Doe-Smith.",
            'إلى: <span dir="ltr">Dr. Jane <span class="amount word"><span dir="ltr">Doe-Smith</span></span></span>.',
        ),
        (
            "Мария Попова-Ли نعم",
            '<span dir="ltr">Мария <span class="amount word"><span dir="ltr">Попова-Ли</span></span></span> نعم',
        ),
        (
            "(نحو Jane Doe-Smith)",
            '(نحو <span dir="ltr">Jane <span class="amount word"><span dir="ltr">Doe-Smith</span></span></span>)',
        ),
    ],
)
def test_what_is_read_from_the_left_keeps_its_order_in_arabic(text: str, html: str) -> None:
    assert str(TextWriter("ar")(text)) == html
    assert "dir=" not in TextWriter("en")(text)


@pytest.mark.parametrize("chosen", ["text", "message"])
def test_phone_numbers_in_arabic_texts_keep_their_order(tmp_path: Path, chosen: str) -> None:
    project = copy_of_form(tmp_path)
    ran = run_here(project, "build", "-l", "ar", "-l", "en", "-p", "lakeside-spine-center", "-f", chosen)
    assert ran.code == 0, ran.err
    suffix = "txt" if chosen == "text" else "message.txt"
    arabic, english = (
        (project / f"output/lakeside-spine-center/going-home.{language}.{suffix}").read_text(encoding="utf-8")
        for language in ("ar", "en")
    )
    assert arabic.count("555-01") == len(re.findall("\u200e\\(616\\) 555-01\\d\\d\u200e", arabic)) > 2
    assert "\u200e" not in english


def test_latin_words_around_an_abbreviation_keep_their_order_in_arabic() -> None:
    writer = TextWriter("ar", {"MRI": "magnetic resonance imaging"})
    abbreviation = '<abbr title="magnetic resonance imaging">MRI</abbr>'
    assert str(writer("مركز Bay MRI Center هنا")) == f'مركز <span dir="ltr">Bay {abbreviation} Center</span> هنا'
    assert str(writer("فحص MRI هنا")) == f"فحص {abbreviation} هنا"


def test_what_staff_type_on_a_line_keeps_its_order_in_arabic() -> None:
    read = library()
    (item,) = plan(read, Request(("going-home",), ("lakeside-spine-center",), formats=("text",), languages=("ar",)))
    patient = make_patient("", "", {"procedure": "up to 37.5 mg of Co-codamol a day", "procedure-date": "3/4/2026"})
    pipeline = Pipeline(Project(ROOT), read.references)
    document = pipeline.compose(
        number_for(item.selection, item.practice), item.practice, item.edition, patient
    ).document
    assert document
    typed = re.findall('<span class="typed">(.*)</span>', document.html)
    assert [text.startswith('<span dir="ltr">up to ') for text in typed] == [True, False]
    assert '<span class="amount"><span dir="ltr">3/4/2026</span></span>' in typed[1]


@given(st.text("اب. (),:-5 mgJané\n", max_size=40))
def test_no_letter_is_lost_or_moved_where_latin_words_are_kept_together(text: str) -> None:
    amounts = find_amounts(text)
    in_arabic, in_english = (re.sub("<[^>]*>", "", TextWriter(tag).write(text, amounts)) for tag in ("ar", "en"))
    assert in_arabic == in_english


def test_a_missing_font_is_one_error_that_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)  # as if it were not installed
    ran = run_here(copy_of_form(tmp_path), "build", "-l", "zh-Hans", "-f", "handout", "-f", "html")
    assert ran.code == 1
    assert ran.err.count("error[missing-font]") == 1
    assert 'the font of "zh-Hans" is not installed: Noto Sans SC' in ran.err
    assert 'hint: in your clone of handouts: pip install ".[cjk]"' in ran.err


def test_a_font_of_a_page_has_its_letters_and_the_same_bytes_each_time() -> None:
    font = find_language_font("zh-Hans", {})
    assert font is not None
    sheet = write_language_sheet(font, ["脊椎骨折 1"], is_shared=False)
    assert sheet == write_language_sheet(font, ["1 骨折脊椎"], is_shared=False)
    assert len(sheet) < 20_000
    assert set("脊椎骨折") <= read_language_letters(font)
    assert find_language_font("es", {}) is None


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja", "ko", "ar"])
def test_pages_with_usual_letters_have_the_same_font(language: str) -> None:
    font = find_language_font(language, {})
    assert font is not None
    usual = sorted(find_usual_letters(font) & read_language_letters(font))
    sheet = write_language_sheet(font, usual[:5], is_shared=True)
    assert sheet == write_language_sheet(font, usual[-5:], is_shared=True)
    address = re.findall(r'url\("(.*?)"\)', sheet)[0]
    with TTFont(io.BytesIO(load_language_font(address))) as reduced:
        assert set(usual) <= set(map(chr, reduced.getBestCmap()))


@pytest.mark.parametrize("address", ["x", "No%20Font/400/usual/", "Noto%20Sans%20SC/401/none/", "a/b/c/d/e"])
def test_no_other_address_is_a_font(address: str) -> None:
    with pytest.raises(ValueError, match="font of a language"):
        load_language_font(f"{FONT_SCHEME}:{address}")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning")
def test_practices_share_the_pages_of_a_language() -> None:
    shipped = library()
    handout = next(one for one in shipped.handouts if (one.id, one.language) == ("going-home", "vi"))
    practice = shipped.practices["lakeside-spine-center"].in_language("vi")
    other = replace(practice, profile=practice.profile.model_copy(update={"address": ("1 Shore Road", "Port Ellery")}))
    pipeline = Pipeline(Project(ROOT), shipped.references)
    edition = Edition(formats(shipped.settings)["one-page"], PrintOptions("letter"))
    kept_bodies().clear()
    for who in (practice, other):
        document = pipeline.compose(number_for(select(handout), who), who, edition).document
        assert document
        assert typeset(document).pages == 1
    assert len(kept_bodies()) == 1


@pytest.mark.parametrize("length", [400, 800])
def test_a_text_without_spaces_is_short_by_its_letters(tmp_path: Path, length: int) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "It is mostly harmless.", "\u9aa8" * length)
    assert ('class="first-page short"' in composed_as(project, "handout").html) is (length == 400)


@pytest.mark.parametrize("language", ["vi", "ar", "zh-Hans"])
def test_the_font_of_a_language_has_all_letters_of_its_words(language: str) -> None:
    font = find_language_font(language, {})
    assert font is not None
    words = (ROOT / f"templates/labels.{language}.yaml").read_text(encoding="utf-8")
    assert {letter for letter in words if letter.isalpha()} <= read_language_letters(font)


# Mirrored style sheets and sheets of paper


def test_left_and_right_are_exchanged_but_not_on_left_and_right_pages() -> None:
    sheet = "p { padding: 1pt 2pt 3pt 4pt; margin-left: 5pt; text-align: right; background: url(left.svg) 0 1pt }"
    mirrored = "p{padding:1pt4pt3pt2pt;margin-right:5pt;text-align:left;background:url(left.svg)100%1pt;}"
    assert "".join(mirror_style_sheet(sheet).split()) == mirrored
    assert "@bottom-right" in mirror_style_sheet("@page { @bottom-left { content: none } }")
    for kept in ("@page :left { margin-left: 1in }", '@font-face { font-family: "left" }'):
        assert mirror_style_sheet(kept) == kept


def test_imported_sheets_are_mirrored_too() -> None:
    sheets = {"a.css": "p { float: left }", "b.css": "@import url(a.css); p { clear: left }"}
    inlined = inline_imports('@import "b.css"; @import "lost.css"; b { left: 0 }', sheets.get)
    assert "".join(inlined.split()) == 'p{float:left}p{clear:left}@import"lost.css";b{left:0}'


def normalize(sheet: str) -> str:
    plain: str = tinycss2.serialize(tinycss2.parse_stylesheet(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)))
    return "".join(plain.replace(";", "").split())


@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "styles").glob("*.css"))])
def test_a_sheet_that_is_mirrored_twice_is_as_before(name: str) -> None:
    sheet = (ROOT / "styles" / name).read_text(encoding="utf-8")
    twice = mirror_style_sheet(mirror_style_sheet(sheet))
    # A picture at the left edge is at 0% then.
    assert normalize(twice) == re.sub(r"no-repeat0(?=[\d.])", "no-repeat0%", normalize(sheet))


@given(pages=st.integers(1, 12), imposition=st.sampled_from(["saddle-stitch", "c-fold", "z-fold"]))
def test_mirrored_sheets_have_each_page_at_the_other_side(pages: int, imposition: Imposition) -> None:
    if imposition != "saddle-stitch":
        pages = 6
    names = [""] * pages if imposition == "saddle-stitch" else ["cover", "flap", *["inside"] * 3, "back"]
    size = (396.0, 528.0) if imposition == "saddle-stitch" else (264.0, 816.0)
    makeup = Makeup(imposition, PrintOptions("letter"))
    usual = impose(makeup, names, [size] * pages)
    mirrored = impose(Makeup(imposition, PrintOptions("letter"), is_mirrored=True), names, [size] * pages)
    for side, other in zip(usual, mirrored, strict=True):
        for page, moved in zip(side.placed, other.placed, strict=True):
            assert moved.page == page.page
            assert moved.x + page.x + size[0] == pytest.approx(side.width)
        assert [fold + back for fold, back in zip(side.folds, reversed(other.folds), strict=True)] == pytest.approx(
            [side.width] * len(side.folds)
        )
