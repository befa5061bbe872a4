"""`handouts print`."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.options.prints import Choice, chosen_prints, meaningless_refused
from handouts.cli.options.project import open_project
from handouts.cli.options.today import open_release_gate
from handouts.cli.output.problems import say, show_problems, visible

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from handouts.build.plan.plan import Planned
    from handouts.model.project import Project
    from handouts.printing.job import PrintedJob
    from handouts.printing.printer import Printer
    from handouts.schema.print_terms import Sides

_SIDES = ["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
_PROGRESS = {"printed": "printed on", "printing": "printing on", "waiting": "waiting at", "ended": "not printed on"}


@click.command("print")
@chosen_prints
@click.option("--printer", "printer_name", metavar="NAME", help="A name in `handouts list printers`, or ipp://HOST.")
@click.option("--copies", type=click.IntRange(1, 999), default=1, show_default=True, metavar="NUMBER")
@click.option("--sides", type=click.Choice(_SIDES), help="Default: both; sheets to fold flip on the short edge.")
@click.option("--tray", default="", metavar="NAME", help="The tray with the paper. Default: the printer chooses.")
@click.option("--release", is_flag=True, help="Refuse drafts, missing references, and all that `check` calls an error.")
def print_(
    choice: Choice, *, printer_name: str | None, copies: int, sides: "Sides | None", tray: str, release: bool
) -> None:
    """Print one handout: what `build` makes goes straight to a printer, and no file is left.

    Without --printer, the default printer of this computer is used, or the only one. A printer that this computer does
    not know is named by its address: ipp://HOST, or ipps://HOST for encryption.
    """
    if choice.press:
        raise click.UsageError("--press is for print shops: `handouts build --press` makes the file for them")
    project = open_project()
    from handouts.build.layout_workers import start_layout_workers_early
    from handouts.workers.pool import ended

    executor = start_layout_workers_early(1)
    with ended(executor):
        printer = _chosen_printer(printer_name)
        planned, pages, pdf = _made(project, choice, executor, release=release)
    from handouts.printing.job import print_pdf
    from handouts.printing.ticket import make_ticket
    from handouts.problems.collector import Problems

    name = planned.path.stem
    problems = Problems()
    job = print_pdf(printer, pdf, make_ticket(planned.edition, name, copies, sides, tray), problems)
    show_problems(problems)
    if job:
        _tell(job, printer, f"{name}, {pages} pages, {copies} {'copy' if copies == 1 else 'copies'}")
        if problems.has_errors and job.progress != "ended":
            say("The printer has the job, and prints it once that is put right. Do not print it again.")
    if problems.has_errors:
        raise click.exceptions.Exit(1)


def _chosen_printer(name: str | None) -> "Printer":
    from handouts.printing.queues import find_printer, find_printers
    from handouts.problems.collector import Problems

    problems = Problems()
    if name is not None:
        printer = find_printer(name, problems)
    else:
        printers = find_printers(problems)
        # The default one comes first.
        usable = [p for p in printers if p.is_default or len(printers) == 1]
        printer = usable[0] if usable else None
        if printer is None and not problems:
            names = ", ".join(visible(other.name) for other in printers)
            raise click.UsageError(f"name one with --printer: {names or 'this computer knows none, so its address'}")
    show_problems(problems)
    if printer is None:
        raise click.exceptions.Exit(1)
    return printer


def _made(project: "Project", choice: Choice, executor: "Executor", *, release: bool) -> "tuple[Planned, int, bytes]":
    """Make the one file that was chosen, and leave none behind: what it is, its pages and its bytes.

    End the command if it cannot be made.
    """
    from handouts.build.options import BuildOptions
    from handouts.build.run_request import OneFileError, build

    with tempfile.TemporaryDirectory(prefix="handouts-") as folder:
        path = Path(folder, "print.pdf")
        try:
            with meaningless_refused():
                options = BuildOptions(path, gate=open_release_gate if release else None)
                report = build(project, choice.request(), options, executor)
        except OneFileError as several:
            raise click.UsageError(_not_one(several.planned)) from None
        show_problems(report.all_problems, project.root)
        for name in report.unread:
            say(f"not printed, for it has errors: {name}")
        (outcome, *_) = report.outcomes or (None,)
        if not report.ok or outcome is None or outcome.planned is None or outcome.row is None:
            raise click.exceptions.Exit(1)
        return outcome.planned, outcome.row.pages, path.read_bytes()


def _not_one(planned: "tuple[Planned, ...]") -> str:
    if len(planned) == 1:
        name = planned[0].edition.format.name
        return f"the format {name} is not for paper: `handouts build -f {name}` makes the file"
    shown = [str(item.path.with_suffix("")) for item in planned[:5]]
    more = f" and {len(planned) - len(shown)} more" if len(planned) > len(shown) else ""
    return f"one print at a time, but these are {len(planned)}: {', '.join(shown)}{more}. Choose with -p, -l or -f"


def _tell(job: "PrintedJob", printer: "Printer", what: str) -> None:
    click.echo(f"{_PROGRESS[job.progress]} {visible(printer.name)}: {what} (job {job.number})")
