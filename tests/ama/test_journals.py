"""Journals are abbreviated as in the catalog of the NLM, from the table that is shipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.ama.journals import TABLE, abbreviate_journal, normalize_title, remove_additions

ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]


# From the NLM catalog (https://www.ncbi.nlm.nih.gov/nlmcatalog/journals), field MedlineTA.
@pytest.mark.parametrize(
    ("written", "abbreviation"),
    [
        ("The New England journal of medicine", "N Engl J Med"),
        ("New England Journal of Medicine", "N Engl J Med"),
        ("N. Engl. J. Med.", "N Engl J Med"),
        ("n engl j med", "N Engl J Med"),
        ("Lancet (London, England)", "Lancet"),
        ("The Lancet", "Lancet"),
        ("BMJ", "BMJ"),
        ("BMJ (Clinical research ed.)", "BMJ"),
        ("Cochrane Database of Systematic Reviews", "Cochrane Database Syst Rev"),
        ("JAMA Network Open", "JAMA Netw Open"),
        ("Deutsches Ärzteblatt International", "Dtsch Arztebl Int"),
        ("Academic medicine : journal of the Association of American Medical Colleges", "Acad Med"),
        ("Abdominal radiology (New York)", "Abdom Radiol (NY)"),
        ("The Journal of bone and joint surgery. American volume", "J Bone Joint Surg Am"),
        ("Spine", "Spine (Phila Pa 1976)"),
        ("Bone", "Bone"),
        ("Virology", "Virology"),  # and not that of "Virology : research and treatment", Virology (Auckl)
        ("Breast Cancer", "Breast Cancer"),  # an abbreviation is not taken for a title
        ("Frontiers of medicine", "Front Med"),
        ("Frontiers in medicine", "Front Med (Lausanne)"),
        ("Journal of Invented Results", None),
        ("", None),
    ],
)
def test_titles_and_abbreviations(written: str, abbreviation: str | None) -> None:
    assert abbreviate_journal(written) == abbreviation


def test_every_row_is_found_by_title_and_by_abbreviation() -> None:
    assert len(ROWS) > 7000
    assert TABLE.stat().st_size < 340_000
    for title, abbreviation in ROWS:
        assert abbreviate_journal(abbreviation) == abbreviation
        assert not title or abbreviate_journal(title) == abbreviation
        assert normalize_title(title) == title


def test_abbreviations_are_short_words_without_stops() -> None:
    assert not [abbreviation for _, abbreviation in ROWS if "." in abbreviation or not abbreviation.strip()]


@given(st.text())
def test_any_title_is_normalized_once(title: str) -> None:
    assert normalize_title(normalize_title(title)) == normalize_title(title)
    assert len(remove_additions(title)) <= len(title)
