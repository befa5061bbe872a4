"""Leaflets of three panels, measured on the printed sheet: a sheet that folds through a sentence is waste paper."""

import io
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from support.command import run
from support.pdf import Word, read_tags, sizes, words

INCH = 72.0
MM = 72 / 25.4
TOLERANCE = 0.3 * MM
LETTER, A4 = "lakeside-spine-center", "northgate-family-practice"
WIDTHS = {
    (LETTER, "trifold"): (3.6875 * INCH, 3.625 * INCH),
    (LETTER, "trifold-z"): (11 / 3 * INCH, 11 / 3 * INCH),
    (A4, "trifold"): (100 * MM, 97 * MM),
    (A4, "trifold-z"): (99 * MM, 99 * MM),
}
NAME = "spinal-fracture.sections-1-3.en.{}.pdf"
PANELS = {
    "trifold": (("flap", "back", "cover"), ("inside 1", "inside 2", "inside 3")),
    "trifold-z": (("inside 2", "inside 3", "cover"), ("flap", "inside 1", "back")),
}
PHONES = {LETTER: "(616) 555-0134", A4: "01632 960482"}


@dataclass(frozen=True)
class Leaflet:
    """A printed leaflet and the edges of its panels, which are the same seen from either side but for their order."""

    path: Path
    practice: str
    kind: str

    def edges(self, page: int) -> list[float]:
        wide, narrow = WIDTHS[self.practice, self.kind]
        widths = [(narrow, wide, wide), (wide, wide, narrow)][page]
        return [sum(widths[:count]) for count in range(4)]

    def panel_of(self, word: Word) -> tuple[str, float, float]:
        """Return the panel that the middle of a word is on, from where to where it goes."""
        middle = (word.left + word.right) / 2
        names = PANELS[self.kind][word.page]
        return next(
            (name, start, end)
            for name, (start, end) in zip(names, pairwise(self.edges(word.page)), strict=True)
            if start <= middle < end
        )

    def panels(self) -> dict[str, str]:
        """Return the text of each panel, line by line."""
        found: dict[str, list[Word]] = {}
        for word in words(self.path):
            found.setdefault(self.panel_of(word)[0], []).append(word)
        return {
            name: " ".join(word.text for word in sorted(text, key=lambda word: (round(word.bottom / 6), word.left)))
            for name, text in found.items()
        }


@pytest.fixture(params=list(WIDTHS), ids="-".join)
def leaflet(shipped_color: Path, request: pytest.FixtureRequest) -> Leaflet:
    practice, kind = request.param
    return Leaflet(shipped_color / practice / NAME.format(kind), practice, kind)


@pytest.fixture(scope="module")
def panels(shipped_otherwise: Path) -> Path:
    """The panels of a leaflet, each on a page of its own."""
    return shipped_otherwise / A4 / NAME.format("trifold-single")


def test_a_leaflet_is_both_sides_of_one_sheet(leaflet: Leaflet) -> None:
    (size,) = sizes(leaflet.path)
    assert size == pytest.approx((11 * INCH, 8.5 * INCH) if leaflet.practice == LETTER else (297 * MM, 210 * MM))
    with pikepdf.open(leaflet.path) as pdf:
        assert len(pdf.pages) == 2


def test_no_word_is_within_a_quarter_inch_of_a_fold_or_an_edge(leaflet: Leaflet) -> None:
    near = 0.25 * INCH - TOLERANCE
    (_, height) = next(iter(sizes(leaflet.path)))
    found = words(leaflet.path)
    assert len(found) > 400
    for word in found:
        _, start, end = leaflet.panel_of(word)
        assert start + near <= word.left < word.right <= end - near, word
        assert near <= word.top < word.bottom <= height - near, word


