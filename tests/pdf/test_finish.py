"""Finishing, shown on a small document that has a bit of everything.

WeasyPrint runs in processes of its own (this file, run as a program), so that the fonts are those of the repository
whatever the process of the tests has loaded, and so that two of them can be compared.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
import pytest
import weasyprint

from handouts.model.document import Makeup
from handouts.model.imposition import impose
from handouts.pdf.finish.finish import VARIANT, finish
from handouts.pdf.layout.renderer import Pages
from handouts.problems.collector import Problems
from support.structure import elements, marked_text, outline, sequences
from support.verapdf import failures

FONTS: Final = Path(__file__).parents[2] / "styles" / "fonts" / "fonts.conf"

DOT: Final = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

HTML: Final = f"""<!doctype html>
<html lang="en">
<title>Broken bones of the spine</title>
<style>
  @page {{ size: 148mm 105mm; margin: 15mm;
          @bottom-left {{ content: element(footer) }} @bottom-right {{ content: "Page " counter(page) }} }}
  body {{ margin: 0; font: 10pt/14pt "Atkinson Hyperlegible Next" }}
  footer {{ position: running(footer) }}
  img {{ height: 1em }}
  section {{ break-before: page }}
  .check {{ list-style-type: none }}
  .check > li::before {{ content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
<path d='M1 1h7v7h-7z' fill='none' stroke='black'/></svg>") }}
  .check ul {{ list-style-type: "\N{EN DASH} " }}
  .columns {{ columns: 2; orphans: 1; widows: 1 }}
  .draft {{ position: fixed; top: -10mm; right: 0 }}
  .faint {{ opacity: .8 }}
  .note {{ float: footnote }}
</style>
<header><img src="{DOT}" alt="Spine Clinic"><p>For people with a <strong>broken</strong> bone</p></header>
<p class="draft">Draft</p>
<footer>HO-1, version 2, <a href="https://example.org/footer">example.org</a></footer>
<main>
<h1>Broken bones</h1>
<p>They are common.<sup><a href="#r1" aria-label="Reference 1">1</a></sup> See
  <a href="https://example.org/">the <em>foundation</em></a> or
  <a href="#gone">nothing</a>.<span class="note">Said in 2020.</span> Then <span lang="es">adiós</span>.</p>
<h2>What you can do</h2>
<ul class="check"><li>Walk</li><li>Eat<ul><li>Fish</li></ul></li></ul>
<dl><dt><abbr title="bone mineral density">BMD</abbr></dt><dd>Density</dd><dt>DXA</dt><dd>A scan</dd></dl>
<aside>Call <strong>us</strong>. <span aria-hidden="true">\N{LOZENGE}</span></aside>
<section>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><title>Two bones</title>
  <rect width="20" height="20" opacity=".5"/></svg>
  <img src="{DOT}" alt=""><figcaption>Figure 1. Bones</figcaption></figure>
<p class="faint">Seen in <a href="#r2" title="Reference 2">2</a></p>
<p><span role="img" aria-label="2 of 3">
  <b>\N{BULLET}</b><b>\N{BULLET}</b><b>\N{BULLET OPERATOR}</b></span> people</p>
<figure><span aria-hidden="true">\N{BULLET}</span><figcaption>One person<sup>*</sup></figcaption></figure>
<div role="note"><span data-label>*</span> <p>Said in 2021.</p></div>
<div class="columns"><p>One<br>two<br>three<br>four</p></div>
</section>
<section>
<table><caption>Doses</caption>
<thead><tr><th>Day</th><th colspan="2">Dose</th></tr></thead>
<tbody>{"".join(f"<tr><th>{day}</th><td>{day} mg</td><td></td></tr>" for day in range(1, 15))}</tbody></table>
<h2>References</h2>
<ol><li id="r1">Silverman. <a href="#r1" aria-label="Back to the text">\N{DAGGER}</a></li>
<li id="r2">Kanis.</li></ol>
<ul class="check"><li><b data-label><a href="#r2" aria-label="Reference 2">2</a></b> Own number.</li></ul>
</section>
</main>
</html>
"""

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


def written(
    html: str, *, how: str = "finish", language: str = "en-US", seed: str = "0"
) -> subprocess.CompletedProcess[bytes]:
    """Write a document in a process of its own, as finish or as WeasyPrint alone does it."""
    settings = {"FONTCONFIG_FILE": str(FONTS), "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, __file__, how, language]
    return subprocess.run(command, input=html.encode(), env=os.environ | settings, capture_output=True, check=False)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finish") / "finished.pdf"
    run = written(HTML)
    assert run.returncode == 0, run.stderr.decode()
    path.write_bytes(run.stdout)
    return path


@pytest.fixture(scope="module")
def pdf(finished: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(finished) as opened:
        yield opened


def test_conforms_to_both_standards_at_once(finished: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(written(HTML, how="plain").stdout)

    found = failures(finished, plain)

    assert [failure for failure in found if failure.startswith("finished.pdf")] == []
    assert any(failure.startswith("plain.pdf: PDFUA_1 5-1:") for failure in found), (
        "veraPDF overlooked what was left out"
    )


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
    run = written(HTML, how="twice", seed="1")

    assert run.stdout == finished.read_bytes(), run.stderr.decode()


def test_defects_that_cannot_be_fixed_are_reported() -> None:
    run = written('<h2>Second</h2><h4>Fourth</h4><img src="bone.png"><svg/><p>Text', language="e n")

    defects = [line.partition("not accessible: ")[2].split(" (fix it")[0] for line in run.stderr.decode().splitlines()]
    assert defects[:2] == ["the document has no title", '"e n" is not a language tag']
    assert "a picture has no text alternative: <svg>" in defects
    assert defects[-2:] == ["a heading of level 2 comes first", "a heading of level 4 follows one of level 2"]
    assert run.stdout == b""


def test_pictures_without_text_alternative_are_reported() -> None:
    run = written(
        f'<title>T</title><p>Text <img src="{DOT}"><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )

    found = "error[not-accessible]: not accessible: a picture has no text alternative: "
    assert run.stderr.decode().count(found) == 2


def test_missing_java_is_an_error_not_a_pass(monkeypatch: pytest.MonkeyPatch, finished: Path) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(RuntimeError, match="needs java"):
        failures(finished)


def main() -> None:
    """Write the document on standard input to standard output."""
    how, language = sys.argv[1:]
    document = weasyprint.HTML(string=sys.stdin.read()).render(pdf_variant=VARIANT)
    sizes = tuple((page.width, page.height) for page in document.pages)
    pages = Pages(document, ("",) * len(sizes), sizes, ())
    sides = impose(Makeup(), pages.names, sizes)
    if how == "twice":
        finish(pages, sides, Makeup(), Problems(), language=language)
    problems = Problems()
    if how == "plain":
        data = document.write_pdf(pdf_variant=VARIANT)
    else:
        data = finish(pages, sides, Makeup(), problems, language=language)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
