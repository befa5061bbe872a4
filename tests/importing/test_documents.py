"""Documents of many shapes become drafts in which no word is lost. All texts and sources are invented."""

import base64
import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handouts.importing.documents import read_document
from handouts.importing.import_handout import import_handout
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.project import read_project
from handouts.schema.settings import PictureLimits
from support.command import invoke
from support.docx import make_docx, make_part, paragraph, run
from support.projects import PRACTICE, SmallProject

# A page that was copied from a browser: glued numbers, lines to the top, a list of sources without a heading.
DUMP = """\
Ankle FAQ

What is a sprain?
A sprain is a stretched ligament.* Most sprains heal in weeks.1 Rest helps, and so does “ice.”2,3

Back to top

Treatment FAQ

How is it treated?
Call Example Clinic at 616-555-0134 if:

  • it swells
  • you cannot walk on it.1-3

Back to top


Among children in one town.


Doe JA, et al. How ankles heal. Bone. 2020;12(4):101-109. (An invented remark).


Example Health website. Accessed Feb 12, 2019.


Poe E. A book that nobody can take apart, 2nd printing, 1999, et al. Example Press.
"""
PAGE = """\
<!doctype html><html><head><title>Ankles</title><style>p { color: red }</style></head><body>
<nav>Home <a href="/x">About us</a></nav><script>alert("stolen")</script>
<h1>Your <em>ankle</em></h1>
<p>It hurts<sup>1</sup> &amp; swells &lt;a lot&gt;.<br>See <a href="https://a.example.org/x_y">this page</a>.</p>
<h2>What helps?</h2>
<ul><li>Rest<ul><li>in bed</li><li>on a chair</li></ul></li><li><p>Ice</p><p>wrapped in cloth</p></li></ul>
<ol><li>Stand up.<li>Sit down.</ol>
<table><tr><th>Day</th><th>Steps | walks</th></tr><tr><td>1</td><td>10</td></tr><tr><td>2</td></tr></table>
<img src="https://tracker.example.org/1.gif" alt="A foot">
<p>H<sub>2</sub>O and 10<sup>9</sup>x, *stars*, #1, [x], {y}, 5 kg/m<sup>2</sup>, <sup>18</sup>F</p>
<h2>When to call?</h2>Call if it <b>gets worse</b>.<blockquote>Or if you want.</blockquote>
<h2>Sources</h2><ol><li>Roe R. Rest for ankles. Bone. 2021;1:2-3. doi:10.1000/abc</li></ol></body></html>
"""
LAYOUT = """\
<body><table><tr><td><p><b>What is it?</b></p><p>A sprain.</p></td></tr></table>
<div>Loose words <span>in a box</span><p><strong>What helps:</strong></p>Rest
<p>- not a list</p><p>1) nor this</p></div></body>
"""
MARKDOWN = """\
---
author: nobody
---
# Ankles

Intro with `code` and a [link](https://a.example.org).

## Rest [really]

Rest helps [1], and ice too [2-3].

* one
  1. nested
* two

## References

[1] Doe J. Rest. Bone. 2020;1:2-3.
[2] Somebody said so.

[3] Example Health. Ice. Accessed March 1, 2020. https://ice.example.org
"""
NUMBERED = """\
Going home

Before you leave
1. Ask about pain.
2. Ask about showers.

a) lift nothing heavy
b) do not drive

References
1. Doe J, Roe R. Leaving. Bone. 2019;3(2 Suppl):4-5.
2. Unknown leaflet, undated.
"""
W_DELETED = '<w:del w:id="1"><w:r><w:delText xml:space="preserve">old words </w:delText></w:r></w:del>'
W_INSERTED = f'<w:ins w:id="2">{run("new words ")}</w:ins>'
W_SHAPE = f"<v:shape><v:textbox><w:txbxContent>{paragraph('Words in a box')}</w:txbxContent></v:textbox></v:shape>"
W_BOX = f"<w:p><w:r><w:pict>{W_SHAPE}</w:pict></w:r></w:p>"


def fake_headings() -> bytes:
    body = paragraph("What is a sprain?", bold=True) + paragraph("A stretched ligament.")
    return make_docx(
        body + paragraph("What helps", bold=True) + paragraph("Rest. ") + paragraph("All of this is bold.", bold=True)
    )


def tracked_changes() -> bytes:
    return make_docx(f"<w:p>{run('These are ')}{W_DELETED}{W_INSERTED}{run('of a text.')}</w:p>")