def test_each_panel_has_its_text(leaflet: Leaflet) -> None:
    panels = leaflet.panels()
    assert panels["cover"].startswith("Spinal fracture and balloon kyphoplasty For people who have")
    assert panels["cover"].endswith(PHONES[leaflet.practice])
    assert panels["flap"].startswith("The main point Sudden, severe back pain")
    assert "What you can do now" in panels["flap"]
    assert panels["inside 1"].startswith("Spinal fracture 1 Could my back pain")
    inside = " ".join(panels[f"inside {number}"] for number in (1, 2, 3))
    there = ["3 What is my risk of a spinal fracture?", "References 1 Source", "Please note This handout"]
    assert [inside.find(text) > 0 for text in there] == [True] * 3
    assert sorted(there, key=inside.find) == there
    assert panels["back"].startswith("How to reach us")
    assert PHONES[leaflet.practice] in panels["back"]


def test_small_print_is_at_the_foot_of_the_last_panel_inside(leaflet: Leaflet) -> None:
    panel = [word for word in words(leaflet.path) if leaflet.panel_of(word)[0] == "inside 3"]
    footer = min(word.top for word in panel if word.text == "SF-101")
    above = [word for word in panel if word.bottom < footer]
    assert footer - max(word.bottom for word in above) < 0.2 * INCH
    heading = next(word for word in above if word.text == "References")
    assert heading.top - max(word.bottom for word in above if word.bottom < heading.top) > INCH, "space is above it"


def test_each_side_says_what_it_is(leaflet: Leaflet) -> None:
    panels = leaflet.panels()
    for name in ("back", "inside 3"):
        assert "SF-101 · Version 1.0 · Published" in panels[name]
        assert panels[name].endswith("Draft: not clinically reviewed · Sections 1, 3 of 9")


def test_type_can_be_read(leaflet: Leaflet) -> None:
    found: dict[float, set[str]] = {}
    for word in words(leaflet.path):
        if not set(word.text) <= set("0123456789,-*"):  # numbers of references are raised
            found.setdefault(round(word.size, 1), set()).add(word.text)
    assert {"Published", "Draft:"} <= found.pop(9.0)
    assert {"Silverman", "confirmed:"} <= found.pop(9.5)
    # A drawing's words shrink with it; its panel is wider on A4.
    drawn = {size for size in found if found[size] & {"disc", "collapsed", "Healthy"}}
    assert min(drawn) >= 9
    assert min(found.keys() - drawn) >= 10.5
    assert {"fracture", "doctor"} <= found[11.0]


def dark_columns(path: Path, side: int) -> tuple[list[float], list[float]]:
    """Return where lines along the top and the bottom of a side, 2.5 mm from them, meet ink, in points."""
    dots = 150
    page = ["-f", str(side), "-l", str(side), "-singlefile"]
    done = subprocess.run(["pdftoppm", "-r", str(dots), "-gray", *page, path], capture_output=True, check=True)
    row = round(2.5 / 25.4 * dots)
    with Image.open(io.BytesIO(done.stdout)) as image:
        lines = [image.crop((0, y, image.width, y + 1)).tobytes() for y in (row, image.height - row)]
    top, bottom = ({x for x, value in enumerate(line) if value < 230} for line in lines)
    return starts(top, INCH / dots), starts(bottom, INCH / dots)


def starts(dark: set[int], size: float) -> list[float]:
    """Return the middle of the first pixel of each run of pixels of a size."""
    return [(x + 0.5) * size for x in sorted(dark) if x - 1 not in dark]


def test_ticks_show_where_to_fold(leaflet: Leaflet) -> None:
    for page in (0, 1):
        folds = leaflet.edges(page)[1:3]
        for found in dark_columns(leaflet.path, page + 1):
            assert found == pytest.approx(folds, abs=TOLERANCE)


def test_ticks_can_be_left_off(shipped_color: Path, tmp_path: Path) -> None:
    target = tmp_path / "plain.pdf"
    chosen = ("-p", A4, "-f", "trifold", "-s", "leaflet")
    assert run(shipped_color.parent, "build", *chosen, "--no-fold-marks", "-o", str(target)).code == 0
    for side in (1, 2):
        assert dark_columns(target, side) == ([], [])


