"""`handouts build`."""

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.commands.build_watch import keep_building
from handouts.cli.options.prints import Choice, chosen_prints, meaningless_refused
from handouts.cli.options.project import open_project
from handouts.cli.options.today import open_release_gate
from handouts.cli.options.values import scheduler_address, shard
from handouts.cli.output.build_report import conclude, conclude_dry_run
from handouts.cli.output.problem_printer import Telling
from handouts.cli.output.problems import say
from handouts.cli.output.progress import shown_as

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from handouts.build.plan.request import Shard
    from handouts.build.run_request import Report
    from handouts.cli.output.progress import Form
    from handouts.model.project import Project


@click.command()
@chosen_prints
@click.option("-o", "--output", metavar="PATH", help="A .pdf, .html or .txt file (for one output) or a folder.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many to make at once. Default: one a processor.")
@click.option("--force", is_flag=True, help="Make everything anew, also what is up to date.")
@click.option("--release", is_flag=True, help="Refuse drafts, missing references, and all that `check` calls an error.")
@click.option("--prune", is_flag=True, help="Remove outputs that are no longer in the plan.")
@click.option("--dry-run", is_flag=True, help="Tell what would be built, and why. Nothing is made.")
@click.option("--watch", is_flag=True, help="Build again whenever a file is saved, until Ctrl-C.")
@click.option("--shard", "part", metavar="I/N", callback=shard, help="Build one of N parts, such as 2/5.")
@click.option(
    "--timeout",
    type=click.IntRange(min=1),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="End what takes longer; the output has failed then.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    callback=scheduler_address,
    help="Build on a Dask cluster, such as tcp://10.0.0.5:8786.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Write one JSON object to stdout (`handouts schema report`, or `plan` of a dry run).",
)
@click.option(
    "--progress",
    "form",
    type=click.Choice(["auto", "bar", "lines", "json", "none"]),
    default="auto",
    show_default=True,
    help="How it goes, on stderr: a bar on a terminal, lines in logs, or records (`handouts schema events`).",
)
@click.option("--annotations", type=click.Choice(["github"]), help="Problems as annotations of GitHub Actions.")
@click.option(
    "--summary",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Add what came of it to a file, as Markdown: for $GITHUB_STEP_SUMMARY.",
)
def build(  # noqa: PLR0913 - one parameter for each option
    choice: Choice,
    *,
    output: str | None,
    jobs: int | None,
    force: bool,
    release: bool,
    prune: bool,
    dry_run: bool,
    watch: bool,
    part: "Shard | None",
    timeout: int,
    scheduler: str | None,
    as_json: bool,
    form: "Form",
    annotations: str | None,
    page: Path | None,
) -> None:
    """Make handouts: all handouts for all practices, or those named.

    Chosen sections bring along the safety information of their part, the disclaimer and the contact panel; references
    are numbered anew. What is up to date is left alone.
    """
    begun = time.monotonic()
    if output == "":
        raise click.BadParameter("it is empty", param_hint="-o")
    clashes = {
        "--annotations and --progress json both write to stderr: leave out one of them": annotations and form == "json",
        "-j is for this machine: a cluster has as many workers as it has": scheduler and jobs,
        "--dry-run makes nothing that --summary or --progress json could tell of": dry_run and (page or form == "json"),
        "--watch is for people: leave out --dry-run, --json, --summary and --scheduler": watch
        and (dry_run or as_json or page or scheduler),
    }
    for clash in (message for message, is_so in clashes.items() if is_so):
        raise click.UsageError(clash)
    project = open_project()
    from handouts.workers.pool import ended, processors

    if scheduler:
        executor, at_once = _on_cluster(scheduler, project, timeout)
    else:
        # Where nothing is up to date the workers are needed, so they start while the project is read.
        is_new = force or not ((Path(output) if output else project.output) / "manifest.json").exists()
        alone = choice.is_about_one(project)
        at_once = 1 if alone else jobs or processors()
        executor = _here(at_once, timeout, ahead=not dry_run and (is_new or alone))

    def once(begun: float) -> "Report":
        telling = Telling(project.root, annotate=annotations is not None)
        with contextlib.closing(shown_as("none" if dry_run else form, telling)) as progress:
            from handouts.build.options import BuildOptions
            from handouts.build.run_request import OneFileError
            from handouts.build.run_request import build as build_request

            is_folder = output is not None and output.endswith(("/", os.sep))
            options = BuildOptions(
                Path(output) if output else None,
                is_folder,
                at_once,
                force,
                open_release_gate if release else None,
                prune=prune,
                shard=part,
                dry_run=dry_run,
            )
            try:
                with meaningless_refused():
                    report = build_request(project, choice.request(), options, executor, progress.watch)
            except OneFileError as meaningless:
                raise click.UsageError(str(meaningless)) from None
        seconds = time.monotonic() - begun
        if dry_run:
            conclude_dry_run(report, telling, forced=force, as_json=as_json)
        else:
            conclude(report, seconds, telling if form != "json" else None, as_json=as_json, page=page)
        return report

    with ended(executor):
        if watch:
            keep_building(project, lambda: once(time.monotonic()))
            return
        report = once(begun)
    if not report.ok:
        raise click.exceptions.Exit(1)


def _here(at_once: int, timeout: int, *, ahead: bool) -> "Executor":
    from handouts.build.layout_workers import start_layout_workers, start_layout_workers_early

    return start_layout_workers_early(at_once, timeout) if ahead else start_layout_workers(at_once, timeout)


def _on_cluster(scheduler: str, project: "Project", timeout: int) -> "tuple[Executor, int]":
    from handouts.workers.cluster import Cluster, NoClusterError

    try:
        cluster = Cluster(scheduler, project.root, timeout)
    except NoClusterError as none:
        say(f"error[no-cluster]: {none}")
        raise click.exceptions.Exit(1) from None
    return cluster, cluster.at_once
