"""Shipped outputs are PDF/UA-1 and PDF/A-2a, and are made again byte by byte elsewhere: the table of the run."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.builds import CATALOGUE, NORTHGATE, build, files
from support.command import run
from support.conformance import TABLE, Row, Table
from support.other_machine import font_found, other_machine
from support.verapdf import FLAVOURS, judged


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return other_machine(tmp_path_factory.mktemp("other machine"))


@pytest.fixture(scope="module")
def outputs(
    shipped_color: Path, shipped_black: Path, shipped_otherwise: Path, shipped_catalogue: Path, shipped_forms: Path
) -> tuple[Path, ...]:
    """The folders of all that is judged."""
    return shipped_color, shipped_black, shipped_otherwise, shipped_catalogue, shipped_forms.parent


def test_the_other_machine_has_a_false_font(elsewhere: dict[str, str]) -> None:
    assert font_found(elsewhere).endswith("false.ttf")


def test_every_shipped_output_keeps_both_standards_and_is_the_same_on_another_machine(
    outputs: tuple[Path, ...],
    elsewhere: dict[str, str],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    with ThreadPoolExecutor() as at_once:
        pdfs = [file for output in outputs for file in files(output) if file.suffix == ".pdf"]
        verdicts = at_once.submit(judged, *pdfs)
        color = build(tmp_path / "color", "color", "-p", NORTHGATE, "-j", "1", **elsewhere)
        assert rows_of_northgate(outputs[0]) == rows_of_northgate(color) != []
        assert run(color.parent, "build", "-p", NORTHGATE, "-f", "handout", "--ink", "black", **elsewhere).code == 0
        again = {str(file.relative_to(color)): file for file in files(color)}
        rows = [row for output in outputs for row in compared(output, again, verdicts.result())]
    # What has neither pages nor ink is made the same way for all inks.
    table = Table(tuple({row.name: row for row in rows}.values()))
    record_property(TABLE, list(table.lines()))

    faults = [broken for found in verdicts.result().values() for broken in found]
    assert faults == []
    assert [row.name for row in table.rows if False in row.outcomes] == []
    assert len(table.rows) == 2 * (6 + 2) + (6 + 1) + 3 + len(CATALOGUE) + (5 + 2)
    assert [row.same for row in table.rows].count(True) == 6 + 2 + 1, "those of a practice, and its handout in black"


def rows_of_northgate(output: Path) -> list[object]:
    """Return what the manifest says of the outputs of a practice."""
    rows = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    return [row for row in rows if row["practice"] == NORTHGATE]


def compared(output: Path, again: dict[str, Path], verdicts: dict[tuple[Path, str], list[str]]) -> Iterator[Row]:
    for file in files(output):
        name = str(file.relative_to(output))
        standards = [not verdicts[file, one] if file.suffix == ".pdf" else None for one in FLAVOURS]
        same = file.read_bytes() == again[name].read_bytes() if name in again else None
        yield Row(name, standards[0], standards[1], same)
