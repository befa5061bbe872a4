"""Drawings of all programs are printed as browsers show them: by the engine where it can, else as sharp pictures."""

import datetime as dt
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from handouts.build.typeset import typeset
from handouts.model.document import Asset, Composed
from handouts.problems.problem import Place
from handouts.system.digests import digest_of_file
from support.laid_out import ROOT

# WeasyPrint leaves its color profile open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

RECT: Final = '<rect width="100" height="50" fill="#07c" {}/>'
HALF: Final = '<rect width="40" height="50" {}/>'
GRADIENT: Final = (
    '<linearGradient id="g"><stop stop-color="#07c"/><stop offset="1" stop-color="#c20"/></linearGradient>'
)
MISDRAWN: Final = {
    "mask on a group": f'<mask id="m"><circle cx="50" cy="25" r="20" fill="#fff"/></mask><g mask="url(#m)">{RECT}</g>',
    "mask by alpha": '<mask id="m" mask-type="alpha"><circle cx="50" cy="25" r="20"/></mask>'
    + RECT.replace("{}", 'mask="url(#m)"'),
    "clip with a hole": '<clipPath id="c"><path clip-rule="evenodd" d="M0 0H100V50H0zM20 10H80V40H20z"/></clipPath>'
    + RECT.replace("{}", 'clip-path="url(#c)"'),
    "stroke with a gradient": GRADIENT + '<path d="M10 25L90 26" stroke="url(#g)" stroke-width="20"/>',
    "text with a gradient": GRADIENT + '<text x="5" y="35" font-size="30" fill="url(#g)">Clinic</text>',
    "group of text with a gradient": GRADIENT + '<g fill="url(#g)"><text x="5" y="35" font-size="30">Clinic</text></g>',
    "shadow": '<filter id="f"><feOffset dx="30"/></filter>' + HALF.replace("{}", 'filter="url(#f)"'),
    "color by a filter": '<filter id="f"><feFlood flood-color="red"/></filter>'
    + RECT.replace("{}", 'filter="url(#f)"'),
}
DRAWN: Final = {
    "style sheet": f"<style>.a{{fill:none;stroke:#000;stroke-width:6}}.b{{fill:#07c}}</style>{HALF}".replace(
        "{}", 'class="a"'
    ),
    "switch": f'<switch><foreignObject requiredExtensions="x"/>{RECT}</switch>',
    "gradient": GRADIENT + RECT.replace("#07c", "url(#g)"),
    "radial gradient": '<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" gradientTransform='
    '"translate(50 25) scale(40)"><stop stop-color="#fff"/><stop offset="1" stop-color="#07c"/></radialGradient>'
    + RECT.replace("#07c", "url(#g)"),
    "clip": '<clipPath id="c"><circle cx="50" cy="25" r="20"/></clipPath>' + RECT.replace("{}", 'clip-path="url(#c)"'),
    "text": '<text x="5" y="35" font-size="30" font-family="Atkinson Hyperlegible Next">Clinic</text>',
    "thin lines": "".join(f'<path d="M0 {y}H100" stroke="#000" stroke-width=".5"/>' for y in range(1, 50, 3)),
    "turned": '<g transform="rotate(30 50 25) scale(.5)">' + RECT + "</g>",
    "used twice": f'<defs><g id="a">{HALF}</g></defs><use href="#a"/><use href="#a" x="50" opacity=".5"/>',
}


def printed_as_pictures(
    drawings: dict[str, str], folder: Path, view_boxes: tuple[str, ...] = ("0 0 100 50",)
) -> tuple[list[str], bytes]:
    """Return the names of the drawings that are printed as pictures, and the PDF; they have these boxes in turn."""
    assets, images = [], ""
    for number, (name, content) in enumerate(drawings.items(), start=1):
        path = folder / f"{number}.svg"
        drawn = content.replace("{}", "")
        path.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_boxes[number % len(view_boxes)]}">{drawn}</svg>'
        )
        assets.append(Asset(path, "logo", digest_of_file(path), Place(name)))
        images += f'<p><img src="{path.name}" alt="A picture" style="width: 30mm"></p>'
    html = f'<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1>{images}</main>'
    file = typeset(Composed(html, "en", dt.date(2026, 1, 1), (), folder, tuple(assets), (ROOT / "styles",)))
    assert {problem.code for problem in file.problems} <= {"drawn-as-picture"}
    return [problem.place.file for problem in file.problems if problem.place], file.content


def test_drawings_that_the_engine_draws_wrong_are_printed_as_pictures_of_600_dpi(tmp_path: Path) -> None:
    names, content = printed_as_pictures(MISDRAWN, tmp_path)
    assert names == list(MISDRAWN)
    (tmp_path / "x.pdf").write_bytes(content)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        pictures = {name: image for page in pdf.pages for name, image in page.get_images().items()}
        drawn = [
            str(instruction.operands[0])
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "Do"
        ]
    inches = 30 / 25.4
    assert [name in pictures for name in drawn].count(True) == len(MISDRAWN)  # those that look alike are one picture
    assert all(int(picture.Width) >= 600 * inches for picture in pictures.values())


def test_drawings_that_the_engine_draws_right_stay_drawings(tmp_path: Path) -> None:
    assert printed_as_pictures(DRAWN, tmp_path)[0] == []


def test_drawings_of_all_sizes_are_compared_one_after_another(tmp_path: Path) -> None:
    wrong = ("stroke with a gradient", "color by a filter")
    drawings = {name: (DRAWN | MISDRAWN)[name] for name in ("gradient", wrong[0], "clip", "turned", wrong[1], "switch")}

    names, _ = printed_as_pictures(drawings, tmp_path, ("0 0 100 50", "0 0 60 50", "0 0 50 50", "0 0 100 30"))

    assert names == [*wrong]


def test_a_letter_that_no_font_has_is_an_error_also_in_a_drawing_that_is_printed_as_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "bone.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
        + MISDRAWN["mask on a group"].replace("{}", "")
        + '<text y="40" font-size="9">Bone \N{GEORGIAN LETTER ZHAR}</text></svg>'
    )
    drawing = Asset(path, "logo", digest_of_file(path), Place("en.md", 9))
    image = '<p><img src="bone.svg" alt="A bone" style="width: 30mm"></p>'
    html = f'<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1>{image}</main>'
    file = typeset(Composed(html, "en", dt.date(2026, 1, 1), (), tmp_path, (drawing,), (ROOT / "styles",)))
    found = {problem.code: problem for problem in file.problems}
    assert set(found) == {"drawn-as-picture", "missing-glyph"}
    assert found["missing-glyph"].place == Place("en.md", 9)
    assert "(U+10DF)" in found["missing-glyph"].message