def boxes_and_headers() -> bytes:
    parts = {
        "word/header1.xml": make_part("hdr", paragraph("Clinic letterhead")),
        "word/comments.xml": make_part("comments", f'<w:comment w:id="0">{paragraph("Check this dose")}</w:comment>'),
    }
    return make_docx(paragraph("Before the box.") + W_BOX + paragraph("After the box."), parts)


def by_pandoc(markdown: str) -> bytes:
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=docx", "--output=-"]
    return subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout


WORD = """\
# Ankles at home

## What helps?

Rest, *ice* and **time**.^1^ See the note.[^a]

- one
    - one and a half
- two

1. first
2. second

| Day | Steps |
|-----|-------|
| 1   | ten   |

[^a]: A footnote of the document.

## Sources

1. Doe J. Ankles. Bone. 2020;1:2-3.
"""


def pdf() -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - only this document needs it

    made: bytes = HTML(string="<h1>Ankles</h1><p>What is a sprain?</p><p>A stretched ligament.1</p>").write_pdf()
    return made


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "dump.txt": DUMP.encode,
    "dump-of-windows.txt": lambda: DUMP.replace("\n", "\r\n").encode("cp1252"),
    "page.html": PAGE.encode,
    "layout.html": LAYOUT.encode,
    "markdown.md": MARKDOWN.encode,
    "numbered.txt": NUMBERED.encode,
    "fake-headings.docx": fake_headings,
    "tracked-changes.docx": tracked_changes,
    "boxes-and-headers.docx": boxes_and_headers,
    "word.docx": lambda: by_pandoc(WORD),
    "one-line.txt": lambda: b"Just one line of text.",
    "text.pdf": pdf,
}


def make(folder: Path, name: str, raw: bytes) -> tuple[Path, str, str, tuple[str, ...], Problems]:
    """Import a document; return the project, the draft, references.yaml, the report and the problems."""
    (folder / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (folder / "content").mkdir()
    path = folder / name
    path.write_bytes(raw)
    project = Project(folder.resolve())
    problems = Problems()
    document = read_document(path, PictureLimits(), problems)
    assert document, list(problems)
    target = project.content / "handouts" / path.stem / "en.md"
    imported = import_handout(project, (), path, target, document, problems)
    imported.write()
    listed = project.content / "references.yaml"
    references = listed.read_text(encoding="utf-8") if listed.exists() else ""
    return project.root, target.read_text(encoding="utf-8"), references, imported.report, problems


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold()))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_word_is_lost_and_the_draft_can_be_read(tmp_path: Path, name: str) -> None:
    raw = DOCUMENTS[name]()
    root, draft, references, report, _ = make(tmp_path, name, raw)
    lost = [line.removeprefix("not in the draft: ") for line in report if line.startswith("not in the draft")]
    assert lost == []
    if name == "boxes-and-headers.docx":
        assert {"dropped: header: Clinic letterhead", "dropped: comment: Check this dose"} <= set(report)
    if name.endswith(("txt", "md")):
        source = raw.decode("cp1252" if "windows" in name else "utf-8")
        kept = words("\n".join([draft, references, *report]))
        assert words(source) <= kept
    errors = [problem for problem in read_project(Project(root)).problems if problem.severity == "error"]
    assert errors == []


def test_a_dump(tmp_path: Path) -> None:
    _, draft, references, report, _ = make(tmp_path, "dump.txt", DUMP.encode())
    body = draft.partition("---\n\n")[2]
    assert body == (
        "# Ankle FAQ {#ankle-faq}\n\n## What is a sprain? {#what-is-a-sprain}\n\n"
        "A sprain is a stretched ligament.[^note-1] Most sprains heal in weeks.[@doe2020] "
        "Rest helps, and so does “ice.”"
        "[@example; @dump-source-3]\n\n"
        "# Treatment FAQ {#treatment-faq}\n\n## How is it treated? {#how-is-it-treated}\n\n"
        "Call Example Clinic at 616-555-0134 if:\n\n- it swells\n- you cannot walk on it.[@doe2020; @example; "
        "@dump-source-3]\n\n[^note-1]: Among children in one town.\n"
    )
    assert "status: missing" in references
    assert "A book that nobody can take apart" in references
    assert "to do: a phone number or address of one practice: 616-555-0134" in report
    assert "dropped: line 6: Back to top" in report
    assert 'to do: line 19: check that "Among children in one town." is the note of the mark in line 4' in report


