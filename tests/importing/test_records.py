"""Exports of other programs become entries of references.yaml. All sources are invented."""

from pathlib import Path

import pytest

from handouts.ama.entry import format_reference, to_plain_text
from handouts.importing.dates import parse_date
from handouts.importing.latex import decode_latex
from handouts.importing.names import parse_name, parse_short_name
from handouts.importing.read_records import find_reader
from handouts.importing.record import Record
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.schema.reference import Reference

EXPORTS = Path(__file__).parents[1] / "data" / "exports"


def export(name: str) -> str:
    """Return an export, as programs write them, of invented sources."""
    return (EXPORTS / name).read_bytes().decode()


def read(text: str) -> tuple[list[Record], Problems]:
    """Read the records of an export."""
    problems = Problems()
    reader = find_reader(text)
    assert reader
    return list(reader(text, "export", problems)), problems


def printed(text: str) -> list[str]:
    """Return the records of an export as the list of references prints them."""
    records, problems = read(text)
    assert not list(problems)
    return [to_plain_text(format_reference(Reference.model_validate({"id": "a", **one.fields}))) for one in records]


@pytest.mark.parametrize(
    "name", ["zotero.ris", "endnote.ris", "embase.ris", "pubmed.nbib", "mendeley.bib", "zotero.json"]
)
def test_exports_are_printed_in_ama_style(name: str) -> None:
    expected = (EXPORTS / f"{name}.printed").read_text(encoding="utf-8").splitlines()
    assert printed(export(name)) == expected


def test_numbers_that_are_not_printed_are_kept() -> None:
    (zotero,), _ = read(export("zotero.ris"))
    assert (zotero.fields["PMID"], zotero.fields["ISSN"]) == ("30000001", "0000-0001")
    assert zotero.unused == {"AB", "L1"}
    (first, second), _ = read(export("pubmed.nbib"))
    assert (first.fields["PMID"], second.fields["note"]) == ("30000002", "original title: Vor dem Druck.")
    (article, _), _ = read(export("zotero.json"))
    assert [article.fields[name] for name in ("PMID", "PMCID", "note")] == ["30000005", "PMC7", "read this twice"]
    assert article.unused == {"call-number"}


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - RETRACTED: Wrong\nER  - \n",
        "TY  - JOUR\nTI  - Wrong\nKW  - Retracted Publication\nER  - \n",
        "TY  - JOUR\nTI  - [Retracted] Wrong\nER  - \n",
        "PMID- 1\nTI  - Wrong.\nPT  - Retracted Publication\n",
        "PMID- 1\nTI  - Wrong.\nRIN - J Invent Med. 2020;1:1\n",
        "@article{a, title={{RETRACTED ARTICLE}: Wrong}}",
        '[{"type": "article-journal", "title": "WITHDRAWN: Wrong"}]',
        '[{"type": "article-journal", "title": "Wrong", "status": "Retracted publication"}]',
    ],
)
def test_retracted_sources_are_recognized(text: str) -> None:
    (record,), _ = read(text)
    assert record.retracted


@pytest.mark.parametrize("title", ["Retracted eyelids in children", "The retracted muscle", "Withdrawn patients"])
def test_titles_about_retraction_in_the_body_are_not_retracted(title: str) -> None:
    (record,), _ = read(f"TY  - JOUR\nTI  - {title}\nER  - \n")
    assert not record.retracted


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        *[("2019", "2019"), ("2019/03/12/", "2019-03-12"), ("2019/03//", "2019-03"), ("2019///", "2019")],
        *[("2019-03-12", "2019-03-12"), ("2019 Mar 12", "2019-03-12"), ("12 March 2019", "2019-03-12")],
        *[("March 12, 2019", "2019-03-12"), ("2019 Mar", "2019-03"), ("mar 2019", "2019-03"), ("2019 Sept", "2019-09")],
        *[("2019 Mar-Apr", "2019-03/2019-04"), ("2019 Dec 15-31", "2019-12-15/2019-12-31")],
        *[
            ("2019 Dec-2020 Jan", "2019-12/2020-01"),
            ("2018-2019", "2018/2019"),
            ("2019 Mar 30-Apr 2", "2019-03-30/2019-04-02"),
        ],
        *[("2019 Spring", "2019-21"), ("Winter 2019", "2019-24"), ("2019///Fall", "2019-23")],
        *[("2019-21", "2019-21"), ("2019-03/2019-04", "2019-03/2019-04"), ("1912~", "1912")],
        *[("sometime", None), ("2019 Mar 32", None), ("2019-13", None), ("2019 Mar Apr May", None), ("", None)],
        *[("Mar 12", None), ("2019 Spring-Summer", None), ("in press", None), ("2019 3", None)],
    ],
)
def test_dates(written: str, edtf: str | None) -> None:
    assert parse_date(written) == edtf


def test_a_date_that_is_not_understood_is_reported_and_kept() -> None:
    (record,), problems = read("TY  - JOUR\nTI  - T\nN1  - n\nPY  - in press\nER  - \n")
    assert record.fields["note"] == "n; issued: in press"
    assert [(problem.code, problem.place) for problem in problems] == [("unread-value", Place("export", 1))]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Doe, Jane A.", {"family": "Doe", "given": "Jane A."}),
        ("Doe, John, Jr.", {"family": "Doe", "given": "John", "suffix": "Jr"}),
        ("Doe, Jr., John", {"family": "Doe", "given": "John", "suffix": "Jr"}),
        ("Doe, John A 3rd", {"family": "Doe", "given": "John A", "suffix": "3rd"}),
        ("Doe Jr, John", {"family": "Doe", "given": "John", "suffix": "Jr"}),
        ("Doe J.A.", {"family": "Doe", "given": "J.A."}),
        ("van der Berg J-P", {"family": "van der Berg", "given": "J-P"}),
        ("Working Group B", {"literal": "Working Group B"}),
        ("Example Health Service", {"literal": "Example Health Service"}),
        ("Example Group,", {"literal": "Example Group"}),
        ("et al.", {"literal": "et al"}),
    ],
)
def test_names(written: str, name: dict[str, str]) -> None:
    assert parse_name(written) == name


def test_short_names_of_pubmed() -> None:
    assert parse_short_name("van der Berg AB") == {"family": "van der Berg", "given": "AB"}
    assert parse_short_name("King ML 3rd") == {"family": "King", "given": "ML", "suffix": "3rd"}
    assert parse_short_name("Mononym") == {"literal": "Mononym"}


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller, \'{\i}, \v{S}kvoreck\'y, {\O}stby", "Müller, í, Škvorecký, Østby"),
        (r"\aa{}, Stra{\ss}e, \c{c}a", "å, Straße, ça"),
        (r"\emph{E. coli} and \textbf{bold}", "<i>E. coli</i> and bold"),
        (r"CO$_2$, $10^{-9}$, Ca\textsuperscript{2+}", "CO<sub>2</sub>, 10<sup>-9</sup>, Ca<sup>2+</sup>"),
        (r"$\beta$-blockers, $\geq$30 $\Delta$", "β-blockers, ≥30 Δ"),
        (r"50\% \& more -- ``quoted'' text~here", "50% & more \N{EN DASH} “quoted” text here"),
        (r"\url{https://a.example.org/x_y}", "https://a.example.org/x_y"),
        (r"{{{DNA}}} snake_case 5^3", "DNA snake_case 5^3"),
        (r"10\^{}9 \~{}50", "10^9 ~50"),
        (r"\unknown{x} stays", r"\unknown x stays"),
        ("}} unbalanced {{", " unbalanced "),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert decode_latex(latex) == text
