"""Handouts go to translators and back without loss, and nothing that a patient needs is changed on the way."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.po import pofile
from translate.storage.xliff2 import Xliff2File

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.schema.translation import Translation
from handouts.translating.exchange import FileFormat, Imported, export_handout, import_translation
from handouts.translating.messages import BadExchangeError, Exchange, Message
from handouts.translating.po import read_po, write_po
from handouts.translating.protected import split_protected
from handouts.translating.units import cut_handout, join_handout
from handouts.translating.xliff import read_xliff, write_xliff
from support.projects import HANDOUT, SmallProject, small_project
from support.shipped import ROOT

MACHINE = Translation(method="machine")
FORMATS = {"xliff": (write_xliff, read_xliff), "po": (write_po, read_po)}
SHIPPED = sorted((ROOT / "content/handouts").glob("*/en.md"))
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def pseudo_translate(text: str) -> str:
    """Return a text with accents on its vowels; marks and numbers stay."""
    return "".join(
        piece.text.translate(ACCENTS) if piece.kind == "text" else piece.text for piece in split_protected(text)
    )


def translated(text: str, file_format: str) -> str:
    """Return an exported file, translated by a script."""
    write, read = FORMATS[file_format]
    exchange = read(text)
    messages = tuple(Message(one.id, one.source, pseudo_translate(one.source)) for one in exchange.messages)
    return write(Exchange(exchange.handout, exchange.source_language, exchange.language, messages))


def without_state(text: str) -> str:
    """Return a handout without what says how it was translated, and which findings in the original are accepted."""
    return re.sub(r"^(translation:.*\n|accepted:\n(  .*\n)+)", "", text, flags=re.MULTILINE)


def export(project: SmallProject, language: str = "eo", file_format: str = "xliff", handout: str = "back") -> str:
    problems = Problems()
    chosen: FileFormat = "xliff" if file_format == "xliff" else "po"
    text = export_handout(Project(project.root), handout, "en", language, chosen, problems)
    assert text is not None, problems.as_tuple()
    return text


def import_text(project: SmallProject, text: str) -> tuple[Imported | None, list[str]]:
    problems = Problems()
    imported = import_translation(Project(project.root), text, "back.xlf", MACHINE, problems)
    return imported, [f"{problem.code}: {problem.message}" for problem in problems]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("path", SHIPPED, ids=[path.parent.name for path in SHIPPED])
def test_shipped_handouts_come_back_without_loss(path: Path, file_format: str, tmp_path: Path) -> None:
    project = SmallProject(tmp_path.resolve())
    project.write("handouts.yaml", "language: en\n")
    project.write(f"content/handouts/{path.parent.name}/en.md", path.read_bytes())
    text = translated(export(project, file_format=file_format, handout=path.parent.name), file_format)
    imported, problems = import_text(project, text)
    assert problems == []
    assert imported is not None
    imported.write()
    original, result = (cut_handout(file.read_text(encoding="utf-8"), file) for file in (path, imported.path))
    assert [(unit.id, unit.kind, pseudo_translate(unit.text)) for unit in original.units] == [
        (unit.id, unit.kind, unit.text) for unit in result.units
    ]
    # What is around the units is the same, apart from the state of the translation.
    texts = {unit.id: unit.text for unit in original.units}
    assert without_state(join_handout(result, texts)) == without_state(join_handout(original, texts))
    # Exported once more, all is translated.
    again = export(project, file_format=file_format, handout=path.parent.name)
    assert [(one.target, one.is_stale) for one in FORMATS[file_format][1](again).messages] == [
        (unit.text, False) for unit in result.units
    ]


PIECES = [*"abc é中ع0159.,:;()[]{}@^_*\"'\\|<>&#-", "[@smith2020]", "{{ practice.phone }}", "5 mg"]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(lambda pieces: " ".join("".join(pieces).split()))


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=60, deadline=None)
@given(source=TEXTS.filter(bool), target=TEXTS, state=st.sampled_from(["translated", "reviewed"]))
def test_any_text_is_read_as_it_was_written(file_format: str, source: str, target: str, state: str) -> None:
    write, read = FORMATS[file_format]
    is_reviewed = state == "reviewed" and bool(target)
    message = Message("front/title/1", source, target, "reviewed" if is_reviewed else "translated")
    (found,) = read(write(Exchange("back", "en", "es", (message,)))).messages
    assert (found.id, found.source, found.target, found.state) == (message.id, source, target, message.state)


@given(TEXTS)
def test_the_parts_of_a_text_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in split_protected(text)) == text


def test_another_reader_finds_the_same(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    units = cut_handout(project.text(HANDOUT), Path(HANDOUT)).units
    xliff = Xliff2File.parsestring(translated(export(project), "xliff").encode())
    assert len(xliff.units) == len(units)
    assert [unit.istranslated() for unit in xliff.units] == [True] * len(units)
    plain = [unit for unit in units if all(piece.kind == "text" for piece in split_protected(unit.text))]
    sources = {unit.source: unit.target for unit in xliff.units}
    assert {unit.text: sources.get(unit.text) for unit in plain} == {
        unit.text: pseudo_translate(unit.text) for unit in plain
    }
    po = pofile.parsestring(translated(export(project, file_format="po"), "po").encode())
    assert [unit.source for unit in po.units if not unit.isheader()] == [unit.text for unit in units]
    assert [unit.getcontext() for unit in po.units if not unit.isheader()] == [unit.id for unit in units]


# What is refused


def change(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[@smith2020]", "[@jones2021]", "unit-differs"),
        ("2020", "2021", "unit-differs"),
        ("wíth á févér", "", "unit-not-translated"),
        ("wíth á févér", "wíth á févér óf 39", "unit-differs"),
        ("wíth á févér", "- wíth á févér", "unit-of-other-form"),
        ('msgctxt "worry/3"', 'msgctxt "worry/9"', "unknown-unit"),
        ('msgid "with a fever"', 'msgid "with a high fever"', "unit-of-other-text"),
        ("Language: eo", "Language: en", "unreadable-translation"),
        ("Language: eo", "Language: ../x", "unreadable-translation"),
        ("Project-Id-Version: back", "Project-Id-Version: ../back", "unreadable-translation"),
        ("Project-Id-Version: back", "Project-Id-Version: lost", "unreadable-translation"),
    ],
)
def test_a_file_with_a_unit_that_is_wrong_is_not_imported(tmp_path: Path, old: str, new: str, code: str) -> None:
    project = small_project(tmp_path)
    text = translated(export(project, file_format="po"), "po")
    if old in {"[@smith2020]", "2020"}:
        start = text.index("msgstr", text.index(old))
        text = text[:start] + change(text[start:], old, new)
    else:
        text = change(text, old, new)
    imported, problems = import_text(project, text)
    assert imported is None
    assert code in {problem.partition(":")[0] for problem in problems}
    assert not (project.root / "content/handouts/back/eo.md").exists()


DEEP = "<mrk>" * 50_000 + "</mrk>" * 50_000
NESTED = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"><file original="back">
<unit id="a"><segment><source>{DEEP}</source></segment></unit></file></xliff>"""
# Reading each of them took as long as reading all that are in it.
NESTED_UNITS = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"><file original="back">
{"<unit>" * 100_000}{"</unit>" * 100_000}</file></xliff>"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<xliff/>",
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "msgid",
        'msgid "a',
        "\0",
        NESTED,
        NESTED_UNITS,
    ],
)
def test_broken_files_are_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    imported, problems = import_text(small_project(tmp_path), text)
    assert imported is None
    assert [problem.partition(":")[0] for problem in problems] == ["unreadable-translation"]


@given(st.text(max_size=60))
def test_any_other_file_is_refused_or_read(text: str) -> None:
    for read in (read_xliff, read_po):
        with contextlib.suppress(BadExchangeError):
            read(text)
