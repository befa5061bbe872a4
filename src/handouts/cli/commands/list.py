"""`handouts list`."""

import json
from typing import TYPE_CHECKING

import click

from handouts.cli.options.project import open_project
from handouts.cli.output.problems import show_problems, visible, wants_color
from handouts.problems.problem import Problem, has_errors

if TYPE_CHECKING:
    from handouts.model.library import Library

Rows = list[dict[str, str | int]]
_WHAT = ["handouts", "sections", "selections", "practices", "references", "formats", "printers"]


@click.command("list")
@click.argument("what", type=click.Choice(_WHAT), default="handouts")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON list.")
def list_(what: str, *, as_json: bool) -> None:
    """List what the project holds: handouts, sections, selections, practices, references or formats.

    Or the printers that this computer knows: those of CUPS, the default one first. That needs no project.
    """
    rows, problems = _printers() if what == "printers" else _of_project(what)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        _print_table(rows)
    if has_errors(problems):
        raise click.exceptions.Exit(1)


def _printers() -> tuple[Rows, tuple[Problem, ...]]:
    from handouts.printing.queues import printers

    known = printers()
    show_problems(known.problems)
    rows: Rows = [
        {
            "name": visible(printer.name),
            "default": "default" if printer.is_default else "",
            "about": visible(printer.about),
        }
        for printer in known.printers
    ]
    return rows, known.problems


def _of_project(what: str) -> tuple[Rows, tuple[Problem, ...]]:
    project = open_project()
    from handouts.read.project import read_project

    reading = read_project(project)
    show_problems(reading.problems, project.root)
    return _rows(what, reading.library) if reading.library else [], reading.problems


def _rows(what: str, library: "Library") -> Rows:
    if what == "handouts":
        return [
            {
                "id": h.id,
                "language": h.language,
                "title": h.front.title,
                "version": h.front.version,
                "status": h.front.status,
            }
            for h in library.handouts
        ]
    if what == "sections":
        return [
            {
                "handout": h.id,
                "language": h.language,
                "part": part.id or "",
                "number": s.number,
                "id": s.id,
                "title": s.title,
            }
            for h in library.handouts
            for part in h.parts
            for s in part.sections
        ]
    if what == "selections":
        return [
            {"handout": h.id, "language": h.language, "id": name, "sections": " ".join(chosen)}
            for h in library.handouts
            for name, chosen in h.front.selections.items()
        ]
    if what == "practices":
        return [
            {
                "id": name,
                "name": p.profile.name,
                "country": p.profile.country,
                "paper": p.profile.paper or library.settings.paper,
            }
            for name, p in library.practices.items()
        ]
    if what == "references":
        from handouts.ama.entry import ama_entry, plain

        return [
            {"id": name, "status": entry.reference.status or "", "reference": plain(ama_entry(entry.reference))}
            for name, entry in library.references.items()
        ]
    from handouts.model.edition import formats

    return [{"id": name, "title": f.settings.title} for name, f in formats(library.settings).items()]


def _print_table(rows: Rows) -> None:
    """Print a table on a terminal; lines of tab-separated columns elsewhere, for `cut` and the like."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(no_color=wants_color() is False)
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(str(value) for value in row.values()))
        return
    table = Table(box=None, pad_edge=False)
    *ids, last = rows[0]
    for name in ids:
        table.add_column(name, no_wrap=True)  # ids are typed again, so they are shown whole
    table.add_column(last)
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row.values()))
    console.print(table)
