"""References are added at the end of references.yaml; what is there stays, byte by byte."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.importing.merge import merge_records
from handouts.importing.read_records import read_records
from handouts.importing.record import CslValue, Record
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.references import read_references
from handouts.read.text_file import MAX_TEXT_BYTES
from support.command import invoke

LISTED = """\
# Our sources, checked in May.
references:
  # A book.
  - id: doe2020   # cited most
    type: book
    title: "The book of <i>ankles</i>"
    publisher: Example Press
    issued: 2020
    DOI: 10.1000/182
    PMID: 77
  # last words
"""
NEW = "TY  - JOUR\nAU  - Roe, R\nTI  - New\nJO  - Bone\nPY  - 2021\nVL  - 1\nSP  - 2\nER  - \n"


def project_with(folder: Path, listed: str | bytes | None = LISTED) -> Project:
    (folder / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    (folder / "content").mkdir()
    if listed is not None:
        content = listed.encode() if isinstance(listed, str) else listed
        (folder / "content/references.yaml").write_bytes(content)
    return Project(folder.resolve())


def add(project: Project, *exports: str) -> tuple[list[str], list[str]]:
    """Import exports, and return the ids that were added and the codes that were reported."""
    problems = Problems()
    records: list[Record] = []
    for number, export in enumerate(exports):
        path = project.root / f"{number}.export"
        path.write_text(export, encoding="utf-8")
        records += read_records(path, path.name, problems)
    merged = merge_records(project, records, problems)
    if merged and merged.added:
        merged.write()
    return [one.id for one in merged.added] if merged else [], [problem.code for problem in problems]


def listed(project: Project) -> dict[str, str]:
    problems = Problems()
    read = read_references(project, problems)
    assert not list(problems)
    return {key: entry.reference.title or "" for key, entry in read.entries.items()}


@pytest.mark.parametrize(
    "before",
    [
        LISTED,
        LISTED.rstrip("\n"),
        LISTED.replace("\n", "\r\n"),
        "\ufeff" + LISTED,
        LISTED.replace("\n  ", "\n"),
        'references:\n- {id: doe2020, type: book, title: "a: b - c"}\n',
        "references:\n  - id: doe2020\n    status: missing\n    note: |\n      - a list\n\n      in a note\n\n\n",
    ],
)
def test_what_is_there_stays_byte_by_byte(tmp_path: Path, before: str) -> None:
    project = project_with(tmp_path, before)
    assert add(project, NEW) == (["roe2021"], [])
    after = (tmp_path / "content/references.yaml").read_bytes().decode()
    assert after.startswith(before)
    assert after.count("\r\n") in {0, after.count("\n")}
    assert list(listed(project)) == ["doe2020", "roe2021"]


@pytest.mark.parametrize("before", [None, "references: []\n", "# nothing yet\nreferences: []\n"])
def test_an_empty_list_is_begun(tmp_path: Path, before: str | None) -> None:
    project = project_with(tmp_path, before)
    assert add(project, NEW) == (["roe2021"], [])
    assert list(listed(project)) == ["roe2021"]


@pytest.mark.parametrize("before", ["", "references:\n", "references: # to come\n", "references: [\n", "- id: a\n"])
def test_nothing_is_added_to_a_list_that_cannot_be_read(tmp_path: Path, before: str) -> None:
    project = project_with(tmp_path, before)
    ids, codes = add(project, NEW)
    assert ids == []
    assert codes in (["no-reference-list"], ["bad-yaml"])
    assert (tmp_path / "content/references.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "before", ["references: [{id: a, status: missing}]\n", '"references":\n  - {id: a, status: missing}\n']
)
def test_a_list_that_cannot_be_added_to_is_left_alone(tmp_path: Path, before: str) -> None:
    project = project_with(tmp_path, before)
    assert add(project, NEW) == ([], ["flow-list"])
    assert (tmp_path / "content/references.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "export",
    [
        "TY  - JOUR\nTI  - Other\nDO  - 10.1000/182\nER  - \n",
        "PMID- 77\nTI  - Other.\n",
        "TY  - BOOK\nTI  - The Book of Ankles.\nPY  - 2020\nER  - \n",
    ],
)
def test_a_source_that_is_listed_is_named_and_left_out(tmp_path: Path, export: str) -> None:
    project = project_with(tmp_path)
    assert add(project, export) == ([], ["already-listed"])
    assert (tmp_path / "content/references.yaml").read_text(encoding="utf-8") == LISTED


def test_doubles_among_the_imported_are_left_out(tmp_path: Path) -> None:
    assert add(project_with(tmp_path), NEW, NEW) == (["roe2021"], ["already-listed"])


def test_ids_are_kept_or_made_and_never_doubled(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    exports = """
        @article{doe2020, author={Doe, J}, title={A}, year=2020}
        @article{doe2020b, author={Doe, J}, title={B}, year=2020}
        @article{own:key, author={Doe, J}, title={C}, year=2020}
        @article{bad key!, author={van der Müller, J}, title={D}}
        @article{12345, author={{The Invented Society}}, title={E}, year=2019}
        @article{67890, title={On falls}}
        @article{1, author={王, 小}, title={跌倒}, year=2018}
    """
    ids, _ = add(project, exports)
    assert ids == ["doe2020b", "doe2020c", "own:key", "muller", "invented2019", "on", "reference2018"]


def test_retracted_and_broken_ones_do_not_hide_the_others(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    retracted = "TY  - JOUR\nTI  - RETRACTED: Wrong\nER  - \n"
    markup = "TY  - JOUR\nTI  - A <blink>title</blink>\nER  - \n"
    untitled = "TY  - JOUR\nAU  - Roe, R\nER  - \n"
    ids, codes = add(project, retracted + markup + untitled + NEW)
    assert ids == ["roe2021"]
    assert sorted(codes) == ["incomplete-reference", "markup-in-text", "retracted-record"]


def test_a_list_never_gets_larger_than_what_can_be_read(tmp_path: Path) -> None:
    comment = "# a word of the list\n"
    full = comment * ((MAX_TEXT_BYTES - len(LISTED)) // len(comment)) + LISTED
    project = project_with(tmp_path, full)
    assert add(project, NEW) == ([], ["flow-list"])
    assert add(project, f"TY  - JOUR\nTI  - {'x' * 10_001}\nER  - \n") == ([], ["malformed-record"])
    assert (tmp_path / "content/references.yaml").read_text(encoding="utf-8") == full
    (tmp_path / "content/references.yaml").write_text(full.removeprefix(comment * 20), encoding="utf-8")
    assert add(project, NEW) == (["roe2021"], [])


def test_problems_are_placed_in_the_export(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    problems = Problems()
    path = tmp_path / "a.ris"
    path.write_text(NEW + "\nTY  - JOUR\nTI  - A <blink>b\nER  - \n", encoding="utf-8")
    merge_records(project, read_records(path, "a.ris", problems), problems)
    assert [problem.place for problem in problems] == [Place("a.ris", 10)]


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    path = tmp_path / "a.ris"
    path.write_text(NEW, encoding="utf-8")
    problems = Problems()
    merged = merge_records(project, read_records(path, "a.ris", problems), problems)
    assert merged
    merged.path.write_text("references: []\n", encoding="utf-8")
    with pytest.raises(OSError, match="changed meanwhile"):
        merged.write()
    assert merged.path.read_text(encoding="utf-8") == "references: []\n"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)

HIDDEN = "Backs\U000e000b"


@settings(max_examples=30)
@given(TEXTS, st.lists(st.fixed_dictionaries({"family": TEXTS}, optional={"given": TEXTS}), max_size=3), TEXTS)
def test_any_text_is_added_as_it_is_or_refused(title: str, authors: list[dict[str, str]], note: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = project_with(Path(folder))
        fields: dict[str, CslValue] = {"type": "book", "title": title, "author": authors, "note": note}
        problems = Problems()
        merged = merge_records(project, [Record(fields, Place("a.ris", 1))], problems)
        assert merged
        assert merged.text.startswith(LISTED)
        assert bool(merged.added) is not problems.has_errors
        if merged.added:
            merged.write()
            key = merged.added[0].id
            again = read_references(project, Problems()).entries[key].reference
            assert again == merged.added[0]


def test_a_record_with_a_hidden_character_is_refused_alone(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    problems = Problems()
    records = [
        Record({"type": "book", "title": title}, Place("a.ris", line)) for line, title in ((1, HIDDEN), (2, "B"))
    ]
    merged = merge_records(project, records, problems)
    assert merged
    assert [reference.title for reference in merged.added] == ["B"]
    assert [(problem.code, problem.place) for problem in problems] == [("hidden-character", Place("a.ris", 1))]


def test_the_command_shows_what_was_added(tmp_path: Path) -> None:
    project_with(tmp_path)
    (tmp_path / "a.ris").write_text(NEW + "TY  - PCOMM\nER  - \n", encoding="utf-8")
    before = (tmp_path / "content/references.yaml").read_bytes()
    entry = "roe2021\tRoe R. New. Bone. 2021;1:2.\n"
    shown = invoke(tmp_path, "import", "references", "a.ris", "--dry-run")
    assert (shown.code, shown.out) == (1, entry)
    assert "a.ris:9: error[unknown-record-type]" in shown.err
    assert "1 of 1 would be added" in shown.err
    assert (tmp_path / "content/references.yaml").read_bytes() == before
    added = invoke(tmp_path, "import", "references", "a.ris")
    assert (added.code, added.out) == (1, entry)
    assert invoke(tmp_path, "list", "references").out.endswith(f"roe2021\t\t{entry.partition(chr(9))[2]}")
    missing = invoke(tmp_path, "import", "references", "nowhere.ris")
    assert missing.code == 1
    assert "nowhere.ris: error[unreadable-export]: cannot read the file" in missing.err
