"""`handouts list`."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from handouts.cli.context import open_project
from handouts.cli.options.values import SuggestingChoice
from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import choose_color, replace_control_characters
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.model.library import Library

Rows = list[dict[str, str | int]]
_SUBJECTS = ["handouts", "sections", "selections", "practices", "references", "codes", "formats", "printers"]


@click.command("list")
@click.argument("subject", type=SuggestingChoice(_SUBJECTS), default="handouts")
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
    if reading.library is None:
        return []
    from handouts.numbering.fields import fill_for_display

    practices = reading.library.practices.values()
    shown = tuple(fill_for_display(handout, practices) for handout in reading.library.handouts)
    return _ROWS[subject](replace(reading.library, handouts=shown))


def _list_handouts(library: "Library") -> Rows:
    return [
        {
            "id": h.id,
            "language": h.language,
            "title": h.front.title,
            "version": h.front.version,
            "status": h.front.status,
            "formats": " ".join(h.front.formats) or "all",
        }
        for h in library.handouts
    ]


def _list_sections(library: "Library") -> Rows:
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


def _list_selections(library: "Library") -> Rows:
    return [
        {"handout": h.id, "language": h.language, "id": name, "sections": " ".join(chosen)}
        for h in library.handouts
        for name, chosen in h.front.selections.items()
    ]


def _list_practices(library: "Library") -> Rows:
    return [
        {
            "id": name,
            "name": p.profile.name,
            "country": p.profile.country,
            "paper": p.profile.paper or library.settings.paper,
        }
        for name, p in library.practices.items()
    ]


def _list_references(library: "Library") -> Rows:
    from handouts.ama.entry import format_reference, to_plain_text

    return [
        {
            "id": name,
            "status": entry.reference.status or "",
            "reference": to_plain_text(format_reference(entry.reference)),
        }
        for name, entry in library.references.items()
    ]


def _list_codes(library: "Library") -> Rows:
    return [
        {"system": system, "code": code, "handout": h.id, "language": h.language, "title": h.front.title}
        for h in library.handouts
        for system, code in h.front.codes.list_all()
    ]


def _list_formats(library: "Library") -> Rows:
    from handouts.model.edition import formats

    return [{"id": name, "title": f.settings.title} for name, f in formats(library.settings).items()]


_ROWS: "Final[Mapping[str, Callable[[Library], Rows]]]" = {
    "handouts": _list_handouts,
    "sections": _list_sections,
    "selections": _list_selections,
    "practices": _list_practices,
    "references": _list_references,
    "codes": _list_codes,
    "formats": _list_formats,
}


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
