"""Hostile Markdown, made to run code, load files or exhaust the reader: it is reported, and reading ends."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from handouts.model.library import Handout
from handouts.problems.problem import Place
from support.projects import HANDOUT, PRACTICE, REFERENCES, SmallProject

RAW_HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<style>p { color: red }</style>",
    "<iframe src=https://a.example></iframe>",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "<b onclick=x>bold</b> in it",
    "<details>\n<summary>more</summary>\n</details>",
    "<math><mtext><style><img title='</style><img src onerror=alert(1)>'>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
]


def read_handout(project: SmallProject) -> Handout:
    reading = project.read()
    assert reading.problems == ()
    assert reading.library
    return reading.library.handouts[0]


def add_text(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after a fall", f"{text}\n\n- after a fall")


def token_types(handout: Handout) -> set[str]:
    tokens = handout.sections[1].body.tokens
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


@pytest.mark.parametrize("text", RAW_HTML)
def test_raw_html_is_an_error(project: SmallProject, text: str) -> None:
    add_text(project, text)
    problems = project.problems()
    assert {problem.code for problem in problems} == {"unknown-markup"}
    assert problems[0].place == project.place(HANDOUT, text)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("link", ["[text]({})", "[text](<{}>)", "[text][a]\n\n[a]: {}", "<{}>", '[text]({} "title")'])
def test_addresses_that_run_code_are_errors_or_text(project: SmallProject, address: str, link: str) -> None:
    add_text(project, link.format(address))
    if project.problems():
        codes = {problem.code for problem in project.problems()}
        # What has < and > within is no address.
        assert codes & {"bad-link", "unknown-markup"}
        assert codes <= {"bad-link", "unknown-markup", "title-not-printed"}
    else:
        assert "&" in address
        assert "link_open" not in token_types(read_handout(project))


@pytest.mark.parametrize(
    "address", ["https://a.example/b", "http://a.example", "mailto:desk@a.example", "tel:+441632960000", "tel:911"]
)
def test_other_addresses_are_links(project: SmallProject, address: str) -> None:
    add_text(project, f"[text]({address})")
    assert "link_open" in token_types(read_handout(project))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a.example/\"'<x>"]
)
def test_addresses_of_references_and_practices_lead_to_the_web(project: SmallProject, address: str) -> None:
    project.replace(REFERENCES, "publisher: Harbor Press", f"URL: {address}")
    project.replace(PRACTICE, "https://harbor.example.org", address)
    project.replace(HANDOUT, " [@jones2021]", "")
    assert {(problem.code, problem.place) for problem in project.problems()} == {
        ("bad-address", project.place(REFERENCES, address)),
        ("bad-address", project.place(PRACTICE, address)),
    }


def nested_texts() -> Iterator[tuple[str, str]]:
    yield "quotes", ">" * 5_000 + " x"
    yield "quotes on lines", "\n".join(">" * depth + " x" for depth in range(1, 300))
    yield "lists", "- a\n" + "".join("  " * depth + "- a\n" for depth in range(1, 300))
    yield "lists on a line", "1. " * 3_000 + "x"
    yield "blocks", "\n".join(f"{':' * (200 - depth)} note" for depth in range(150))
    yield "notes", "[^a]: " * 1_500 + "x"


@pytest.mark.parametrize("text", [text for _, text in nested_texts()], ids=[name for name, _ in nested_texts()])
def test_deep_nesting_is_an_error(project: SmallProject, text: str) -> None:
    add_text(project, text)
    line = project.place(HANDOUT, "## When should I worry?").line
    (place,) = [problem.place for problem in project.problems() if problem.code == "nested-too-deeply"]
    assert place
    assert (place.file, place.column) == (HANDOUT, 0)
    assert line < place.line <= line + 1 + text.count("\n") + 1


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError if the body takes more processor time, also within a regular expression."""

    def stop(*_: object) -> None:
        raise TimeoutError(seconds)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 5_000, "![" * 2_500, "[](" * 10_000, "<" * 20_000, "**a *b " * 5_000, "`" * 20_000, "&#" * 20_000),
        *("[@a; " * 2_500, "[^a" * 4_000, "[@" + "a:" * 20_000, "[ " * 2_500 + "@", "{" * 20_000, ":" * 20_000),
        "".join("`" * length + " " for length in range(200)),
        "### a" + " " * 50_000 + "b {#x",
        "### " + "{} " * 20_000,
        "::: note {" + 'a="b" ' * 5_000,
        "::: icon-array {count=" + "9" * 5_000 + " of=" + "9" * 5_000 + "}\nx\n:::",
        "|a" * 150 + "|\n" + "|-" * 150 + "|\n" + "|a\n" * 150,
    ],
    ids=lambda text: text[:12],
)
def test_reading_comes_to_an_end(project: SmallProject, text: str) -> None:
    add_text(project, text)
    with time_limit(8):
        project.problems()


def test_places_are_right_in_a_text_of_many_citations(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall", "- after a fall [@smith2020]\n" * 4_000)
    project.replace(HANDOUT, "- with a fever", "\nText" + " and [@jones2021]" * 500)
    first = project.place(HANDOUT, "Text and")
    marks = read_handout(project).sections[1].body.marks
    assert len(marks) == 4_500
    assert marks[-1].place == Place(HANDOUT, first.line, 1 + len("Text and " + "[@jones2021] and " * 499))
