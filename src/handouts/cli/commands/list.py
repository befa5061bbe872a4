"""`handouts list`."""

import json
from typing import TYPE_CHECKING

import click

from handouts.cli.context import open_project
from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import choose_color, replace_control_characters
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    from handouts.model.library import Library

Rows = list[dict[str, str | int]]
_SUBJECTS = ["handouts", "sections", "selections", "practices", "references", "formats", "printers"]


@click.command("list")
@click.argument("subject", type=click.Choice(_SUBJECTS), default="handouts")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def list_(subject: str, *, as_json: bool) -> None:
    """List what a project contains, or the printers of this computer.

    If you name nothing, handouts are listed. Printers are those of CUPS on this computer, the default one first. They
    need no project.
    """
    problems = Problems()
    rows = _list_printers(problems) if subject == "printers" else _list_content(subject, problems)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        _print_table(rows)
    if problems.has_errors:
        raise click.exceptions.Exit(1)


def _list_printers(problems: Problems) -> Rows:
    from handouts.printing.queues import find_printers

    printers = find_printers(problems)
    print_problems(problems)
    return [
        {
            "name": replace_control_characters(printer.name),
            "default": "default" if printer.is_default else "",
            "about": replace_control_characters(printer.description),
        }
        for printer in printers
    ]


def _list_content(subject: str, problems: Problems) -> Rows:
    project = open_project()
    from handouts.read.project import read_project

    reading = read_project(project)
    print_problems(reading.problems, project.root)
    problems.extend(reading.problems)
    return _make_rows(subject, reading.library) if reading.library else []


def _make_rows(subject: str, library: "Library") -> Rows:
    from handouts.numbering.fields import fill_for_display

    handouts = [fill_for_display(handout, library.practices.values()) for handout in library.handouts]
    if subject == "handouts":
        return [
            {
                "id": h.id,
                "language": h.language,
                "title": h.front.title,
                "version": h.front.version,
                "status": h.front.status,
                "formats": " ".join(h.front.formats),
            }
            for h in handouts
        ]
    if subject == "sections":
        return [
            {
                "handout": h.id,
                "language": h.language,
                "part": part.id or "",
                "number": s.number,
                "id": s.id,
                "title": s.title,
            }
            for h in handouts
            for part in h.parts
            for s in part.sections
        ]
    if subject == "selections":
        return [
            {"handout": h.id, "language": h.language, "id": name, "sections": " ".join(chosen)}
            for h in handouts
            for name, chosen in h.front.selections.items()
        ]
    if subject == "practices":
        return [
            {
                "id": name,
                "name": p.profile.name,
                "country": p.profile.country,
                "paper": p.profile.paper or library.settings.paper,
            }
            for name, p in library.practices.items()
        ]
    if subject == "references":
        from handouts.ama.entry import format_reference, to_plain_text

        return [
            {
                "id": name,
                "status": entry.reference.status or "",
                "reference": to_plain_text(format_reference(entry.reference)),
            }
            for name, entry in library.references.items()
        ]
    from handouts.model.edition import formats

    return [{"id": name, "title": f.settings.title} for name, f in formats(library.settings).items()]


def _print_table(rows: Rows) -> None:
    """Print a table on a terminal, elsewhere tab-separated columns for tools such as `cut`."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(no_color=choose_color() is False)
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(str(value) for value in row.values()))
        return
    table = Table(box=None, pad_edge=False)
    *ids, last = rows[0]
    for name in ids:
        table.add_column(name, no_wrap=True)  # ids are shown whole, to be copied
    table.add_column(last)
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row.values()))
    console.print(table)
