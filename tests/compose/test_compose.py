"""Composing: brand, practices that extend others, page labels, and a project's own templates and fonts."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.style_sheets import darken, measure_contrast
from support.command import run
from support.pdf import fonts, internal_links, text
from support.shipped import ROOT

LAKESIDE = "lakeside-spine-center"


@pytest.fixture
def bare(project: Path) -> Path:
    """A project that has no templates and style sheets of its own."""
    for name in ("templates", "styles"):
        shutil.rmtree(project / name)
    return project


def test_contrast_is_as_in_wcag() -> None:
    assert measure_contrast("#000000") == pytest.approx(21)
    assert measure_contrast("#ffffff") == pytest.approx(1)
    assert measure_contrast("#767676") == pytest.approx(4.54, abs=0.01)  # WCAG's own example of a passing grey


@given(st.integers(0, 0xFFFFFF), st.sampled_from([3.0, 4.5, 7.0]))
def test_any_color_is_darkened_until_it_is_readable(color: int, minimum: float) -> None:
    written = f"#{color:06x}"
    readable = darken(written, minimum)
    assert measure_contrast(readable) >= minimum
    assert readable == written or measure_contrast(written) < minimum


def test_a_brand_color_that_is_too_light_is_darkened_and_reported(project: Path) -> None:
    profile = project / "content/practices" / LAKESIDE / "practice.yaml"
    profile.write_text(profile.read_text().replace("#0b5a6f", "#55ccee"))
    ran = run(project, "build", "-p", LAKESIDE, "-s", "symptoms")
    assert ran.code == 0
    assert "warning[low-contrast]: the brand color #55ccee has contrast 1.9" in ran.err


def test_a_practice_inherits_the_fields_that_it_lacks(project: Path) -> None:
    network, clinic = project / "content/practices/network", project / "content/practices/east-clinic"
    shutil.copytree(project / "content/practices" / LAKESIDE, network)
    profile = network / "practice.yaml"
    profile.write_text(profile.read_text().replace("name: Lakeside Spine Center\n", "abstract: true\n"))
    clinic.mkdir()
    (clinic / "practice.yaml").write_text(
        "extends: network\nname: East Clinic\nphones:\n  - {label: Desk, number: (616) 555-0199}\n"
    )
    ran = run(project, "build", "-p", "east-clinic", "-s", "what-to-expect", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    whole = text(project / "x.pdf")
    assert "East Clinic" in whole
    assert "(616) 555-0199" in whole
    assert "555-0134" not in whole  # lists are replaced, not joined
    assert "Port Ellery" in whole
    assert "From East Clinic" in whole
    assert "Check in at the front desk" in whole  # the insert is in the folder of the network
    refused = run(project, "build", "-p", "network")
    assert (refused.code, 'the practice "network" is abstract' in refused.err) == (2, True)
    listed = run(project, "list", "practices").out
    assert "east-clinic" in listed
    assert "network" not in listed


def test_templates_and_styles_of_a_project_replace_the_shipped_ones(bare: Path) -> None:
    (bare / "templates/parts").mkdir(parents=True)
    (bare / "templates/parts/main-point.html.j2").write_text("<p>In short: {{ handout.main_message }}</p>\n")
    ran = run(bare, "build", "-p", LAKESIDE, "-s", "symptoms", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    assert "In short: Sudden, severe back pain" in text(bare / "x.pdf")
    (bare / "styles").mkdir()
    (bare / "styles/ink-black.css").write_text("p { colour: black }\n")
    ran = run(bare, "build", "-p", LAKESIDE, "-s", "symptoms", "--ink", "black", "-o", "x.pdf")
    assert "styles/ink-black.css:1:5: warning[rendering]" in ran.err
    assert "colour" in ran.err


def test_a_practice_can_have_its_own_font(project: Path) -> None:
    folder = project / "content/practices" / LAKESIDE
    shutil.copy(ROOT / "styles/fonts/AtkinsonHyperlegibleNext-Regular.ttf", folder / "own.ttf")
    shutil.copy(ROOT / "styles/fonts/AtkinsonHyperlegibleNext-Bold.ttf", folder / "own-bold.ttf")
    profile = folder / "practice.yaml"
    profile.write_text(profile.read_text() + "font: {regular: own.ttf, bold: own-bold.ttf}\n")
    ran = run(project, "build", "-p", LAKESIDE, "-s", "symptoms", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    assert all(fonts(project / "x.pdf").values())
    assert any(name.startswith("Practice") for name in fonts(project / "x.pdf"))


def test_a_language_without_labels_is_an_error_and_not_in_english(project: Path) -> None:
    folder = project / "content/handouts/spinal-fracture"
    shutil.copy(folder / "en.md", folder / "pt.md")
    practices = project / "content/practices"
    shutil.copytree(practices / "northgate-family-practice", practices / "lakeside-pt")
    with (practices / "lakeside-pt/practice.yaml").open("a") as profile:
        profile.write("language: pt\n")
    ran = run(project, "build", "-p", LAKESIDE, "-p", "lakeside-pt", "-s", "symptoms")
    assert ran.code == 1
    assert 'error[missing-labels]: there are no fixed words of the page in the language "pt"' in ran.err
    assert "1 built, 0 unchanged, 1 failed" in ran.err
    words = project / "templates/labels.en.yaml"
    portuguese = words.read_text().replace("  page: Page\n", "").replace("References", "Referências")
    (project / "templates/labels.pt.yaml").write_text(portuguese)
    ran = run(project, "build", "-p", "lakeside-pt", "-s", "symptoms", "-l", "pt")
    assert 'templates/labels.pt.yaml: error[missing-word]: the word "page" is missing' in ran.err
    (project / "templates/labels.pt.yaml").write_text(portuguese + "  page: Página\n")
    ran = run(project, "build", "-p", "lakeside-pt", "-s", "fracture-risk", "-l", "pt", "-o", "pt.pdf")
    assert ran.code == 0, ran.err
    assert "Referências" in text(project / "pt.pdf")
    assert "Página 1 of" in text(project / "pt.pdf")


def test_a_style_of_the_project_can_use_the_shipped_pictures(bare: Path) -> None:
    chosen = ("build", "-p", LAKESIDE, "-s", "benefits-risks")
    assert run(bare, *chosen, "-o", "shipped.pdf").code == 0
    (bare / "styles").mkdir()
    shutil.copy(ROOT / "styles/handout.css", bare / "styles")
    assert run(bare, *chosen, "-o", "own.pdf").code == 0
    assert (bare / "own.pdf").read_bytes() == (bare / "shipped.pdf").read_bytes()


def test_a_link_to_a_section_that_is_not_printed_becomes_plain_text(project: Path) -> None:
    source = project / "content/handouts/spinal-fracture/en.md"
    source.write_text(source.read_text().replace("- a sneeze", "- [a sneeze](#diagnosis) or [worse](#osteoporosis)"))
    ran = run(project, "build", "-p", LAKESIDE, "-s", "symptoms", "-s", "diagnosis", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    assert "a sneeze or worse" in text(project / "x.pdf")
    assert set(internal_links(project / "x.pdf")) == {"section-diagnosis"}


def test_a_letter_that_no_font_has_is_an_error(project: Path) -> None:
    source = project / "content/handouts/spinal-fracture/en.md"
    source.write_text(source.read_text().replace("- a sneeze", "- a sneeze, \u10d0\u10de\u10e9\u10ee\u10d8"))
    ran = run(project, "build", "-p", LAKESIDE, "-s", "symptoms", "-o", "x.pdf")
    assert ran.code == 1
    line = source.read_text().partition("- a sneeze")[0].count("\n") + 1
    assert f'{source.relative_to(project)}:{line}: error[missing-glyph]: page 2, in "Could my back pain' in ran.err
    assert 'no font has the letters "\u10d0" (U+10D0), "\u10de" (U+10DE), "\u10e9" (U+10E9)' in ran.err
    assert not (project / "x.pdf").exists()


def test_black_ink_without_a_black_logo_is_a_warning(project: Path) -> None:
    profile = project / "content/practices" / LAKESIDE / "practice.yaml"
    profile.write_text(profile.read_text().replace("logo_black: logo-black.svg\n", ""))
    ran = run(project, "build", "-p", LAKESIDE, "-s", "symptoms", "--ink", "black")
    assert ran.code == 0
    assert "warning[no-black-logo]: the logo of lakeside-spine-center is printed in color" in ran.err
