"""`handouts check`."""

import datetime as dt
from typing import TYPE_CHECKING, Literal

import click

from handouts.cli.options.prints import meaningless_refused
from handouts.cli.options.project import open_project
from handouts.cli.options.today import today
from handouts.cli.output.problems import folder_in_repository, problem_lines, say, visible, wants_color

if TYPE_CHECKING:
    from handouts.check.run import Findings
    from handouts.check.scope import Scope
    from handouts.model.project import Project


@click.command()
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...")
@click.option("-p", "--practice", "practices", multiple=True, help="A practice to check; may be repeated.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, scripts (`handouts schema check`), GitHub Actions, or code scanning.",
)
@click.option(
    "--today",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day as of which dates are looked at. Default: this day.",
)
@click.option("--rendered", is_flag=True, help="Lay out all pages too, and look at them. Takes longer.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many handouts at once. Default: one a processor.")
@click.option(
    "--report",
    type=click.Choice(["pemat", "pemat-html"]),
    help="Print the sheets of PEMAT-P and the CDC Index instead, as Markdown or HTML.",
)
@click.option("--explain", metavar="CODE", help="Tell what a code means, why it matters, and who says so.")
def check(  # noqa: PLR0913 - one parameter for each option
    *,
    handouts: tuple[str, ...],
    practices: tuple[str, ...],
    strict: bool,
    form: str,
    day: dt.datetime | None,
    rendered: bool,
    jobs: int | None,
    report: str | None,
    explain: str | None,
) -> None:
    """Look for what an editor, a librarian or a compliance officer would catch: all, or what is named.

    Findings go to stdout. Exit code 1 if there is an error.
    """
    if explain is not None:
        _explain(explain)
        return
    as_of = day.date() if day else today()
    project = open_project()
    from handouts.check.scope import Scope
    from handouts.workers.pool import processors

    scope = Scope(handouts, practices)
    at_once = jobs or processors()
    with meaningless_refused():
        findings = _check(project, scope, as_of, at_once, rendered=rendered, texts=report is not None)
    if report:
        _sheets(findings, scope, report)
        return
    fails = findings.fails(strict=strict)
    if form == "json":
        from handouts.check.json_report import findings_to_json

        click.echo(findings_to_json(findings, as_of, ok=not fails))
    elif form == "sarif":
        from handouts.check.sarif import findings_to_sarif

        click.echo(findings_to_sarif(findings))
    elif form == "github":
        from handouts.check.json_report import findings_to_annotations

        for line in findings_to_annotations(findings, folder_in_repository(project.root)):
            click.echo(line)
    else:
        _show(findings, project)
    if fails:
        raise click.exceptions.Exit(1)


def _check(
    project: "Project", scope: "Scope", as_of: dt.date, at_once: int, *, rendered: bool, texts: bool
) -> "Findings":
    """Check content, and pages if they are to be rendered; the handouts keep their texts if those are needed."""
    from handouts.build.layout_workers import start_layout_workers
    from handouts.check.parallel import ReadingPool
    from handouts.check.run import check_project
    from handouts.system.garbage_collection import collect_garbage_rarely
    from handouts.workers.pool import ended, start_reading_pool

    collect_garbage_rarely()
    if rendered:
        executor = start_layout_workers(at_once)
        with ended(executor):
            from handouts.check.rendered import make_page_check

            return check_project(project, scope, as_of, make_page_check(project, scope, executor, at_once))
    if at_once == 1 or texts:
        return check_project(project, scope, as_of)
    executor = start_reading_pool(at_once)
    with ended(executor):
        return check_project(project, scope, as_of, pool=ReadingPool(executor, at_once))


def _sheets(findings: "Findings", scope: "Scope", report: str) -> None:
    """Print the sheets of the chosen handouts; end the command if there are none, or several for one page of HTML."""
    from handouts.check.pemat.sheets import write_pemat_sheets
    from handouts.cli.output.problems import show_problems

    library = findings.library
    chosen = scope.select_handouts(library) if library else ()
    if library is None or not chosen:
        show_problems(findings.open)
        say("error[nothing-to-build]: no handout could be read")
        raise click.exceptions.Exit(1)
    if report == "pemat-html" and len(chosen) > 1:
        raise click.UsageError("--report pemat-html makes one page: name one handout")
    every = [*findings.open, *(problem for problem, _ in findings.accepted)]
    for handout in chosen:
        own = [problem for problem in every if problem.place and problem.place.file == handout.place.file]
        form: Literal["markdown", "html"] = "html" if report == "pemat-html" else "markdown"
        click.echo(write_pemat_sheets(handout, own, library.settings.checks.plain_language, form))


def _show(findings: "Findings", project: "Project") -> None:
    for problem in findings.open:
        for line in problem_lines(problem, project.root):
            click.echo(line, color=wants_color())
    for problem, reason in findings.accepted:
        place = f"{problem.place}: " if problem.place else ""
        mark = click.style(f"accepted[{problem.code}]", fg="green")
        click.echo(f"{visible(place)}{mark}: {visible(problem.message)}", color=wants_color())
        click.echo(f"    reason: {visible(reason)}", color=wants_color())
    levels = [problem.severity.value for problem in findings.open]
    counted = (f"{(n := levels.count(level))} {level}{'' if n == 1 else 's'}" for level in ("error", "warning"))
    say(f"{', '.join(counted)}, {len(findings.accepted)} accepted")


def _explain(code: str) -> None:
    from handouts.check.registry import AT_PRINTERS, FIXED, GATE, REGISTRY
    from handouts.problems.problem import did_you_mean

    rule = REGISTRY.get(code)
    if rule is None:
        hint = did_you_mean(code, REGISTRY)
        raise click.BadParameter(f'no finding has the code "{code}". {hint}'.strip(), param_hint="--explain")
    click.echo(f"{rule.code}: {rule.title}")
    click.echo(f"  why       {rule.why}")
    click.echo(f"  source    {rule.source}")
    stops = "; it is told when a file is printed" if code in AT_PRINTERS else "; it stops a build"
    refused = "; it stops a release, whatever is set or accepted" if code in GATE else ""
    fixed = stops if code in FIXED else f"; handouts.yaml can set another (checks: severities){refused}"
    click.echo(f"  severity  {rule.severity}{fixed}")