def test_numbers_that_do_not_fit_the_list_are_not_guessed(tmp_path: Path) -> None:
    _, draft, references, report, _ = make(tmp_path, "dump.txt", DUMP.replace("2,3", "2,4").encode())
    assert "[@dump-number-1]" in draft
    assert "[@dump-number-2; @dump-number-4]" in draft
    assert references.count("status: missing") == 5
    assert any("the text cites up to number 4, but the list has 3 sources" in line for line in report)


def test_a_page(tmp_path: Path) -> None:
    _, draft, references, report, _ = make(tmp_path, "page.html", PAGE.encode())
    body = draft.partition("---\n\n")[2]
    assert 'title: "Your ankle"' in draft
    assert "It hurts[@roe2021] & swells \\<a lot\\>.\\\nSee [this page](https://a.example.org/x\\_y)." in body.replace(
        "x_y", "x\\_y"
    )
    assert "- Rest\n  - in bed\n  - on a chair\n- Ice\n- wrapped in cloth\n" in body
    assert "| Day | Steps \\| walks |\n|---|---|\n| 1 | 10 |\n| 2 |  |" in body
    assert "H₂O and 10⁹x, \\*stars\\*, \\#1, \\[x\\], \\{y\\}, 5 kg/m², ¹⁸F" in body
    assert "<!-- TODO picture: https://tracker.example.org/1.gif A foot -->" in body
    assert "stolen" not in draft + references
    assert "dropped: nav: Home About us" in report
    assert "DOI: 10.1000/abc" in references


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_struck_out_text_of_a_page_is_not_in_the_draft(tmp_path: Path, tag: str) -> None:
    page = f"<body><h2>How much?</h2><p>Take <{tag}>10 mg</{tag}> 1<{tag}>0</{tag}>5 mg.</p></body>"
    _, draft, _, report, _ = make(tmp_path, "a.html", page.encode())
    assert "\nTake 15 mg.\n" in draft
    assert "dropped: struck-out, hidden or deleted text: 10 mg" in report


@pytest.mark.parametrize("mark", ["strike", "dstrike", "vanish"])
def test_struck_out_and_hidden_text_of_word_is_not_in_the_draft(tmp_path: Path, mark: str) -> None:
    hidden = f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>Ask Ann</w:t></w:r>"
    shown = f'<w:r><w:rPr><w:{mark} w:val="0"/></w:rPr><w:t>5 mg.</w:t></w:r>'
    raw = make_docx(paragraph("How much is it?", bold=True) + f"<w:p>{run('Take ')}{hidden}{shown}</w:p>")
    _, draft, _, report, _ = make(tmp_path, "a.docx", raw)
    assert "\nTake 5 mg.\n" in draft
    assert "dropped: struck-out, hidden or deleted text: Ask Ann" in report


def test_cells_that_are_merged_stand_in_each_of_their_columns_and_rows(tmp_path: Path) -> None:
    page = """<body><h2>When?</h2><table>
    <tr><th rowspan=2>Day</th><th colspan=2>Dose</th></tr><tr><th>Morning</th><th>Night</th></tr>
    <tr><td rowspan=9>Monday</td><td>5<br>mg</td><td>10 mg</td></tr><tr><td>20 mg</td><td>30 mg</td></tr>
    </table></body>"""
    _, draft, _, report, _ = make(tmp_path, "a.html", page.encode())
    assert draft.endswith(
        "| Day | Dose | Dose |\n|---|---|---|\n| Day | Morning | Night |\n"
        "| Monday | 5 mg | 10 mg |\n| Monday | 20 mg | 30 mg |\n"
    )
    assert "to do: block 2: check the table: each part of a cell that was merged has its text now" in report


