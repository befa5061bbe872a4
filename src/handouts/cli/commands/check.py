"""`handouts check`."""

import contextlib
import datetime as dt
import os
from typing import TYPE_CHECKING, Literal, get_args

import click

from handouts.cli.context import open_project, today
from handouts.cli.options.completion import complete_codes, complete_handouts, complete_practices
from handouts.cli.options.prints import wrong_choice_refused
from handouts.cli.output.problems import (
    ProblemPrinter,
    exit_with_error,
    find_folder_in_repository,
    format_problem,
    print_problems,
)
from handouts.cli.output.progress import open_progress
from handouts.cli.output.terminal import choose_color, print_message, replace_control_characters
from handouts.model.print_options import PrintOptions
from handouts.schema.print_terms import Ink, Paper
from handouts.system.cache_folder import find_cache_folder

if TYPE_CHECKING:
    from handouts.check.run import Findings
    from handouts.check.scope import Scope
    from handouts.model.project import Project


@click.command()
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...", shell_complete=complete_handouts)
@click.option(
    "-p",
    "--practice",
    "practices",
    multiple=True,
    shell_complete=complete_practices,
    help="A practice to check. May be repeated.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "github", "gitlab", "junit", "sarif"]),
    default="text",
    show_default=True,
    help="For people, scripts (`handouts schema check`), GitHub Actions, GitLab Code Quality, other CI, code scanning.",
)
@click.option(
    "--today",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The date to compare review dates with. Default: today.",
)
@click.option("--rendered", is_flag=True, help="Also lay out all pages and check them. Takes longer.")
@click.option(
    "--paper",
    type=click.Choice(get_args(Paper)),
    help="Paper of the pages that --rendered checks. Default: that of the practice.",
)
@click.option("--ink", type=click.Choice(get_args(Ink)), default="color", show_default=True, help="Ink of these pages.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Number of handouts checked in parallel. Default: one per processor.",
)
@click.option(
    "--report",
    type=click.Choice(["pemat", "pemat-html"]),
    help="Instead, print score sheets for PEMAT-P and the CDC Clear Communication Index, as Markdown or HTML.",
)
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=complete_codes,
    help="Print what a code means, why it matters, and its source.",
)
def check(  # noqa: PLR0913 - one parameter for each option
    *,
    handouts: tuple[str, ...],
    practices: tuple[str, ...],
    strict: bool,
    output_format: str,
    as_of: dt.datetime | None,
    rendered: bool,
    paper: Paper | None,
    ink: Ink,
    jobs: int | None,
    report: str | None,
    explain: str | None,
) -> None:
    """Find what an editor, a librarian or a compliance officer would catch.

    If you name nothing, everything is checked. Findings go to stdout. Exit code 1 if there is an error.
    """
    if explain is not None:
        _explain(explain)
        return
    date = as_of.date() if as_of else today()
    project = open_project()
    from handouts.check.scope import Scope
    from handouts.workers.pool import count_processors

    scope = Scope(handouts, practices)
    with wrong_choice_refused():
        prints = _choose_prints(paper, ink, rendered=rendered)
        findings = _check(project, scope, date, jobs or count_processors(), prints, keep_texts=report is not None)
    if report:
        _print_sheets(findings, scope, report)
        return
    fails = findings.fails(strict=strict)
    if output_format == "json":
        from handouts.check.json_report import findings_to_json

        click.echo(findings_to_json(findings, date, ok=not fails))
    elif output_format == "gitlab":
        from handouts.check.code_quality import findings_to_code_quality

        click.echo(findings_to_code_quality(findings, find_folder_in_repository(project.root)))
    elif output_format == "junit":
        from handouts.check.junit import findings_to_junit

        click.echo(findings_to_junit(findings, strict=strict))
    elif output_format == "sarif":
        from handouts.check.sarif import findings_to_sarif

        click.echo(findings_to_sarif(findings))
    elif output_format == "github":
        from handouts.check.json_report import findings_to_annotations

        for line in findings_to_annotations(findings, find_folder_in_repository(project.root)):
            click.echo(line)
    else:
        _print_findings(findings, project)
    if fails:
        raise click.exceptions.Exit(1)


def _choose_prints(paper: Paper | None, ink: Ink, *, rendered: bool) -> PrintOptions | None:
    """Return how the pages to check are printed; None if none are to be checked. Raises click.UsageError."""
    prints = PrintOptions(paper, ink)
    if not rendered and prints != PrintOptions():
        raise click.UsageError("--paper and --ink are for --rendered")
    return prints if rendered else None


