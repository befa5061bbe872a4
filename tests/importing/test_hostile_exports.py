"""Broken and hostile exports: a clear error with its place, in bounded time, and no crash."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.importing.dates import parse_date
from handouts.importing.export_text import decode_export
from handouts.importing.latex import decode_latex
from handouts.importing.merge import merge_records
from handouts.importing.names import parse_name
from handouts.importing.read_records import find_reader, read_records
from handouts.importing.texts import clean_text
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity

MEGA = 1_000_000


def read(path: Path) -> tuple[int, list[tuple[str, int]]]:
    """Read a file; return how many records it has, and code and line of each error."""
    problems = Problems()
    records = read_records(path, path.name, problems)
    (path.parent / "content").mkdir(exist_ok=True)
    found = len(problems)
    merge_records(Project(path.parent.resolve()), records, problems)
    assert len(problems) - found <= len(records)
    return len(records), [
        (problem.code, problem.place.line if problem.place else 0)
        for problem in problems.as_tuple()[:found]
        if problem.severity is Severity.ERROR
    ]


NESTED = "{" * 10_000 + "x" + "}" * 10_000


@pytest.mark.parametrize(
    ("content", "records", "errors"),
    [
        # Byte order marks, line ends and spaces of every kind.
        ("\ufeffTY  - JOUR\r\nTI  - T\r\nER  - \r\n", 1, []),
        ("TY  - JOUR\rTI  - T\rER  -\r", 1, []),
        ("TY - JOUR\nTI - T\nER - \n", 1, []),
        ("TY  -JOUR\n", 0, [("unreadable-export", 0)]),
        ("TY  - JOUR\n\n\nTI  - T\n\n\nER  - \n\n\n", 1, []),
        # Empty and repeated tags, and tags in a text.
        ("TY  - JOUR\nTI  - \nTI  - T\nTI  - U\nDB  -\nAU  - \nER  -\n", 1, []),
        ("TY  - JOUR\nTI  - T\nAB  - a\nER  - positive\nER results\nER-negative\nER  - \n", 1, []),
        ("Provider: x\n\nTY  - JOUR\nTI  - T\nER  - \nmore\n", 1, []),
        # Cut off, or out of order.
        ("TY  - JOUR\nTI  - T\n", 0, [("malformed-record", 1)]),
        ("TY  - JOUR\nTI  - T\nTY  - BOOK\nTI  - U\nER  - \n", 2, []),
        ("AU  - A\nTY  - JOUR\nTI  - T\nER  - \nAU  - B\n", 1, [("malformed-record", 1), ("malformed-record", 5)]),
        ("TY  - XYZ\nTI  - T\nER  - \n", 0, [("unknown-record-type", 1)]),
        ("\n\nOWN - x\nPMID- 1\nTI  - T\n", 1, [("malformed-record", 3)]),
        ("PMID- 1\nTI  - T\n\nPMID- \nTI  - U\n", 2, []),
        ("@article{a, title={T}", 0, [("malformed-record", 1)]),
        ("@article{a, title={T}}\n\n@article{b, title={U}\n@article{c, title={V}}", 2, [("malformed-record", 3)]),
        ("@article{a, title={T}}\n@article{a, title={U}}", 2, []),
        ("@article{a, title = undefined}\n@cartoon{b, title={T}}", 1, [("unknown-record-type", 2)]),
        ('[{"type": "book", "title": "T"}', 1, [("malformed-record", 1)]),
        ('[{"type": "book", "title": "T"},\n {"type": "bo', 1, [("malformed-record", 2)]),
        ('[{"type": "book", "title": "T"},\n 5, null, "x",\n {"type": [], "title": {}}]', 1, [
            *[("malformed-record", 2)] * 3, ("unknown-record-type", 3)]),
        ('{"items": [{"type": "book", "title": "T"}]}', 1, []),
        ('{"type": "book", "title": "T"}', 1, []),
        ("[]", 0, [("unreadable-export", 0)]),
        ("", 0, [("unreadable-export", 0)]),
        ("<xml><record/></xml>", 0, [("unreadable-export", 0)]),
        # Values of wrong kinds.
        ('[{"type": "book", "title": "T", "author": ["x", 5, {}], "issued": 5, "volume": {}, "DOI": []}]', 1, []),
        ('[{"type": "book", "title": "T", "issued": {"date-parts": [["x"]]}}]', 1, []),
        ('[{"type": "book", "title": "T", "issued": {"date-parts": "x", "season": []}}]', 1, []),
        # Depth, length and numbers without end.
        (f"@article{{a, title={NESTED}}}", 1, []),
        ("@article{a, title={" + "{" * 100_000, 0, [("malformed-record", 1)]),
        ("@article{a, title={" + r"\emph{" * 10_000 + "x" + "}" * 10_000 + "}}", 1, []),
        ("@article{a, author={" + "A and " * 100_000 + "B}, title={T}}", 1, []),
        ("@article{a, author={" + " " * MEGA + "}, title={T}}", 1, []),
        ("[" * 100_000, 0, [("malformed-record", 1)]),
        ('[{"type": "book", "title": ' + "[" * 100_000 + "}]", 0, [("malformed-record", 1)]),
        ('[{"type": "book", "title": "T", "volume": ' + "9" * 5000 + "}]", 0, [("malformed-record", 1)]),
        ("TY  - JOUR\nTI  - " + "x" * 10 * MEGA + "\nER  - \n", 1, []),
        ("TY  - JOUR\nTI  - T\nPY  - " + "2019 " * MEGA + "\nER  - \n", 1, []),
        ("TY  - JOUR\nTI  - &#" + "9" * 10_000 + "; &lt;&amp;lt;\nER  - \n", 1, []),
        ("TY  - JOUR\nTI  - T\nAB  - a\n" + "line\n" * MEGA + "ER  - \n", 1, []),
        ("TY  - JOUR\nTI  - T\nSP  - " + "1-" * MEGA + "\nER  - \n", 1, []),
        ("TY  - JOUR\nTI  - " + "<i>" * 100_000 + "\nER  - \n", 1, []),
        ("PMID- 1\nTI  - T\nEIN - " + "a. 2019;" * 100_000 + "\n", 1, []),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)  # fmt: skip
def test_broken_exports(tmp_path: Path, content: str, records: int, errors: list[tuple[str, int]]) -> None:
    path = tmp_path / "export"
    path.write_text(content, encoding="utf-8", newline="")
    assert read(path) == (records, errors)


@pytest.mark.parametrize(
    ("raw", "text", "codes"),
    [
        ("TY  - é".encode("utf-16"), "TY  - é", []),
        ("é".encode("utf-8-sig"), "é", []),
        ("é€".encode("cp1252"), "é€", ["guessed-encoding"]),
        (b"\x81\x8d", "\ufffd\ufffd", ["guessed-encoding"]),
        (b"\xff\x00\x01", None, ["unreadable-export"]),
        (b"\xff\xfe\x00", None, ["unreadable-export"]),
        ("a\r\nb\rc\u2028d\x85e\x00\x1b".encode(), "a\nb\nc\nd\ne", []),
    ],
)
def test_encodings(raw: bytes, text: str | None, codes: list[str]) -> None:
    problems = Problems()
    assert decode_export(raw, Place("a"), problems) == text
    assert [problem.code for problem in problems] == codes


def test_files_that_are_none(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == (0, [("unreadable-export", 0)])
    assert read(tmp_path) == (0, [("unreadable-export", 0)])
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(21 * MEGA)
    assert read(large) == (0, [("unreadable-export", 0)])


def test_too_many_problems_are_cut_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "many.bib"
    path.write_text("@article{\n" * 1000, encoding="utf-8")
    problems = Problems()
    read_records(path, "many.bib", problems)
    assert len(problems) == 101
    assert "more problems" in problems.as_tuple()[-1].message


PIECES = st.sampled_from(
    [
        *("TY  - JOUR\n", "TY  - BOOK\n", "ER  - \n", "TI  - ", "AU  - Doe, J\n", "PY  - 2019\n", "DO  - 10.1000/1\n"),
        *("PMID- 1\n", "DP  - 2019 Mar\n", "FAU - Doe, J\n", "      more\n", "RIN - x\n", "LID - 10.1000/1 [doi]\n"),
        *(
            "@article{a,",
            "title={",
            "}",
            "{",
            "author={A and B}",
            ",",
            "\\emph{",
            '\\"',
            "$_",
            "$",
            "@string{",
            "\n",
            '"',
        ),
        *(
            '[{"type": "book",',
            '"title": "T"',
            "}]",
            '"issued": {"date-parts": [[',
            "]",
            "[",
            "2019",
            "null",
            "-1",
            "1e9",
        ),
        *("<i>", "</i>", "&amp;", "&#0;", "x", "é", " ", "\t", "\ufeff", "*", "https://a.example.org/", "RETRACTED: "),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_mixture_is_read_or_reported(text: str) -> None:
    problems = Problems()
    reader = find_reader(text)
    for record in reader(text, "export", problems) if reader else ():
        assert record.place.line >= 1
        assert record.fields["type"]
    assert all(problem.place for problem in problems)


@given(st.text())
def test_any_text_is_cleaned(text: str) -> None:
    assert "\n" not in clean_text(text)
    decode_latex(text)
    parse_name(text)
    date = parse_date(text)
    assert date is None or date[:4].isdecimal()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["author", "issued", "date-parts", "season", "title", "family", "URL", "note", "volume"]
                ),
                inner,
            )
        ),
    )
)
def test_any_json_is_read_or_reported(value: object) -> None:
    item = {"type": "book", **value} if isinstance(value, dict) else value
    problems = Problems()
    text = json.dumps([item, {"type": "book", "title": "T"}])
    reader = find_reader(text)
    assert reader
    records = list(reader(text, "export", problems))
    assert records[-1].title == "T"