def test_items_keep_their_numbers(tmp_path: Path) -> None:
    page = """<body><h2>How?</h2><ol><li>Stand up.<p>Slowly.</p></li><li>Walk<ul><li>in<br>the house</li><li>or
    outside<br>Do not run</li></ul></li><li>Sit down.</li></ol><p>Rest.</p><ol start=4><li>Stand.</li></ol></body>"""
    _, draft, _, report, _ = make(tmp_path, "a.html", page.encode())
    assert draft.endswith(
        "\n1. Stand up.\n\n   Slowly.\n\n2. Walk\n   - in the house\n   - or outside\\\n     Do not run\n"
        "3. Sit down.\n\nRest.\n\n1. Stand.\n"
    )
    assert 'to do: block 9: check the number of "Stand.": each list starts with 1 now' in report
    assert read_project(Project(tmp_path.resolve())).problems == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<body><h2>When?</h2><p>Monday: 5 mg<br>Tuesday: 10 mg<br>- 5 kg</p></body>"),
        ("a.txt", "When?\n\nMonday: 5 mg\nTuesday: 10 mg\n"),
    ],
)
def test_lines_stay_apart(tmp_path: Path, name: str, text: str) -> None:
    _, draft, _, _, _ = make(tmp_path, name, text.encode())
    assert "\nMonday: 5 mg\\\nTuesday: 10 mg" in draft
    assert name == "a.txt" or "10 mg\\\n\\- 5 kg\n" in draft
    assert read_project(Project(tmp_path.resolve())).problems == ()


def test_a_source_of_two_lines_is_one(tmp_path: Path) -> None:
    sources = "<li>Smith J. Rest.<br>Bone. 2020;1:2-3.</li><li><p>Doe A. Ice.</p><p>Bone. 2021;3:4-5.</p></li>"
    page = f"<body><h2>What?</h2><p>Ice.[2] Rest.[1]</p><h2>Sources</h2><ol>{sources}</ol></body>"
    _, draft, _, _, _ = make(tmp_path, "a.html", page.encode())
    assert "Ice.[@doe2021] Rest.[@smith2020]" in draft


def test_a_retracted_or_known_source_is_cited_by_what_is_listed(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    listed = "references:\n  - {id: known, type: book, title: Rest, issued: 2020}\n"
    (tmp_path / "content/references.yaml").write_text(listed, encoding="utf-8")
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    ran = invoke(tmp_path, "import", "handout", "a.md", "--id", "ankles")
    assert ran.code == 0
    assert ran.out.startswith("content/handouts/ankles/en.md\n")
    draft = (tmp_path / "content/handouts/ankles/en.md").read_text(encoding="utf-8")
    assert "Rest helps [@known], and ice too [@ankles-source-2; @example]." in draft
    again = invoke(tmp_path, "import", "handout", "a.md", "--id", "ankles")
    assert again.code == 1
    assert "already exists" in again.err


def test_footnotes_of_word_are_notes_and_no_citations(tmp_path: Path) -> None:
    _, draft, _, report, _ = make(tmp_path, "word.docx", by_pandoc(WORD))
    assert "Rest, *ice* and **time**.[@doe2020] See the note.[^footnote-" in draft
    assert re.search(r"^\[\^footnote-\d+\]: A footnote of the document\.$", draft, re.MULTILINE)
    assert "- one\n  - one and a half\n- two\n\n1. first\n2. second\n" in draft
    assert "| Day | Steps |\n|---|---|\n| 1 | ten |" in draft
    assert [line for line in report if "check the note" in line]


def test_a_practice_becomes_fields(project: SmallProject) -> None:
    text = "Ankles\n\nWho helps?\nCall Harbor Clinic at (01632) 960-000, or 01632 960001. In 5 days, call again.\n"
    path = project.write("ankles.txt", text)
    ran = invoke(project.root, "import", "handout", str(path))
    assert ran.code == 0, ran.err
    draft = project.text("content/handouts/ankles/en.md")
    assert "Call {{ practice.name }} at {{ practice.phone }}, or 01632 960001. In 5 days, call again." in draft
    assert 'replaced: line 4: "(01632) 960-000" is now the field practice.phone' in ran.out
    assert "not in the draft" not in ran.out


def test_an_address_and_the_emergency_number_become_fields(project: SmallProject) -> None:
    project.replace(PRACTICE, "  - 1 Harbor Street", "  - 1 Harbor Street, Suite 2\n  - Port Ellery AB1 2CD")
    text = (
        "Ankles\n\nWhere are we?\nAt 1 Harbor Street, Suite 2 Port Ellery AB1 2CD. In 999 days, call 999 or dial 999.\n"
    )
    ran = invoke(project.root, "import", "handout", str(project.write("ankles.txt", text)))
    assert ran.code == 0, ran.err
    body = project.text("content/handouts/ankles/en.md")
    number = "{{ practice.emergency.number }}"
    assert f"At {{{{ practice.address }}}}. In 999 days, call {number} or dial {number}." in body
    assert not [problem for problem in project.problems() if problem.severity == "error"]
    assert "not in the draft" not in ran.out


def test_a_source_that_is_known_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(DUMP.replace("1-3", "1-4"), encoding="utf-8")
    assert "again with --missing" in invoke(tmp_path, "import", "handout", "a.txt", "--dry-run").out
    ran = invoke(tmp_path, "import", "handout", "a.txt", "--missing", "2")
    assert ran.code == 0
    draft = (tmp_path / "content/handouts/a/en.md").read_text(encoding="utf-8")
    assert "weeks.[@doe2020] Rest helps, and so does “ice.”[@a-number-2; @example]" in draft
    assert "[@doe2020; @a-number-2; @example; @a-source-3]" in draft


NOTES = """\
Ankles

Who is hurt?
Some* are hurt.† Others, too*: see below.1 Really; it is so:2,3

Not a *note* of any kind.

* Among children.
† In one town.

This text does not replace a talk with your doctor.

References
1. Doe J. Rest. Bone. 2020;1:2-3.
2. Roe J. Ice. Bone. 2021;1:2-3.
3. Poe J. Time. Bone. 2022;1:2-3.
"""


def test_marks_of_notes_citations_at_colons_and_the_disclaimer(tmp_path: Path) -> None:
    _, draft, _, report, _ = make(
        tmp_path, "notes.md", NOTES.replace("\n†", "\n\n†").replace("* Among", "\\* Among").encode()
    )
    assert "Some[^note-1] are hurt.[^note-2] Others, too[^note-1]: see below.[@doe2020]" in draft
    assert "it is so[@roe2021; @poe2022]:" in draft
    assert "Not a *note* of any kind." in draft
    assert "[^note-1]: Among children.\n\n[^note-2]: In one town." in draft
    assert 'disclaimer: "This text does not replace a talk with your doctor."' in draft
    assert draft.count("does not replace") == 1
    assert 'to do: check the disclaimer: "This text does not replace a talk with your doctor."' in report
    assert not [line for line in report if "has no note" in line]


def make_picture(kind: str = "PNG") -> bytes:
    saved = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 90, 110)).save(saved, kind)
    return saved.getvalue()


IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
W_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="{}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="u"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="{}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def test_pictures_of_word_come_along_without_what_a_camera_stored(tmp_path: Path) -> None:
    files = {"word/media/a.png": make_picture(), "word/media/b.emf": b"\x01\x00\x00\x00 no picture"}
    named = {"r1": "media/a.png", "r2": "media/b.emf"}
    relations = "".join(f'<Relationship Id="{key}" Type="{IMAGE}" Target="{file}"/>' for key, file in named.items())
    body = (
        paragraph("Ankles.")
        + W_PICTURE.format("A foot", "r1")
        + W_PICTURE.format("", "r1")
        + W_PICTURE.format("", "r2")
    )
    root, draft, _, report, _ = make(tmp_path, "a.docx", make_docx(body, files, relations))
    folder = root / "content/handouts/a"
    assert "![A foot](picture-1.png)\n\n![TODO: what the picture shows](picture-1.png)\n\n<!-- TODO picture:" in draft
    assert sorted(path.name for path in folder.iterdir()) == ["en.md", "picture-1.png"]
    assert [line for line in report if line.startswith("dropped: block 4: a picture: its format is not known")]
    assert [problem for problem in read_project(Project(root)).problems if problem.severity == "error"] == []


def test_pictures_of_a_page_are_taken_from_it_and_its_folder_only(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(make_picture())
    folder = tmp_path / "project"
    (folder / "files").mkdir(parents=True)
    (folder / "files/a b.jpg").write_bytes(make_picture("JPEG"))
    (folder / "files/cut.gif").write_bytes(make_picture("GIF")[:40])
    (folder / "files/broken.png").write_bytes(make_picture()[:60])
    data = base64.b64encode(make_picture("WEBP")).decode()
    sources = [
        *("files/a%20b.jpg", f"data:image/webp;base64,{data}", "../outside.png", "https://a.example.org/1.png"),
        *("files/broken.png", "files/cut.gif", str(outside), "data:image/png;base64,A", "files"),
    ]
    page = "<p>Text.</p>" + "".join(f'<img src="{source}" alt="">' for source in sources)
    root, draft, _, report, _ = make(folder, "a.html", page.encode())
    names = sorted(path.name for path in (root / "content/handouts/a").iterdir())
    assert names == ["en.md", "picture-1.jpg", "picture-2.png"]
    assert draft.count("<!-- TODO picture:") == 7
    assert len([line for line in report if line.startswith("dropped: ") and "a picture:" in line]) == 2
    assert [problem for problem in read_project(Project(root)).problems if problem.severity == "error"] == []


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(DUMP, encoding="utf-8")
    ran = invoke(tmp_path, "import", "handout", "a.txt", "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith("found: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "handouts.yaml"]


EXTERNAL = '<Relationship Id="r2" Type="{}" Target="https://a.example.org/x" TargetMode="External"/>'
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("macros.docx", make_docx("", {"word/vbaProject.bin": b"x"}), "macros"),
        ("embedded.docx", make_docx("", {"word/embeddings/a.xlsx": b"x"}), "embedded files"),
        ("linked.docx", make_docx("", relations=EXTERNAL.format(IMAGE)), "loads files from elsewhere"),
        ("entities.docx", make_docx("", {"word/styles.xml": BOMB}), "declarations of XML"),
        (
            "bomb.docx",
            partial(make_docx, "", {"word/media/a.bin": bytes(101_000_000)}),
            "too large when it is unpacked",
        ),
        ("no.docx", b"PK\x03\x04 and nothing", "damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0 and more", "old .doc"),
        ("broken.docx", make_docx("<w:p>"), "damaged"),
        ("deep.html", b"<div>" * 20_000 + b"x", "nested too deeply"),
        ("broken.pdf", b"%PDF-1.7 and nothing", "cannot be read"),
        ("binary.txt", b"\x00\xff\x01", "not a text file"),
        ("empty.txt", b" \n", "no text"),
        # None of these may take long.
        ("long.txt", b"- " + b"1, " * 1_000_000, "in one piece"),
        ("long.html", b"<p>" + b"a.1" * 1_000_000, "in one piece"),
        ("open.html", b"<a" * 2_000, "nested too deeply"),
        ("open-comments.html", b"<!--" * 2_000, "no text"),
        ("open.docx", partial(make_docx, "", relations="<Relationship " * 500_000), "damaged"),
        ("nowhere.txt", None, "cannot read the file"),
    ],
)
def test_documents_that_are_refused(
    tmp_path: Path, name: str, raw: bytes | Callable[[], bytes] | None, reason: str
) -> None:
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw() if callable(raw) else raw)
    problems = Problems()
    assert read_document(path, PictureLimits(), problems) is None
    (problem,) = problems
    assert problem.code in {"unreadable-document", "unreadable-export"}
    assert reason in problem.message


