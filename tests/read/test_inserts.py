"""Inserts of practices: by patterns, at the start or end of a section or in its place, and added along `extends`."""

from handouts.problems.problem import Place
from support.composed import page_and_text
from support.projects import HANDOUT, PRACTICE, SmallProject

FOLDER = "content/practices/clinic"


def insert(project: SmallProject, entry: str, text: str = "Own text.\n") -> None:
    project.replace(PRACTICE, "website", f"inserts:\n  - {{{entry}, file: own.md}}\nwebsite")
    project.write(f"{FOLDER}/own.md", text)


def test_a_pattern_prints_an_insert_in_each_section_that_it_matches(project: SmallProject) -> None:
    insert(project, 'handout: "*", section: "w*"')
    assert project.problems() == ()
    text = page_and_text(project)[1].replace("\xa0", " ")
    assert text.count("Own text.") == 2
    assert text.index("It is mostly harmless.") < text.index("Own text.")


def test_a_pattern_that_matches_nothing(project: SmallProject) -> None:
    insert(project, 'handout: "b*", section: "x*"')
    assert [(p.code, p.place) for p in project.problems()] == [("unknown-section", project.place(PRACTICE, '"x*"'))]


def test_at_the_start(project: SmallProject) -> None:
    insert(project, "handout: back, section: what, at: start", "Own text [@jones2021].\n")
    text = page_and_text(project)[1].replace("\xa0", " ")
    assert text.index("Own text [1].") < text.index("Back pain is common [2]")


def test_in_place_of_a_section(project: SmallProject) -> None:
    insert(project, "handout: back, section: worry, at: replace", "Call us{{ practice.x }}.\n")
    codes = [problem.code for problem in project.problems()]
    assert codes == ["not-replaceable", "unknown-text-field"]
    project.write(f"{FOLDER}/own.md", "Call {{ practice.phone }}.[^n]\n\n[^n]: At night.\n")
    before = page_and_text_without_inserts(project)
    project.replace(HANDOUT, "{#worry}", "{#worry .replaceable}")
    assert project.problems() == ()
    text = page_and_text(project)[1].replace("\xa0", " ")
    assert "after a fall" in before
    assert "after a fall" not in text
    assert "Call 01632 960000.†" in text
    assert "At night." in text
    assert before.split("Print code ")[1][:11] != text.split("Print code ")[1][:11]


def page_and_text_without_inserts(project: SmallProject) -> str:
    whole = project.text(PRACTICE)
    start = whole.index("inserts:")
    project.write(PRACTICE, whole[:start] + whole[whole.index("website", start) :])
    text = page_and_text(project)[1].replace("\xa0", " ")
    project.write(PRACTICE, whole)
    return text


def test_another_class_of_a_heading_and_a_part_that_would_be_replaced(project: SmallProject) -> None:
    project.replace(HANDOUT, "{#worry}", "{#worry .big}")
    project.replace(HANDOUT, "{#treatment}", "{#treatment .replaceable}")
    found = project.problems()
    assert [problem.code for problem in found] == ["unknown-attribute", "unknown-attribute"]
    assert found[0].place == Place(HANDOUT, project.place(HANDOUT, "{#worry").line)


def test_inserts_of_a_network_and_of_its_clinic_are_both_printed(project: SmallProject) -> None:
    insert(project, "handout: back, section: what", "Of the network.\n")
    project.replace(PRACTICE, "name: Harbor Clinic", "name: Harbor Clinic\nabstract: true")
    entry = "inserts:\n  - {handout: back, section: what, file: own.md}\n"
    project.write("content/practices/east/practice.yaml", f"extends: clinic\n{entry}")
    project.write("content/practices/east/own.md", "Of the clinic.\n")
    text = page_and_text(project)[1].replace("\xa0", " ")
    assert text.index("Of the network.") < text.index("Of the clinic.")
