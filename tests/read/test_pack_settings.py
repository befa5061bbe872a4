"""Packs name handouts and sections that exist."""

from support.projects import SETTINGS, SmallProject

PACK = "packs:\n  visit:\n    title: First visit\n    handouts:\n"


def test_a_pack_of_what_exists_is_read(project: SmallProject) -> None:
    project.write(SETTINGS, f"{project.text(SETTINGS)}{PACK}      - {{handout: back, sections: [what]}}\n")
    assert project.read().problems == ()


def test_a_handout_and_a_section_that_do_not_exist_are_reported(project: SmallProject) -> None:
    items = "      - {handout: bakc}\n      - {handout: back, sections: [waht]}\n"
    project.write(SETTINGS, f"{project.text(SETTINGS)}{PACK}{items}")
    first, second = project.read().problems
    assert (first.code, second.code) == ("unknown-in-pack", "unknown-in-pack")
    assert "back" in first.hint
    assert 'the section "waht" of "back"' in second.message
