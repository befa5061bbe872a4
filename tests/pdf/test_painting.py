"""What paints boxes faster paints exactly what WeasyPrint does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import draw
from weasyprint.draw import border
from weasyprint.matrix import Matrix

from handouts.pdf.layout.lay_out import open_document
from handouts.pdf.layout.renderer import load_engine
from handouts.pdf.weasyprint_patches import painting
from support.laid_out import compose_body

load_engine()

BODY = """<p>Plain.</p>
<p class="{0}">Bones <em class="{0}">heal</em>.</p><ul class="{0}"><li class="{0}">Rest.</li></ul>
<table><tr><td class="{0}">5 mg</td></tr></table><div class="{0}"><p>One.</p><p class="{0}">Two.</p></div>"""
LOOKS = {
    "plain": "color: black",
    "border": "border: 2pt solid red",
    "border on one side": "border-left: 3pt dotted blue",
    "border without a style": "border: 2pt none red",
    "border of no width": "border: 0 solid red",
    "outline": "outline: 1pt solid green",
    "outline without a style": "outline: 1pt none green",
    "column rule": "column-count: 2; column-rule: 1pt solid red",
    "border image": "border: 3pt solid; border-image: linear-gradient(red, blue) 1",
    "hidden": "visibility: hidden; border: 2pt solid red; outline: 1pt solid green",
}
NUMBERS = st.sampled_from((-0.0, 0, 1, -1)) | st.floats(-1e6, 1e6)
THREE = st.tuples(NUMBERS, NUMBERS, NUMBERS).map(list)


def write(look: str) -> bytes:
    with open_document(compose_body(BODY.format("look"), f".look {{ {look} }}")) as document:
        pages = document.engine.render(document.engine.parse(document.composed.html), "")
        written: bytes = pages.document.write_pdf(uncompressed_pdf=True)
    return written


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_borders_and_outlines_are_painted_as_by_weasyprint(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = write(look)
    monkeypatch.setattr(draw, "draw_border", painting._draw_border_original)  # noqa: SLF001 - the function replaced
    for module in (draw, border):
        monkeypatch.setattr(module, "draw_outline", painting._draw_outline_original)  # noqa: SLF001 - likewise

    assert painted == write(look)


@given(st.lists(THREE, min_size=1, max_size=3), st.lists(THREE, min_size=3, max_size=3))
def test_matrices_are_multiplied_with_the_same_sums(one: list[list[float]], other: list[list[float]]) -> None:
    sums = [[sum(row[k] * other[k][j] for k in range(3)) for j in range(3)] for row in one]

    assert repr(Matrix(matrix=one) @ Matrix(matrix=other)) == repr(sums)  # -0.0 is not 0.0