PIECES = st.sampled_from(
    [
        *(
            "Words of a text. ",
            "What is it?\n",
            "\n",
            "\n\n",
            "- item\n",
            "1. first\n",
            "  * deeper\n",
            "a) b\n",
            "Title\n",
        ),
        *(
            "<h1>A</h1>",
            "<h3>B</h3>",
            "<p>",
            "</p>",
            "<b>Bold</b>",
            "<ul><li>x",
            "</ul>",
            "<table><tr><td>a<td>b</table>",
        ),
        *(
            "<sup>1,2</sup>",
            "[3]",
            "healed.4 ",
            "# ",
            "## Part\n",
            "::: important\n",
            "{{ x }}",
            "<!-- x -->",
            "[@a]",
            "---\n",
        ),
        *(
            "References\n",
            "Doe J. On it. Bone. 2020;1:2-3.\n",
            "*",
            "_",
            "`",
            "|",
            "< ",
            "&amp;",
            "\\",
            "$x$",
            "10 mg ",
            "•",
        ),
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from([".txt", ".html", ".md"]))
def test_any_mixture_keeps_its_words(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = f"{text}\n\nThe end."  # a document without text is refused
        _, _, _, report, _ = make(Path(folder), f"a{suffix}", text.encode())
        lost = [line.removeprefix("not in the draft: ") for line in report if line.startswith("not in the draft")]
        # Lists are numbered anew, so a number that was written twice is in the report.
        assert [word for word in lost if not word.partition(" ")[0].isdecimal()] == []


def test_hyperlinks_are_no_files(tmp_path: Path) -> None:
    hyperlink = IMAGE.replace("/image", "/hyperlink")
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx(paragraph("Text."), relations=EXTERNAL.format(hyperlink)))
    assert read_document(path, PictureLimits(), Problems())
