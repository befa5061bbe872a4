"""`handouts publish`."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.context import make_gate_opener, open_project
from handouts.cli.options.completion import complete_formats
from handouts.cli.options.day import day_option
from handouts.cli.options.limits import at_most_at_once, time_limited
from handouts.cli.output.problems import ProblemPrinter, exit_with_error
from handouts.cli.output.progress import open_progress
from handouts.cli.output.terminal import print_message, relative_to_current_folder
from handouts.system.cache_folder import find_cache_folder

if TYPE_CHECKING:
    import datetime as dt

    from handouts.build.outcome import Event, OnEvent
    from handouts.cli.output.progress import Progress
    from handouts.model.project import Project
    from handouts.publish.publish import Published
    from handouts.schema.settings import Publishing


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--base-url", metavar="URL", help="The address of the site. Default: base_url: in handouts.yaml.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    shell_complete=complete_formats,
    help="A format in which PDFs are offered. May be repeated. Default: formats: in handouts.yaml.",
)
@click.option(
    "--openemr",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also write PDFs by code for OpenEMR, in a folder for each practice.",
)
@click.option("--prune", is_flag=True, help="Remove pages that only say that a handout or practice is gone.")
@at_most_at_once
@time_limited
@day_option
def publish(  # noqa: PLR0913 - one parameter for each option
    folder: Path,
    *,
    base_url: str | None,
    formats: tuple[str, ...],
    openemr: Path | None,
    prune: bool,
    jobs: int | None,
    timeout: int,
    day: "dt.date",
) -> None:
    """Write a site of all handouts that may be released, for any web space.

    DIR is replaced as a whole: visitors see the old site or the new one. It has a page for each handout, practice and
    language, with PDFs, a page for each print code, and indexes by code for record systems. Drafts are left out.
    """
    started = time.monotonic()
    project = open_project()
    settings = _choose_settings(project, base_url, formats)
    from handouts.build.layout_workers import start_layout_workers
    from handouts.build.options import BuildOptions
    from handouts.cli.options.prints import wrong_choice_refused
    from handouts.publish.folder import PublishError
    from handouts.publish.options import PublishOptions
    from handouts.publish.publish import publish as publish_project
    from handouts.workers.pool import count_processors, shutting_down

    at_once = jobs or count_processors()
    target = Path.cwd() / folder
    build_options = BuildOptions(
        jobs=at_once, gate=make_gate_opener(day), bodies=find_cache_folder(os.environ) / "bodies"
    )
    options = PublishOptions(
        target,
        settings.base_url,
        settings.formats,
        day,
        build_options,
        prune=prune,
        openemr=Path.cwd() / openemr if openemr else None,
    )
    printer = ProblemPrinter(project.root)
    executor = start_layout_workers(at_once, timeout)
    with shutting_down(executor):
        progress = open_progress("auto", printer, project)
        try:
            with wrong_choice_refused():
                published = publish_project(project, options, executor, _count_only(progress))
        except PublishError as error:
            exit_with_error(error.problem)
        finally:
            progress.close()
    printer.print_new(published.problems)
    _print_summary(published, folder, time.monotonic() - started)
    if not published.ok:
        raise click.exceptions.Exit(1)


def _count_only(progress: "Progress") -> "OnEvent":
    """Return a function that shows the progress of a build without the problems of each output.

    A problem that is the reason why a page is left out is no error here, so they are shown at the end.
    """
    from handouts.build.outcome import Finished

    def watch(event: "Event") -> None:
        if isinstance(event, Finished):
            event = replace(event, outcome=replace(event.outcome, problems=()))
        progress.watch(event)

    return watch


def _choose_settings(project: "Project", base_url: str | None, formats: tuple[str, ...]) -> "Publishing":
    """Return the settings of the site, those on the command line first. Raises click.UsageError without an address."""
    from pydantic import ValidationError

    from handouts.read.context import read_context
    from handouts.schema.settings import Publishing

    written = read_context(project).usual_settings.publish
    values = written.model_dump() if written else {}
    values |= {name: value for name, value in (("base_url", base_url), ("formats", formats)) if value}
    if "base_url" not in values:
        raise click.UsageError(
            "no address of the site: name it with --base-url, or as base_url: below publish: in handouts.yaml"
        )
    try:
        return Publishing.model_validate(values)
    except ValidationError as wrong:
        raise click.UsageError(f"{wrong.errors()[0]['msg']}") from None


def _print_summary(published: "Published", folder: Path, seconds: float) -> None:
    from handouts.cli.output.units import format_duration

    for (practice, handout, language), problems in sorted(published.left_out.items()):
        codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
        print_message(f"left out: {practice}/{handout}/{language} ({codes})")
    if not published.is_written:
        return
    on_site = sum(page.state == "published" for page in published.pages)
    counts = [f"{on_site} pages", f"{len(published.pages) - on_site} that say they are gone"]
    counts += [f"{len(published.left_out)} left out", f"{published.written_files} files written"]
    if published.openemr_files:
        counts.append(f"{published.openemr_files} files for OpenEMR")
    print_message(f"{', '.join(counts)}; {format_duration(seconds)}")
    click.echo(relative_to_current_folder(Path.cwd() / folder))
