"""Mistakes in practices, their files, inserts and references: the message, the hint and the exact place of each."""

import pytest

from handouts.assets.broken_file import NOT_A_FONT
from handouts.problems.problem import Place
from handouts.read.pictures import NOT_A_PICTURE
from handouts.read.text_file import MISSING_FILE
from handouts.read.written_practices import BROKEN_PRACTICE, EXTENDS_LOOP
from handouts.read.yaml.validate import MISSING_FIELD
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, Mistake, SmallProject

INSERT = "content/practices/clinic/more.md"
NO_LIST = "has to be a list (lines that start with a hyphen); found"

IN_PRACTICE = {
    "no boolean": Mistake("name: H", "abstract: no\nname: H", "bad-boolean", "no\n", '"no" is neither true nor false'),
    "group for list": Mistake(
        "  - 1 Harbor", "  street: 1 Harbor", "wrong-type", "address", f'"address" {NO_LIST} a group'
    ),
    "empty list": Mistake("\n  - 1 Harbor Street", " []", "empty-field", "address", '"address" is empty'),
    "color": Mistake('"#0b5a6f"', "teal", "bad-color", "teal", '"brand": invalid color "teal"', '"#0b5a6f"'),
    "website": Mistake("https://", "", "bad-address", "harbor.", 'invalid web address "harbor.example.org"'),
    "country": Mistake("GB", "England", "bad-country", "England", 'invalid country "England"', "two capital letters"),
    "color twice": Mistake(
        "  accent", "  brand", "duplicate-key", 'brand: "#a', '"brand" is written twice, first on line 5'
    ),
    "unknown field": Mistake("text: Call", "texts: y\n  text: Call", "unknown-field", "texts", '"texts"', '"text"?'),
    "unknown field in list": Mistake(
        ", number: 0", ", numbers: 1, number: 0", "unknown-field", "numbers", '"numbers"', '"number"?'
    ),
    "missing field": Mistake("country: GB\n", "", "missing-field", "name", '"country" is missing', "country: ..."),
    "missing nested field": Mistake(
        '  accent: "#a8381f"\n', "", "missing-field", "colors", '"accent" is missing', "accent: ..."
    ),
    "missing field in list": Mistake(", number: 01632 960000", "", "missing-field", "{label", '"number" is missing'),
    "no logo": Mistake("logo: logo.svg\n", "", "missing-field", "name", '"logo" is missing', "logo: ..."),
    "missing logo": Mistake(
        "logo.svg",
        "logos.svg",
        "missing-file",
        "logos.svg",
        "not found: logos.svg",
        "put it into content/practices/clinic/",
    ),
    "folder for a logo": Mistake("logo.svg", ".", "missing-file", ".\ncolors", "file not found: ."),
    "logo that is none": Mistake(
        "logo.svg", "practice.yaml", "not-a-picture", "practice.yaml", "practice.yaml is not an SVG, PNG or JPEG file"
    ),
    "extends nobody": Mistake(
        "name: H", "extends: clinics\nname: H", "unknown-practice", "clinics", 'no practice "clinics"'
    ),
    "extends itself": Mistake(
        "name: H", "extends: clinic\nname: H", "extends-loop", "clinic", "in a circle: clinic -> clinic"
    ),
    "extends no id": Mistake(
        "name: H", "extends: ../x\nname: H", "bad-id", "../x", 'invalid id "../x"', "single hyphens"
    ),
}
IN_REFERENCES = {
    "date": Mistake('"2020"', '"2020-3"', "bad-date", '"2020-3"', 'invalid date "2020-3"', "such as 1992"),
    "no title": Mistake(
        "    title: Back pain in adults\n", "", "incomplete-reference", "id: smith", '"smith2020" lacks title'
    ),
    "unknown field": Mistake("volume", "volum", "unknown-field", "volum", '"volum"', '"volume"?'),
    "kind": Mistake(
        "article-journal", "artcle-journal", "unknown-value", "artcle", '"artcle-journal"', '"article-journal"?'
    ),
    "name": Mistake(
        "\n      - {family: Smith, given: JA}",
        " Smith JA",
        "bad-name",
        "Smith JA",
        "not a list of names",
        "{family: Silverman",
    ),
    "twice": Mistake(
        "jones2021\n",
        "smith2020\n",
        "duplicate-reference-id",
        "smith2020\n    type: book",
        "already defined on line 2",
        "keep one",
    ),
}
IN_INSERT = {
    "unknown handout": Mistake(
        "handout: back", "handout: bakc", "unknown-handout", "bakc", 'no handout "bakc"', '"back"?'
    ),
    "unknown section": Mistake(
        "section: what", "section: wath", "unknown-section", "wath", 'no section has the id "wath"', '"what"?'
    ),
    "missing file": Mistake("file: more.md", "file: less.md", "missing-file", "less.md", "file not found: less.md"),
    "no id": Mistake("section: what", "section: What?", "bad-id", "What?", 'invalid id "What?"'),
}


