"""Web pages: one file that loads nothing, is accessible, and contains all required texts."""

import base64
import datetime as dt
import re
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser

from handouts.html.page import write_web_page
from handouts.model.document import Composed, Required, Sheet
from handouts.pdf.page_checks.ink import check_ink
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from support.chromium import Browsers, opened
from support.command import run
from support.projects import PRACTICE, small_project
from support.shipped import ROOT

PRACTICES = ["lakeside-spine-center", "northgate-family-practice"]
FONT = "AtkinsonHyperlegibleNext-Regular.ttf"


@pytest.fixture(scope="module")
def built(shipped_color: Path) -> Path:
    """The shipped project, its web pages built."""
    return shipped_color.parent


@pytest.fixture(scope="module")
def browser(browsers: Browsers) -> Browser:
    return browsers.small


def page_of(project: Path, practice: str = PRACTICES[0]) -> Path:
    return project / "output" / practice / "spinal-fracture.en.html"


def make_page(composed: Composed) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the page of a document, and the problems found in it."""
    problems = Problems()
    page = write_web_page(composed, check_ink, problems)
    return page, problems.as_tuple()


@pytest.mark.parametrize("practice", PRACTICES)
def test_a_page_has_no_barrier_in_wide_and_narrow_windows(built: Path, browser: Browser, practice: str) -> None:
    with opened(browser, page_of(built, practice), 1280, scripts=True) as shown:
        assert shown.barriers() == []
        shown.page.set_viewport_size({"width": 320, "height": 800})
        assert shown.barriers() == []


def test_a_page_loads_nothing_and_fits_its_window(built: Path, browser: Browser) -> None:
    for practice in PRACTICES:
        path = page_of(built, practice)
        with opened(browser, path, 320) as shown:
            assert shown.value("document.documentElement.scrollWidth") <= 320
            assert [address for address in shown.asked if not address.startswith("data:")] == [path.as_uri()]
            assert shown.complaints == []


def test_text_set_wider_by_its_reader_stays_within_a_narrow_window(built: Path, browser: Browser) -> None:
    with opened(browser, page_of(built), 320) as shown:
        before = shown.value("document.documentElement.scrollHeight")
        shown.add_style(
            "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
            "p{margin-bottom:2em!important}"
        )
        assert shown.value("document.documentElement.scrollHeight") > before
        assert shown.value("document.documentElement.scrollWidth") <= 320
        shown.add_style(":root{font-size:36px!important}")
        assert shown.value("document.documentElement.scrollWidth") <= 320


def test_every_letter_has_a_font_of_the_page(built: Path, browser: Browser, tmp_path: Path) -> None:
    path = page_of(built)
    with opened(browser, path) as shown:
        fonts = shown.fonts()
    assert any(name.startswith("Atkinson") for name in fonts)
    assert all(fonts.values()), fonts
    drawings = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', path.read_text())
    with_words = [made for made in map(base64.b64decode, drawings) if b"text>" in made]
    assert len(with_words) == 2
    for number, drawing in enumerate(with_words):
        (tmp_path / f"{number}.svg").write_bytes(drawing)
        with opened(browser, tmp_path / f"{number}.svg") as shown:
            fonts = shown.fonts()
            assert fonts
            assert all(fonts.values()), fonts


def test_a_page_is_one_small_file_without_scripts_or_addresses_to_load(built: Path) -> None:
    for practice in PRACTICES:
        text = page_of(built, practice).read_text()
        root = lxml.html.fromstring(text)
        assert len(text) < 200_000
        assert {element.tag for element in root.iter()} & {"script", "link", "iframe", "object", "form"} == set()
        assert all(address.startswith("data:") for address in root.xpath("//@src"))
        assert all(address.startswith("data:") for address in re.findall(r'url\("?([^")]*)', text))
        assert not [name for element in root.iter() for name in element.attrib if name.startswith(("on", "data-"))]
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;")


def test_the_keyboard_leads_past_the_masthead_and_to_each_question(built: Path, browser: Browser) -> None:
    with opened(browser, page_of(built)) as shown:
        shown.page.keyboard.press("Tab")
        skip = "(document.activeElement.textContent + document.activeElement.getBoundingClientRect().top)"
        assert re.fullmatch(r"Skip to the text\d+(\.\d+)?", shown.value(skip))  # 0 or more: it is in sight
        shown.page.keyboard.press("Enter")
        shown.page.keyboard.press("Tab")
        assert shown.value("document.activeElement.href") == "tel:911"
        shown.page.keyboard.press("Tab")
        assert shown.value("document.activeElement.hash") == "#section-symptoms"
        assert shown.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        alone = "[...document.querySelectorAll('nav a, .number a, [href^=tel]')]"
        heights = shown.value(f"{alone}.map(a => a.getBoundingClientRect().height)")
        assert len(heights) > 15
        assert min(heights) >= 44


def test_questions_are_listed_when_there_are_more_than_three(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "part.html"
    root = lxml.html.parse(page_of(built)).getroot()
    listed = root.xpath("//nav//a/@href")
    assert listed[:2] == ["#section-symptoms", "#section-diagnosis"]
    assert len(listed) == 9 + 2  # safety information and contact as well
    assert run(built, "build", "-f", "html", "-p", PRACTICES[0], "-s", "symptoms", "-o", str(target)).code == 0
    part = lxml.html.parse(target).getroot()
    assert not part.xpath("//nav")
    facts = " ".join(part.xpath("//section[@class='details']")[0].text_content().split())
    said = "SF-101 Version 1.0 Published November 22, 2026 Review by November 22, 2028 Print code [0-9A-Z-]{11}"
    assert re.search(f"{said} Section 1 of 9$", facts)
    assert "Draft: not clinically reviewed" in facts


def test_addresses_follow_links_on_paper_only(tmp_path: Path, browser: Browser) -> None:
    sheets = "".join((ROOT / "styles" / name).read_text() for name in ("base.css", "html.css"))
    made, problems = make_page(composed('<p><a href="https://a.example/b">x</a></p>', sheets))
    assert problems == ()
    (tmp_path / "page.html").write_bytes(made)
    after = "getComputedStyle(document.querySelector('a'), '::after').content"
    with opened(browser, tmp_path / "page.html") as shown:
        assert shown.value(after) == "none"
        shown.page.emulate_media(media="print")
        assert "https://a.example/b" in shown.value(after)


def test_phone_numbers_are_links_and_the_font_of_the_practice_is_embedded(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("content/practices/clinic/own.ttf", (ROOT / "styles/fonts" / FONT).read_bytes())
    project.replace(PRACTICE, "address:\n", "font: {regular: own.ttf, bold: own.ttf}\naddress:\n")
    more = "  - {label: UK, number: +44 (0)20 7946 0000}\n  - {label: Nurse, number: 01632 960001 ext. 12}\n"
    project.replace(PRACTICE, "emergency:\n", f"{more}emergency:\n")
    ran = project.run("build", "-f", "html", "-o", "page.html")
    assert ran.code == 0, ran.err
    root = lxml.html.parse(project.root / "page.html").getroot()
    called = [(a.get("href"), a.text) for a in root.xpath("//footer//a[starts-with(@href, 'tel:')]")]
    assert called == [
        ("tel:999", "999"),
        ("tel:01632960000", "01632 960000"),
        ("tel:+442079460000", "+44 (0)20 7946 0000"),
    ]
    assert "01632 960001 ext. 12" in root.text_content()  # no link, for it would call another number
    assert (project.root / "page.html").read_text().count('"Practice font"; font-weight: ') == 2


def test_a_font_of_a_style_sheet_keeps_the_letters_used(tmp_path: Path, browser: Browser) -> None:
    font = (ROOT / "styles/fonts" / FONT).read_bytes()
    (tmp_path / "own.ttf").write_bytes(font)
    css = '@font-face { font-family: Own; src: url("own.ttf") format("truetype") } :root { font-family: Own }'
    made, problems = make_page(composed("<p>Words</p>", css, folder=tmp_path))
    assert problems == ()
    (tmp_path / "page.html").write_bytes(made)
    (face,) = re.findall(rb'url\("data:font/woff2;base64,([^"]+)"\) format\("woff2"\)', made)
    assert len(face) < len(font) / 4
    with opened(browser, tmp_path / "page.html") as shown:
        assert list(shown.fonts().values()) == [True]


def test_hostile_templates_and_style_sheets_fail_with_each_address_named(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    pictures = '<img src="http://a.example/x.png" alt=""><img src="../../etc/passwd" alt=""><img src="gone.png" alt="">'
    disclaimer = (ROOT / "templates/parts/disclaimer.html.j2").read_text()
    project.write("templates/parts/disclaimer.html.j2", pictures + disclaimer)
    imported = '@import url(http://a.example/x.css);\n@import "file:///etc/hosts";\n'
    loaded = "p{background:url(file:///etc/passwd)}\nli{list-style:image-set('//a.example/y.png' 1x)}\n"
    project.write("styles/html.css", imported + (ROOT / "styles/html.css").read_text() + loaded)
    ran = project.run("build", "-f", "html", "-o", "page.html")
    assert ran.code == 1
    assert not (project.root / "page.html").exists()
    for address in (
        '"http://a.example/x.png" is not loaded: only files of the project are loaded, nothing from the network',
        '"../../etc/passwd" is not loaded: the file is not one that this handout may use',
        '"gone.png" is not loaded: the file is not one that this handout may use',
        '"http://a.example/x.css" is not loaded: only files',
        '"file:///etc/hosts" is not loaded: the file is not',
        '"file:///etc/passwd" is not loaded: the file is not',
        '"//a.example/y.png" is not loaded: only files',
    ):
        assert address in ran.err, address
    assert "styles/html.css:1:1: error[not-loaded]" in ran.err


def composed(body: str, css: str = "", required: tuple[Required, ...] = (), folder: Path = ROOT / "styles") -> Composed:
    """A page of a body and a style sheet, which may load the files of a folder."""
    html = (
        f'<!doctype html><html lang="en"><head><title>T</title></head><body><main><h1>T</h1>{body}</main></body></html>'
    )
    return Composed(html, "en", dt.date(2026, 1, 1), (Sheet("own.css", css, folder),), folder, (), (folder,), required)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed in a web page"),
        ('<iframe src="https://a.example"></iframe>', '<iframe src="https://a.example"> is not allowed'),
        ('<object data="x.pdf"></object>', '<object data="x.pdf"> is not allowed'),
        ('<form action="https://a.example"><input></form>', "<form> is not allowed"),
        ('<link rel="icon" href="https://a.example/i">', '<link rel="icon" href="https://a.example/i"> is not allowed'),
        ('<link rel="stylesheet" href="https://a.example/s">', '"https://a.example/s" is not loaded'),
        ('<meta http-equiv="refresh" content="0;url=https://a.example">', '<meta http-equiv="refresh"> is not allowed'),
        ('<base href="https://a.example">', '<base href="https://a.example"> is not allowed'),
        ('<p onclick="alert(1)">x</p>', "<p onclick> is not allowed"),
        ('<a href="java&#9;script:alert(1)">x</a>', 'patients cannot follow the link to "java\tscript:alert(1)"'),
        ('<a href="other.html">x</a>', 'patients cannot follow the link to "other.html"'),
        ('<img alt="" srcset="https://a.example/p 2x">', '"https://a.example/p 2x" is not loaded'),
        ('<p style="background: url(https://a.example/p)">x</p>', '"https://a.example/p" is not loaded'),
        ("<style>p { background: url(https://a.example/p) }</style>", '"https://a.example/p" is not loaded'),
        (
            '<svg><image href="https://a.example/p"/></svg>',
            '<image href="https://a.example/p"> is not allowed',
        ),
        ('<svg><use href="https://a.example/p#x"/></svg>', '"https://a.example/p#x" is not loaded'),
        ('<svg><path fill="url(https://a.example/p)"/></svg>', '"url(https://a.example/p)" is not loaded'),
        ("<svg><foreignObject><p>x</p></foreignObject></svg>", "<foreignObject> is not allowed"),
        ('<img src="html.css" alt="">', '"html.css" is not loaded: it is not a picture'),
        ('<img src="images/important.svg">', "a picture has no alt attribute"),
        ('<a href="#nowhere">x</a>', 'a link leads to "#nowhere", which is not on the page'),
        ('<p id="a">x</p><p id="a">y</p>', '2 elements have the id "a"'),
    ],
)
def test_content_that_is_not_allowed_is_an_error(body: str, message: str) -> None:
    _, problems = make_page(composed(body))
    assert [problem for problem in problems if problem.severity == "error" and message in problem.message], problems


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("@font-face { font-family: x; src: url(fonts/OFL.txt) }", '"fonts/OFL.txt" is not loaded: it is neither'),
        ("@font-face { font-family: x; src: url(broken.ttf) }", "font broken.ttf cannot be used: it is cut off"),
        ("@import 'loop.css';", '"loop.css" is not loaded: style sheets import one another too deeply'),
        ("p { color: red } }", "browsers ignore this rule"),
    ],
)
def test_problems_in_style_sheets_have_a_place(tmp_path: Path, css: str, message: str) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "OFL.txt").write_text("words")
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00" + b"x" * 300)
    (tmp_path / "loop.css").write_text("@import 'loop.css';")
    _, problems = make_page(composed("", css, folder=tmp_path))
    (problem,) = problems
    assert message in problem.message
    assert problem.place is not None
    assert problem.place.file in {"own.css", "loop.css"}


def test_imported_style_sheets_are_embedded(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "more.css").write_text("h1 { background: url(dot.svg) }")
    (tmp_path / "below" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    made, problems = make_page(composed("", '@import "below/more.css" print;', folder=tmp_path))
    assert problems == ()
    assert re.search(rb'@media print \{\s*h1 \{ background: url\("data:image/svg\+xml;base64,', made)


def test_texts_cannot_break_out_of_their_element() -> None:
    css = 'p::after { content: "</style><script>alert(1)</script>" }'
    body = "<p title='\"><script>1</script>'>&lt;script&gt;2&lt;/script&gt;\x00</p><style>/*</style><p data-at='x'>y"
    made, problems = make_page(composed(body, css))
    assert {problem.code for problem in problems} == {
        "letter-without-font"
    }  # U+FFFD, which replaces invalid characters
    root = lxml.html.document_fromstring(made.decode())
    assert not root.xpath("//script")
    assert root.xpath("//p/@title") == ['"><script>1</script>']
    assert root.xpath("string(//p[1])") == "<script>2</script>\ufffd"
    assert b"data-at" not in made
    assert b"\x00" not in made


WARNING = (Required("the warning", "Call us at once"),)
SHOWN = "<p class='a'>Call us <b>at once</b></p>"


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ("<p>Call us</p>", ""),
        (f"<div hidden>{SHOWN}</div>", ""),
        (f"<div aria-hidden=true>{SHOWN}</div>", ""),
        (f"<div style='display: none'>{SHOWN}</div>", ""),
        (f"<details><summary>More</summary>{SHOWN}</details>", ""),
        (SHOWN, "main .a { display: none }"),
        (SHOWN, "p { display: block } @media screen { p.a { visibility: hidden } }"),
        (SHOWN, ".a { opacity: 0 !important } .a { opacity: 1 }"),
        (f"<!-- {SHOWN} -->", ""),
    ],
)
def test_required_texts_cannot_be_left_out_or_hidden(body: str, css: str) -> None:
    _, problems = make_page(composed(body, css, WARNING))
    assert [(problem.code, problem.message) for problem in problems] == [
        ("left-out", "the warning is missing from the web page")
    ]


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (SHOWN, "@media print { .a { display: none } }"),
        (SHOWN, ".a { display: none } main .a { display: block }"),
        (SHOWN, ".a::before { display: none } .b { display: none }"),
        (f"<details open><summary>More</summary>{SHOWN}</details>", ""),
    ],
)
def test_text_that_is_visible_in_the_end_is_not_reported(body: str, css: str) -> None:
    assert make_page(composed(body, css, WARNING))[1] == ()
