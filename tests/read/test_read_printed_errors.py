"""Errors in what would be printed differently than it was meant: links, lists, titles and empty blocks."""

from dataclasses import replace

import pytest

from handouts.problems.problem import Place
from support.projects import HANDOUT, PRACTICE, Mistake, SmallProject

INSERT = "content/practices/clinic/more.md"
LOGO = "../../practices/clinic/logo.svg"
BAD_LINK_MESSAGE = "a link has to lead to a web page, an e-mail address, a phone number or an id of this handout"
ADDRESSES = [
    "tel:616...",
    "tel:616-xxxx",
    "tel:61",
    "../../secret",
    "/etc/passwd",
    "//host/x",
    "https:///x",
    "https:x",
    "mailto:",
    "ftp://a.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "C:/x",
    "?q",
]
# The error is at the place of the second text.
LINKS = [
    ("Text [a]({})", "{}"),
    ("- an item\n- another [**a** `]({})`]({} ).", "{} )"),
    ("| A |\n|---|\n| x \\| [a]({}) |", "{}"),
    ("### A heading with [a]({})", "{}"),
    ("::: note\n[a]({})\n:::", "{}"),
    ("Text[^n]\n\n[^n]: A note\n    with [a]({})", "{}"),
    ("Text [a](<{}>)", "[a]"),
    ("Text [a][b]\n\n[b]: {}", "[a]"),
    ("[![A](" + LOGO + ")]({})", "{}"),
]
MARKUP = ["[@smith2020]", "a [^ages] b", "**b**", "so __b c__", "[x](y)", "a `b`", "[a]{lang=es}"]
FIELDS = {
    "title": "Back pain\n",
    "audience": "For people with back pain",
    "main_message": "Most back pain gets better in a few weeks.",
    "disclaimer": "This handout does not replace a talk with your doctor.",
    "actions": "Keep moving.",
    "questions": "What can I do?",
    "term": "vertebra",
    "meaning": "A bone of the back.",
}
MARKUP_MESSAGE = "a title is printed as it is: it cannot have citations or Markdown"
ERRORS_WITH_LINE = {
    "list from 2": Mistake(
        "- after", "2. one\n3. two\n\n- after", "list-start", "2. one", "has to start with 1", "2\\."
    ),
    "list from 0": Mistake("- after", "- 0) one\n- after", "list-start", "- 0)", "a numbered list has to start with 1"),
    "list in a note": Mistake("Above", "Above\n\n    3. Above", "list-start", "    3.", "has to start with 1"),
    "bold in a section": Mistake("I worry?", "I **worry**?", "markup-in-heading", "## When", MARKUP_MESSAGE),
    "link in a section": Mistake(
        "I worry?", "I [w](#what)?", "markup-in-heading", "## When", MARKUP_MESSAGE, "plain words"
    ),
    "code in a part": Mistake("# Treatment", "# `Treatment`", "markup-in-heading", "# `T", MARKUP_MESSAGE),
    "bold in a block": Mistake(
        "#safety", '#safety title="**A** b"', "markup-in-heading", "::: important", MARKUP_MESSAGE, "plain words"
    ),
    "empty block": Mistake(
        "Talk to your doctor before you take medicine.", "", "empty-block", "::: imp", "important has no text", "remove"
    ),
    "a mark in a block": Mistake(
        "Talk to your doctor before you take medicine.", "[@smith2020]", "empty-block", "::: imp", "has no text"
    ),
    "picture in a block": Mistake(
        "Talk to your doctor before you take medicine.", f"![A]({LOGO})", "empty-block", "::: imp", "has no text"
    ),
    "empty note": Mistake("- after", "::: note\n:::\n\n- after", "empty-block", "::: note", "note has no text"),
    "icons without words": Mistake(
        "- after", "::: icon-array {count=1 of=3}\n:::\n\n- after", "empty-block", "::: icon", "has no text", "2 in 3"
    ),
    "figure without picture": Mistake(
        "- after",
        "::: figure\nText\n:::\n\n- after",
        "empty-block",
        "::: figure",
        "figure has no picture",
        "write ![What",
    ),
    "note in a figure": Mistake(
        "- after",
        f":::: figure\n![A]({LOGO})\n\n::: note\n:::\n::::\n\n- after",
        *("empty-block", "::: note", "note has no text"),
    ),
    "block in a note": Mistake(
        "adults.", "adults.\n\n    ::: note\n    :::", "empty-block", "    ::: note", "has no text"
    ),
}


@pytest.fixture
def with_insert(project: SmallProject) -> SmallProject:
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    return project


@pytest.mark.parametrize("mistake", ERRORS_WITH_LINE.values(), ids=ERRORS_WITH_LINE)
def test_error_has_line(project: SmallProject, mistake: Mistake) -> None:
    project.check_mistake(HANDOUT, mistake._replace(column=False))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("text", "at"), LINKS)
def test_a_link_to_no_valid_address(project: SmallProject, text: str, at: str, address: str) -> None:
    new = f"{text.replace('{}', address)}\n\n- after"
    mistake = Mistake("- after", new, "bad-link", at.replace("{}", address), BAD_LINK_MESSAGE, "https://")
    project.check_mistake(HANDOUT, mistake)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("<ftp://a.example>", ["bad-link"]),
        ("[a](<>)", ["bad-link"]),
        ("[a](tel:616\u2026)", ["bad-link"]),
        ("[](https://example.org)", ["empty-link"]),
        ("[]()", ["empty-link", "bad-link"]),
    ],
)
def test_a_link_without_a_text_or_address(project: SmallProject, text: str, codes: list[str]) -> None:
    project.replace(HANDOUT, "- after", f"{text}\n\n- after")
    assert [problem.code for problem in project.problems()] == codes