def test_a_leaflet_is_read_in_the_order_of_its_panels(shipped_color: Path) -> None:
    read = " ".join(read_tags(shipped_color / A4 / NAME.format("trifold-z")).split())
    order = [
        "Spinal fracture and balloon kyphoplasty",
        "The main point",
        "What you can do now",
        "Could my back pain",
        "What is my risk",
        "What can happen over time",
        "References",
        "Please note",
        "How to reach us",
        "Opening hours",
    ]
    places = [read.find(text) for text in order]
    assert -1 not in places
    assert places == sorted(places)


def places(pdf: pikepdf.Pdf) -> dict[str, tuple[int, float, float]]:
    """Return page and place of each destination, in points from the top left."""
    names = pdf.Root.Names.Dests.Names
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    height = float(pdf.pages[0].mediabox[3])
    found: dict[str, tuple[int, float, float]] = {}
    for index in range(0, len(names), 2):
        page, _, x, y, _ = names[index + 1]
        found[str(names[index])] = pages[page.objgen], float(x), height - float(y)
    return found


def test_a_citation_leads_to_its_entry_on_the_sheet(leaflet: Leaflet) -> None:
    found = words(leaflet.path)
    with pikepdf.open(leaflet.path) as pdf:
        destinations = places(pdf)
        for name, first in (("reference-2", "Silverman"), ("reference-3", "Gold")):
            (word,) = [word for word in found if word.text == first]
            page, x, y = destinations[name]
            assert page == word.page
            assert 0 <= word.left - x < 0.4 * INCH
            assert -2 <= word.top - y < 0.2 * INCH
        height = float(pdf.pages[0].mediabox[3])
        for number, page_of_pdf in enumerate(pdf.pages):
            for annotation in page_of_pdf.get("/Annots", []):
                if "/Dest" not in annotation or not str(annotation.Dest).startswith("reference-"):
                    continue
                left, bottom, right, top = (float(edge) for edge in annotation.Rect)
                digits = str(annotation.Dest).removeprefix("reference-")
                # What is clicked is that number, and nothing else.
                below = [
                    word.text
                    for word in found
                    if word.page == number
                    and word.left - 1 <= (left + right) / 2 <= word.right + 1
                    and word.top - 1 <= height - (top + bottom) / 2 <= word.bottom + 1
                ]
                assert any(digits in text for text in below), (digits, below)


def test_the_outline_is_in_the_order_of_reading_and_leads_to_the_panels(leaflet: Leaflet) -> None:
    listed: list[tuple[str, Word]] = []
    found = words(leaflet.path)
    with pikepdf.open(leaflet.path) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        height = float(pdf.pages[0].mediabox[3])
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            waiting[:0] = item.children
            assert isinstance(item.destination, pikepdf.Array)
            page, _, x, y, _ = (item.destination[part] for part in range(5))
            first = item.title.split()[0]
            at = [
                word
                for word in found
                if (word.text, word.page) == (first, pages[page.objgen])
                and -0.01 < word.left - float(x) < 0.3 * INCH  # both are rounded
                and abs(word.top - height + float(y)) < 0.2 * INCH
            ]
            assert at, item.title
            listed.append((item.title, at[0]))
    panels = ["cover", "flap", "inside 1", "inside 2", "inside 3", "back"]
    order = [panels.index(leaflet.panel_of(word)[0]) for _, word in listed]
    assert order == sorted(order)
    assert [title for title, _ in listed][:4] == [
        "Spinal fracture and balloon kyphoplasty",
        "The main point",
        "What you can do now",
        "Spinal fracture",
    ]
    assert next(title for title, word in listed if leaflet.panel_of(word)[0] == "back") == "How to reach us"


def test_single_panels_have_the_sizes_of_the_folded_ones(panels: Path) -> None:
    with pikepdf.open(panels) as pdf:
        found = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]
    wide, narrow = WIDTHS[A4, "trifold"]
    assert [width for width, _ in found] == pytest.approx([wide, narrow, wide, wide, narrow, wide], abs=TOLERANCE)
    assert [height for _, height in found] == pytest.approx([210 * MM] * 6, abs=TOLERANCE)
