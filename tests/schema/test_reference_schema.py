"""The schema of references.yaml: valid and invalid values."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from handouts.schema.csl_date import CslDate
from handouts.schema.inline_markup import Span, parse_inline_markup, remove_inline_markup
from handouts.schema.reference import Reference, ReferenceFile

BAD_DATES = [
    *("", "92", "199", "1992-3", "1992-13", "1992-00", "2019-02-29", "2019-03/2019-02", "1992-25", "March 1992"),
    *("2019/", "/2019", "2019/2020/2021", "2019-21-01", {"raw": "Spring"}, {"date-parts": [[2019]], "season": "wet"}),
    *(
        True,
        {"date-parts": []},
        {"date-parts": [[]]},
        {"date-parts": [[1992, 2, 30]]},
        [],
        [{"year": "x"}],
        {"year": 2019, "x": 1},
    ),
    *(
        {"date-parts": [["1992", "x"]]},
        {"date-parts": [[1993], [1992]]},
        {"date-parts": [[1992], [1993], [1994]]},
        {"date-parts": [[1992, 3, 1, 1]]},
        {"date-parts": [[10**20]]},
    ),
]
BAD_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://a.example",
    "//a.example",
    'https://a.example/"x',
    "",
]


def reference(**fields: object) -> Reference:
    return Reference.model_validate({"id": "a", "type": "article-journal", "title": "T", **fields})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        *[({"issued": date}, "bad-date") for date in BAD_DATES],
        ({"author": "Silverman SL"}, "bad-name"),
        ({"author": ["Silverman SL"]}, "bad-name"),
        ({"author": {"family": "Silverman"}}, "bad-name"),
        ({"author": [{}]}, "bad-name"),
        ({"author": [{"given": "S"}]}, "bad-name"),
        ({"author": [{"family": "Silverman", "literal": "WHO"}]}, "bad-name"),
        ({"author": [{"family": "Silverman", "middle": "L"}]}, "extra_forbidden"),
        ({"journal": "Bone"}, "extra_forbidden"),
        ({"container_title": "Bone"}, "extra_forbidden"),
        *[
            ({"title": text}, "markup-in-text")
            for text in ("a <u>b</u>", "<i>a", "<i>a<b>c</i></b>", "a <script>", "&lt;b", "a&#x202e;b", "&#0;")
        ],
        ({"title": "<sub onclick=x>2</sub>"}, "markup-in-text"),
        ({"author": [{"family": "<i>Doe</i>"}]}, "markup-in-text"),
        ({"volume": "*1*"}, "markup-in-text"),
        ({"title": None}, "incomplete-reference"),
        ({"type": None}, "incomplete-reference"),
        ({"title": " "}, "too_short"),
        ({"title": True}, "string_type"),
        ({"type": "tweet"}, "literal_error"),
        ({"status": "found"}, "literal_error"),
        *[({"URL": address}, "bad-address") for address in BAD_ADDRESSES],
        *[({"DOI": doi}, "bad-doi") for doi in ("182", "https://doi.example/10.1000/1", "10.1000/1 2")],
        *[({"id": name}, "bad-reference-id") for name in ("-a", "a.", "a b", "é", "a--b", "a;b", "@a")],
    ],
)
def test_invalid_values_are_refused(fields: dict[str, object], code: str) -> None:
    entry = {"id": "a", "type": "article-journal", "title": "T", **fields}
    with pytest.raises(ValidationError) as refused:
        ReferenceFile.model_validate({"references": [entry]})
    assert [problem["type"] for problem in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("1992", CslDate(1992)),
        (1992, CslDate(1992)),
        ("2013-03", CslDate(2013, 3)),
        ("2020-02-29", CslDate(2020, 2, 29)),
        ({"date-parts": [[1992, 3, 1]]}, CslDate(1992, 3, 1)),
        ({"date-parts": [["1992", "3"]]}, CslDate(1992, 3)),
        ({"date-parts": [[1992], [1993, 2]]}, CslDate(1992, end=CslDate(1993, 2))),
        ({"date-parts": [[1992]], "season": "Spring"}, CslDate(1992, season=1)),
        ({"date-parts": [[1992]], "season": 4, "circa": True}, CslDate(1992, season=4)),
        ({"date-parts": [[1992, 3]], "season": 2}, CslDate(1992, 3)),
        ({"raw": "1992-03"}, CslDate(1992, 3)),
        ([{"year": 1992, "month": 3}, {"year": "1992", "month": "5"}], CslDate(1992, 3, end=CslDate(1992, 5))),
        ("1992-23", CslDate(1992, season=3)),
        ("1992?/1993~", CslDate(1992, end=CslDate(1993))),
        ("2013-03-30/2013-04-02", CslDate(2013, 3, 30, end=CslDate(2013, 4, 2))),
        (None, None),
    ],
)
def test_dates_are_parsed(written: object, read_as: CslDate | None) -> None:
    assert reference(issued=written).issued == read_as


def test_values_are_read_as_written() -> None:
    read_in = reference(volume=13, issue="1.10", page=None, author=None, title="two\n  lines", DOI="doi: 10.1000/182")
    assert (read_in.volume, read_in.issue, read_in.page, read_in.author) == ("13", "1.10", None, ())
    assert (read_in.title, read_in.doi) == ("two lines", "10.1000/182")


def test_the_json_schema_uses_the_field_names_of_csl() -> None:
    schema = ReferenceFile.model_json_schema()["$defs"]
    assert {"container-title", "publisher-place", "DOI", "URL", "PMID", "ISBN"} <= set(
        schema["Reference"]["properties"]
    )
    assert {"non-dropping-particle", "dropping-particle"} <= set(schema["Name"]["properties"])
    assert not [name for model in schema.values() for name in model["properties"] if "_" in name]
    assert schema["Reference"]["required"] == ["id"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("E coli", [Span("E coli")]),
        ("*E coli* is", [Span("E coli", italic=True), Span(" is")]),
        ("H~2~O", [Span("H"), Span("2", position="sub"), Span("O")]),
        ("<sup>18</sup>F", [Span("18", position="sup"), Span("F")]),
        ("<i>COL<sub>1</sub></i>", [Span("COL", italic=True), Span("1", italic=True, position="sub")]),
        ("<i>a <i>b</i></i>", [Span("a ", italic=True), Span("b")]),  # italics within italics are roman
        ('<span class="nocase">iWalk</span> <b>x</b>', [Span("iWalk"), Span(" "), Span("x")]),
        ("~50 and ~60, 5*3*2, HLA-B*27, 2^10", [Span("~50 and ~60, 5*3*2, HLA-B*27, 2^10")]),
        ("<i>a</b>", [Span("<i>a</b>")]),
        ("T < -2.5 & p > 1", [Span("T < -2.5 & p > 1")]),
    ],
)
def test_inline_markup_is_a_closed_list(text: str, spans: list[Span]) -> None:
    assert list(parse_inline_markup(text)) == spans


@given(st.lists(st.sampled_from([*"ab *~^<>/", "<i>", "</i>", "<sub>", "</sub>", "<b>", "</b>"]), max_size=60))
def test_any_text_is_parsed_and_none_of_its_letters_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    kept = re.sub(r"[*~^]|</?(?:i|sub|b)>", "", text)
    assert re.sub(r"[*~^]|</?(?:i|sub|b)>", "", remove_inline_markup(text)) == kept


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Health &amp; safety", "Health & safety"),
        ("5&nbsp;mg of&#160;iron", "5 mg of iron"),
        ("Caf&eacute; &#x3b1; &ndash; <i>B&amp;B</i>", "Caf\u00e9 \u03b1 \u2013 <i>B&B</i>"),
        ("A&B and R&D", "A&B and R&D"),
    ],
)
def test_character_codes_of_other_programs_become_characters(written: str, title: str) -> None:
    assert reference(title=written).title == title
