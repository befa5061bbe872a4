"""The tables in docs/pages.md and docs/printing.md: they are those of the pages that are built today."""

import json
import re
from math import ceil
from pathlib import Path

from support.builds import LAKESIDE, NORTHGATE
from support.shipped import ROOT

PAPERS = {LAKESIDE: "letter", NORTHGATE: "a4"}
HALF_PAGES = ("booklet", "trifold", "trifold-z")
HINT = "run benchmarks/pages.py"


def table(page: str) -> list[list[str]]:
    """Return the cells of the measured table of a page, without its head; of two figures, the one of today."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    _, _, measured = text.partition("<!-- Written by benchmarks/pages.py -->\n")
    rows = re.findall(r"^\| (.*) \|$", measured.partition("<!-- End")[0], re.MULTILINE)[1:]
    return [[cell.split(" → ")[-1].strip("`") for cell in row.split(" | ")] for row in rows]


def test_pages_and_sheets_are_those_of_the_shipped_build(shipped_color: Path, shipped_black: Path) -> None:
    measured = {tuple(row[:4]): row for row in table("pages.md")}
    for ink, output in (("color", shipped_color), ("black", shipped_black)):
        rows = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["outputs"]
        printed = [row for row in rows if row["path"].endswith(".pdf")]
        assert printed
        for row in printed:
            name = (row["format"], row["practice"], PAPERS[row["practice"]])
            found = measured.get((*name, "both")) or measured[*name, ink]
            assert int(found[5]) == ceil(row["pages"] / 2), (HINT, name)
            if row["format"] not in HALF_PAGES:
                assert int(found[4]) == row["pages"], (HINT, name)


def test_the_table_for_staff_counts_the_same_sheets() -> None:
    sheets: dict[tuple[str, str], set[int]] = {}
    for row in table("pages.md"):
        sheets.setdefault((row[0], row[2]), set()).add(int(row[5]))
    for form, *counts in table("printing.md"):
        for paper, count in zip(("letter", "a4"), counts, strict=True):
            numbers = [int(number) for number in count.split(" to ")]
            assert {min(numbers), max(numbers)} == {min(sheets[form, paper]), max(sheets[form, paper])}, HINT
