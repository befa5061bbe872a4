"""The schema of references.yaml: valid and invalid values."""

import pytest
from pydantic import ValidationError

from handouts.schema.reference import Reference, ReferenceFile
from handouts.schema.reference_values import CslDate

BAD_DATES = [
    *("", "92", "199", "1992-3", "1992-13", "1992-00", "2019-02-29", "2019-02-12/2019-02-13", "1992~", "March 1992"),
    *(True, {"raw": "1992"}, {"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[1992, 2, 30]]}),
    *(
        {"date-parts": [["1992", "x"]]},
        {"date-parts": [[1992], [1993]]},
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
