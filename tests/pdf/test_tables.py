"""Tables of doses and times in each format: the page has the words of the source, whole, or there is an error.

Pages are read back with poppler and Chromium, so that what is found does not depend on the checks of the tool.
"""

import html
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from handouts.build.typeset import typeset
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Severity
from support.chromium import chromium, opened
from support.composed import composed_as
from support.pdf import Word, overprinted
from support.projects import HANDOUT, SmallProject, small_project
from support.table_samples import CITATION, Table, random_tables

COUNT, SEED = 200, 21
# The title of the section is painted after the text of its page.
NO_TITLE = ".question-title { display: none }"
FITTING = {"handout": 0.65, "large-print": 0.4, "booklet": 0.5, "trifold": 0.25, "trifold-z": 0.25}
"""The least share of the tables that has to fit each format; words with hyphens are not broken to make them fit."""


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


@pytest.mark.parametrize("form", FITTING)
def test_pages_have_the_words_of_each_table_or_an_error_says_where(tmp_path: Path, form: str) -> None:
    tables = random_tables(SEED, COUNT)
    project, table_of = project_with(tmp_path, tables)
    pages = lay_out(composed_as(project, form, NO_TITLE))
    errors = [problem for problem in pages.problems if problem.severity is Severity.ERROR]
    assert {problem.code for problem in errors} <= {"wide-table"}
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
    citations = {at + 1 for at, word in enumerate(words) if word.text == "slowly."} & {
        at for at, word in enumerate(words) if word.text in {"1", "[1]"}
    }
    body = [word for at, word in enumerate(words) if word.text not in table.head and at not in citations]
    wanted = [word for cell in cells for word in cell.words]
    assert [re.sub(r"(?<=slowly\.).+", "", word.text) for word in body] == wanted
    at = 0
    for cell in cells:
        own = body[at : at + len(cell.words)]
        at += len(own)
        for amount in cell.amounts:
            size = len(amount.split())
            starts = [n for n in range(len(own)) if [word.text for word in own[n : n + size]] == amount.split()]
            lines = {round(word.bottom) for word in own[starts[0] : starts[0] + size]}
            assert max(lines) - min(lines) <= 1, (amount, own)
    assert overprinted(words) == []


def test_text_has_the_words_of_each_table(tmp_path: Path) -> None:
    tables = random_tables(SEED, COUNT)
    project, _ = project_with(tmp_path, tables)
    made = typeset(composed_as(project, "text"))
    regions = re.split(r"^Table\d+$", made.content.decode(), flags=re.MULTILINE)[1:]
    for table, region in zip(tables, regions, strict=False):
        text = " ".join(region.split())
        assert [cell for row in table.rows for cell in row if " ".join(cell.words) not in text] == []


SPLIT = """() => {
  const boxes = range => [...range.getClientRects()].filter(box => box.width > 1)
  const lines = range => new Set(boxes(range).map(box => Math.round(box.bottom)))
  const split = []
  for (const cell of document.querySelectorAll('td, th')) {
    const pieces = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (!node.parentElement.closest('sup')) for (let at = 0; at < node.length; at++) pieces.push([node, at])
    }
    const text = pieces.map(([node, at]) => node.data[at]).join('').replace(/\\u00a0/g, ' ')
    for (const pattern of PATTERNS) for (const found of text.matchAll(pattern)) {
      const range = document.createRange()
      range.setStart(...pieces[found.index])
      const [node, at] = pieces[found.index + found[0].length - 1]
      range.setEnd(node, at + 1)
      const bottoms = [...lines(range)]
      if (Math.max(...bottoms) - Math.min(...bottoms) > 6) split.push(found[0])
    }
  }
  return split
}"""


def test_web_pages_keep_words_and_amounts_of_tables_on_one_line(tmp_path: Path) -> None:
    tables = random_tables(SEED, COUNT)
    project, _ = project_with(tmp_path, tables)
    page = tmp_path / "tables.html"
    page.write_bytes(typeset(composed_as(project, "html")).content)
    cells = [cell for table in tables for row in table.rows for cell in row]
    amounts = sorted({amount for cell in cells for amount in cell.amounts}, key=len, reverse=True)
    any_amount = "|".join(re.escape(amount).replace(r"\-", "-").replace("/", "[/]") for amount in amounts)
    split = SPLIT.replace("PATTERNS", rf"[/(?<!\S)(?:{any_amount})(?!\S)/g, /[^\s-]+/g]")
    with chromium() as browser:
        for width in (320, 1280):
            with opened(browser, page, width) as shown:
                assert shown.value(f"({split})()") == []
                assert shown.value("document.documentElement.scrollWidth") <= width
                assert shown.value("document.querySelectorAll('td').length") == len(cells)
