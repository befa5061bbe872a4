"""`handouts print`."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from handouts.cli.context import make_gate_opener, open_project, today
from handouts.cli.options.prints import Choice, chosen_prints, wrong_choice_refused
from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import print_message, replace_control_characters

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from handouts.build.plan.plan import Planned
    from handouts.model.project import Project
    from handouts.printing.job import PrintedJob
    from handouts.printing.printer import Printer
    from handouts.schema.print_terms import Sides

_SIDES: Final = ["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
_PROGRESS: Final = {
    "printed": "printed on",
    "printing": "printing on",
    "waiting": "waiting at",
    "ended": "not printed on",
}


@click.command("print")
@chosen_prints
@click.option(
    "--printer",
    "printer_name",
    metavar="NAME",
    help="A name from `handouts list printers`, or an address such as ipp://HOST.",
)
@click.option("--copies", type=click.IntRange(1, 999), default=1, show_default=True, metavar="NUMBER")
@click.option("--sides", type=click.Choice(_SIDES), help="Default: two-sided; sheets to fold flip on the short edge.")
@click.option("--tray", default="", metavar="NAME", help="Paper tray. Default: the printer chooses.")
@click.option(
    "--release", is_flag=True, help="Refuse drafts, missing references and everything `check` calls an error."
)
def print_(
    choice: Choice, *, printer_name: str | None, copies: int, sides: "Sides | None", tray: str, release: bool
) -> None:
    """Print one handout: build it, send it to a printer, and keep no file.

    Without --printer, this computer's default printer is used, or its only one. Name a printer that is not set up here
    by its address: ipp://HOST, or ipps://HOST for encryption.
    """
    if choice.options.press:
        raise click.UsageError("--press is for print shops: `handouts build --press` makes a file for them")
    project = open_project()
    from handouts.build.layout_workers import start_layout_workers_early
    from handouts.workers.pool import shutting_down

    executor = start_layout_workers_early(1)
    with shutting_down(executor):
        printer = _choose_printer(printer_name)
        planned, pages, pdf = _build_pdf(project, choice, executor, release=release)
    from handouts.printing.job import print_pdf
    from handouts.printing.ticket import make_ticket
    from handouts.problems.collector import Problems

    name = planned.path.stem
    problems = Problems()
    job = print_pdf(printer, pdf, make_ticket(planned.edition, name, copies, sides, tray), problems)
    print_problems(problems)
    if job:
        _print_job(job, printer, f"{name}, {pages} pages, {copies} {'copy' if copies == 1 else 'copies'}")
        if problems.has_errors and job.progress != "ended":
            print_message("The printer has the job and will print it once this is fixed. Do not print it again.")
    if problems.has_errors:
        raise click.exceptions.Exit(1)


def _choose_printer(name: str | None) -> "Printer":
    from handouts.printing.queues import find_printer, find_printers
    from handouts.problems.collector import Problems

    problems = Problems()
    if name is not None:
        printer = find_printer(name, problems)
    else:
        printers = find_printers(problems)
        # The default printer is listed first.
        usable = [p for p in printers if p.is_default or len(printers) == 1]
        printer = usable[0] if usable else None
        if printer is None and not problems:
            names = ", ".join(replace_control_characters(other.name) for other in printers)
            choices = f"one of {names}" if names else "no printer is set up here, so give an address (ipp://HOST)"
            raise click.UsageError(f"choose a printer with --printer: {choices}")
    print_problems(problems)
    if printer is None:
        raise click.exceptions.Exit(1)
    return printer


def _build_pdf(
    project: "Project", choice: Choice, executor: "Executor", *, release: bool
) -> "tuple[Planned, int, bytes]":
    """Build the chosen print, leaving no file behind; return its plan, number of pages and bytes.

    Exits with 1 if it cannot be built, and with 2 if the choice is not a single print on paper.
    """
    from handouts.build.destination import OneFileError
    from handouts.build.options import BuildOptions
    from handouts.build.run_request import build

    with tempfile.TemporaryDirectory(prefix="handouts-") as folder:
        path = Path(folder, "print.pdf")
        try:
            with wrong_choice_refused():
                options = BuildOptions(path, gate=make_gate_opener(today()), release=release, today=today())
                report = build(project, choice.request(), options, executor)
        except OneFileError as error:
            raise click.UsageError(_explain_choice(error.planned)) from None
        print_problems(report.all_problems, project.root)
        for name in report.unread:
            print_message(f"not printed because it has errors: {name}")
        (outcome, *_) = report.outcomes or (None,)
        if not report.ok or outcome is None or outcome.planned is None or outcome.row is None:
            raise click.exceptions.Exit(1)
        return outcome.planned, outcome.row.pages, path.read_bytes()


def _explain_choice(planned: "tuple[Planned, ...]") -> str:
    """Return why planned outputs are not a single print on paper, and what to do."""
    if len(planned) == 1:
        name = planned[0].edition.format.name
        return f"the format {name} is not for paper: `handouts build -f {name}` makes a file"
    shown = [str(item.path.with_suffix("")) for item in planned[:5]]
    more = f" and {len(planned) - len(shown)} more" if len(planned) > len(shown) else ""
    return f"prints one handout at a time, not {len(planned)}: {', '.join(shown)}{more}. Choose one with -p, -l or -f"


def _print_job(job: "PrintedJob", printer: "Printer", description: str) -> None:
    name = replace_control_characters(printer.name)
    click.echo(f"{_PROGRESS[job.progress]} {name}: {description} (job {job.number})")
