"""What changed between two versions: nothing that changed is left out, nothing else is shown."""

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML

from handouts.review.changes import Comparison, compare_versions
from handouts.review.chapters import Chapter, ReviewText
from handouts.review.page_pictures import read_pdf_version
from handouts.review.passages import Passage
from handouts.review.spans import Span
from support.command import Ran, invoke
from support.projects import HANDOUT, LOGO, REFERENCES, SmallProject


def git(project: SmallProject, *arguments: str) -> None:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def committed(project: SmallProject) -> SmallProject:
    """The small project in a repository of git, with one commit."""
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=First")
    return project


def diff(project: SmallProject, *arguments: str) -> tuple[Ran, str]:
    ran = invoke(project.root, "diff", *arguments)
    page = project.root / "changes.html"
    return ran, page.read_text(encoding="utf-8") if page.exists() else ""


def shown(page: str) -> str:
    """Return the changes of a page, one a line: removed words in brackets, added ones in braces."""
    items = re.findall(r"<li[^>]*>(.*?)</li>", page, re.DOTALL)
    marked = (re.sub(r"<del>(.*?)</del>", r"[\1]", re.sub(r"<ins>(.*?)</ins>", r"{\1}", item)) for item in items)
    return "\n".join(re.sub(r"<span class=\"kind\">(.*?)</span>", r"\1: ", item) for item in marked)


def test_changes_since_a_commit_by_section(committed: SmallProject) -> None:
    committed.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    committed.replace(HANDOUT, "It is mostly harmless.", "Take 10 mg for 2 weeks. It is mostly harmless.")
    committed.replace(HANDOUT, "- with a fever\n", "")
    committed.replace(HANDOUT, "  - Keep moving.", "  - Keep walking.")
    ran, page = diff(committed, "HEAD:back", "back")
    assert ran.out == "changes.html\nsections: 3 changed, 0 added, 0 removed; changed numbers: 1\n"
    assert shown(page).splitlines() == [
        "1. What is it?: Back pain is common ¹. {Take 10 mg for 2 weeks. }It is mostly harmless.*",
        "Item: Keep [moving]{walking}.",
        "A number changed: Back pain is common ¹. {Take 10 mg for 2 weeks. }It is mostly harmless.*",
        "Item: [with a fever]",
    ]
    assert "<td>1.0</td><td>1.1</td>" in page
    assert "What helps?" not in page


def test_a_whole_dose_is_shown_as_changed(committed: SmallProject) -> None:
    committed.replace(HANDOUT, "- after a fall", "- after 5 mg of it")
    git(committed, "commit", "--quiet", "--all", "--message=Second")
    committed.replace(HANDOUT, "after 5 mg of it", "after 50 mg of it")
    _, page = diff(committed, "HEAD:back", "back")
    assert "after [5 mg]{50 mg} of it" in shown(page)
    assert "after a fall" not in page


def test_a_citation_that_only_gets_another_number_is_no_change(committed: SmallProject) -> None:
    committed.replace(HANDOUT, "Keep moving.", "Keep moving!")
    committed.replace(HANDOUT, "- after a fall", "- after a fall[@jones2021]")
    git(committed, "commit", "--quiet", "--all", "--message=Second")
    committed.replace(HANDOUT, "[@smith2020]", "[@jones2021]")
    ran, page = diff(committed, "HEAD:back", "back")
    assert "Back pain is common [¹]{¹}. It is mostly harmless.*" in shown(page)
    assert "Source: a number changed: [Smith JA" in shown(page)
    assert "most people" not in page
    assert "changed numbers: 1" in ran.out  # the source that is gone has numbers


def test_sections_that_come_go_and_are_renamed(committed: SmallProject) -> None:
    committed.replace(HANDOUT, "## When should I worry? {#worry}", "## When should I call? {#worry}")
    committed.replace(
        HANDOUT, "## What helps? {#helps}", "## What else? {#else}\n\nNothing.\n\n## What helps? {#helps}"
    )
    ran, page = diff(committed, "HEAD:back", "back")
    assert "1 changed, 1 added, 0 removed" in ran.out
    assert "Title: When should I [worry]{call}?" in shown(page)
    assert "<h2>3. What else? (added)</h2>" in page
    back, page = diff(committed, "back", "HEAD:back")
    assert "1 changed, 0 added, 1 removed" in back.out
    assert "<h2>3. What else? (removed)</h2>" in page


def test_a_file_beside_the_project_and_markup_of_strangers(
    project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = project.text(HANDOUT).replace("It is mostly harmless.", 'It is `<b>` & "harmless".')
    old = tmp_path_factory.mktemp("elsewhere") / "old.md"
    old.write_text(text.replace("title: Back pain", "title: Back & <3"), encoding="utf-8")
    ran, page = diff(project, str(old), "back")
    assert ran.code == 0, ran.err
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<td>Back &amp; &lt;3</td>" in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)


def test_equal_versions(committed: SmallProject) -> None:
    _, page = diff(committed, "HEAD:back", "back")
    assert "The text is the same in both versions." in page


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("HEAD:nothing", 'there is no handout "nothing" in HEAD'),
        ("nowhere:back", "git has no such revision"),
        ("--output=x:back", "not a revision of git"),
        ("back:", "neither the id of a handout"),
        ("../../etc", "neither the id of a handout"),
        ("nothing", "there is no content/handouts/nothing/en.md"),
    ],
)
def test_versions_that_do_not_exist(committed: SmallProject, name: str, reason: str) -> None:
    ran, page = diff(committed, "--", name, "back")
    assert (ran.code, page) == (1, "")
    assert reason in ran.err


