"""Documents for reviewers: nothing of the text is missing in them, and they are read again by other programs."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import mammoth
import pypandoc
import pytest

from handouts.check.patient_texts import collect_handout_texts
from handouts.check.plain_language.printed_texts import split_into_units
from handouts.importing.documents import read_document
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.project import read_project
from handouts.review.chapters import make_review_text
from handouts.review.markdown_file import write_markdown_file
from handouts.review.word_file import write_word_file
from handouts.schema.settings import PictureLimits
from support.command import invoke
from support.projects import HANDOUT, REFERENCES, SmallProject
from support.shipped import ROOT

RICH = """\
## What is it? {#what}

Back pain is *common* [@smith2020; @jones2021]. H~2~O and 10^9^; see [the clinic](https://a.example.org/x_y) or
[more](#worry).\\
Call {{ practice.phone }}.[^ages]

1. First, *rest*.
   - deep item
2. Then walk.

Between.

1. Third.

- [ ] tick me
- [x] ticked

Next visit: [____]{#visit label="Next visit"}

Sprain
: A stretched ligament.

> Quoted words.

```
code as typed
```

| Way  | Helps |
|------|-------|
| Walk | most `people` |

::: boxed-warning {title="Bleeding"}
Stop.
:::

::: icon-array {count=2 of=3}
About 2 of 3 heal.
:::

::: figure
![A *back* from the side](back.svg)

Caption words.
:::

::: qr {url=https://b.example.org caption="Videos"}
:::

::: signature {label="Patient" date="Date"}
:::
"""
WORD = re.compile(r"\w+")


@pytest.fixture
def rich(project: SmallProject) -> SmallProject:
    """The small project with every kind of markup in its first section."""
    text = project.text(HANDOUT)
    start, end = text.index("## What is it?"), text.index("## When should I worry?")
    project.write(HANDOUT, f"{text[:start]}{RICH}\n{text[end:]}")
    project.write(str(Path(HANDOUT).parent / "back.svg"), project.text("content/practices/clinic/logo.svg"))
    return project


def read(root: Path) -> Library:
    reading = read_project(Project(root.resolve()))
    assert reading.library
    assert not reading.library.broken_handouts, reading.problems
    return reading.library


def find_words(html: str) -> list[str]:
    """Return the words of HTML; what is raised or lowered is part of a word (H2O), and also none (bone.1)."""
    joined = re.sub(r"</?su[bp]>", "", html)
    return [word for text in (html, joined) for word in WORD.findall(re.sub(r"<[^>]+>", " ", text))]


def to_html(kind: str, document: bytes, template: Path) -> str:
    """Return a document of a kind, "markdown" or "docx", as pandoc reads it and puts it into a template."""
    command = [pypandoc.get_pandoc_path(), f"--from={kind}", "--to=html", f"--template={template}"]
    return subprocess.run(command, input=document, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("shipped", [True, False], ids=["shipped", "rich"])
def test_every_word_that_patients_read_is_in_both_documents(rich: SmallProject, shipped: bool) -> None:  # noqa: FBT001
    library = read(ROOT if shipped else rich.root)
    template = rich.write("words.html", "$title$ $body$")
    for handout in (one for one in library.handouts if one.language == "en" or one.id == "spinal-fracture"):
        expected = {
            word
            for text in collect_handout_texts(handout, split_into_units(handout))
            for word in WORD.findall(text.text)
        }
        # Long forms of abbreviations and labels of blanks are for screen readers only; notes have a symbol.
        spoken = {word for long in handout.front.abbreviations.values() for word in WORD.findall(long)}
        spoken |= {
            word
            for body in handout.bodies
            for token in body.tokens
            for child in token.children or ()
            if child.type in {"blank", "footnote_ref"}
            for word in WORD.findall(child.meta["label"])
        }
        text = make_review_text(handout, library.references)
        written = write_word_file(text, handout.front.published)
        assert expected - spoken - set(find_words(to_html("docx", written, template))) == set(), handout.id
        assert expected - spoken - set(find_words(to_html("markdown", write_markdown_file(text), template))) == set(), (
            handout.id
        )


def test_numbers_ids_and_fields(rich: SmallProject) -> None:
    library = read(rich.root)
    handout = library.handouts[0]
    text = make_review_text(handout, library.references)
    markdown = write_markdown_file(text).decode()
    assert "### 1. What is it? {#what}" in markdown
    assert "common* ^1,2^. H~2~O and 10^9^; see [the clinic](https://a.example.org/x_y)" in markdown
    assert "Call \\{\\{ practice.phone \\}\\}.\\*" in markdown
    assert "1. First, *rest*.\n    - deep item\n2. Then walk." in markdown
    assert "1. Smith JA. Back pain in adults. *Spine (Phila Pa 1976)*. 2020;45:12-18." in markdown
    assert "\\* Above all in adults." in markdown
    filled = make_review_text(handout, library.references, library.practices["clinic"])
    assert "Call 01632 960000." in write_markdown_file(filled).decode()


def test_a_word_document_has_real_headings_lists_and_raised_numbers(rich: SmallProject) -> None:
    library = read(rich.root)
    text = make_review_text(library.handouts[0], library.references)
    written = write_word_file(text, library.handouts[0].front.published)
    html = mammoth.convert_to_html(io.BytesIO(written)).value
    assert "<h2>1. What is it?  #what</h2>" in html
    assert "<em>common</em> <sup>1,2</sup>. H<sub>2</sub>O and 10<sup>9</sup>" in html
    assert "<ol><li>First, <em>rest</em>.</li></ol><ul><li>deep item</li></ul><ol><li>Then walk.</li></ol>" in html
    assert "<table><tr><td><p><strong>Way</strong></p></td>" in html
    document = docx.Document(io.BytesIO(written))
    starts = document.part.numbering_part.element.xpath(".//w:startOverride/@w:val")
    assert starts == ["1", "1", "1"]  # two lists, and the references
    # The same bytes each time, with no time of day in them.
    assert written == write_word_file(text, library.handouts[0].front.published)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert {file.date_time[0] for file in package.infolist()} == {1980}


def test_a_word_document_can_be_imported_again(rich: SmallProject) -> None:
    ran = invoke(rich.root, "export", "back", "--to", "docx")
    assert (ran.code, ran.out) == (0, "back.en.docx\n")
    document = read_document(rich.root / "back.en.docx", PictureLimits(), Problems())
    assert document
    kinds = [block.kind for block in document.blocks]
    assert {"heading", "item", "numbered", "table"} <= set(kinds)


def test_a_file_with_comments_is_never_overwritten(rich: SmallProject) -> None:
    commented = rich.write("back.en.md", "with comments")
    ran = invoke(rich.root, "export", "back", "--to", "md")
    assert ran.code == 1
    assert "already-there" in ran.err
    assert commented.read_text() == "with comments"
    assert invoke(rich.root, "export", "back", "--to", "md", "-o", "other.md", "-p", "clinic").code == 0


def test_what_cannot_be_exported(rich: SmallProject) -> None:
    assert "Did you mean" in invoke(rich.root, "export", "bakc", "--to", "md").err
    ran = invoke(rich.root, "export", "b*", "--to", "md")
    assert (ran.code, 'no handout "b*"' in ran.err) == (2, True)
    ran = invoke(rich.root, "export", "back", "--to", "md", "--practice", "c*")
    assert (ran.code, 'no practice "c*"' in ran.err) == (2, True)
    rich.replace(REFERENCES, "id: smith2020", "id: smith2021")
    ran = invoke(rich.root, "export", "back", "--to", "md")
    assert ran.code == 1
    assert "unknown-reference" in ran.err
