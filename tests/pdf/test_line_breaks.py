"""Words, numbers and amounts stand on one line each, whatever text, markup and style sheet; if not, it is an error."""

# ruff: noqa: RUF001 - dashes as clinics type them

import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.text_writer import TextWriter
from handouts.language.amounts import find_amounts
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Problem, Severity
from support.composed import composed_as
from support.laid_out import ROOT, findings, pages
from support.pdf import overprinted, text, words
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project

FORMATS = ("handout", "large-print", "booklet", "trifold")


def kept(written: str) -> list[str]:
    return [written[start:end] for start, end in find_amounts(written)]


@pytest.mark.parametrize(
    "amount",
    [
        *(
            "0.0625 mg",
            "37.5-325 mg",
            "1,000 mcg",
            "5 mg/kg/day",
            "250 mg/5 mL",
            "½ tablet",
            "1 ½ tablets",
            "1 1/2 cups",
        ),
        *(
            "12–17 pounds",
            "8 fluid ounces",
            "120/80 mm Hg",
            "38 °C",
            "50 %",
            "400 international units",
            "4 doses",
            "1 million",
        ),
        *("11:45 pm", "5:00–7:00 pm", "9 am – 5 pm", "8 hours", "5 a.m.", "5 – noon", "x 2", "10 x 10 cm", "< 5 mg"),
        *(
            "____ mg",
            "__ to __ tablets",
            "____ : ____",
            "____ / ____ / ______",
            "__/__/____",
            "120 / 80 mmHg",
            "1 : 10",
        ),
        *("1 to 2 tablets", "4 to 6 hours", "1 or 2 puffs", "1 in 4", "2 of 3"),
        *("−5 °C", "1 000 mg", "(616) 555-0134", "01632 960000", "+44 1632 960 000 ext. 12", "$5 – $10", "2 weeks"),
        *("38 ºC", "38 ˚C", "500 MG", "8 Hrs", "100 UI", "5 мг", "− 5 °C", "- 20 °C", "– 20 ° C"),
        *("10 –20 mg", "10- 20 mg", "2.0- 3.0", "(616) 555-0134 x12", "(616) 555-0134 ext.12"),
        *("vitamin-B12", "5mg/5mL", "mg/kg", "COVID-19", "185S-189S", "8-oz"),
        *("x-rays", "follow-up", "non-steroidal", "mother-in-law", "Pérez-Gómez", "x\N{HYPHEN}rays"),
    ],
)
def test_an_amount_is_kept_whole_in_a_sentence(amount: str) -> None:
    assert kept(f"Take or call {amount} and then rest") == [amount]
    assert kept(f"({amount})") == [f"({amount})"]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "rest and/or short- or longer walks",
            "in 2020. Days later",
            "Spine (Phila Pa 1976). 2006 was early",
            "5 G",
            "Grade 3 fracture",
            "vitamin B12 deficiency",
            "My name is ________________________________ days",
            "one / two",
        ),
        *(
            "take it – now",
            "in 2020 - or so",
            "see https://example.org/a-5/b",
            "write to a-5@example.org or x-rays@example.org",
            "see example.org/follow-up",
            "12\N{SOFT HYPHEN}-dimethyl",
            "",
        ),
    ],
)
def test_what_is_no_amount_may_be_broken(written: str) -> None:
    assert kept(written) == []


@given(st.text(st.sampled_from("05½.,:/-–x (+)mg hours%°Cpm\n\u00a0—"), max_size=80))
def test_amounts_are_in_order_and_start_and_end_with_words(written: str) -> None:
    done = 0
    for start, end in find_amounts(written):
        assert done <= start < end <= len(written)
        assert written[start] not in " \n"
        done = end
    expanded = TextWriter("en", {"mg": "milligrams", "5 mg hours": "x"})(written)
    assert expanded.striptags() == " ".join(written.split())