def test_errors_of_a_version_are_shown_with_their_place(committed: SmallProject) -> None:
    committed.replace(REFERENCES, "id: smith2020", "id: smith2021")
    git(committed, "commit", "--quiet", "--all", "--message=Broken")
    committed.replace(REFERENCES, "id: smith2021", "id: smith2020")
    ran, _ = diff(committed, "HEAD:back", "back")
    assert ran.code == 1
    assert "HEAD:content/handouts/back/en.md:26:" in ran.err
    assert "HEAD:back: it has errors" in ran.err


def test_a_picture_that_is_drawn_anew(committed: SmallProject) -> None:
    drawing = committed.text(LOGO)
    committed.write("content/handouts/back/back.svg", drawing)
    committed.replace(HANDOUT, "- after a fall", "![A back from the side](back.svg)\n\n- after a fall")
    git(committed, "add", "--all")
    git(committed, "commit", "--quiet", "--message=Picture")
    committed.write("content/handouts/back/back.svg", drawing.replace("#0b5a6f", "#000000"))
    _, page = diff(committed, "HEAD:back", "back")
    assert shown(page) == "Picture, drawn anew: A back from the side"


def test_a_field_of_earlier_versions_does_not_keep_one_from_being_compared(committed: SmallProject) -> None:
    committed.replace(HANDOUT, "keywords:", "conditions: [M54.5]\nkeywords:")
    git(committed, "commit", "--quiet", "--all", "--message=Old")
    committed.replace(HANDOUT, "conditions: [M54.5]\n", "codes:\n  icd-10-cm:\n  - M54.5\n")
    _, page = diff(committed, "HEAD:back", "back")
    assert "The text is the same" in page


def test_without_git(project: SmallProject) -> None:
    ran, _ = diff(project, "HEAD:back", "back")
    assert ran.code == 1
    assert "not a git repository" in ran.err


PAGE = """<html lang=en><title>Ankles</title>
<h1>Ankles</h1><h2>Dose</h2><ul><li>Take 5 mg.</ul><h2>Rest</h2><p>Lie down.</p>"""


def write_pdf(path: Path, html: str) -> str:
    HTML(string=html).write_pdf(path, pdf_tags=True)
    return str(path)


def test_pdf_files_by_their_tags_with_pictures_of_pages(project: SmallProject) -> None:
    old = write_pdf(project.root / "old.pdf", PAGE)
    new = write_pdf(project.root / "new.pdf", PAGE.replace("5 mg", "10 mg") + "<p style='break-before: page'>More.</p>")
    ran, page = diff(project, old, new)
    assert "sections: 2 changed, 0 added, 0 removed; changed numbers: 1; pages that look different: 2" in ran.out
    assert "Take [5 mg.]{10 mg.}" in shown(page)
    assert page.count("data:image/png;base64,") == 3
    assert "There was no such page." in page
    assert "<h2>Dose</h2>" in page
    same, page = diff(project, old, old)
    assert "pages that look different: 0" in same.out
    assert "All pages look the same." in page
    untagged = project.root / "untagged.pdf"
    HTML(string=PAGE.replace("Lie", "Sit")).write_pdf(untagged)
    _, page = diff(project, str(untagged), str(untagged))
    assert "The text is the same" in page
    _, page = diff(project, old, str(untagged))
    assert "{Ankles Dose Take 5 mg. Rest Sit down. •}" in shown(page)
    assert invoke(project.root, "diff", old, "back").code == 2
    broken = project.write("broken.pdf", "%PDF-1.7 and nothing")
    ran, _ = diff(project, old, str(broken))
    assert "cannot be read" in ran.err


def test_no_word_of_a_print_is_left_out(shipped_color: Path) -> None:
    path = next(shipped_color.rglob("spinal-fracture.en.handout.pdf"))
    version = read_pdf_version(path)
    chapters = [
        text for one in version.text.chapters for text in (one.title, *(passage.text for passage in one.passages))
    ]
    kept = "".join("".join([*chapters, *version.text.facts.values()]).split())
    pages = pypdfium2.PdfDocument(path)
    words = {word for page in pages for word in page.get_textpage().get_text_bounded().split()}
    # Numbers of citations and labels in drawings stand apart in one of the two.
    assert len([word for word in words if word not in kept]) <= 5
    titles = {one.title for one in version.text.chapters}
    assert {"2 How do doctors check for a spinal fracture?", "References"} <= titles


WORDS = st.lists(st.sampled_from(["take", "5 mg", "10 mg", "a", "day", "or", "2.5 mL", "not", ". ", "\n"]), max_size=12)
PASSAGES = st.lists(WORDS.map(lambda words: Passage("paragraph", (Span(" ".join(words)),))), max_size=6)
CHAPTERS = st.dictionaries(st.sampled_from("abcd"), PASSAGES, max_size=4)


def make(chapters: dict[str, list[Passage]]) -> ReviewText:
    return ReviewText("T", "en", {}, tuple(Chapter(key, key, tuple(text)) for key, text in chapters.items()))


@given(CHAPTERS, CHAPTERS)
def test_the_pieces_of_any_comparison_are_both_versions(
    old: dict[str, list[Passage]], new: dict[str, list[Passage]]
) -> None:
    comparison: Comparison = compare_versions(make(old), make(new))
    assert comparison.is_empty == (old == new and list(old) == list(new))
    for chapter in comparison.chapters:
        for kind, version in (("removed", old), ("added", new)):
            texts = [passage.text for passage in version.get(chapter.title, ())]
            for change in chapter.changes:
                pieces = "".join(piece.text for piece in change.pieces if piece.kind in {kind, "same"})
                assert pieces in {*texts, ""}
