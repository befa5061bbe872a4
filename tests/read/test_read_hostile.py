"""Files that lead out of the project or attack the reader: they are refused, without any other effect."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.problems.problem import Place
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project

TEXTS = [SETTINGS, REFERENCES, HANDOUT, PRACTICE]
INSERTS = "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite"


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path / "project")


def codes(project: SmallProject) -> set[tuple[str, Place | None]]:
    return {(problem.code, problem.place) for problem in project.problems()}


def moved_out(project: SmallProject, name: str) -> Path:
    """Move a file or folder out of the project, and leave a symbolic link to it."""
    target = project.root.parent / "outside"
    (project.root / name).rename(target)
    (project.root / name).symlink_to(target)
    return target


@pytest.mark.parametrize("name", TEXTS)
def test_a_link_out_of_the_project_is_not_followed(project: SmallProject, name: str) -> None:
    moved_out(project, name)
    assert ("outside-project", Place(name)) in codes(project)
    library = project.read().library
    if name == SETTINGS:
        assert library is None
    if name == REFERENCES:  # the handout cites
        assert library
        assert library.handouts == ()


def test_a_linked_logo_is_not_read(project: SmallProject) -> None:
    moved_out(project, LOGO)
    assert codes(project) == {("outside-project", project.place(PRACTICE, "logo.svg"))}


@pytest.mark.parametrize("folder", ["content", "content/handouts", "content/handouts/back"])
def test_a_linked_folder_is_not_read(project: SmallProject, folder: str) -> None:
    moved_out(project, folder)
    assert ("outside-project", Place(HANDOUT)) in codes(project)
    library = project.read().library
    assert library is None or not library.handouts


@pytest.mark.parametrize("name", ["templates/handout.html.j2", "styles/handout.css", "templates", "styles"])
def test_linked_templates_and_styles_are_not_read(project: SmallProject, name: str) -> None:
    project.write("templates/handout.html.j2", "secret")
    project.write("styles/handout.css", "p { content: 'secret' }")
    (project.root / ("styles" if name.startswith("templates") else "templates")).rename(project.root / "other")
    moved_out(project, name)
    ran = project.run("build")
    assert (ran.code, ran.out) == (1, "")
    assert "error[outside-project]" in ran.err
    assert "Traceback" not in ran.err


def test_a_link_within_the_project_is_followed(project: SmallProject) -> None:
    (project.root / LOGO).rename(project.root / "logo.svg")
    (project.root / LOGO).symlink_to("../../../logo.svg")
    assert project.problems() == ()


@pytest.mark.parametrize("name", [REFERENCES, HANDOUT, PRACTICE])
def test_a_link_to_itself_is_unreadable(project: SmallProject, name: str) -> None:
    (project.root / name).unlink()
    (project.root / name).symlink_to(Path(name).name)
    assert ("unreadable-file", Place(name)) in codes(project)


def test_a_picture_that_is_a_link_to_itself_is_missing(project: SmallProject) -> None:
    (project.root / LOGO).unlink()
    (project.root / LOGO).symlink_to("logo.svg")
    assert codes(project) == {("missing-file", project.place(PRACTICE, "logo.svg"))}


@pytest.mark.parametrize("name", [REFERENCES, HANDOUT, PRACTICE])
def test_a_named_pipe_is_not_read(project: SmallProject, name: str) -> None:
    (project.root / name).unlink()
    os.mkfifo(project.root / name)
    assert ("unreadable-file", Place(name)) in codes(project)


@pytest.mark.parametrize(
    "name", ["../../../../secret.svg", "/secret.svg", "{root}/secret.svg", "%2e%2e/../../../secret.svg"]
)
def test_paths_out_of_the_project_are_refused(project: SmallProject, name: str) -> None:
    outside = project.root.parent
    written = name.format(root=outside)
    (outside / "secret.svg").write_text(project.text(LOGO))
    (outside / "secret.md").write_text("secret")
    project.replace(PRACTICE, "logo: logo.svg", f'logo: "{written}"')
    project.replace(PRACTICE, "website", INSERTS.replace("more.md", written.replace(".svg", ".md").replace("%2e", ".")))
    project.replace(HANDOUT, "- after a fall", f"- ![Bones]({written})")
    assert codes(project) == {
        ("outside-project", project.place(PRACTICE, f'"{written}"')),
        ("outside-project", project.place(PRACTICE, written.replace(".svg", ".md").replace("%2e", "."))),
        ("outside-project", project.place(HANDOUT, "![Bones]")),
    }


@pytest.mark.parametrize(
    "name", ["x" * 300, "x/" * 3000, '"a\\0b"', '"a\\nb"', "logo.svg/x", "~", "con:aux", "file:///etc/passwd"]
)
def test_impossible_file_names_are_reported(project: SmallProject, name: str) -> None:
    project.replace(PRACTICE, "logo: logo.svg", f"logo: {name}")
    project.replace(PRACTICE, "website", INSERTS.replace("more.md", name))
    assert {problem.code for problem in project.problems()} <= {
        *("missing-file", "not-a-file", "control-character", "wrong-type")
    }
    assert len(project.problems()) == 2


@pytest.mark.parametrize(
    "address", ["http://a.example/x.png", "https://a.example/x.png", "//a.example/x", "data:image/png;base64,AA=="]
)
def test_pictures_from_the_web_are_refused(project: SmallProject, address: str) -> None:
    project.replace(HANDOUT, "- after a fall", f"- ![Bones]({address})")
    project.replace(PRACTICE, "logo: logo.svg", f"logo: {address}")
    assert codes(project) == {
        ("not-a-file", project.place(HANDOUT, "![Bones]")),
        ("not-a-file", project.place(PRACTICE, address)),
    }


@pytest.mark.parametrize("name", ["a..b", "CON", "a b", "ünï", "a--b", "-a", "a\nb", "com1", "A"])
def test_folders_whose_names_are_not_ids_are_refused(project: SmallProject, name: str) -> None:
    project.write(f"content/handouts/{name}/en.md", project.text(HANDOUT))
    project.write(f"content/practices/{name}/practice.yaml", project.text(PRACTICE))
    project.write(f"content/practices/{name}/logo.svg", project.text(LOGO))
    assert [(problem.code, problem.message) for problem in project.problems()] == [
        ("bad-id", f'invalid id "{name}"')
    ] * 2
    library = project.read().library
    assert library
    assert [handout.id for handout in library.handouts] == ["back"]
    assert list(library.practices) == ["clinic"]


def test_a_file_name_has_to_be_a_language_tag(project: SmallProject) -> None:
    project.write("content/handouts/back/e s.md", project.text(HANDOUT))
    assert codes(project) == {("bad-language", Place("content/handouts/back/e s.md"))}


@pytest.mark.parametrize(
    "name", ["handouts/back/.en.md", "handouts/back/._en.md", "handouts/.old/en.md", "practices/.old/practice.yaml"]
)
def test_hidden_files_are_ignored(project: SmallProject, name: str) -> None:
    project.write(f"content/{name}", b"\0\1\2\xff")
    assert project.problems() == ()


@pytest.mark.parametrize("name", TEXTS)
def test_a_huge_file_is_not_read(project: SmallProject, name: str) -> None:
    with (project.root / name).open("ab") as file:
        file.truncate(10_000_000_000)  # takes no room on the disk
    assert ("file-too-large", Place(name)) in codes(project)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("raw", "code", "column"),
    [
        (b"\xfcber", "not-utf8", 5),
        ("é\xfc".encode() + b"\xe9t\xe9", "not-utf8", 7),
        (b"a\0b", "control-character", 6),
        (b"a\x0bb", "control-character", 6),
        (b"\x1b[2J", "control-character", 5),
        ("\u2028".encode(), "control-character", 5),
        ("\x85".encode(), "control-character", 5),
    ],
)
def test_bytes_that_are_not_text_are_reported(
    project: SmallProject, name: str, raw: bytes, code: str, column: int
) -> None:
    before = project.text(name)
    project.write(name, before.encode() + b"# \xc3\xa9 " + raw + b"\n")
    assert (code, Place(name, before.count("\n") + 1, column)) in codes(project)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_and_byte_order_marks_are_accepted(project: SmallProject, name: str, ending: str) -> None:
    project.write(name, b"\xef\xbb\xbf" + project.text(name).replace("\n", ending).encode())
    assert project.problems() == ()
    project.replace(HANDOUT, "[@smith2020]", "[@smith]")
    (problem,) = project.problems()
    assert problem.place == Place(HANDOUT, 26, 21)


def bombs() -> Iterator[tuple[str, str]]:
    aliases = "\n".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    yield "aliases", f"a: &a [x]\n{aliases}\n"
    yield "an alias to itself", "a: &a [*a]\n"
    yield "brackets", "a: " + "[" * 100_000
    yield "closed brackets", "a: " + "[" * 50_000 + "]" * 50_000
    yield "braces", "{a: " * 100_000
    yield "hyphens", "- " * 1_000_000
    yield "question marks", "? " * 1_000_000
    yield "blocks", "".join(f"{' ' * depth}a:\n" for depth in range(2_000))
    yield "tags", "a: !!python/object/apply:os.system [exit 1]\n"
    yield "merges", "<<: {a: b}\n"
    yield "documents", "---\n" * 100_000


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("bomb", [bomb for _, bomb in bombs()], ids=[name for name, _ in bombs()])
def test_malicious_yaml_is_refused(project: SmallProject, name: str, bomb: str) -> None:
    project.write(name, f"---\n{bomb}\n---\n\n## Q {{#q}}\n\nText\n" if name == HANDOUT else bomb)
    assert any(problem.place and problem.place.file == name for problem in project.problems())


def test_thousands_of_unknown_fields_are_counted(project: SmallProject) -> None:
    fields = "".join(f"unknown{number}: x\n" for number in range(20_000))
    project.write(PRACTICE, project.text(PRACTICE) + fields)
    problems = project.problems()
    assert len(problems) == 101
    assert [problem.message for problem in problems if problem.code == "more-problems"] == [
        "the file has 19900 more problems"
    ]