def test_an_abbreviation_within_an_amount_has_its_long_form() -> None:
    expand = TextWriter("en", {"mcg": "micrograms", "type 2": "of the second type"})
    assert expand("Take 5 mcg daily") == (
        'Take <span class="amount">5 <abbr title="micrograms">mcg</abbr></span> daily'
    )
    assert expand("type 2 days") == ('<span class="amount"><abbr title="of the second type">type 2</abbr> days</span>')
    assert TextWriter("en")("<b> 5 & mg") == "&lt;b&gt; 5 &amp; mg"


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { overflow-wrap: anywhere }", "split-word"),
        ("p { overflow-wrap: anywhere; text-align: justify }", "split-word"),
        (".amount { white-space: normal } p { text-align: justify }", "split-amount"),
        ("p { word-break: break-all }", "split-word"),
        ("p { hyphens: auto }", "split-word"),
        (".amount { white-space: normal }", "split-amount"),
    ],
)
def test_no_style_sheet_can_break_words_and_amounts(css: str, code: str) -> None:
    body = (
        '<p data-at="x.md:3" style="width: 40pt">methylprednisolone</p>'
        '<p data-at="x.md:4" style="width: 40pt">take <span class="amount">0.0625 mg</span> once</p>'
    )
    found = findings(body, f".amount {{ white-space: nowrap }} {css}")
    assert [line for line in found if f": {code}: page 1" in line] != []
    assert all(
        re.match(r"x\.md:[34]: (split-word|split-amount|column-overflow|missing-glyph|fallback-font): page 1: ", line)
        for line in found
    )


def test_a_word_in_a_line_of_its_own_that_is_too_wide_is_an_error() -> None:
    body = '<p data-at="x.md:3" style="width: 40pt">take methylprednisolone once</p>'
    assert findings(body) == ['x.md:3: column-overflow: page 1: "methylprednisolone" is wider than its column']
    centered = '<p data-at="x.md:3" style="width: 40pt; text-align: right">methylprednisolone</p>'
    assert findings(centered) == ['x.md:3: column-overflow: page 1: "methylprednisolone" is wider than its column']


def test_a_word_that_runs_into_the_next_cell_is_an_error() -> None:
    row = '<tr data-at="x.md:5"><td>methylprednisolone<td>once a day</tr>'
    css = "table { table-layout: fixed; width: 100pt; border-collapse: collapse } td { padding: 0 }"
    found = findings(f"<table>{row}</table>", css)
    assert [line for line in found if line.startswith("x.md:5: wide-table: page 1: the table is 0.7 in too wide")] != []
    assert 'x.md:5: overlap: page 1: "methylprednisolone" and "once a day" are printed over one another' in found


@pytest.mark.parametrize(
    "body",
    [
        '<p style="width: 50pt">short- or longer and/or bones\N{EM DASH}both of these</p>',
        '<p style="width: 65pt">methyl&shy;prednisolone</p>',
        '<p style="width: 30pt"><a class="web-address" href="https://example.org/abcdefgh">example.org/abcdefgh</a></p>',
        '<p style="width: 60pt">See <a href="https://example.org/12-17/mg">here</a>.</p>',
        '<p style="width: 50pt">in 2020.<br>Days</p>',
        "<p>Line 5<br>hours</p>",
        "<p>Wait 5&nbsp;hours</p>",
        '<p style="width: 60pt">white pill – <span class="amount">20 mg</span></p>',
        '<p style="width: 60pt">white pill - <span class="amount">20 mg</span></p>',
    ],
)
def test_words_may_be_broken_at_dashes_and_addresses_anywhere(body: str) -> None:
    css = """
        .web-address, a[href^="http"]::after { overflow-wrap: anywhere }
        a::after { content: " (" attr(href) ")" }
        a { text-decoration: none }
        p { hyphenate-character: "-" }
    """
    assert [line for line in findings(body, css) if ": line-length: " not in line] == []


@pytest.mark.parametrize(
    "body", ["a first follow-up of it", "a first follow<b>-up</b> of it", "a first follow-<b>up</b> of it"]
)
def test_a_word_that_is_broken_at_its_hyphen_is_an_error(body: str) -> None:
    found = findings(f'<p data-at="x.md:3" style="width: 60pt">{body}</p>')
    assert found == ['x.md:3: split-word: page 1: one word is split over two lines: "follow-" and "up"']


MARKUP = """
| Dose | When | Note |
|---|---|---|
| **0.0625** mg | *11:45* pm | methylprednisolone one |
| 37.5-325 **mg** | 8\thours | `1,000` mcg[@smith2020] |

Take **up to 4** doses and no more of it, of the kind that you have at home, within **24** hours or 24
hours and *3.75-7.5* mg[^ages] or (12–17 **pounds**), or ½ `tablet` or **8**[@smith2020] hours, what comes first.
Of the new medicine, take no more than [__]{#dose-{N} label="Dose"} mg at a time, and none after ____ : ____ tonight.
"""


