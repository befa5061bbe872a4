"""Actions and questions that name a section are printed with each selection that has it."""

import pickle

import pytest

from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.provenance.record import make_print_code
from handouts.provenance.source_digests import SourceDigests
from support.composed import composed_as
from support.projects import HANDOUT, Mistake, SmallProject

ACTION = "Bring your *list* home.".replace("*", "")


@pytest.fixture
def owning(project: SmallProject) -> SmallProject:
    """Return a project whose handout has an action of a section, and a question of a part."""
    project.replace(HANDOUT, "  - Keep moving.", f"  - Keep moving.\n  - {{text: {ACTION}, section: helps}}")
    project.replace(HANDOUT, "  - What can I do?", "  - What can I do?\n  - {text: Is it safe?, section: about}")
    return project


def words(project: SmallProject, form: str, *sections: str) -> str:
    return composed_as(project, form, sections=sections).html


@pytest.mark.parametrize("form", ["handout", "large-print", "booklet", "html", "text"])
def test_a_selection_has_what_belongs_to_it(owning: SmallProject, form: str) -> None:
    whole, helps, what = words(owning, form), words(owning, form, "helps"), words(owning, form, "what")
    assert all(text in whole for text in (ACTION, "Keep moving.", "Is it safe?", "What can I do?"))
    assert (ACTION in helps, "Keep moving." in helps, "Is it safe?" in helps) == (True, False, False)
    assert (ACTION in what, "Is it safe?" in what, "What can I do?" in what) == (False, True, False)


@pytest.mark.parametrize("form", ["one-page", "trifold", "trifold-z"])
def test_a_format_with_the_whole_checklist_leaves_out_other_sections(owning: SmallProject, form: str) -> None:
    helps, what = words(owning, form, "helps"), words(owning, form, "what")
    assert "Keep moving." in helps
    assert "Keep moving." in what
    assert (ACTION in helps, ACTION in what) == (True, False)


def test_the_place_of_a_text_is_that_of_its_own_line(owning: SmallProject) -> None:
    place = owning.place(HANDOUT, "{text: Bring")
    assert f'data-at="{place}"' in words(owning, "handout", "helps")


def test_a_print_code_changes_only_for_prints_that_gain_a_text(project: SmallProject) -> None:
    def codes() -> list[str]:
        library = project.read().library
        assert library
        (handout,), (practice,) = library.handouts, library.practices.values()
        made = []
        for sections in ((), ("helps",), ("what",)):
            numbered = number_for(select(handout, sections), practice)
            contents = SourceDigests(library.references).digest_contents(numbered, practice)
            made.append(make_print_code(numbered, practice, contents))
        return made

    before = codes()
    project.replace(HANDOUT, "  - Keep moving.", "  - {text: Keep moving., section: helps}")
    after = codes()
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_an_unknown_section_is_an_error(owning: SmallProject) -> None:
    mistake = Mistake("section: helps", "section: help", "unknown-section", "help}", "no section or part", '"helps"')
    owning.check_mistake(HANDOUT, mistake)


def test_a_text_of_a_section_travels_to_another_process(owning: SmallProject) -> None:
    library = owning.read().library
    assert library
    copy = pickle.loads(pickle.dumps(library.handouts[0].front))  # noqa: S301 - made here
    assert [getattr(action, "section", None) for action in copy.actions] == [None, "helps"]


def test_a_group_without_a_section_is_a_text_that_needs_quotes(project: SmallProject) -> None:
    mistake = Mistake("- Keep moving.", "- Choose the day: one", "wrong-type", "Choose", '"actions"', "in quotes")
    project.check_mistake(HANDOUT, mistake)
