"""Shipped outputs are PDF/UA-1 and PDF/A-2a, and are made again byte by byte elsewhere: the table of the run."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from handouts.problems.collector import Problems
from support.builds import CATALOGUE, NORTHGATE, files
from support.command import copy_of_shipped, run
from support.conformance import TABLE, Row, Table
from support.mixed_document import HTML, write
from support.other_machine import font_found, other_machine
from support.verapdf import FLAVOURS, judged

Verdicts = dict[tuple[Path, str], list[str]]

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint leaves a file open


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return other_machine(tmp_path_factory.mktemp("other machine"))


@pytest.fixture(scope="module")
def outputs(
    shipped_color: Path, shipped_black: Path, shipped_otherwise: Path, shipped_catalogue: Path, shipped_forms: Path
) -> tuple[Path, ...]:
    """The folders of all that is judged."""
    return shipped_color, shipped_black, shipped_otherwise, shipped_catalogue, shipped_forms.parent


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A document that has a bit of everything, finished and as WeasyPrint alone writes it."""
    folder = tmp_path_factory.mktemp("mixed")
    finished, plain = folder / "finished.pdf", folder / "plain.pdf"
    finished.write_bytes(write(HTML, Problems()))
    plain.write_bytes(write(HTML, Problems(), how="plain"))
    return finished, plain


@pytest.fixture(scope="module")
def verdicts(outputs: tuple[Path, ...], mixed: tuple[Path, Path]) -> Iterator[Future[Verdicts]]:
    """What veraPDF says, which judges all files in one run, while other things are done."""
    pdfs = [file for output in outputs for file in files(output) if file.suffix == ".pdf"]
    # Each format once in color. Black and the other paper have the same tags: single pages and sheets show it.
    color, black = (output / NORTHGATE for output in outputs[:2])
    both = {black / f"spinal-fracture.en.{name}-black.pdf" for name in ("handout", "booklet")}
    shipped = [pdf for pdf in pdfs if pdf in both or not {color, outputs[1]} & {*pdf.parents}]
    with ThreadPoolExecutor() as at_once:
        yield at_once.submit(judged, *shipped, *mixed)


def test_the_other_machine_has_a_false_font(elsewhere: dict[str, str]) -> None:
    assert font_found(elsewhere).endswith("false.ttf")


def test_every_shipped_output_keeps_both_standards_and_is_the_same_on_another_machine(
    outputs: tuple[Path, ...],
    verdicts: Future[Verdicts],
    mixed: tuple[Path, Path],
    elsewhere: dict[str, str],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    built = build_elsewhere(tmp_path, elsewhere)
    again = {str(file.relative_to(built)): file for file in files(built)}
    rows = {name: row for output in outputs[:2] for name, row in rows_of_northgate(output).items()}
    assert rows_of_northgate(built) == {name: rows[name] for name in again}
    table = Table(tuple(row for output in outputs for row in compared(output, again, verdicts.result())))
    record_property(TABLE, list(table.lines()))

    faults = [broken for (file, _), found in verdicts.result().items() if file not in mixed for broken in found]
    assert faults == []
    assert [row.name for row in table.rows if False in row.outcomes] == []
    assert len(table.rows) == 2 * (6 + 2) + (6 + 1) + 3 + len(CATALOGUE) + (5 + 2)
    assert [row.pdf_ua for row in table.rows].count(True) == 6 + 2 + 3 + len(CATALOGUE) + (5 + 1)
    assert [row.same for row in table.rows].count(True) == 6 + 2 + 1, "those of a practice, and its handout in black"


def test_a_document_with_a_bit_of_everything_keeps_both_standards(
    verdicts: Future[Verdicts], mixed: tuple[Path, Path]
) -> None:
    finished, plain = ({one: verdicts.result()[file, one] for one in FLAVOURS} for file in mixed)

    assert finished == {one: [] for one in FLAVOURS}
    overlooked = "veraPDF overlooked what was left out"
    assert any(broken.startswith("PDFUA_1 5-1:") for broken in plain["PDFUA_1"]), overlooked


def build_elsewhere(folder: Path, environment: dict[str, str]) -> Path:
    """Build all formats of a practice on another machine, and its handout in black; return the folder of outputs."""
    project = copy_of_shipped(folder)
    with (project / "handouts.yaml").open("a", encoding="utf-8") as settings:
        settings.write("    - {formats: [handout], ink: black}\n")
    ran = run(project, "build", "--set", "everything", "-p", NORTHGATE, "-j", "1", **environment)
    assert ran.code == 0, ran.err
    return project / "output"


def rows_of_northgate(output: Path) -> dict[str, object]:
    """Return what the manifest says of each output of a practice."""
    rows = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    return {row["path"]: row for row in rows if row["practice"] == NORTHGATE}


def compared(output: Path, again: dict[str, Path], verdicts: Verdicts) -> Iterator[Row]:
    for file in files(output):
        name = str(file.relative_to(output))
        standards = [not verdicts[file, one] if (file, one) in verdicts else None for one in FLAVOURS]
        same = file.read_bytes() == again[name].read_bytes() if name in again else None
        yield Row(name, standards[0], standards[1], same)