@pytest.mark.parametrize(("form", "narrowest"), [("handout", 150), ("large-print", 169)])
def test_markup_between_number_and_unit_does_not_part_them(tmp_path: Path, form: str, narrowest: int) -> None:
    project = small_project(tmp_path)
    widths = range(narrowest, 300, 38)
    project.replace(
        HANDOUT, "- after a fall\n- with a fever\n", "".join(MARKUP.replace("{N}", str(width)) for width in widths)
    )
    narrow = (
        f"#section-worry :is(table, p):nth-of-type({number}) {{ width: {width}pt }}"
        for number, width in enumerate(widths, start=1)
    )
    problems = errors(project, form, "main { width: 300pt; margin: 0 }\n" + "\n".join(narrow))
    assert [problem for problem in problems if problem.code.startswith("split")] == []


TEXTS_WITH_AMOUNTS = [
    (PRACTICE, "Your pain gets worse.", "Your pain gets worse and then lasts for more than 24 hours, or is bad."),
    (
        PRACTICE,
        "if a life is in danger",
        "if a life is in danger or ring the line of 01632 960 001, at any time of day",
    ),
    (HANDOUT, "Keep moving.", "Keep moving, and take the medicine that you have at home, 37.5 mg or 2 tablets."),
    (HANDOUT, "What can I do?", "What can I do if the pain comes back after all of 24 hours and 3 doses of 5 mg?"),
    (
        HANDOUT,
        "A bone of the back.",
        "A bone of the back, of which most of us have more than 24 or 5 cm wide ones.",
    ),
    (
        HANDOUT,
        "gets better in a few weeks",
        "gets better in 2 to 3 weeks, for some of us in 24 hours, and for all in 5 years",
    ),
    (
        HANDOUT,
        "## What helps?",
        "## What helps when you take 37.5 mg or 2 tablets for more than 24 hours or 5 days?",
    ),
    (
        HANDOUT,
        "Talk to your doctor",
        "Talk to us at (616) 555-0134 or 01632 960 000 at 5:00 pm before you take 37.5 mg, or",
    ),
]


def test_amounts_are_kept_in_all_texts(project: SmallProject) -> None:
    for file, old, new in TEXTS_WITH_AMOUNTS:
        project.replace(file, old, new)
    for size in (10, 12, 13, 15):
        problems = errors(project, "trifold", f"* {{ font-size: {size}pt !important }}")
        assert [problem for problem in problems if problem.code.startswith("split")] == [], size


DOSES = """
| Dose | Instructions |
|---|---|
| 3.75-7.5 mg | Take by mouth once a week with a full glass of water, on the same day of each week. |
| 1,000 mcg | Take by mouth once a day with a full glass of water. |

| Medicine | Morning | Evening | Why you take it |
|---|---|---|---|
| methylprednisolone | 0.0625 mg | 37.5-325 mg | Lowers your blood pressure |
| levothyroxine | 11:45 am | 11:45 pm | Replaces the hormone that your thyroid gland does not make |
"""


@pytest.mark.parametrize("form", FORMATS)
def test_tables_of_doses_are_printed_whole_or_row_by_row(tmp_path: Path, form: str) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "- after a fall\n- with a fever\n", DOSES)
    ran = project.run("build", "-f", form, "--no-impose", "-o", "doses.pdf")
    assert ran.code == 0, ran.err
    printed = text(project.root / "doses.pdf")
    for whole in ("3.75-7.5 mg", "1,000 mcg", "methylprednisolone", "0.0625 mg", "37.5-325 mg", "11:45 pm"):
        assert whole in printed
    if form == "trifold":  # four columns do not fit a panel
        rows = printed.partition("Medicine: ")[2]
        cells = ["methylprednisolone", "Morning: 0.0625 mg", "Evening: 37.5-325 mg", "Why you take it: Lowers"]
        cells += ["Medicine: levothyroxine", "Morning: 11:45 am", "Evening: 11:45 pm", "Why you take it: Replaces"]
        places = [rows.find(cell) for cell in cells]
        assert -1 not in places, printed
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("form", "length"),
    [*((form, 200) for form in FORMATS), ("handout", 90), ("trifold", 90), ("large-print", 45), ("trifold", 45)],
)
def test_footers_are_printed_whole_or_refused(tmp_path: Path, form: str, length: int) -> None:
    project = small_project(tmp_path)
    name = ("Lakeview Health Multidisciplinary Spine Care and Patient Education Committee of the Department, " * 3)[
        :length
    ]
    project.replace(HANDOUT, "status: draft", f"status: approved\nreviewed_by: {name.strip()!r}")
    laid_out = lay_out(composed_as(project, form))
    refused = [problem for problem in laid_out.problems if problem.severity is Severity.ERROR]
    if length == 45 or refused == []:
        assert refused == []
        file = tmp_path / "footer.pdf"
        laid_out.document.write_pdf(file)
        found = words(file)
        assert overprinted(found) == []
        assert name.strip() in re.sub(r"Page \d+ of \d+ ", "", " ".join(word.text for word in found))
        with pikepdf.open(file) as pdf:
            assert max(word.bottom for word in found) < float(pdf.pages[0].mediabox[3]) - 12
    else:
        place = project.place(HANDOUT, "'Lakeview")
        assert {(problem.code, problem.place) for problem in refused} == {("margin-overflow", place)}


