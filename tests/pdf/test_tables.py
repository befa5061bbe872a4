"""Tables of doses and times in each format: the page has the words of the source, whole, as a table or row by row.

Pages are read back with poppler and Chromium, so that what is found does not depend on the checks of the tool.

`PYTHONPATH=tests python tests/pdf/test_tables.py 500` lays out as many random tables in each format.
"""

import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from handouts.build.typeset import typeset
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Severity
from support.chromium import Browsers, opened
from support.composed import composed_as
from support.pdf import Word, overprinted
from support.projects import HANDOUT, SmallProject, small_project
from support.table_samples import CITATION, Table, random_tables

COUNT, SEED = 200, 21
ON_PAGES = 12
"""Tables laid out in each format, the same in each."""
# The title of the section is painted after the text of its page.
NO_TITLE = ".question-title { display: none }"
MOST_AS_ROWS = {"handout": 0.2, "large-print": 0.6, "booklet": 0.5, "trifold": 0.75}
"""The largest share of the tables that each format may set row by row; words with hyphens are not broken."""


def project_with(folder: Path, tables: Sequence[Table]) -> SmallProject:
    """Write a project whose handout has these tables, each below a heading."""
    project = small_project(folder)
    text, _, _ = project.text(HANDOUT).partition("\n---\n")
    text += "\n---\n\n## Tables {#tables}\n\n"
    for index, table in enumerate(tables):
        text += f"### {heading(index)}\n\n{table.markdown}\n\n"
    project.write(HANDOUT, f"{text}### {heading(len(tables))}\n\nThat is all. {CITATION}\n")
    return project


def heading(index: int) -> str:
    return f"Table{index}"


@pytest.mark.parametrize("form", MOST_AS_ROWS)
def test_pages_have_the_words_of_each_table_as_a_table_or_row_by_row(tmp_path: Path, form: str) -> None:
    as_rows = count_tables_as_rows(tmp_path, form, random_tables(SEED, ON_PAGES))
    assert as_rows <= MOST_AS_ROWS[form] * ON_PAGES


def count_tables_as_rows(folder: Path, form: str, tables: Sequence[Table]) -> int:
    """Lay out tables and check their words; return how many are set row by row."""
    project = project_with(folder, tables)
    pages = lay_out(composed_as(project, form, NO_TITLE))
    assert [problem for problem in pages.problems if problem.severity is Severity.ERROR] == []
    file = folder / "tables.pdf"
    pages.document.write_pdf(file)
    found = dict(words_by_table(file, len(tables)))
    return sum(check_table(table, found[index]) for index, table in enumerate(tables))


def words_by_table(file: Path, count: int) -> Iterator[tuple[int, list[Word]]]:
    """Yield the words of each table in the order in which they are painted: cell after cell, without footers."""
    painted = list(painted_words(file))
    first = next(word for word in painted if word.text == heading(0))
    # What is above the tables may be painted after them.
    stream = [word for word in painted if word.page > first.page or (word.page == first.page and word.top >= first.top)]
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


def check_table(table: Table, words: list[Word]) -> bool:
    """Check the words of a table, and that its amounts are on one line; return whether it is set row by row."""
    cells = [cell for row in table.rows for cell in row]
    wanted = [word for cell in cells for word in cell.words]
    citations = {at + 1 for at, word in enumerate(words) if word.text == "slowly."} & {
        at for at, word in enumerate(words) if word.text in {"1", "[1]"}
    }
    printed = [word for at, word in enumerate(words) if at not in citations]
    texts = [re.sub(r"(?<=slowly\.).+", "", word.text) for word in printed]
    names = {f"{head}:" for head in table.head}
    if texts[0] in names:  # row by row, each cell after its heading
        assert texts == [
            word
            for row in table.rows
            for head, cell in zip(table.head, row, strict=True)
            for word in (f"{head}:", *cell.words)
        ]
        body = [word for word in printed if word.text not in names]
    else:
        assert texts[: len(table.head)] == list(table.head)
        # On a further page the head is printed again.
        body = [word for word in printed if word.text not in table.head]
        assert [text for text in texts if text not in table.head] == wanted
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
    return texts[0] in names


WIDE = f"""
| {"headword" * 9}{CITATION} | b |
|---|---|

| Dose{CITATION} | {"When it is taken, at which time of the day, " * 3} |
|---|---|
| {"cellword" * 3} | {"cellword" * 3} |
| one | two |
| three | |
"""


def test_a_table_row_by_row_keeps_citations_and_room_to_write_and_a_head_without_rows_is_an_error(
    tmp_path: Path,
) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "- after a fall\n- with a fever\n", WIDE)
    pages = lay_out(composed_as(project, "trifold"))
    errors = [problem for problem in pages.problems if problem.severity is Severity.ERROR]
    assert [problem.code for problem in errors] == ["wide-table"]
    assert errors[0].place
    assert errors[0].place.line == project.place(HANDOUT, "| headword").line
    file = tmp_path / "rows.pdf"
    pages.document.write_pdf(file)
    texts = [word.text for word in painted_words(file)]
    starts = [at for at, word in enumerate(texts) if word == "Dose"]
    cells = ("cellword" * 3, "one", "three")
    assert [texts[at + 1 : at + 4] for at in starts] == [["1", ":", cell] for cell in cells]
    assert texts.count("_" * 20) == 1, "a line to write on for the empty cell"


def test_wide_tables_from_right_to_left_get_room_too(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "- after a fall\n- with a fever\n", WIDE)
    pages = lay_out(composed_as(project, "trifold", "main { direction: rtl }"))
    errors = [problem for problem in pages.problems if problem.severity is Severity.ERROR]
    assert [problem.place and problem.place.line for problem in errors] == [project.place(HANDOUT, "| headword").line]
    file = tmp_path / "rows.pdf"
    pages.document.write_pdf(file)
    assert [word.text for word in painted_words(file)].count("Dose") == 3  # once for each row


def test_text_has_the_words_of_each_table(tmp_path: Path) -> None:
    tables = random_tables(SEED, COUNT)
    project = project_with(tmp_path, tables)
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


def test_web_pages_keep_words_and_amounts_of_tables_on_one_line(tmp_path: Path, browsers: Browsers) -> None:
    tables = random_tables(SEED, ON_PAGES)
    project = project_with(tmp_path, tables)
    page = tmp_path / "tables.html"
    page.write_bytes(typeset(composed_as(project, "html")).content)
    cells = [cell for table in tables for row in table.rows for cell in row]
    amounts = sorted({amount for cell in cells for amount in cell.amounts}, key=len, reverse=True)
    any_amount = "|".join(re.escape(amount).replace(r"\-", "-").replace("/", "[/]") for amount in amounts)
    split = SPLIT.replace("PATTERNS", rf"[/(?<!\S)(?:{any_amount})(?!\S)/g, /\S+/g]")
    for width in (320, 1280):
        with opened(browsers.small, page, width) as shown:
            assert shown.value(f"({split})()") == []
            assert shown.value("document.documentElement.scrollWidth") <= width
            assert shown.value("document.querySelectorAll('td').length") == len(cells)


def main() -> None:
    """Check as many random tables in each format as the argument says, others each time that it changes."""
    count = int(sys.argv[1])
    for form in MOST_AS_ROWS:
        with tempfile.TemporaryDirectory() as folder:
            as_rows = count_tables_as_rows(Path(folder), form, random_tables(count, count))
        sys.stdout.write(f"{form}: {count} tables are whole, {as_rows} of them row by row\n")


if __name__ == "__main__":
    main()
