"""Whatever is in a file, reading it gives problems with places that are there, and never raises anything."""

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.assets.svg import check_svg
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.read.pictures import read_picture_size
from handouts.read.yaml.parser import parse_yaml
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project

TEXTS = [SETTINGS, REFERENCES, HANDOUT, PRACTICE, "content/practices/clinic/more.md"]

YAML = [
    "- ",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!!int ",
    '"',
    "'",
    "| ",
    "> ",
    "# ",
    "%",
    "\t",
    "---",
    "...",
]
FIELDS = [
    "title",
    "references",
    "id",
    "author",
    "published",
    "logo",
    "extends",
    "abstract",
    "inserts",
    "font",
    "pictures",
]
VALUES = [
    "2026-02-31",
    "no",
    "true",
    "~",
    "1e3",
    "\\0",
    "é",
    "😀",
    "9" * 30,
    "https://a.example",
    "clinic",
    "logo.svg",
    "smith2020",
]
MARKS = [
    "[@smith2020]",
    "[@no]",
    "[@a, @b]",
    "[^ages]",
    "[^no]",
    "\n[^ages]: ",
    "![a](b.png)",
    "{lang=es}",
    "]{lang=",
    "![",
    "](",
    "[",
    "]",
    "<b>",
    "`",
]
BLOCKS = [
    "# ",
    "## ",
    "### ",
    "{#a}",
    "{#what}",
    "{",
    "}",
    "- ",
    "1. ",
    "> ",
    "::: ",
    ":::",
    "::::",
    "important",
    "note",
    "|",
    "|-|",
]
SVG = [
    "<svg xmlns='http://www.w3.org/2000/svg'>",
    "</svg>",
    "<g id='a'>",
    "</g>",
    "<use href='#a'/>",
    "<!--",
    "-->",
    "<![CDATA[",
]
SVG_MORE = [
    "]]>",
    "&amp;",
    "&a;",
    "<?a?>",
    "<!DOCTYPE a>",
    "style='fill:url(#a)'",
    "<path d='M0 0'/>",
    "<a:b xmlns:a='c'/>",
    "\0",
]


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    """Draw texts of some pieces, with line ends, indentation and anything else between."""
    rest = st.one_of(st.sampled_from(["\n", "\n\n", "\n  ", "\n    ", " ", "a"]), st.text(max_size=3))
    return st.lists(st.one_of(st.sampled_from(pieces), rest), max_size=40).map("".join)


texts = st.one_of(made_of(*YAML, *FIELDS, *VALUES), made_of(*MARKS, *BLOCKS, *VALUES), st.text(max_size=200))
raw = st.one_of(st.binary(max_size=200), texts.map(lambda text: text.encode(errors="surrogatepass")))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    made = small_project(tmp_path_factory.mktemp("project"))
    made.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    made.write(TEXTS[-1], "More\n")
    assert made.problems() == ()
    return made


def check(problems: Sequence[Problem], root: Path) -> None:
    """Check that each problem says something, and stands where there is something."""
    for problem in problems:
        assert problem.code
        assert problem.message
        assert problem.place
        path = root / problem.place.file
        assert path.is_file()
        if problem.place.line:
            lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
            assert problem.place.line <= len(lines)
            assert problem.place.column <= len(lines[problem.place.line - 1]) + 1


def check_with(project: SmallProject, name: str, content: bytes) -> None:
    before = project.text(name).encode()
    project.write(name, content)
    try:
        check(project.problems(), project.root)
    finally:
        project.write(name, before)


@given(st.sampled_from(TEXTS), raw)
def test_any_file(project: SmallProject, name: str, content: bytes) -> None:
    check_with(project, name, content)


@given(st.sampled_from(TEXTS), texts, st.integers(0, 60), st.integers(0, 3))
def test_any_change_in_a_file(project: SmallProject, name: str, text: str, line: int, removed: int) -> None:
    lines = project.text(name).split("\n")
    lines[line : line + removed] = [text]
    check_with(project, name, "\n".join(lines).encode(errors="surrogatepass"))


@given(st.sampled_from([*FIELDS, "colors", "name", "paper", "status", "glossary"]), texts, st.sampled_from(TEXTS[:4]))
def test_any_value_of_a_field(project: SmallProject, field: str, text: str, name: str) -> None:
    quoted = "'" + text.replace("'", "''").replace("\n", " ") + "'"
    check_with(project, name, project.text(name).replace(f"{field}:", f"{field}: {quoted} #").encode(errors="replace"))


@given(made_of(*MARKS, *BLOCKS))
def test_any_markdown(project: SmallProject, text: str) -> None:
    check_with(project, HANDOUT, (project.text(HANDOUT) + text).encode(errors="replace"))


@given(made_of(*YAML, *FIELDS, *VALUES), st.integers(1, 99))
def test_any_yaml(text: str, first_line: int) -> None:
    problems = Problems()
    encodable = text.encode(errors="replace").decode()
    node = parse_yaml(encodable, "a.yaml", problems, first_line=first_line)
    assert node is None or not problems
    for problem in problems:
        assert problem.place
        assert first_line <= problem.place.line


@given(st.one_of(st.binary(max_size=300), made_of(*SVG, *SVG_MORE).map(lambda text: text.encode(errors="replace"))))
def test_any_drawing(project: SmallProject, content: bytes) -> None:
    check_with(project, LOGO, content)
    problems = Problems()
    place = project.place(PRACTICE, "logo.svg")
    assert check_svg(content, LOGO, place, problems) == (not problems)


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\x02\xff", b""]),
    st.binary(),
)
def test_any_picture(start: bytes, rest: bytes) -> None:
    size = read_picture_size(start + rest)
    assert size is None or all(0 <= side < 2**32 for side in size)


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 9), st.binary(max_size=9)), max_size=9))
def test_any_segments_of_a_jpeg(segments: list[tuple[int, int, bytes]]) -> None:
    written = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", length) + rest for marker, length, rest in segments
    )
    size = read_picture_size(b"\xff\xd8" + written)
    assert size is None or all(0 <= side < 2**16 for side in size)
