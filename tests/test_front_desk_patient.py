"""What is typed for a patient on the front-desk page: on the print, and nowhere else when it is done."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.front_desk import Answer, Served, served
from support.pdf import text
from support.projects import small_project

NAME, NOTE = "Zebedee Quimby-Okonkwo", "Walks with Persephone each Tuesday"
TRACES = [word.encode(form) for word in ("Zebedee", "Okonkwo", "Persephone") for form in ("utf-8", "utf-16-le")]
TYPED = {"patient": NAME, "note": NOTE}
SECTIONS = ["what", "worry", "helps"]
MEMORY = Path("/dev/shm")  # noqa: S108 - looked into


@dataclass(frozen=True)
class Place:
    desk: Served
    folder: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("desk")
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    own = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home")}
    project = small_project(folder / "project")
    with served(project.root, practice="clinic", **own) as desk:
        yield Place(desk, folder)


def traces(folder: Path) -> list[str]:
    """Give the files that hold a word of what was typed."""
    found = []
    for path in folder.rglob("*"):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except OSError:
            continue
        found += [str(path)] if any(trace in content for trace in TRACES) else []
    return found


def ask_for(desk: Served, way: str, **fields: object) -> Answer:
    return desk.ask(f"/handouts/back/{way}", {"language": "en", "number": "1", "section": SECTIONS, **fields})


def test_it_is_on_the_print(place: Place, tmp_path: Path) -> None:
    for way in ("print", "download"):
        answer = ask_for(place.desk, way, **TYPED)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        (tmp_path / "print.pdf").write_bytes(answer.body)
        assert NAME in text(tmp_path / "print.pdf")
        assert NOTE in text(tmp_path / "print.pdf")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Quimby" not in str(answer.headers)


def test_its_preview_holds_the_pictures_themselves_so_that_no_address_leads_to_them(place: Place) -> None:
    answer = place.desk.preview("back", section=SECTIONS, **TYPED)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'src="data:image/webp;base64,' in answer.text
    assert "/pages/" not in answer.text
    assert "Quimby" not in answer.text


def test_nobody_else_is_answered_with_it(place: Place, tmp_path: Path) -> None:
    before = ask_for(place.desk, "download").body
    ask_for(place.desk, "download", **TYPED)
    place.desk.preview("back", section=SECTIONS, visit="mine", **TYPED)
    assert ask_for(place.desk, "download").body == before
    again = place.desk.preview("back", section=SECTIONS, visit="mine")
    assert "/pages/" in again.text
    (tmp_path / "print.pdf").write_bytes(before)
    assert "For:" not in text(tmp_path / "print.pdf")


def test_the_text_for_messages_does_not_have_it(place: Place) -> None:
    answer = ask_for(place.desk, "message", **TYPED)
    assert answer.status == 200
    assert "Most back pain gets better" in answer.text
    assert not any(trace in answer.body for trace in TRACES)


def test_it_is_refused_when_too_long_without_being_repeated(place: Place) -> None:
    answer = ask_for(place.desk, "print", patient=NAME * 20)
    assert answer.status == 422
    assert not any(trace in answer.body for trace in TRACES)


def test_a_letter_that_no_font_has_is_told_and_printed_as_no_box(place: Place) -> None:
    answer = place.desk.preview("back", section=SECTIONS, patient="姓")
    assert answer.status == 200
    assert "no font has it" in answer.text
    assert "<img" not in answer.text


def test_a_mistake_of_the_page_is_told_without_it(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("templates/parts/patient.html.j2", "{% if patient %}{{ patient.name.nothing }}{% endif %}")
    with served(project.root, practice="clinic") as desk:
        answer = ask_for(desk, "print", **TYPED)
        assert answer.status == 422
        assert not any(trace in answer.body + desk.said.read_bytes() for trace in TRACES)


def test_no_file_and_no_word_at_the_terminal_has_it_while_the_page_runs_nor_after(place: Place) -> None:
    for fields in (TYPED, {**TYPED, "format": "booklet"}, {**TYPED, "ink": "black"}, {**TYPED, "format": "text"}):
        assert ask_for(place.desk, "print", **fields).status == 200
        assert place.desk.preview("back", section=SECTIONS, **fields).status == 200
    while_it_runs = [*traces(place.folder), *traces(MEMORY)]
    # What was sent is in no command line and no environment either, where others could read it.
    shown = subprocess.run(["ps", "-e", "-ww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    said = place.desk.said.read_bytes()
    assert place.desk.end() == 0
    assert while_it_runs == []
    assert "Quimby" not in shown
    assert not any(trace in said for trace in TRACES)
    assert [*traces(place.folder), *traces(MEMORY)] == []
    assert list((place.folder / "tmp").rglob("*")) == []