def test_a_link_to_an_unknown_id_in_a_block_and_a_note(project: SmallProject) -> None:
    project.replace(HANDOUT, "Talk to", "[Talk][a] to")
    project.replace(HANDOUT, "Above all", "[Above](#wat) all")
    project.write(HANDOUT, project.text(HANDOUT) + "\n[a]: #none\n")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("unknown-anchor", project.place(HANDOUT, "[Talk]")),
        ("unknown-anchor", project.place(HANDOUT, "#wat")),
    ]


@pytest.mark.parametrize("mark", ["[@smith2020]", "[@smith2020; @jones2021]", "[^ages]"])
@pytest.mark.parametrize(
    "link",
    [
        "[link {} in](https://example.org)",
        "[{}](#what)",
        "[*link {}*]( <mailto:a@b.example> )",
        "[in [brackets {}]](tel:111)",
        "[link {}][a]\n\n[a]: #what",
    ],
)
def test_a_citation_or_note_in_a_link(project: SmallProject, link: str, mark: str) -> None:
    project.replace(HANDOUT, "- after", f"`{mark}` and {link.format(mark)}\n\n- after")
    start = project.place(HANDOUT, f"`{mark}` and")
    column = len(f"`{mark}` and ") + 1 + link.index("{}")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("citation-in-link", replace(start, column=column))
    assert (problem.message, problem.hint) == (
        "the text of a link cannot have a citation or note",
        "put it after the link",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[a](#what)[@smith2020] and [@smith2020] (https://a.example) [^ages][b](https://b.example)",
        "[in [brackets]](HTTPS://a.example/?q#x) \\[a [@smith2020]\\](../x) `[a](../x)` <desk@a.example>",
        "\\[a [inner](https://a.example) [@smith2020]\\](../x)",
        "1. one\n2. two\n\n1986\\. A year",
    ],
)
def test_text_without_errors(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after", f"{text}\n\n- after")
    assert project.problems() == ()


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize("field", FIELDS)
def test_markup_in_front_matter(project: SmallProject, field: str, markup: str) -> None:
    old = FIELDS[field]
    written = f'"{markup} here"'
    mistake = Mistake(
        old,
        written + old[len(old.rstrip()) :],
        "markup-in-text",
        written,
        f'"{field}": this text is printed as',
    )
    project.check_mistake(HANDOUT, mistake)


def test_markup_of_a_sponsor(project: SmallProject) -> None:
    mistake = Mistake("status", "sponsor: A **b**\nstatus", "markup-in-text", "A **", "without Markdown or citations")
    project.check_mistake(HANDOUT, mistake)


@pytest.mark.parametrize("line", ["**LBP**: low back pain", "LBP: low **back** pain"])
def test_markup_of_abbreviations(project: SmallProject, line: str) -> None:
    short, _, long = line.partition(": ")
    project.replace(HANDOUT, "status", f'abbreviations:\n  "{short}": "{long}"\nstatus')
    (problem,) = project.problems()
    assert problem.code == "markup-in-text"
    assert problem.place
    assert problem.place.line == project.place(HANDOUT, short).line


@pytest.mark.parametrize(
    "text", ["My dose: ____mg ____ a day", "3 * 4 * 5", "a_b_c [x] (y)", "don`t", "@home", "[x] {y}"]
)
def test_texts_that_only_look_like_markup(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "What can I do?", f'"{text}"')
    project.replace(HANDOUT, "When should I worry?", text)
    assert project.problems() == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("See [a](../../secret).\n", "bad-link", 1, 9),
        ("Text[^n]\n\n[^n]: See [a](//host/x).\n", "bad-link", 3, 15),
        ("See [a](#safety).\n", "unknown-anchor", 1, 9),
        ("See [a [@smith2020]](#helps).\n", "citation-in-link", 1, 8),
        ("2. Text\n", "list-start", 1, 0),
        ("Text\n\n::: note\n:::\n", "empty-block", 3, 0),
    ],
)
def test_error_in_an_insert(with_insert: SmallProject, text: str, code: str, line: int, column: int) -> None:
    with_insert.write(INSERT, text)
    assert [(problem.code, problem.place) for problem in with_insert.problems()] == [
        (code, Place(INSERT, line, column))
    ]


def test_an_insert_can_lead_to_a_section(with_insert: SmallProject) -> None:
    with_insert.write(INSERT, "See [what helps](#helps).\n")
    assert with_insert.problems() == ()


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b"\r\x80", 2, 1), (b"\xef\xbb\xbf\r\x80", 2, 1), (b"\xef\xbb\xbfa\x80", 1, 2), (b"a\xc3\xa9\x80", 1, 3)],
)
def test_place_of_bytes_that_are_not_utf8(project: SmallProject, content: bytes, line: int, column: int) -> None:
    project.write(HANDOUT, content)
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("not-utf8", Place(HANDOUT, line, column))
    ]