def _check(
    project: "Project", scope: "Scope", date: dt.date, at_once: int, prints: PrintOptions | None, *, keep_texts: bool
) -> "Findings":
    """Check the content, and its pages as they are printed with `prints`; `keep_texts` is for score sheets."""
    from handouts.build.layout_workers import start_layout_workers
    from handouts.check.parallel import ReadingPool
    from handouts.check.run import check_project
    from handouts.system.garbage_collection import collect_garbage_rarely
    from handouts.workers.pool import shutting_down, start_reading_pool

    collect_garbage_rarely()
    if prints:
        executor = start_layout_workers(at_once)
        with shutting_down(executor):
            from handouts.check.rendered import make_page_check

            bodies = find_cache_folder(os.environ) / "bodies"
            with contextlib.closing(open_progress("auto", ProblemPrinter(project.root), project)) as progress:
                pages = make_page_check(
                    project, scope, executor, at_once, prints, bodies=bodies, on_event=progress.watch
                )
                return check_project(project, scope, date, pages)
    if at_once == 1 or keep_texts:
        return check_project(project, scope, date)
    executor = start_reading_pool(at_once)
    with shutting_down(executor):
        return check_project(project, scope, date, pool=ReadingPool(executor, at_once))


def _print_sheets(findings: "Findings", scope: "Scope", report: str) -> None:
    """Print a score sheet for each chosen handout; HTML is one page, so several handouts are wrong usage."""
    from handouts.check.pemat.sheets import write_pemat_sheets
    from handouts.problems.command_rules import NO_READABLE_HANDOUT

    library = findings.library
    chosen = scope.select_handouts(library) if library else ()
    if library is None or not chosen:
        print_problems(findings.open)
        exit_with_error(NO_READABLE_HANDOUT.at(None))
    if report == "pemat-html" and len(chosen) > 1:
        raise click.UsageError("--report pemat-html makes one page: name one handout")
    all_problems = [*findings.open, *(problem for problem, _ in findings.accepted)]
    for handout in chosen:
        own_problems = [
            problem for problem in all_problems if problem.place and problem.place.file == handout.place.file
        ]
        form: Literal["markdown", "html"] = "html" if report == "pemat-html" else "markdown"
        click.echo(write_pemat_sheets(handout, own_problems, library.settings.checks.plain_language, form))


def _print_findings(findings: "Findings", project: "Project") -> None:
    for problem in findings.open:
        for line in format_problem(problem, project.root):
            click.echo(line, color=choose_color())
    for problem, reason in findings.accepted:
        place = replace_control_characters(f"{problem.place}: " if problem.place else "")
        mark = click.style(f"accepted[{problem.code}]", fg="green")
        click.echo(f"{place}{mark}: {replace_control_characters(problem.message)}", color=choose_color())
        click.echo(f"    reason: {replace_control_characters(reason)}", color=choose_color())
    levels = [problem.severity.value for problem in findings.open]
    counts = (f"{(n := levels.count(level))} {level}{'' if n == 1 else 's'}" for level in ("error", "warning"))
    print_message(f"{', '.join(counts)}, {len(findings.accepted)} accepted")


def _explain(code: str) -> None:
    from handouts.check.registry import AT_IMPORTS, AT_PRINTERS, AT_PUBLICATIONS, FIXED, GATE, REGISTRY
    from handouts.problems.problem import did_you_mean

    rule = REGISTRY.get(code)
    if rule is None:
        hint = did_you_mean(code, REGISTRY)
        raise click.UsageError(f'unknown code "{code}". {hint[:1].upper()}{hint[1:]}'.strip())
    effects = {
        AT_PRINTERS: "reported when a file is printed",
        AT_IMPORTS: "reported by `handouts import`",
        AT_PUBLICATIONS: "reported by `handouts publish`",
    }
    effect = next((text for codes, text in effects.items() if code in codes), "stops a build")
    released = "; always stops a release" if code in GATE else ""
    severity = effect if code in FIXED else f"handouts.yaml can change it (checks: severities){released}"
    click.echo(f"{rule.code}: {rule.title}")
    click.echo(f"  why       {rule.why}")
    click.echo(f"  source    {rule.source}")
    click.echo(f"  severity  {rule.severity}; {severity}")
