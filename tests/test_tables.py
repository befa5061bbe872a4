"""Tables of doses and times in each format: the page has the words of the source, whole, or there is an error.

Pages are read back with poppler and Chromium, so that what is found does not depend on the checks of the tool.
"""

import html
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from handouts.compose import compose
from handouts.document import Composed, Makeup, Sheet
from handouts.edition import Edition, formats
from handouts.number import number
from handouts.problem import Severity
from handouts.project import Project
from handouts.render import lay_out
from handouts.select import select
from handouts.typeset import typeset
from support.chromium import opened
from support.pdf import Word
from support.projects import HANDOUT, SmallProject, small_project
from support.table_samples import CITATION, Table, random_tables

COUNT, SEED = 200, 21
FITTING = {"handout": 0.7, "large-print": 0.4, "booklet": 0.5, "trifold": 0.25, "trifold-z": 0.25}
"""The least share of the tables that has to fit each format."""


def project_with(folder: Path, tables: Sequence[Table]) -> tuple[SmallProject, dict[int, int]]:
    """Write a project whose handout has these tables, each below a heading; return the table of each line too."""
    project = small_project(folder)
    text, _, _ = project.text(HANDOUT).partition("\n---\n")
    text += "\n---\n\n## Tables {#tables}\n\n"
    table_of: dict[int, int] = {}
    for index, table in enumerate(tables):
        first = text.count("\n") + 1
        text += f"### {heading(index)}\n\n{table.markdown}\n\n"
        table_of |= dict.fromkeys(range(first, text.count("\n") + 1), index)
    project.write(HANDOUT, f"{text}### {heading(len(tables))}\n\nThat is all. {CITATION}\n")
    return project, table_of


def heading(index: int) -> str:
    return f"Table{index}"


def composed_as(project: SmallProject, form: str) -> Composed:
    """Compose the handout in a format; a leaflet gets as many panels as it takes."""
    library = project.read().library
    assert library is not None, project.problems()
    (handout,), (practice,) = library.handouts, library.practices.values()
    edition = Edition(formats(library.settings)[form], "letter", "color")
    numbered = number(select(handout, ()), practice.inserts)
    composed, problems = compose(Project(project.root), numbered, practice, edition, library.references)
    assert composed is not None, problems
    # The title of the section is painted after the text of its page.
    own = Sheet("own.css", ".question-title { display: none }", project.root)
    return replace(composed, makeup=Makeup(), sheets=(*composed.sheets, own))


@pytest.mark.parametrize("form", FITTING)
def test_pages_have_the_words_of_each_table_or_an_error_says_where(tmp_path: Path, form: str) -> None:
    tables = random_tables(SEED, COUNT)
    project, table_of = project_with(tmp_path, tables)
    pages, problems = lay_out(composed_as(project, form))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert {problem.code for problem in errors} <= {"overflow"}
    refused = {table_of[problem.place.line] for problem in errors if problem.place and problem.place.file == HANDOUT}
    assert len(refused) == len(errors)
    assert COUNT - len(refused) >= FITTING[form] * COUNT

    file = tmp_path / "tables.pdf"
    pages.document.write_pdf(file)
    found = dict(words_by_table(file, len(tables)))
    for index, table in enumerate(tables):
        if index not in refused:
            check_table(table, found[index])


def words_by_table(file: Path, count: int) -> Iterator[tuple[int, list[Word]]]:
    """Yield the words of each table in the order in which they are painted: cell after cell, without footers."""
    stream = list(painted_words(file))
    starts = {word.text: at for at, word in enumerate(stream) if word.text.startswith("Table")}
    for index in range(count):
        yield index, stream[starts[heading(index)] + 1 : starts[heading(index + 1)]]


def painted_words(file: Path) -> Iterator[Word]:
    command = ["pdftotext", "-raw", "-bbox", str(file), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for page, text in enumerate(read.split("<page ")[1:]):
        on_page = [
            Word(html.unescape(word), page, *map(float, edges))
            for *edges, word in re.findall(
                r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', text
            )
        ]
        footer = min((word.top for word in on_page if word.text == "HO-1"), default=10_000)
        yield from (word for word in on_page if word.top < footer)


def check_table(table: Table, words: list[Word]) -> None:
    heads = [word for word in words if word.text in table.head]
    assert [word.text for word in heads[: len(table.head)]] == list(table.head)
    cells = [cell for row in table.rows for cell in row]
    body = [
        word
        for before, word in pairwise([None, *words])
        if word.text not in table.head and not (before and before.text == "slowly." and word.text in {"1", "[1]"})
    ]
    body = [word._replace(text=part) for word in body for part in parts((word.text,))]
    wanted = [word for cell in cells for word in parts(cell.words)]
    assert [re.sub(r"(?<=slowly\.).+", "", word.text) for word in body] == wanted
    at = 0
    for cell in cells:
        own = body[at : at + len(parts(cell.words))]
        at += len(own)
        for amount in cell.amounts:
            size = len(amount.split())
            starts = [n for n in range(len(own)) if [word.text for word in own[n : n + size]] == amount.split()]
            lines = {round(word.bottom) for word in own[starts[0] : starts[0] + size]}
            assert max(lines) - min(lines) <= 1, (amount, own)
    check_room(words)


def check_room(words: list[Word]) -> None:
    """Check that no word is printed over another."""
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            beside = min(one.right, other.right) - max(one.left, other.left)
            deep = min(one.bottom, other.bottom) - max(one.top, other.top)
            height = min(one.bottom - one.top, other.bottom - other.top)
            assert one.page != other.page or beside < 2 or deep < 0.5 * height, (one, other)


def parts(words: Sequence[str]) -> list[str]:
    """Split words at hyphens between letters, where lines may be broken."""
    return [part for word in words for part in re.split(r"(?<=[a-z]-)(?=[a-z])", word)]
