"""Where links and bookmarks of the shipped outputs lead: to the page and the spot on it where the words stand."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import pikepdf
import pytest

from support.builds import LAKESIDE, NORTHGATE
from support.pdf import Word, words
from support.shipped import handout
from support.shipped import words as words_of

WHOLE: Final = "spinal-fracture.en"
LEAFLET: Final = "spinal-fracture.sections-1-3.en"
FILES: Final = [
    (LAKESIDE, f"{WHOLE}.handout", 7),
    (NORTHGATE, f"{WHOLE}.large-print", 7),
    (LAKESIDE, f"{WHOLE}.booklet", 7),
    (NORTHGATE, f"{LEAFLET}.trifold-z", 3),
]


class Spot(NamedTuple):
    """A spot on a page: pages from 0, points from the top left."""

    page: int
    left: float
    top: float


class Link(NamedTuple):
    """A link within a document: where it is, what it is called and where it leads."""

    spot: Spot
    description: str
    target: str


def spot(pdf: pikepdf.Pdf, destination: pikepdf.Object) -> Spot:
    page, _, left, bottom, _ = list(destination)
    number = next(number for number, one in enumerate(pdf.pages) if one.obj.objgen == page.objgen)
    return Spot(number, float(left), float(pdf.pages[number].mediabox[3]) - float(bottom))


def targets(pdf: pikepdf.Pdf) -> dict[str, Spot]:
    names = pdf.Root.Names.Dests.Names
    return {str(names[place]): spot(pdf, names[place + 1]) for place in range(0, len(names), 2)}


def links(pdf: pikepdf.Pdf) -> Iterator[Link]:
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", []):
            if "/Dest" in annotation:
                left, bottom, right, top = map(float, annotation.Rect)
                middle = Spot(number, (left + right) / 2, float(page.mediabox[3]) - (bottom + top) / 2)
                yield Link(middle, str(annotation.Contents), str(annotation.Dest))


def at(found: list[Word], where: Spot) -> str:
    """Return the word at a spot."""
    around = [word for word in found if word.page == where.page and word.left - 2 < where.left < word.right + 2]
    return " ".join(word.text for word in around if word.top - 3 < where.top < word.bottom + 3)


def beginning(found: list[Word], where: Spot) -> str:
    """Return the words from a spot on, which may be on a raised number or in the space before one."""
    lines = [word for word in found if word.page == where.page and abs(word.top - where.top) < 8]
    return " ".join(word.text for word in lines if word.left - 8 < where.left < word.right + 2)


def below(found: list[Word], where: Spot) -> str:
    """Return the words beside and below a spot: the next lines of its column, with hanging numbers."""
    near = [word for word in found if word.page == where.page and where.top - 2 < word.bottom - 2 < where.top + 62]
    return " ".join(word.text for word in near if -130 < word.left - where.left < 320)


def titles() -> dict[str, str]:
    """Return the titles of link targets, by the name of the target."""
    parts = {f"section-{part.id}": part.title for part in handout().parts}
    sections = {f"section-{section.id}": section.title for section in handout().sections}
    return parts | sections | {f"section-{block.id}": block.title for block in handout().blocks}


def bookmarks(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> list[tuple[str, Spot]]:
    found = []
    for one in item.children:
        assert isinstance(one.destination, pikepdf.Array)
        found.append((one.title, spot(pdf, one.destination)))
    return found


@pytest.mark.parametrize(("practice", "name", "last"), FILES)
def test_each_link_leads_to_the_place_it_names(shipped_color: Path, practice: str, name: str, last: int) -> None:
    path = shipped_color / practice / f"{name}.pdf"
    found = words(path)
    with pikepdf.open(path) as pdf:
        leading, to = list(links(pdf)), targets(pdf)
    cited = {link.target for link in leading if link.target.startswith("reference-")}
    # A run such as 5-7 prints, and links, its first and last number only.
    assert {f"reference-{number}" for number in range(1, last + 1)} - cited <= {"reference-6"}
    back = {link.description: link.target for link in leading if link.target.startswith("cite-")}
    assert list(back) == [f"Back to the text: reference {number}" for number in range(1, last + 1)]
    for link in leading:
        kind, _, what = link.target.partition("-")
        under, there = at(found, link.spot), beginning(found, to[link.target])
        if kind == "reference":
            assert link.description == f"Reference {what}"
            assert what in re.findall(r"\d+", under)
            assert there.split()[0] == what
        elif kind == "cite":
            number = link.description.split()[-1]
            assert under == number
            # Several sources that are first cited together lead back to one spot.
            numbers = [int(one) for one in re.findall(r"\d+", there)]
            assert min(numbers) <= int(what) <= int(number) <= max(numbers)
        elif kind == "note":
            assert link.description == "Note *"
            assert "*" in under
            assert "*" in below(found, to[link.target]).split()
        else:
            assert titles()[link.target] in below(found, to[link.target])


@pytest.mark.parametrize(("practice", "name", "last"), FILES)
def test_each_part_and_section_is_where_its_target_is(shipped_color: Path, practice: str, name: str, last: int) -> None:
    path = shipped_color / practice / f"{name}.pdf"
    found = words(path)
    with pikepdf.open(path) as pdf:
        to = {target: where for target, where in targets(pdf).items() if target in titles()}
    assert len(to) == (len(titles()) if last == 7 else 3)
    for target, where in to.items():
        first_words = titles()[target].split()[:3]
        assert [word for word in first_words if word not in below(found, where).split()] == [], (target, where)


@pytest.mark.parametrize(("practice", "name", "last"), FILES)
def test_bookmarks_are_the_headings_and_lead_to_them(shipped_color: Path, practice: str, name: str, last: int) -> None:
    path = shipped_color / practice / f"{name}.pdf"
    found = words(path)
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        entries = bookmarks(pdf, title)
        below_parts = {item.title: bookmarks(pdf, item) for item in title.children}
    assert title.title == handout().front.title
    chosen = {f"section-{section.id}" for section in handout().sections if last == 7 or section.number in {1, 3}}
    parts = [part for part in handout().parts if any(f"section-{section.id}" in chosen for section in part.sections)]
    part_titles = [part.title for part in parts]
    assert [heading for heading, _ in entries if heading in part_titles] == part_titles
    for part in parts:
        sections = [section for section in part.sections if f"section-{section.id}" in chosen]
        assert [heading for heading, _ in below_parts[part.title]] == [
            f"{section.number} {section.title}" for section in sections
        ]
        for section, (_, where) in zip(sections, below_parts[part.title], strict=True):
            on_page = " ".join(word.text for word in found if word.page == where.page)
            assert " ".join(words_of(section.body).split()[:4]) in on_page
    for heading, where in chain(entries, *below_parts.values()):
        assert [word for word in heading.split()[:3] if word not in below(found, where).split()] == [], heading


def test_every_font_is_an_embedded_subset_that_can_be_copied_from(
    shipped_color: Path, shipped_black: Path, shipped_otherwise: Path
) -> None:
    files = [path for folder in (shipped_color, shipped_black, shipped_otherwise) for path in folder.glob("*/*.pdf")]
    assert len(files) == 22
    for path in files:
        with pikepdf.open(path) as pdf:
            fonts = [
                item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
            ]
            assert fonts
            for font in fonts:
                assert re.fullmatch(r"/[A-Z]{6}\+Atkinson-Hyperlegible-Next.*", str(font.BaseFont)), font.BaseFont
                if font.Subtype == "/Type0":
                    assert "/ToUnicode" in font
                    (letters,) = font.DescendantFonts
                    # Some letters; the whole font has 48 KB.
                    assert len(letters.FontDescriptor.FontFile2.read_bytes()) < 16_000
