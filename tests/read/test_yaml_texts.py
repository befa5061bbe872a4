"""Texts in YAML: each is read as written or is an error; nothing is silently cut off or changed."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import validate
from handouts.schema.base import Schema, Text
from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, Mistake, SmallProject


@pytest.mark.parametrize(
    ("name", "old", "new", "at"),
    [
        (PRACTICE, "- 1 Harbor Street", "- 120 Harbor Street #300", "#300"),
        (PRACTICE, "- 1 Harbor Street", "- 120 Harbor Street # 300", "# 300"),
        (PRACTICE, "- 1 Harbor Street", "- 120 Harbor Street\n    # 300", "# 300"),
        (PRACTICE, "- 1 Harbor Street", "- 120 Harbor\n    Street  #300", "#300"),
        (PRACTICE, "- 1 Harbor Street", '- "120 Harbor Street" #300', "#300"),
        (PRACTICE, "number: 01632 960000", "number: 01632 960000 #3\n   ", "#3"),
        (PRACTICE, "address:\n  - 1 Harbor Street", "address: [1 Harbor Street # 3\n  ]", "# 3"),
        (PRACTICE, 'brand: "#0b5a6f"', "brand: #0b5a6f", "#0b5a6f"),
        (PRACTICE, "name: Harbor Clinic", "name: Clinic # 1", "# 1"),
        (PRACTICE, "country: GB", "country: GB #1", "#1"),
        (HANDOUT, "title: Back pain", "title: Back pain # part 2", "# part 2"),
        (HANDOUT, 'version: "1.0"', "version: 1.0 # draft", "# draft"),
        (HANDOUT, "- Keep moving.", "- Keep moving. # 3 times", "# 3 times"),
        (HANDOUT, "meaning: A bone of the back.", "meaning: A bone # of the back.", "# of the back."),
        (HANDOUT, "keywords:\n  - back pain", "keywords:\n  - back pain #1", "#1"),
        (HANDOUT, "keywords:", "abbreviations:\n  DVT: deep vein # thrombosis\nkeywords:", "# thrombosis"),
        (REFERENCES, "title: Back pain in adults", "title: Back pain # 1 in adults", "# 1"),
        (REFERENCES, "{family: Jones, given: B}", "family: Jones\n        given: B # 2", "# 2"),
        (SETTINGS, "paper: a4", "paper: a4 #letter", "#letter"),
        (SETTINGS, "paper: a4", "formats:\n  own:\n    title: My own # format", "# format"),
    ],
)
def test_a_comment_that_may_be_text_is_an_error_at_its_place(
    project: SmallProject, name: str, old: str, new: str, at: str
) -> None:
    project.replace(name, old, new)
    found = [problem for problem in project.problems() if problem.code == "yaml-comment"]
    assert [problem.place for problem in found] == [project.place(name, at)]
    assert f'YAML reads "{at[:10]}' in found[0].message
    assert "put the whole text in quotes" in found[0].hint
    assert {problem.severity for problem in found} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SETTINGS, "paper: a4", "paper: a4 # for all practices"),
        (SETTINGS, "language: en", "language: en # of new handouts"),
        (PRACTICE, "country: GB", "country: GB # not US"),
        (PRACTICE, "logo: logo.svg", "logo: logo.svg # the new one"),
        (PRACTICE, 'brand: "#0b5a6f"', 'brand: "#0b5a6f" # teal'),
        (PRACTICE, "name: Harbor Clinic", 'name: "Clinic #1" # the first'),
        (PRACTICE, "address:", "# where we are\naddress: # all lines"),
        (PRACTICE, "  - 1 Harbor Street", "  # the street\n  - 1 Harbor Street\n  # the town is left out"),
        (PRACTICE, "name: Harbor Clinic", "name: Clinic#1"),
        (HANDOUT, "status: draft", "status: draft # until May"),
        (HANDOUT, "published: 2026-01-10", "published: 2026-01-10 # the first"),
        (HANDOUT, "main_message: Most back", "main_message: >\n  Most # back"),
        (HANDOUT, "keywords:", "sponsor: # none\nkeywords:"),
        (REFERENCES, "- id: smith2020", "- id: smith2020 # of the library"),
    ],
)
def test_a_comment_that_is_not_part_of_a_text_is_accepted(project: SmallProject, name: str, old: str, new: str) -> None:
    project.replace(name, old, new)
    assert project.problems() == ()


@pytest.mark.parametrize("start", ["- &a Rest", "- !Stop Rest", "- ! Rest", "- &a [Rest]", "- !Stop {Rest: x}"])
def test_a_word_that_yaml_reads_as_an_anchor_or_tag_is_an_error(project: SmallProject, start: str) -> None:
    project.replace(HANDOUT, "- Keep moving.", start)
    found = [problem for problem in project.problems() if problem.code == "yaml-mark"]
    assert [problem.place for problem in found] == [project.place(HANDOUT, start[2:])]
    assert "quotes" in found[0].hint


@pytest.mark.parametrize(
    "text",
    [
        *("Choose the day: ____", "[See] the nurse", "{see the nurse}", "? What now", "- Rest", "Warning:"),
        *(
            "@home rest",
            "`rest`",
            "% of people",
            "*rest",
            "> 3 days",
            "| 3 days",
            "[1] rest",
            '"Rest" now',
            "'Rest' now",
        ),
    ],
)
def test_a_text_with_yaml_syntax_is_an_error_whose_hint_mentions_quotes(project: SmallProject, text: str) -> None:
    for old in ("- Keep moving.", "- What can I do?", "audience: For people with back pain"):
        before = project.text(HANDOUT)
        project.replace(HANDOUT, old, f"{old.split()[0]} {text}")
        found = project.problems()
        assert found, text
        assert any("quote" in problem.hint for problem in found), found
        project.write(HANDOUT, before)


TEXTS: Final = [
    "yes",
    "No",
    "on",
    "off",
    "true",
    "1.0",
    "1.10",
    "012",
    "1e3",
    "0x1F",
    "2026-1-5",
    "12:30",
    "1_000",
    ".5",
]


@pytest.mark.parametrize("text", [*TEXTS, "R&D #x"[:3], "50%", "-5 degrees", "a*b*c", "~5 mg", "a: b"[:1], "C#"])
def test_a_plain_text_is_read_as_written(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- Keep moving.", f"- {text}")
    library = project.read().library
    assert library
    assert library.handouts[0].front.actions == (text,)


@pytest.mark.parametrize("text", ["null", "~", "Null", "NULL", ""])
def test_a_null_value_is_not_a_text(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- Keep moving.", f"- {text}")
    assert [problem.code for problem in project.problems()] == ["wrong-type"]


class Texts(Schema):
    """A model of one text and a list of texts."""

    one: Text
    many: tuple[Text, ...]


words = st.text(st.sampled_from("ab1 #&!:-\"'[]{}>|%@`~*?,\\\n"), min_size=1, max_size=14)


@given(words, words)
def test_each_text_is_read_as_written_or_is_an_error(one: str, two: str) -> None:
    """A text on a line is what follows `key: ` or `- `, unless it is quoted."""
    written = f"one: {one.strip()}\nmany:\n  - {two.strip()}\n"
    problems = Problems()
    node = parse_yaml(written, "file.yaml", problems)
    found = validate(Texts, node, problems) if node else None
    assert (found is None) == problems.has_errors
    if found and not set(one + two) & set("\"'>|[]{}\n\\"):
        assert (found.one, found.many) == (" ".join(one.split()), (" ".join(two.split()),))


def test_the_hint_for_a_text_with_a_colon_quotes_the_text(project: SmallProject) -> None:
    mistake = Mistake(
        "- Keep moving.", "- Choose the day: ____", "wrong-type", "Choose", "has to be a text", '"Choose the day: ____"'
    )
    project.check_mistake(HANDOUT, mistake)


@pytest.mark.parametrize(
    "text", ["[ ] ask", "{{ practice.name }}", "*Never* run", "@home", '"Bed" rest', "> 38", "& so"]
)
def test_a_text_that_starts_with_a_mark_of_yaml_should_be_in_quotes(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- Keep moving.", f"- {text}")
    first = project.problems()[0]
    assert first.code in {"bad-yaml", "wrong-type"}
    assert first.hint == f"put a text that starts with {text[0]} in quotes: '{text}'"
    project.replace(HANDOUT, f"- {text}", f"- '{text}'")
    assert {problem.code for problem in project.problems()} <= {"markup-in-text"}
