"""Every word and amount that is written is in what is printed, or there is an error: nothing is lost silently."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.problems.collector import Problems
from handouts.read.context import read_context
from handouts.read.handout import read_handout
from handouts.text.plain_text import write_plain_text
from support.pdf import text as text_of_pdf
from support.projects import HANDOUT, LOGO, REFERENCES, SmallProject, small_project
from support.shipped import ROOT
from support.words import amounts_and_words, seen, written

TYPED = sorted((ROOT / "tests/data/typed").glob("*.*.md"))
FRONT = """\
---
title: Back pain
code: HO-1
version: "1.0"
published: 2026-01-10
review_due: 2028-01-10
status: draft
audience: For people with back pain
main_message: Most back pain gets better.
disclaimer: This handout does not replace a talk with your doctor.
---
"""


class Press:
    """Reads and composes handouts for the practices of a project, in this process."""

    def __init__(self, project: SmallProject) -> None:
        library = project.read().library
        assert library
        self._files = project
        self._project = Project(project.root)
        self._library = library
        self._context = read_context(self._project)
        self._pipeline = Pipeline(self._project, library.references)

    def print(self, markdown: str) -> tuple[Problems, dict[str, Counter[str]]]:
        """Return the problems of a handout, and the words of its page "html" and its text "txt" if it has no errors."""
        path = self._files.write(HANDOUT, markdown)
        problems = Problems()
        handout = read_handout(self._context, path, problems)
        if handout is None:
            return problems, {}
        printed: dict[str, Counter[str]] = {}
        for item in plan(replace(self._library, handouts=(handout,)), Request(formats=("html", "text"))):
            numbered = number_for(item.selection, item.practice)
            composition = self._pipeline.compose(numbered, item.practice, item.edition)
            composed = composition.document
            assert composed, composition.problems
            text = write_plain_text(composed, Problems())
            printed[composed.file] = amounts_and_words(text.decode()) if composed.file == "txt" else seen(composed.html)
        return problems, printed


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    project = small_project(tmp_path_factory.mktemp("press"))
    keys = sorted({key for path in TYPED for key in re.findall(r"@([a-z]\w+)", path.read_text(encoding="utf-8"))})
    made_up = "".join(f"  - {{id: {key}, status: missing}}\n" for key in keys)
    project.write(REFERENCES, project.text(REFERENCES) + made_up)
    project.write("content/handouts/back/plate.svg", project.text(LOGO))
    project.write("content/handouts/back/f.svg", project.text(LOGO))
    return Press(project)


def check_words(press: Press, markdown: str) -> Problems:
    """Check that every word of a handout's body is printed, or that it has errors; return these."""
    problems, printed = press.print(markdown)
    body = markdown.split("\n---\n", 1)[1]
    for file, words in printed.items():
        lost = written(body, plain=file == "txt") - words
        assert not lost, (lost, body)
    return problems


