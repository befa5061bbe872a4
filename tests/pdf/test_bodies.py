"""What many practices share is laid out once: a print is the same as its document laid out whole.

The same are the pixels of all pages, the structure tree with its text, links, the outline, and metadata.

`python tests/pdf/test_bodies.py 500` compares as many random prints.
"""

import hashlib
import pickle
import random
import re
import shutil
import string
import sys
import tempfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from handouts.build.pipeline import Pipeline
from handouts.build.typeset import typeset
from handouts.compose.qr_code import draw_qr_code
from handouts.model.document import Composed
from handouts.model.edition import Edition, formats
from handouts.model.library import Library
from handouts.model.patient import Patient
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project, shipped
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layers.group_layout import known_variants
from handouts.pdf.layers.kept_bodies import kept_bodies
from handouts.pdf.layers.painted_slots import known_slots
from handouts.pdf.layout.lay_out import lay_out_whole, open_document
from handouts.pdf.layout.renderer import Engine, load_engine
from handouts.pdf.layout.slot_boxes import SlotRenderer
from handouts.pdf.layout.slot_variants import looks_at_values
from handouts.problems.problem import has_errors
from handouts.read.project import read_project
from support import structure
from support.projects import HANDOUT, small_project

pytestmark = [  # WeasyPrint leaves a file open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

FORMATS = ("handout", "one-page", "large-print", "booklet", "trifold", "trifold-z")
SECTIONS = ("what", "worry", "helps")
PRACTICE = """\
name: {name}
country: GB
logo: logo.svg
colors:
  brand: "{brand}"
  accent: "{accent}"
address:
  - 1 Harbor Street
phones:
{phones}
emergency:
  number: "999"
  text: Call 999 if a life is in danger.
hours:
{hours}
when_to_call:
{reasons}
website: https://{host}.example.org
{insert}"""
LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 10" width="{width}" height="10">
  <rect width="{width}" height="10" fill="{color}"/>
</svg>
"""


@dataclass(frozen=True)
class Shelf:
    """The small project with many practices."""

    root: Path
    library: Library
    pipeline: Pipeline

    def compose(
        self,
        practice: str,
        form: str,
        options: PrintOptions = PrintOptions("letter"),  # noqa: B008 - it cannot be changed
        sections: tuple[str, ...] = (),
        patient: Patient | None = None,
    ) -> Composed:
        chosen = self.library.practices[practice]
        edition = Edition(formats(self.library.settings)[form], options)
        numbered = number_for(select(self.library.handouts[0], sections), chosen)
        composition = self.pipeline.compose(numbered, chosen, edition, patient)
        assert composition.document is not None, composition.problems
        return composition.document


def write_practice(folder: Path, chance: random.Random) -> None:
    """Write a random practice: names of 3 to 130 letters, up to 8 phones, dark and light colors."""

    def words(length: int) -> str:
        letters = "".join(chance.choice(f"{string.ascii_lowercase}   ") for _ in range(length - 1))
        return chance.choice(string.ascii_uppercase) + " ".join(letters.split())[: length - 1].rstrip()

    def color() -> str:
        return f"#{chance.randrange(1 << 24):06x}"

    folder.mkdir(parents=True, exist_ok=True)
    phones = [
        f"  - {{label: {words(12)}, number: 01632 96{chance.randrange(10000):04}}}"
        for _ in range(chance.choice((1, 1, 2, 3, 8)))
    ]
    hours = [f"  - {{days: {words(14)}, hours: 9 to 5}}" for _ in range(chance.choice((1, 2, 4)))]
    reasons = [f"  - {words(chance.choice((20, 60)))}." for _ in range(chance.choice((1, 2, 5)))]
    texts = {
        "name": words(chance.choice((3, 14, 14, 40, 130))),
        "brand": color(),
        "accent": color(),
        "phones": "\n".join(phones),
        "hours": "\n".join(hours),
        "reasons": "\n".join(reasons),
        "host": chance.choice(("a", "harbor", "a-rather-long-name-of-a-host")),
        "insert": "inserts:\n  what: visit.md\n" if chance.random() < 0.2 else "",
    }
    (folder / "practice.yaml").write_text(PRACTICE.format(**texts))
    (folder / "visit.md").write_text("Come to our new house.\n")
    (folder / "logo.svg").write_text(LOGO.format(width=chance.choice((3, 10, 80)), color=color()))


def make_shelf(root: Path, count: int, seed: int) -> Shelf:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for index in range(count):
        write_practice(root / "content" / "practices" / f"p{index}", chance)
    library = read_project(Project(root)).library
    assert library is not None
    return Shelf(root, library, Pipeline(Project(root), library.references))


def make_whole(document: Composed) -> bytes:
    """Lay out a document without slots, as one: the oracle."""
    html = re.sub("<!--(slot( of print| of text)?|/slot)-->", "", document.html)
    return typeset(replace(document, html=html)).content


def change(document: Composed, old: str, new: str) -> Composed:
    """Return a document with another text."""
    required = tuple(replace(text, text=text.text.replace(old, new)) for text in document.required)
    return replace(document, html=document.html.replace(old, new), required=required)


def find_differences(one: bytes, other: bytes) -> list[str]:
    """Name what is not the same in two files."""
    with pikepdf.open(BytesIO(one)) as first, pikepdf.open(BytesIO(other)) as second:
        described = [describe(first), describe(second)]
    different = [name for name in described[0] if described[0][name] != described[1][name]]
    # Viewers round the places of letters: at a low resolution one may be a dot away that is in the same place.
    is_same = any(is_alike(draw(one, scale), draw(other, scale)) for scale in (1, 8))
    return different if is_same else [*different, "pixels"]


def is_alike(one: list[Image.Image], other: list[Image.Image]) -> bool:
    return all(max(ImageChops.difference(*pair).tobytes()) <= 2 for pair in zip(one, other, strict=True))


def describe(pdf: pikepdf.Pdf) -> dict[str, object]:
    has_tags = "/StructTreeRoot" in pdf.Root
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as found:
        entries = [describe_entry(entry, numbers) for entry in found.root]
    return {
        "structure": list(structure.outline(pdf)) if has_tags else [],
        "boxes": [(str(page.mediabox), str(page.trimbox)) for page in pdf.pages],
        "links": [
            [
                (
                    [round(float(edge), 2) for edge in link.Rect],
                    str(link.Contents),
                    str(link.get("/Dest") or link.A.URI),
                    int(link.F),
                )
                for link in sorted(page.get("/Annots", []), key=lambda link: str(link.get("/Dest") or link.A.URI))
            ]
            for page in pdf.pages
        ],
        "outline": entries,
        "metadata": pdf.Root.Metadata.read_bytes(),
        "info": {key: str(value) for key, value in pdf.docinfo.items()},
        "language": str(pdf.Root.get("/Lang", "")),
    }


def describe_entry(entry: pikepdf.OutlineItem, numbers: dict[tuple[int, int], int]) -> object:
    assert isinstance(entry.destination, pikepdf.Array)
    page, *place = list(entry.destination)
    inner = [describe_entry(child, numbers) for child in entry.children]
    return entry.title, numbers[page.objgen], [str(part) for part in place], inner


def draw(content: bytes, scale: int = 1) -> list[Image.Image]:
    """Paint all pages with so many dots a point, and return pictures with one dot a point."""
    pdf = pypdfium2.PdfDocument(content)
    pictures = [page.render(scale=scale).to_pil().convert("RGB").reduce(scale) for page in pdf]
    pdf.close()
    return pictures


def compare(shelf: Shelf, count: int, seed: int) -> list[str]:
    """Return the random prints that are not the same when they are laid out as one document."""
    chance = random.Random(seed)  # noqa: S311 - as above
    different = []
    editions = [
        (
            chance.choice(FORMATS),
            PrintOptions.from_words(
                [
                    chance.choice(("letter", "a4")),
                    chance.choice(("color", "black")),
                    *chance.choice(([], [], ["press"])),
                ]
            ),
            tuple(chance.sample(SECTIONS, chance.choice((0, 1, 2)))),
        )
        for _ in range(max(2, count // 8))
    ]
    for _ in range(count):
        form, options, sections = chance.choice(editions)
        practice = chance.choice([*shelf.library.practices])
        document = shelf.compose(practice, form, options, sections)
        found = find_differences(typeset(document).content, make_whole(document))
        if found:
            different.append(f"{practice} {form} {options.words} {sections}: {', '.join(found)}")
    return different


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    root = small_project(tmp_path_factory.mktemp("bodies")).root
    return make_shelf(root, 12, seed=1)


@pytest.fixture(autouse=True)
def _no_bodies() -> None:
    load_engine()
    forget()


def test_a_print_is_the_same_as_its_document_laid_out_whole(shelf: Shelf) -> None:
    assert compare(shelf, 4, seed=2) == []


@pytest.mark.parametrize("form", ["one-page", "booklet", "trifold"])
def test_practices_share_what_is_laid_out(shelf: Shelf, form: str) -> None:
    document = shelf.compose("clinic", form)
    first = typeset(document)
    moved = change(document, "01632 960000", "01632 960001")

    again = typeset(moved)

    assert not has_errors(again.problems)
    assert len(kept_bodies()) == 1
    assert again.content != first.content
    assert find_differences(again.content, make_whole(moved)) == []


def test_practices_share_pages_that_were_chosen_among_several_layouts(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "handout")
    document = change(document, "It is mostly harmless.", "It is mostly harmless." + "<br>Keep walking." * 60)
    document = replace(document, layout=replace(document.layout, line_heights=(15.5, 13)))
    with open_document(document) as opened:
        assert len({context.css for context, _ in lay_out_whole(opened).trials}) == 2
    typeset(document)
    moved = change(document, "01632 960000", "01632 960001")

    again = typeset(moved)

    assert len(kept_bodies()) == 1
    assert find_differences(again.content, make_whole(moved)) == []


def test_colors_of_a_practice_need_no_other_layout(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "handout")
    typeset(document)
    sheets = tuple(replace(sheet, text=sheet.text.replace("#0b5a6f", "#6f0b5a")) for sheet in document.sheets)

    content = typeset(replace(document, sheets=sheets)).content

    assert len(kept_bodies()) == 1
    assert find_differences(content, make_whole(replace(document, sheets=sheets))) == []


def test_colors_in_which_text_cannot_be_seen_are_reported_with_a_kept_body(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "handout")
    typeset(document)
    light = tuple(replace(sheet, text=sheet.text.replace("#0b5a6f", "#fdfdfd")) for sheet in document.sheets)

    problems = typeset(replace(document, sheets=light)).problems

    assert "hidden-text" in {problem.code for problem in problems}


def test_another_qr_code_needs_no_other_layout(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a published page of its own, each handout has another one."""
    document = shelf.compose("clinic", "handout")
    typeset(document)
    first = typeset(document).content  # slots are measured in trials of the body
    found = re.search(r'alt="QR code for ([^"]*)"', document.html)
    assert found
    qr_code = f'<img src="{draw_qr_code(found[1][:-3] + "xyz")}" alt="QR \u00e9 (a) &amp; b">'
    other = replace(document, html=re.sub('<img src="data:[^>]*>', lambda _: qr_code, document.html))
    assert other.html != document.html
    with monkeypatch.context() as patched:
        patched.setattr(Engine, "render", lambda *_: pytest.fail("something was laid out"))
        content = typeset(other).content

    assert find_differences(content, make_whole(other)) == []
    assert draw(content) != draw(first)


def test_practices_share_a_handout_whose_main_message_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_project(tmp_path)
    small.replace(HANDOUT, "main_message: ", f"main_message: {'Call {{ practice.phone }} if it gets worse. ' * 3}")
    shelf = make_shelf(small.root, 1, seed=1)
    document = shelf.compose("clinic", "one-page")
    typeset(document)
    typeset(change(document, "01632 960000", "01632 960001"))
    other = change(document, "01632 960000", "01632 96000")  # narrower
    with monkeypatch.context() as patched:
        patched.setattr(SlotRenderer, "lay_out", lambda *_: pytest.fail("balanced lines were laid out with all slots"))
        content = typeset(other).content

    assert len(kept_bodies()) == 1
    assert find_differences(content, make_whole(other)) == []


def test_a_width_that_is_rounded_up_or_down_makes_no_body_of_its_own(shelf: Shelf) -> None:
    """This code is 151.5625 pixels wide in large print, but for the last of 16 digits."""
    document = shelf.compose("clinic", "large-print")
    [code] = {str(found) for found in re.findall(r">(\w{3}-\w{3}-\w{3})<", document.html)}
    typeset(change(document, code, "2GG-A7Y-QBZ"))

    assert len(kept_bodies()) == 1


OTHER_TEXTS = [
    {"Your pain gets worse.": "It hurts more."},
    {"01632 960000": "0117 496 0117 (ask for a nurse)"},
    {">harbor.": ">a-rather-long-name-of-a-clinic."},
    {"Harbor Clinic": "A clinic with a name of so many words that it needs another line on each of the pages it is on"},
    {"Harbor Clinic": "Å"},
    {"Your pain gets worse.": "It &amp; you. " * 12},
]


def test_slots_that_were_changed_for_another_practice_are_as_if_laid_out_alone(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "one-page")
    typeset(document)
    others = [document]
    for texts in OTHER_TEXTS:
        other = document
        for old, new in texts.items():
            assert old in document.html
            other = change(other, old, new)
        others.append(other)
    changed = [typeset(other).content for other in others]

    for other, content in zip(others, changed, strict=True):
        known_slots().clear()
        known_variants().clear()
        assert typeset(other).content == content


def test_slots_of_the_same_shape_need_no_layout(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    document = shelf.compose("clinic", "handout")
    typeset(document)
    typeset(change(document, "01632 960000", "01632 960001"))
    other = change(document, "Harbor Clinic", "Clinic of Aunts")
    monkeypatch.setattr(Engine, "render", lambda *_: pytest.fail("something was laid out"))

    content = typeset(other).content

    monkeypatch.undo()
    assert find_differences(content, make_whole(other)) == []


def test_style_sheets_that_look_at_texts_are_noticed() -> None:
    assert looks_at_values("[alt='A'] { color: red }")
    assert looks_at_values("p::after { content: attr( data-at ) }")
    assert looks_at_values("p::first-letter { color: red }")
    assert not looks_at_values("a[href^='http']::after { content: attr(href) }")


def test_what_is_for_a_patient_is_never_kept(shelf: Shelf) -> None:
    assert typeset(shelf.compose("clinic", "handout", patient=Patient("Jo Miller"))).pages

    assert len(kept_bodies()) == 0


def test_a_slot_with_text_beside_its_element_belongs_to_the_body(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "handout")
    beside = replace(document, html=document.html.replace("<!--slot--><section", "<!--slot-->Secret <section"))

    assert find_differences(typeset(beside).content, make_whole(beside)) == []

    assert len(kept_bodies()) == 0


def test_a_slot_that_looks_different_alone_belongs_to_the_body(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "handout")
    css = replace(document.sheets[-1], name="own.css", text=".main-point ~ .contact { color: red }")
    other = replace(document, sheets=(*document.sheets, css))

    assert find_differences(typeset(other).content, make_whole(other)) == []

    assert len(kept_bodies()) == 0


def test_a_panel_that_goes_on_on_another_page_does_not_fit_a_body(shelf: Shelf) -> None:
    document = shelf.compose("clinic", "booklet")
    typeset(document)
    long = replace(document, html=re.sub(r"(<li[^>]*>Your pain gets worse.</li>)", r"\1" * 60, document.html))

    content = typeset(long).content

    assert long.html != document.html
    assert find_differences(content, make_whole(long)) == []


def test_slots_that_do_not_fit_on_one_page_alone_are_laid_out_apart(shelf: Shelf) -> None:
    """Whether they fit decides, not which practice came first."""
    document = shelf.compose("clinic", "large-print")
    insert = f'<!--slot--><div class="insert"><p>{"Park behind our house.<br>" * 5}</p></div><!--/slot-->'
    html = document.html.replace("</main>", f'<p style="break-after: page">End.</p>{insert}</main>')
    few = replace(document, html=html)
    many = replace(few, html=re.sub(r"(<li[^>]*>Your pain gets worse.</li>)", r"\1" * 5, html))
    documents = [many, few]

    contents = [typeset(one).content for one in documents]

    assert len(kept_bodies()) == len(documents)
    assert [find_differences(*pair) for pair in zip(contents, map(make_whole, documents), strict=True)] == [[], []]
    forget()
    assert [typeset(one).content for one in reversed(documents)] == contents[::-1]


@dataclass(frozen=True)
class Kept:
    """A print whose body and slots are forgotten but for their files, whose paths begin with `start`."""

    document: Composed
    start: Path
    content: bytes

    @property
    def files(self) -> list[Path]:
        return sorted(self.start.parent.iterdir())


@pytest.fixture(scope="module")
def kept_once(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    document, start = shelf.compose("clinic", "one-page"), tmp_path_factory.mktemp("kept") / "engine"
    forget()
    typeset(document, start)
    return Kept(document, start, typeset(document, start).content)  # slots are measured in trials of the body


@pytest.fixture
def kept(kept_once: Kept, tmp_path: Path) -> Kept:
    shutil.copytree(kept_once.start.parent, tmp_path / "bodies")
    forget()
    return replace(kept_once, start=tmp_path / "bodies" / "engine")


def forget() -> None:
    kept_bodies().clear()
    known_slots().clear()
    known_variants().clear()


def test_bodies_and_slots_are_kept_for_the_next_build(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {file.suffix for file in kept.files} == {".body", ".slots"}
    before = {file: file.read_bytes() for file in kept.files}
    monkeypatch.setattr(Engine, "render", lambda *_: pytest.fail("something was laid out"))

    again = typeset(kept.document, kept.start).content

    assert again == kept.content
    assert {file: file.read_bytes() for file in kept.files} == before


def use_other_templates(document: Composed) -> Composed:
    """Return a document as if its HTML was made with other templates, as it is for another choice of sections."""
    assert document.made_from is not None
    sources = {**document.made_from.sources, "design": "other"}
    return replace(document, made_from=document.made_from.model_copy(update={"sources": sources}))


def test_slots_of_a_practice_are_laid_out_once_for_all_handouts(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    practices = (kept.document, change(kept.document, "01632 960000", "01632 960001"))
    first, second = (use_other_templates(change(document, "</h1>", ".</h1>")) for document in practices)
    for document in (first, practices[1]):
        typeset(document, kept.start)
    forget()
    monkeypatch.setattr(Engine, "render", lambda *_: pytest.fail("something was laid out"))

    content = typeset(second, kept.start).content

    monkeypatch.undo()
    assert find_differences(content, make_whole(second)) == []


def test_slots_are_laid_out_anew_for_a_template_with_styles_of_its_own(kept: Kept) -> None:
    style = "<style>* { color: #555 !important }</style>"
    document = use_other_templates(change(kept.document, "</head>", f"{style}</head>"))

    assert find_differences(typeset(document, kept.start).content, make_whole(document)) == []


@pytest.mark.parametrize("damage", ["flip", "cut", "other key", "other kind"])
def test_damaged_bodies_and_slots_are_made_anew(kept: Kept, damage: str) -> None:
    spoiled: dict[Path, bytes] = {}
    for file in kept.files:
        content = file.read_bytes()
        key, value = pickle.loads(content[32:])  # noqa: S301 - written above
        middle = len(content) // 2
        damaged = {
            "flip": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "cut": content[:middle],
            "other key": sign(pickle.dumps(("another", value))),
            "other kind": sign(pickle.dumps((key, ()))),
        }
        spoiled[file] = damaged[damage]
        file.write_bytes(spoiled[file])

    assert typeset(kept.document, kept.start).content == kept.content
    written = {file: file.read_bytes() for file in kept.files}
    assert all(content == sign(content[32:]) != spoiled[file] for file, content in written.items())


def sign(content: bytes) -> bytes:
    return hashlib.sha256(content).digest() + content


def test_a_file_of_a_body_or_slot_runs_no_code(kept: Kept, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for file in kept.files:
        file.write_bytes(sign(b"cos\nsystem\n(S'touch " + str(trap).encode() + b"'\ntR."))

    assert typeset(kept.document, kept.start).content == kept.content
    assert not trap.exists()


def test_slots_are_laid_out_anew_when_a_file_of_a_style_sheet_changes(tmp_path: Path) -> None:
    """The text of the style sheet that imports it stays the same."""
    root = small_project(tmp_path).root
    (root / "styles").mkdir(exist_ok=True)
    style = root / "styles" / "first-page.css"
    for name in ("one-page.css", "first-page.css"):
        shutil.copy(shipped() / "styles" / name, root / "styles" / name)
    before = make_shelf(root, 0, seed=1).compose("clinic", "one-page")
    first = typeset(before).content
    style.write_text(style.read_text().replace(".contact h3 {", ".contact h3 { text-align: right;"))
    after = make_shelf(root, 0, seed=1).compose("clinic", "one-page")

    content = typeset(after).content

    assert [sheet.text for sheet in after.sheets] == [sheet.text for sheet in before.sheets]
    assert find_differences(content, make_whole(after)) == []
    assert "pixels" in find_differences(content, first)


def test_a_folder_for_bodies_that_cannot_be_written_to_is_done_without(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "bodies").write_text("a file")

    assert typeset(shelf.compose("clinic", "one-page"), tmp_path / "bodies" / "engine").pages


def test_no_file_holds_what_is_for_a_patient(shelf: Shelf, tmp_path: Path) -> None:
    document = shelf.compose("clinic", "one-page", patient=Patient("Jo Miller"))

    assert typeset(document, tmp_path / "bodies" / "engine").pages
    assert not (tmp_path / "bodies").exists()


def main() -> None:
    """Compare as many random prints as the argument says."""
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        small = small_project(Path(folder))
        small.replace(HANDOUT, "main_message: ", "main_message: Call {{ practice.name }} at {{ practice.phone }}. ")
        different = compare(make_shelf(Path(folder), 60, seed=count), count, seed=count)
    sys.stdout.write("".join(f"different: {name}\n" for name in different) + f"{len(different)} of {count} differ\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
