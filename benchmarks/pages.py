"""How well pages are filled, for every format, practice, paper and ink of the shipped project; writes docs/pages.md.

Run: .venv/bin/python benchmarks/pages.py. It also writes the table of sheets in docs/printing.md. The figures from
before the pages were made anew are in pages_before.json; this measured them, with the files of commit 332b30f in DIR:
.venv/bin/python benchmarks/pages.py DIR > benchmarks/pages_before.json
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import ceil
from pathlib import Path
from typing import Final, get_args

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.imposition import impose
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.read.project import read_project
from handouts.schema.print_terms import Ink, Paper

ROOT: Final = Path(__file__).parents[1]
BEFORE: Final = ROOT / "benchmarks" / "pages_before.json"
TABLE_PAGE: Final = ROOT / "docs" / "pages.md"
SHEETS_PAGE: Final = ROOT / "docs" / "printing.md"
MARKS: Final = ("<!-- Written by benchmarks/pages.py -->\n", "<!-- End of what benchmarks/pages.py wrote -->\n")
ARROW: Final = " → "


_HANDOUT = "spinal-fracture"
_PRACTICES = {"lakeside-spine-center", "northgate-family-practice"}


@dataclass(frozen=True, slots=True)
class Print:
    """One print of the shipped handout."""

    format: str
    practice: str
    paper: str
    ink: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a print: shares of the content area of its pages, type in points, lines in characters."""

    pages: int
    sheets: int
    words_a_page: int
    filled: float
    least_filled: float
    smallest_type: float
    line_length: int


def measure_project(root: Path) -> dict[Print, Measures]:
    """Lay out one handout of the set "everything" on each paper and in each ink, and measure the pages."""
    project = Project(root.resolve())
    reading = read_project(project)
    if reading.library is None:
        sys.exit("\n".join(map(str, reading.problems)))
    pipeline = Pipeline(project, reading.library.references)
    measured: dict[Print, Measures] = {}
    for paper in get_args(Paper):
        for ink in get_args(Ink):
            request = Request(set_name="everything", options=PrintOptions(paper, ink))
            for planned in plan(reading.library, request):
                handout = planned.selection.handout
                is_meant = (handout.id, handout.language) == (_HANDOUT, "en")
                is_measured = is_meant and planned.practice.id in _PRACTICES
                if is_measured and planned.edition.format.settings.file == "pdf":
                    name = Print(planned.edition.format.name, planned.practice.id, paper, ink)
                    measured[name] = measure_print(pipeline, planned)
                    print(name, measured[name].pages, file=sys.stderr)
    return measured


def measure_print(pipeline: Pipeline, planned: Planned) -> Measures:
    """Lay out one print and measure its pages."""
    # These import WeasyPrint, which must not be loaded before the fonts are set.
    from handouts.pdf.layout.lay_out import lay_out  # noqa: PLC0415
    from handouts.pdf.page_checks.box_reader import read_painted_text  # noqa: PLC0415
    from handouts.pdf.page_checks.type_measures import measure_line_length, measure_smallest_type  # noqa: PLC0415
    from handouts.pdf.page_checks.white_space import measure_filled  # noqa: PLC0415

    composed = pipeline.compose(pipeline.number(planned), planned.practice, planned.edition).document
    if composed is None:
        sys.exit(f"{planned.path} cannot be composed")
    pages = lay_out(composed)
    painted = read_painted_text(pages.document)
    filled = measure_filled(painted)
    words = sum(len(piece.text.split()) for piece in painted.pieces if piece.layer != "margin")
    return Measures(
        len(filled),
        ceil(len(impose(composed.makeup, pages.names, pages.sizes)) / 2),
        round(words / len(filled)),
        round(sum(filled) / len(filled), 3),
        round(min(filled), 3),
        measure_smallest_type(painted),
        measure_line_length(painted) or 0,
    )


def write_table(now: Mapping[Print, Measures], before: Mapping[Print, Measures]) -> Iterator[str]:
    """Yield the lines of the table: one for each print, and one for both inks where they measure the same."""
    yield (
        "| Format | Practice | Paper | Ink | Pages | Sheets | Words a page | Filled on average | Filled least "
        "| Smallest type | Characters a line |\n"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|\n"
    cells = {name: tuple(map(_write_change, _write(before.get(name)), _write(found))) for name, found in now.items()}
    formats = list(dict.fromkeys(name.format for name in now))
    for name in sorted(now, key=lambda name: (formats.index(name.format), name.practice)):
        is_same = len({cells[replace(name, ink=ink)] for ink in get_args(Ink)}) == 1
        if not is_same or name.ink == "color":
            ink = "both" if is_same else name.ink
            yield f"| {' | '.join([f'`{name.format}`', name.practice, name.paper, ink, *cells[name]])} |\n"


def _write(measures: Measures | None) -> Sequence[str]:
    if measures is None:
        return ("",) * 7
    return (
        str(measures.pages),
        str(measures.sheets),
        str(measures.words_a_page),
        f"{measures.filled:.0%}",
        f"{measures.least_filled:.0%}",
        f"{measures.smallest_type:g} pt",
        str(measures.line_length or ""),
    )


def _write_change(old: str, new: str) -> str:
    return f"{old}{ARROW}{new}" if old and old != new else new


def write_sheets(now: Mapping[Print, Measures]) -> Iterator[str]:
    """Yield the lines of the table of sheets by format and paper; practices with longer texts need more."""
    yield "| Format | Sheets of Letter | Sheets of A4 |\n"
    yield "|---|---|---|\n"
    for kind in dict.fromkeys(name.format for name in now):
        cells = [
            _write_range(found.sheets for name, found in now.items() if (name.format, name.paper) == (kind, paper))
            for paper in ("letter", "a4")
        ]
        yield f"| `{kind}` | {' | '.join(cells)} |\n"


def _write_range(counts: Iterable[int]) -> str:
    found = sorted(set(counts))
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def replace_between_marks(page: Path, lines: Iterable[str]) -> None:
    """Write lines between the marks of a page, in place of those that are there."""
    start, end = MARKS
    text = page.read_text(encoding="utf-8")
    pattern = re.compile(f"(?<={re.escape(start)}).*?(?={re.escape(end)})", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        sys.exit(f"{page}: the marks are missing")
    page.write_text(pattern.sub(lambda _: "".join(("\n", *lines, "\n")), text), encoding="utf-8")


def main() -> None:
    """Measure another project and print the figures, or measure this one and write the tables."""
    if sys.argv[1:]:
        rows = [asdict(name) | asdict(found) for name, found in measure_project(Path(sys.argv[1])).items()]
        print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
        return
    names = tuple(Print.__dataclass_fields__)
    rows = json.loads(BEFORE.read_text(encoding="utf-8"))
    before = {Print(**{key: row.pop(key) for key in names}): Measures(**row) for row in rows}
    now = measure_project(ROOT)
    replace_between_marks(TABLE_PAGE, write_table(now, before))
    replace_between_marks(SHEETS_PAGE, write_sheets(now))


if __name__ == "__main__":
    main()