def test_words_of_the_shipped_handout_are_printed(shipped_color: Path) -> None:
    source = (ROOT / "content/handouts/spinal-fracture/en.md").read_text(encoding="utf-8")
    body = written(source.split("\n---\n", 1)[1])
    assert sum(body.values()) > 1500
    for practice in ("lakeside-spine-center", "northgate-family-practice"):
        folder = shipped_color / practice
        text = (folder / "spinal-fracture.en.txt").read_text(encoding="utf-8")
        page = (folder / "spinal-fracture.en.html").read_text(encoding="utf-8")
        assert not body - amounts_and_words(text)
        assert not body - seen(page)
        pdf = text_of_pdf(folder / "spinal-fracture.en.handout.pdf")
        drawn = written(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", source.split("\n---\n", 1)[1]))  # read aloud only
        assert not drawn - amounts_and_words(pdf)


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_words_of_a_sheet_as_it_was_typed(press: Press, path: Path) -> None:
    markdown = path.read_text(encoding="utf-8")
    problems = check_words(press, markdown)
    assert problems.has_errors == (path.stem not in {"1-doses.en", "3-colonoscopy-prep.en", "4-wound-discharge.es"})


# Handouts made up of text with signs at dangerous places

WORDS = ["alpha", "beta", "gamma", "rest", "walk", "knee", "fever", "Dr.", "it's", "x-ray", "a", "I", "(so)"]
AMOUNTS = [
    *(
        "5",
        "38 °C",
        "1.25 mg",
        "3-5",
        "12,000",
        "2/3",
        "5%",
        "#300",
        "$5",
        "5 * 3",
        "-5",
        "+5",
        "± 2",
        "≥ 10",
        "7:30 am",
    ),
]
# They stand apart from the words around them: links, as the text format shows an address behind them.
LINKS = [
    *(
        "[beta](https://a.example/gamma)",
        '[a](https://a.example "beta")',
        "[a b](#what)",
        "[a](b)",
        "[gamma][beta]",
        "[beta]",
    ),
    *(
        "<https://a.example>",
        "<beta@a.example>",
        "https://a.example",
        "[@smith2020]",
        "[@smith2020, p. 3]",
        "[hola]{lang=es}",
    ),
    *("![alpha](f.svg)", '![alpha](f.svg "beta")'),
]
SIGNS = [
    *("> 38 °C", "< 5 mm", "=> 5", "~5 mg", "5*3*2", "5**3**2", "*5*3", "a*b*c", "*", "**", "_", "__x", "`", "``x``"),
    *(
        "\\",
        "|",
        "a | b",
        "[",
        "]",
        "[x]",
        "[ ]",
        "[a b]:",
        "(",
        "{",
        "}",
        "{a}",
        "{#a}",
        "{a=b}",
        "&",
        "&amp;",
        "&nbsp;",
    ),
    *("&lt;5", "&x;", "#", "##a", ":", "::", ":::", "~", "~x~", "^", "^2^", "$x$", "<b>", "</b>", "<3", "<!-- QQ -->"),
    *(
        "<!--",
        "-->",
        "!",
        "![",
        "@beta",
        "@smith2020",
        "**beta gamma**",
        "*delta*",
        "_rest_",
        "`walk 5`",
        "5\\*3",
        "\\> 5",
    ),
    *("1\\.", "\\+ 5", "\\newpage", "{{ a }}"),
]
STARTS = [
    *("> ", ">", ">> ", "> > ", "+ ", "- ", "* ", "*", "-", "+", "1. ", "2. ", "7. ", "1) ", "10. ", "- - ", "1. - "),
    *("> - ", "# ", "##", "### ", "#### ", "#", "####### ", "| ", "|", ": ", ":: ", "::: note ", "::: ", ":::", "    "),
    *("        ", "\t", "  ", "[beta]: ", "[beta]:", "[^n]: ", "```", "``` ", "~~~", "---", "===", "--- ", "***"),
    *(
        "- [ ] ",
        "- [x] ",
        "• ",
        "\u2013 ",
        "<!-- ",
        "--> ",
        "<div>",
        "&nbsp;",
        "\\",
        "$$",
        "!!! ",
        "![",
        "%",
        "@",
        "~ ",
    ),
    *("= ", "^ ", "_ ", "__"),
]

words = st.one_of(st.sampled_from(WORDS), st.sampled_from(AMOUNTS))
safe_texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
signs = st.sampled_from(SIGNS)
glue = st.sampled_from([" ", " ", " ", "", "  ", "\t"])


@st.composite
def risky_texts(draw: st.DrawFn) -> str:
    """Draw a line of words and amounts with one or two signs between them."""
    text = draw(safe_texts)
    for _ in range(draw(st.integers(1, 2))):
        text += f" {draw(st.sampled_from(LINKS))} " if draw(st.booleans()) else f"{draw(glue)}{draw(signs)}{draw(glue)}"
        text += draw(st.one_of(st.just(""), safe_texts))
    return text


@st.composite
def cells(draw: st.DrawFn) -> str:
    """Draw a table, with a row that may be uneven."""
    columns = draw(st.integers(1, 3))
    rows = [[draw(safe_texts) for _ in range(columns)] for _ in range(draw(st.integers(1, 3)))]
    if draw(st.integers(0, 3)) == 0:
        rows[-1] = [draw(st.one_of(st.just(""), safe_texts, risky_texts())) for _ in range(draw(st.integers(1, 4)))]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    tail = draw(st.sampled_from(["", "", "", "\nalpha beta", "\n<!-- QQ -->", "\n38 °C | 5"]))
    return "\n".join([lines[0], "|---" * columns + "|", *lines[1:]]) + tail


lines = st.one_of(safe_texts, safe_texts, risky_texts())
started = st.builds(lambda start, text: f"{start}{text}", st.sampled_from(STARTS), lines)
paragraphs = st.lists(st.one_of(lines, lines, started), min_size=1, max_size=3).map("\n".join)
bullets = st.lists(lines, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items))
steps = st.lists(lines, min_size=1, max_size=3).map(
    lambda items: "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))
)
quotations = st.lists(lines, min_size=1, max_size=2).map(lambda parts: "\n".join(f"> {part}" for part in parts))
blocks = st.builds(lambda text: f"::: note\n{text}\n:::", paragraphs)
figures = st.builds(lambda alt, text: f"::: figure\n![{alt}](f.svg)\n\n{text}\n:::", safe_texts, lines)
headings = lines.map(lambda text: f"### {text}")
comments = st.sampled_from(["<!-- QQ -->", "<!-- QQ\n\n- QQ\n> QQ -->"])
units = st.one_of(paragraphs, bullets, steps, quotations, blocks, figures, headings, cells(), comments)
bodies = st.lists(st.tuples(units, st.sampled_from(["\n\n", "\n\n", "\n\n", "\n"])), min_size=1, max_size=4).map(
    lambda pairs: "".join(f"{unit}{end}" for unit, end in pairs)
)


@given(bodies)
@example("alpha^st^ 1^st^ beta~x~ gamma~2~ 10^9^")
def test_words_of_any_text_are_printed_or_there_is_an_error(press: Press, body: str) -> None:
    problems = check_words(press, f"{FRONT}\n## What is it? {{#what}}\n\nAlpha.\n\n{body}\n")
    assert all(problem.place for problem in problems)