@pytest.fixture
def with_insert(project: SmallProject) -> SmallProject:
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    project.write(INSERT, "We can help you [@smith2020].\n")
    assert project.problems() == ()
    return project


@pytest.mark.parametrize("mistake", IN_PRACTICE.values(), ids=IN_PRACTICE)
def test_a_mistake_in_a_practice_is_reported_at_its_place(project: SmallProject, mistake: Mistake) -> None:
    project.check_mistake(PRACTICE, mistake)


@pytest.mark.parametrize("mistake", IN_REFERENCES.values(), ids=IN_REFERENCES)
def test_a_mistake_in_a_reference_is_reported_at_its_place(project: SmallProject, mistake: Mistake) -> None:
    project.replace(HANDOUT, " [@smith2020]", "")
    project.replace(HANDOUT, " [@jones2021]", "")
    project.check_mistake(REFERENCES, mistake)


def test_a_citation_of_a_broken_reference_is_an_error(project: SmallProject) -> None:
    project.replace(REFERENCES, "    title: The healthy back\n", "")
    problems = project.problems()
    assert [problem.code for problem in problems] == ["incomplete-reference", "broken-reference"]
    assert problems[1].message == 'the reference "jones2021" has errors'
    assert problems[1].place == project.place(HANDOUT, "[@jones2021]")


@pytest.mark.parametrize("text", ["sources: []\n", "references:\n", "- id: a\n", "", "references: []\nmore: []\n"])
def test_references_are_a_list(project: SmallProject, text: str) -> None:
    project.write(REFERENCES, text)
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("no-reference-list", Place(REFERENCES, 1))
    assert problem.message == 'expected one field, "references", with a list below it'


@pytest.mark.parametrize("start", ['nocite: "[@*]"\n', "nocite: |\n  @*\n"])
def test_a_list_that_pandoc_wrote_is_read(project: SmallProject, start: str) -> None:
    project.write(REFERENCES, f"---\n{start}{project.text(REFERENCES)}---\n")
    assert project.problems() == ()


def test_a_project_needs_no_references(project: SmallProject) -> None:
    (project.root / REFERENCES).unlink()
    assert [problem.code for problem in project.problems()] == ["unknown-reference"] * 2


@pytest.mark.parametrize("mistake", IN_INSERT.values(), ids=IN_INSERT)
def test_a_mistake_in_an_insert_is_reported_at_its_place(with_insert: SmallProject, mistake: Mistake) -> None:
    with_insert.check_mistake(PRACTICE, mistake)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("Text [@smiht2020].\n", "unknown-reference", 1, 6),
        ("Text\n\n> more [^x]\n", "unknown-note", 3, 8),
        ("Text\n\n[^x]: unused\n", "unused-note", 3, 0),
        ("Text\n\n## A section\n", "heading-in-insert", 3, 0),
        ("Text\n\n::: important {#x}\nText\n:::\n", "important-in-insert", 3, 0),
        ("Text\n\n- ![A graph](graph.png)\n", "missing-file", 3, 3),
        ("\n", "empty-insert", 1, 0),
    ],
)
def test_a_mistake_in_the_text_of_an_insert_is_reported_at_its_place(
    with_insert: SmallProject, text: str, code: str, line: int, column: int
) -> None:
    with_insert.write(INSERT, text)
    assert [(problem.code, problem.place) for problem in with_insert.problems()] == [
        (code, Place(INSERT, line, column))
    ]


