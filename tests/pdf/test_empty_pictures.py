"""Logos and figures that nobody can see on white paper are errors; what is only light or thin is printed."""

import datetime as dt
import io
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageDraw

from handouts.build.typeset import typeset
from handouts.model.document import Asset, Composed
from handouts.problems.problem import Place, Problem
from handouts.schema.print_terms import FileKind
from handouts.system.digests import digest_of_file
from support.laid_out import ROOT
from support.projects import HANDOUT, LOGO, PRACTICE, SmallProject

PAGE: Final = '<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1>{}</main>'

# WeasyPrint leaves its color profile open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


def drawing(content: str, frame: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}><title>x</title>{content}</svg>'.encode()


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def lined(color: str) -> bytes:
    """Draw a thin line on white."""
    image = Image.new("RGB", (1000, 500), "white")
    ImageDraw.Draw(image).line((0, 250, 999, 250), color)
    return saved(image)


RECT: Final = '<rect width="100" height="50" {}/>'
EMPTY: Final = {
    "nothing": drawing(""),
    "white": drawing(RECT.format('fill="#fff"')),
    "almost white": drawing(RECT.format('fill="#fdfdfc"')),
    "opacity 0": drawing(RECT.format('opacity="0"')),
    "fill-opacity 0": drawing(RECT.format('fill-opacity="0"')),
    "no fill": drawing(RECT.format('fill="none"')),
    "not displayed": drawing(RECT.format('display="none"')),
    "hidden": drawing(RECT.format('visibility="hidden"')),
    "outside the frame": drawing('<rect x="200" width="100" height="50"/>'),
    "far outside": drawing('<rect x="20000" width="100" height="50"/>'),
    "only defined": drawing("<defs><g id='a'>" + RECT.format("") + "</g></defs>"),
    "no size": drawing('<rect width="0" height="50"/>'),
    "negative size": drawing('<rect width="-100" height="50"/>'),
    "masked away": drawing("<mask id='a'><rect width='100' height='50'/></mask>" + RECT.format("mask='url(#a)'")),
    "frame of negative size": drawing(RECT.format(""), 'viewBox="0 0 -100 50"'),
    "clipped away": drawing(
        "<clipPath id='a'><rect x='90' width='1e-9' height='1e-9'/></clipPath>" + RECT.format("clip-path='url(#a)'")
    ),
    "frame without size": drawing(RECT.format(""), 'viewBox="0 0 0 0" width="30" height="10"'),
    "no width": drawing(RECT.format(""), 'viewBox="0 0 100 50" width="0mm"'),
    "frame elsewhere": drawing(RECT.format(""), 'viewBox="500 500 100 50"'),
    "transparent PNG": saved(Image.new("RGBA", (400, 200), (0, 0, 0, 0))),
    "white PNG": saved(Image.new("RGB", (400, 200), "white")),
    "white palette": saved(Image.new("P", (400, 200), 0).convert("L").point([255] * 256).quantize(2)),
    "white on transparent": saved(Image.new("RGBA", (400, 200), (255, 255, 255, 128))),
    "white JPEG": saved(Image.new("RGB", (400, 200), "white"), "JPEG"),
}
SEEN: Final = {
    "filled": drawing(RECT.format("")),
    "thin light gray line": drawing('<path d="M0 25H100" stroke="#bbb" stroke-width="0.5"/>'),
    "light tint": drawing(RECT.format('fill="#eee"')),
    "text": drawing('<text x="5" y="30" font-size="20">Clinic</text>'),
    "gradient": drawing(
        "<linearGradient id='a'><stop offset='0' stop-color='#fff'/><stop offset='1'/></linearGradient>"
        + RECT.format("fill='url(#a)'")
    ),
    "white on a dark ground": drawing(RECT.format("") + '<circle cx="50" cy="25" r="20" fill="#fff"/>'),
    "without frame": drawing(RECT.format(""), 'width="100" height="50"'),
    "tall": drawing('<rect width="10" height="300"/>', 'viewBox="0 0 10 300"'),
    "thin gray line of pixels": lined("#c8c8c8"),
    "black on transparent": saved(Image.new("RGBA", (400, 200), (0, 0, 0, 60))),
}
DOT: Final = drawing('<circle cx="306" cy="396" r="40"/>', 'viewBox="0 0 612 792"')


def made(pictures: dict[str, bytes], folder: Path, file: FileKind) -> tuple[Problem, ...]:
    """Make a page of pictures, each named on a line of its own."""
    assets, images = [], ""
    for number, (name, content) in enumerate(pictures.items(), start=1):
        path = folder / f"{number}.bin"
        path.write_bytes(content)
        assets.append(Asset(path, "logo", digest_of_file(path), Place(name, number)))
        images += f'<p><img src="{path.name}" alt="A logo" style="width: 30mm"></p>'
    html = PAGE.format(images)
    return typeset(
        Composed(html, "en", dt.date(2026, 1, 1), (), folder, tuple(assets), (ROOT / "styles",), file=file)
    ).problems


def files_with(problems: tuple[Problem, ...], code: str) -> list[str]:
    return [problem.place.file for problem in problems if problem.code == code and problem.place]


@pytest.mark.parametrize("file", ["pdf", "html"])
def test_invisible_pictures_are_reported_and_no_others(tmp_path: Path, file: FileKind) -> None:
    problems = made(EMPTY | SEEN, tmp_path, file)
    assert sorted(files_with(problems, "empty-picture")) == sorted(EMPTY)
    assert files_with(problems, "small-in-frame") == []


@pytest.mark.parametrize("file", ["pdf", "html"])
def test_a_picture_that_is_a_dot_in_its_frame_is_reported(tmp_path: Path, file: FileKind) -> None:
    dot = Image.new("L", (1000, 1000), "white")
    dot.paste("black", (400, 400, 600, 500))
    problems = made({"drawing": DOT, "pixels": saved(dot), "whole": SEEN["filled"]}, tmp_path, file)
    assert files_with(problems, "small-in-frame") == ["drawing", "pixels"]
    assert "covers 20% of its width and 10% of its height" in next(p.message for p in problems if "2.bin" in p.message)


@pytest.mark.parametrize("format_", ["handout", "html"])
def test_a_logo_that_cannot_be_seen_fails_the_output_at_the_line_that_names_it(
    project: SmallProject, format_: str
) -> None:
    project.write(LOGO, EMPTY["white"])
    ran = project.run("build", "-f", format_)
    assert ran.code == 1
    place = project.place(PRACTICE, "logo.svg")
    assert f"{place}: error[empty-picture]: the logo logo.svg draws nothing that can be seen on white paper" in ran.err
    assert "1 failed" in ran.err


def test_a_black_logo_and_a_figure_that_cannot_be_seen_fail_what_uses_them(project: SmallProject) -> None:
    project.write("content/practices/clinic/black.svg", EMPTY["opacity 0"])
    project.replace(PRACTICE, "logo: logo.svg", "logo: logo.svg\nlogo_black: black.svg")
    assert project.run("build", "-f", "handout").code == 0
    ran = project.run("build", "-f", "handout", "--ink", "black")
    assert f"{project.place(PRACTICE, 'black.svg')}: error[empty-picture]" in ran.err
    project.write("content/handouts/back/bone.png", EMPTY["transparent PNG"])
    project.replace(HANDOUT, "- after a fall", "- ![Bones](bone.png)")
    ran = project.run("build", "-f", "html")
    assert f"{project.place(HANDOUT, '![Bones]')}: error[empty-picture]: the picture bone.png" in ran.err
