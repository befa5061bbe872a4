"""Finishing, shown on a small document that has a bit of everything."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from handouts.problems.collector import Problems
from support.mixed_document import DOT, HTML, write, write_elsewhere
from support.structure import elements, marked_text, outline, sequences
from support.verapdf import judged

pytestmark = [  # WeasyPrint leaves a file open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

# Each line: the type, its text where that is all it holds, and what else is said of it; or a text between others, in
# reading order. The cells of the table are left out.
STRUCTURE: Final = """\
Document
  Div
    Figure Alt=Spine Clinic
    P
      "For people with a"
      Span "broken"
      "bone"
  P "Draft"
  Part
    H1 "Broken bones"
    P
      "They are common."
      Span
        Link "1" Contents=Reference 1 Alt=Reference 1
      "See"
      Link Contents=the foundation
        "the"
        Span "foundation"
      "or"
      Span "nothing"
      "."
      Reference "1"
      "Then"
      Span "adiós" Lang=es
      "."
    Note ID=note-1
      Lbl "1."
      "Said in 2020."
    H2 "What you can do"
    L ListNumbering=/None
      LI
        LBody "Walk"
      LI
        LBody
          "Eat"
          L ListNumbering=/None
            LI
              Lbl "\N{EN DASH}"
              LBody "Fish"
    L
      LI
        Lbl
          Span "BMD" E=bone mineral density
        LBody "Density"
      LI
        Lbl "DXA"
        LBody "A scan"
    Sect
      P
        "Call"
        Span "us"
        "."
    Sect
      Div
        Figure Alt=Two bones
        Caption "Figure 1. Bones"
      P
        "Seen in"
        Link "2" Contents=Reference 2
      P
        Figure "\N{BULLET} \N{BULLET} \N{BULLET OPERATOR}" Alt=2 of 3
        "people"
      Div
        P
          "One person"
          Span "*"
      Note ID=note-2
        Lbl "*"
        P "Said in 2021."
      Div
        P "One two three four"
    Sect
      Table
        Caption "Doses"
        THead
        TBody
      H2 "References"
      L ListNumbering=/Decimal
        LI
          Lbl "1."
          LBody
            "Silverman."
            Link "\N{DAGGER}" Contents=Back to the text Alt=Back to the text
        LI
          Lbl "2."
          LBody "Kanis."
      L ListNumbering=/None
        LI
          Lbl
            Link "2" Contents=Reference 2 Alt=Reference 2
          LBody "Own number."
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finish") / "finished.pdf"
    problems = Problems()
    path.write_bytes(write(HTML, problems))
    assert problems.as_tuple() == ()
    return path


@pytest.fixture(scope="module")
def pdf(finished: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(finished) as opened:
        yield opened


def test_structure_follows_the_html(pdf: pikepdf.Pdf) -> None:
    lines = [line for line in outline(pdf) if not line.strip().startswith(("TR", "TH ", "TD"))]

    assert "\n".join(lines) + "\n" == STRUCTURE


def test_table_keeps_its_cells_over_a_page_break_and_its_head_once(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) > 3
    table = [line.strip() for line in outline(pdf) if line.strip().startswith(("TR", "TH ", "TD"))]

    head = ["TR", 'TH "Day" Scope=/Column', 'TH "Dose" ColSpan=2 Scope=/Column']
    assert table == head + [
        line for day in range(1, 15) for line in ("TR", f'TH "{day}" Scope=/Row', f'TD "{day} mg"', "TD")
    ]


def test_parent_tree_leads_back_to_each_element(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page in pdf.pages:
        marked = parents[int(page.StructParents)]
        assert len(marked) == len(marked_text(page.obj))
        for annotation in page.get("/Annots", []):
            assert parents[int(annotation.StructParent)].S == "/Link"
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == len(parents)


def test_notes_are_found_by_their_names(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names
    found = {str(names[place]): names[place + 1] for place in range(0, len(names), 2)}

    assert list(found) == ["note-1", "note-2"]
    assert all((str(note.S), str(note.ID)) == ("/Note", name) for name, note in found.items())


def test_margins_and_decoration_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        said = " ".join(marked_text(page.obj).values())
        pagination = " ".join(text for kind, text in sequences(page.obj) if kind == "/Pagination")
        assert "HO-1, version 2" in pagination
        assert f"Page {number}" in pagination
        assert ("Draft" in said, "Draft" in pagination) == (number == 1, number > 1)
        assert "HO-1" not in said
        assert "Page" not in said
    decoration = [text for page in pdf.pages for kind, text in sequences(page.obj) if kind == "/Layout"]
    assert "\N{LOZENGE}" in decoration


def test_links_in_margins_are_dropped(pdf: pikepdf.Pdf) -> None:
    targets = [
        str(annotation.A.URI) for page in pdf.pages for annotation in page.get("/Annots", []) if "/A" in annotation
    ]

    assert targets == ["https://example.org/"]


def test_picture_says_where_it_is(pdf: pikepdf.Pdf) -> None:
    [logo, *_] = [element for element in elements(pdf) if element.S == "/Figure"]

    left, bottom, right, top = map(float, logo.A[0].BBox)
    assert (left, right - left, top - bottom) == pytest.approx((42.52, 10, 10), abs=0.1)
    assert top == pytest.approx(float(pdf.pages[0].MediaBox[3]) - 42.52, abs=3)


def test_title_language_and_identification_are_there(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Broken bones of the spine"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"
    assert pdf.Root.Lang == "en-US"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_another_process_that_writes_twice_gives_the_same_bytes(finished: Path) -> None:
    assert write_elsewhere(HTML, "twice", seed=1) == finished.read_bytes()


def test_defects_that_cannot_be_fixed_are_reported() -> None:
    problems = Problems()
    content = write('<h2>Second</h2><h4>Fourth</h4><img src="bone.png"><svg/><p>Text', problems, language="e n")

    defects = [problem.message.removeprefix("not accessible: ") for problem in problems]
    assert defects[:2] == ["the document has no title", '"e n" is not a language tag']
    assert "a picture has no text alternative: <svg>" in defects
    assert defects[-2:] == ["a heading of level 2 comes first", "a heading of level 4 follows one of level 2"]
    assert content == b""


def test_pictures_without_text_alternative_are_reported() -> None:
    problems = Problems()
    write(
        f'<title>T</title><p>Text <img src="{DOT}"><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        problems,
    )

    found = "error[not-accessible]: not accessible: a picture has no text alternative: "
    assert "\n".join(map(str, problems)).count(found) == 2


def test_missing_java_is_an_error_not_a_pass(monkeypatch: pytest.MonkeyPatch, finished: Path) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(RuntimeError, match="needs java"):
        judged(finished)