def test_an_insert_for_a_broken_handout_is_not_reported(with_insert: SmallProject) -> None:
    with_insert.replace(HANDOUT, "status: draft\n", "")
    assert [problem.code for problem in with_insert.problems()] == ["missing-field"]


@pytest.mark.parametrize(("name", "content"), [("logo.svg", "<svg"), ("logo.svg", "JPEG"), ("logo.svg", b"\x89PNG")])
def test_a_file_that_is_not_svg_is_refused(project: SmallProject, name: str, content: str | bytes) -> None:
    project.write(LOGO, content)
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("not-svg", project.place(PRACTICE, name))
    assert "logo.svg is not an SVG file: " in problem.message
    assert "on line 1" in problem.message


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_a_file_that_is_not_png_is_refused(project: SmallProject, content: bytes) -> None:
    project.write("content/practices/clinic/logo.png", content)
    project.replace(PRACTICE, "logo.svg", "logo.png")
    assert project.problems() == (
        NOT_A_PICTURE.at(project.place(PRACTICE, "logo.png"), file="content/practices/clinic/logo.png"),
    )


def test_fonts_are_checked(project: SmallProject) -> None:
    project.replace(PRACTICE, "address", "font: {regular: a.ttf, bold: logo.svg}\naddress")
    assert project.problems() == (
        MISSING_FILE.at(
            project.place(PRACTICE, "a.ttf"),
            file="a.ttf",
            hint="put it into content/practices/clinic/, or correct its name",
        ),
        NOT_A_FONT.at(
            project.place(PRACTICE, "logo.svg}"),
            file="content/practices/clinic/logo.svg",
            reason="it is not a TrueType or OpenType font",
        ),
    )


def test_an_abstract_practice_may_be_incomplete_but_not_wrong(project: SmallProject) -> None:
    group = "content/practices/group/practice.yaml"
    project.write(
        group, 'abstract: true\nlogo: ../clinic/logo.svg\ncolors: {brand: "#000000"}\nphones:\n  - {label: Desk}\n'
    )
    reading = project.read()
    assert reading.problems == ()
    assert reading.library
    assert list(reading.library.practices) == ["clinic"]
    project.replace(group, '"#000000"', "black")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("bad-color", project.place(group, "black"))
    ]


def test_errors_in_an_extended_practice_have_their_own_place(project: SmallProject) -> None:
    group = "content/practices/group/practice.yaml"
    project.write(group, project.text(PRACTICE).replace("name: Harbor Clinic", "abstract: true"))
    project.write(PRACTICE, "extends: group\nname: Harbor Clinic\n")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("missing-file", project.place(group, "logo.svg"))
    project.write("content/practices/group/logo.svg", project.text(LOGO))
    assert project.problems() == ()
    project.replace(group, "country: GB\n", "")
    assert project.problems() == (MISSING_FIELD.at(Place(PRACTICE, 1, 1), name="country"),)
    project.write(group, "name: [\n")
    assert project.problems()[1:] == (BROKEN_PRACTICE.at(project.place(PRACTICE, "group"), practice="group"),)


def test_a_circle_of_practices_is_reported_at_each_practice_in_it(project: SmallProject) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "b")):
        project.write(f"content/practices/{name}/practice.yaml", f"extends: {base}\n")
    assert project.problems() == (
        EXTENDS_LOOP.at(Place("content/practices/c/practice.yaml", 1, 10), circle="b -> c -> b"),
        EXTENDS_LOOP.at(Place("content/practices/b/practice.yaml", 1, 10), circle="c -> b -> c"),
    )
