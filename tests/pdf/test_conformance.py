"""Shipped outputs are PDF/UA-1 and PDF/A-2a, and are made again byte by byte elsewhere: the table of the run."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.builds import NORTHGATE, build, files
from support.conformance import TABLE, Row, Table
from support.other_machine import font_found, other_machine
from support.verapdf import FLAVOURS, judged


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return other_machine(tmp_path_factory.mktemp("other machine"))


def test_the_other_machine_has_a_false_font(elsewhere: dict[str, str]) -> None:
    assert font_found(elsewhere).endswith("false.ttf")


def test_every_shipped_output_keeps_both_standards_and_is_the_same_on_another_machine(
    shipped_color: Path,
    shipped_black: Path,
    shipped_otherwise: Path,
    elsewhere: dict[str, str],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    with ThreadPoolExecutor() as at_once:
        made = (shipped_color, shipped_black, shipped_otherwise)
        pdfs = [file for output in made for file in files(output) if file.suffix == ".pdf"]
        verdicts = at_once.submit(judged, *pdfs)
        color = build(tmp_path / "color", "color", "-j", "1", **elsewhere)
        black = build(tmp_path / "black", "black", "-p", NORTHGATE, "-j", "1", **elsewhere)
        again = {str(file.relative_to(output)): file for output in (color, black) for file in files(output)}
        rows = [row for output in made for row in compared(output, again, verdicts.result())]
        assert (shipped_color / "manifest.json").read_bytes() == (color / "manifest.json").read_bytes()
    # What has neither pages nor ink is made the same way for all inks.
    table = Table(tuple({row.name: row for row in rows}.values()))
    record_property(TABLE, list(table.lines()))

    faults = [broken for found in verdicts.result().values() for broken in found]
    assert faults == []
    assert [row.name for row in table.rows if False in row.outcomes] == []
    assert len(table.rows) == 2 * (6 + 2 + 6 + 1) + 2
    assert [row.same for row in table.rows].count(True) == 2 * (6 + 2) + 6, "all in color, those of a practice in black"


def compared(output: Path, again: dict[str, Path], verdicts: dict[tuple[Path, str], list[str]]) -> Iterator[Row]:
    for file in files(output):
        name = str(file.relative_to(output))
        standards = [not verdicts[file, one] if file.suffix == ".pdf" else None for one in FLAVOURS]
        same = file.read_bytes() == again[name].read_bytes() if name in again else None
        yield Row(name, standards[0], standards[1], same)
