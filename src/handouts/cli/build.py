"""`handouts build`."""

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from handouts.cli.opening import open_project
from handouts.cli.show import say, show_problems, shown
from handouts.cli.today import today

if TYPE_CHECKING:
    from handouts.build import Report
    from handouts.project import Project
    from handouts.words import Ink, Paper


@click.command()
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...")
@click.option("-p", "--practice", "practices", multiple=True, help="Whose brand; may be repeated. Default: all.")
@click.option("-s", "--section", "sections", multiple=True, help="A section, part or selection to print. Default: all.")
@click.option("-x", "--without", "left_out", multiple=True, help="A section, part or selection to leave out.")
@click.option(
    "-f", "--format", "formats", multiple=True, default=["handout"], show_default=True, help="Kind of output."
)
@click.option("-l", "--language", "languages", multiple=True, help="Language, such as en. Default: all there are.")
@click.option("--set", "set_name", metavar="NAME", help="Build what a set of handouts.yaml names.")
@click.option("-o", "--output", metavar="PATH", help="A .pdf, .html or .txt file (for one output) or a folder.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many to make at once. Default: one a processor.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="Default: what the practice uses.")
@click.option("--ink", type=click.Choice(["color", "black"]), default="color", show_default=True)
@click.option("--press", is_flag=True, help="For a print shop: CMYK, bleed and crop marks (PDF/X-4), single pages.")
@click.option(
    "--no-impose", "single", is_flag=True, help="Booklets and leaflets as single pages, not as sheets to fold."
)
@click.option("--no-fold-marks", "unmarked", is_flag=True, help="Leaflets without the ticks that show where to fold.")
@click.option("--fit", is_flag=True, help="Try smaller type and less space if a leaflet is too long.")
@click.option("--force", is_flag=True, help="Make everything anew, also what is up to date.")
@click.option("--release", is_flag=True, help="Refuse drafts, missing references and passed review dates.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object to stdout (`handouts schema report`).")
def build(  # noqa: PLR0913 - one parameter for each option
    *,
    handouts: tuple[str, ...],
    practices: tuple[str, ...],
    sections: tuple[str, ...],
    left_out: tuple[str, ...],
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    set_name: str | None,
    output: str | None,
    jobs: int | None,
    paper: "Paper | None",
    ink: "Ink",
    press: bool,
    single: bool,
    unmarked: bool,
    fit: bool,
    force: bool,
    release: bool,
    as_json: bool,
) -> None:
    """Make handouts: all handouts for all practices, or those named.

    Chosen sections bring along the safety information of their part, the disclaimer and the contact panel; references
    are numbered anew. What is up to date is left alone.
    """
    if output == "":
        raise click.BadParameter("it is empty", param_hint="-o")
    chose_formats = click.get_current_context().get_parameter_source("formats") is ParameterSource.COMMANDLINE
    if set_name is not None and (sections or left_out or chose_formats):
        raise click.UsageError("--set says which formats and sections to build: leave out -f, -s and -x")
    release_on = today() if release else None
    project = open_project()
    from handouts.workers import ended, worker_ahead, workers

    at_once = jobs or os.cpu_count() or 1
    alone = set_name is None and len(formats) == 1 and _is_about_one(project, handouts, practices)
    executor = worker_ahead() if alone else workers(at_once)
    with ended(executor):
        from handouts.build import OneFileError, Way
        from handouts.build import build as build_request
        from handouts.request import Request
        from handouts.select import EmptySelectionError, UnknownNameError

        request = Request(
            handouts,
            practices,
            sections,
            left_out,
            tuple(dict.fromkeys(formats)),
            languages,
            paper,
            ink,
            imposed=not single,
            fold_marks=not unmarked,
            press=press,
            fit=fit,
            set_name=set_name,
        )
        is_folder = output is not None and output.endswith(("/", os.sep))
        way = Way(Path(output) if output else None, is_folder, at_once, force, release_on)
        try:
            report = build_request(project, request, way, executor)
        except UnknownNameError as unknown:
            raise click.UsageError(f"{unknown}. {unknown.hint[:1].upper()}{unknown.hint[1:]}".strip()) from None
        except (EmptySelectionError, OneFileError) as meaningless:
            raise click.UsageError(str(meaningless)) from None
    show_problems(report.all_problems, project.root)
    _summarize(report)
    if as_json:
        from handouts.report import as_json as report_json

        click.echo(report_json(report))
    else:
        for outcome in report.outcomes:
            if outcome.status != "failed":
                click.echo(shown(outcome.path))
    if not report.ok:
        raise click.exceptions.Exit(1)


def _is_about_one(project: "Project", handouts: tuple[str, ...], practices: tuple[str, ...]) -> bool:
    """Tell from the names of files whether one handout of one practice is asked for: nothing is read yet."""
    texts = [path.parent.name for path in project.content.glob("handouts/*/*.md")]
    brands = [path.parent.name for path in project.content.glob("practices/*/practice.yaml")]
    return all(
        sum(not patterns or any(fnmatchcase(name, pattern) for pattern in patterns) for name in names) == 1
        for patterns, names in ((handouts, texts), (practices, brands))
    )


def _summarize(report: "Report") -> None:
    count = {status: sum(o.status == status for o in report.outcomes) for status in ("built", "unchanged", "failed")}
    pages = sum(outcome.row.pages for outcome in report.outcomes if outcome.row)
    for name in report.unread:
        say(f"not built, for it has errors: {name}")
    say(f"{count['built']} built, {count['unchanged']} unchanged, {count['failed']} failed; {pages} pages in all")