def test_text_printed_over_other_text_is_an_error() -> None:
    body = '<p data-at="x.md:3">Reviewed by</p><p data-at="x.md:4" style="margin-top: -14pt">Page 1</p>'
    assert findings(body) == ['x.md:4: overlap: page 1: "Reviewed by" and "Page 1" are printed over one another']
    apart = '<p data-at="x.md:3">Reviewed by</p><p style="margin-top: -14pt; text-align: right">Page 1</p>'
    assert findings(apart) == []


def test_a_line_is_as_full_as_can_be_before_an_amount_at_any_width() -> None:
    sentence = 'Rest after the treatment of fractures: <span style="white-space: nowrap">2-year</span> outcomes show'
    widths = [150 + step / 2 for step in range(120)]
    paragraphs = "".join(f'<p style="width: {width}pt">{sentence}</p>' for width in widths)
    laid_out, _ = pages(paragraphs)
    first_lines = [
        "".join(box.text for box in line.descendants() if hasattr(box, "text"))
        for page in laid_out.document.pages
        for line in page._page_box.descendants()  # noqa: SLF001 - no public way to the boxes
        if type(line).__name__ == "LineBox"
    ]
    assert len([line for line in first_lines if line.startswith("Rest")]) == len(widths)
    assert [line for line in first_lines if line.strip() == "Rest"] == []


def test_no_line_begins_with_the_number_of_a_citation_at_any_width() -> None:
    sentence = 'Rest after the treatment of broken bones.<sup class="citation"><a href="#x">4</a></sup> Some rest'
    paragraphs = "".join(f'<p style="width: {120 + step / 2}pt">{sentence}</p>' for step in range(160))
    laid_out, _ = pages(f'<p id="x">4</p>{paragraphs}', (ROOT / "styles/base.css").read_text())
    lines = [
        "".join(box.text for box in line.descendants() if hasattr(box, "text")).strip("\u2060")
        for page in laid_out.document.pages
        for line in page._page_box.descendants()  # noqa: SLF001 - no public way to the boxes
        if type(line).__name__ == "LineBox"
    ]
    assert sum("bones.\u20604" in line for line in lines) == 160
    assert [line for line in lines[1:] if line.startswith("4")] == []


# Three digits where letters are largest, and where lines are shortest.
@pytest.mark.parametrize(("form", "count"), [("handout", 10), ("large-print", 100), ("booklet", 10), ("trifold", 100)])
def test_the_numbers_of_a_long_list_stand_beside_its_items(tmp_path: Path, form: str, count: int) -> None:
    project = small_project(tmp_path)
    items = "\n".join(f"{number}. Rest" for number in range(1, count + 1))
    project.replace(HANDOUT, "- after a fall\n- with a fever\n", items)
    assert errors(project, form) == []


def errors(project: SmallProject, form: str, css: str = "") -> list[Problem]:
    """Lay the handout out and return the errors of its pages."""
    problems = lay_out(composed_as(project, form, css)).problems
    return [problem for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("width", [198, 205, 212])
def test_the_last_word_of_a_line_from_right_to_left_stands_in_its_column(width: int) -> None:
    body = (
        f'<p data-at="x.md:3" style="direction: rtl; width: {width}pt">لا تتناول أكثر من '
        '<span class="amount">4,000 mg</span> في <span class="amount">24 ساعة.</span> اتصل على '
        '<span class="amount">(616) 555-0134</span> إذا كانت الحرارة <span class="amount">38.5 °C</span> أو أكثر.</p>'
    )
    found = findings(body, ".amount { white-space: nowrap } p { unicode-bidi: isolate }")
    assert [line for line in found if ": column-overflow: " in line] == []
