"""`handouts build`."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from handouts.cli.context import make_gate_opener, open_project
from handouts.cli.options.day import day_option
from handouts.cli.options.limits import at_most_at_once, time_limited
from handouts.cli.options.prints import Choice, chosen_prints, wrong_choice_refused
from handouts.cli.options.values import parse_scheduler_address, parse_shard
from handouts.cli.output.build_display import BuildDisplay
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import print_message, relative_to_current_folder, replace_control_characters
from handouts.model.project import MANIFEST_FILE
from handouts.system.cache_folder import find_cache_folder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from handouts.build.kept_report import KeptReport
    from handouts.build.outcome import OnEvent
    from handouts.build.plan.request import Shard
    from handouts.build.report import Report
    from handouts.cli.output.progress import ProgressForm
    from handouts.model.project import Project

# Options that change neither the outputs nor what is reported of them.
_WITHOUT_EFFECT: Final = frozenset({"jobs", "force", "as_json", "progress_form", "annotations", "summary_file"})


@click.command()
@chosen_prints
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(),
    help="A folder, or for a single output a .pdf, .html or .txt file. Default: output/.",
)
@at_most_at_once
@click.option("--force", is_flag=True, help="Build everything again, even if it is up to date.")
@click.option(
    "--release", is_flag=True, help="Refuse drafts, missing references and everything `check` calls an error."
)
@click.option("--prune", is_flag=True, help="Remove outputs that are no longer planned, and those that have expired.")
@day_option
@click.option(
    "--given",
    type=click.Choice(["fhir"]),
    help="Also write a FHIR R4 bundle that records these files as given to a patient, without a name. Needs -o.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be built and why, and build nothing.")
@click.option("--watch", is_flag=True, help="Build again whenever a file is saved, until Ctrl-C.")
@click.option("--shard", metavar="I/N", callback=parse_shard, help="Build part I of N, such as 2/5.")
@time_limited
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    callback=parse_scheduler_address,
    help="Build on the Dask cluster at this address, such as tcp://10.0.0.5:8786.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one JSON object (`handouts schema report`, with --dry-run `handouts schema plan`).",
)
@click.option(
    "--progress",
    "progress_form",
    type=click.Choice(["auto", "bar", "lines", "json", "none"]),
    default="auto",
    show_default=True,
    help="Progress on stderr; auto is a bar on a terminal, lines in logs. For json see `handouts schema events`.",
)
@click.option("--annotations", type=click.Choice(["github"]), help="Print problems as GitHub Actions annotations.")
@click.option(
    "--summary",
    "summary_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Append a summary in Markdown to a file, such as $GITHUB_STEP_SUMMARY.",
)
def build(  # noqa: PLR0913 - one parameter for each option
    choice: Choice,
    *,
    output: str | None,
    jobs: int | None,
    force: bool,
    release: bool,
    day: "dt.date",
    prune: bool,
    given: str | None,
    dry_run: bool,
    watch: bool,
    shard: "Shard | None",
    timeout: int,
    scheduler: str | None,
    as_json: bool,
    progress_form: "ProgressForm",
    annotations: str | None,
    summary_file: Path | None,
) -> None:
    """Build handouts: all handouts for all practices, or those that you name.

    A print of chosen sections also has the safety information of their part, the disclaimer and the contact panel, and
    its references are numbered anew. Outputs that are up to date are not built again.
    """
    started = time.monotonic()
    if output == "":
        raise click.BadParameter("the path is empty", param_hint="-o")
    _refuse_contradictions(click.get_current_context().params)
    project = open_project()
    kept = None if scheduler or dry_run or watch or given else _open_kept_report(project, output)
    display = BuildDisplay(project, dry_run, force, as_json, progress_form, annotations is not None, summary_file)
    if kept and not force and display.show(kept.find, started):
        return
    from handouts.workers.pool import count_processors, shutting_down

    if scheduler:
        executor, at_once = _connect_to_cluster(scheduler, project, timeout)
    else:
        # If nothing can be up to date, workers are needed for sure: start them while the project is read.
        is_new = force or not ((Path(output) if output else project.output) / MANIFEST_FILE).exists()
        is_single = choice.is_single_output(project)
        at_once = 1 if is_single else jobs or count_processors()
        is_ahead = not dry_run and (is_new or is_single)
        executor = _start_workers(at_once, timeout, ahead=is_ahead, has_pages=choice.has_pages)

    def make_all(on_event: "OnEvent") -> "Report":
        from handouts.build.destination import DestinationError
        from handouts.build.options import BuildOptions
        from handouts.build.run_request import build as build_request

        is_folder = output is not None and output.endswith(("/", os.sep))
        options = BuildOptions(
            Path(output) if output else None,
            is_folder,
            at_once,
            force,
            make_gate_opener(day),
            release,
            day,
            prune=prune,
            shard=shard,
            dry_run=dry_run,
            bodies=find_cache_folder(os.environ) / "bodies",
            timeout=timeout,
        )

        def make() -> "Report":
            return build_request(project, choice.request(), options, executor, on_event)

        try:
            with wrong_choice_refused():
                return kept.build(make) if kept else make()
        except DestinationError as error:
            raise click.UsageError(str(error)) from None

    with shutting_down(executor):
        if watch:
            _build_after_each_change(project, lambda: display.show(make_all, time.monotonic()))
            return
        report = display.show(make_all, started)
    is_recorded = report is not None and (
        not given or _write_given_file(report, Path(output or "."), day, project.root)
    )
    if report is None or not report.ok or not is_recorded:
        raise click.exceptions.Exit(1)


def _refuse_contradictions(options: "Mapping[str, Any]") -> None:
    """Raise click.UsageError for options, by the names of their parameters, that contradict one another."""
    has_json_progress = options["progress_form"] == "json"
    contradictions = {
        "--annotations and --progress json both write to stderr: leave out one of them": (
            options["annotations"] and has_json_progress
        ),
        "-j sets the workers of this machine: leave it out with --scheduler": options["scheduler"] and options["jobs"],
        "--dry-run builds nothing: leave out --progress json": options["dry_run"] and has_json_progress,
        "--given needs -o: a file, or a folder for what one patient gets": options["given"] and not options["output"],
        "--given records files that were made: leave out --dry-run, --watch and --shard": (
            options["given"] and (options["dry_run"] or options["watch"] or options["shard"])
        ),
        "--watch is for people: leave out --dry-run, --json, --summary and --scheduler": (
            options["watch"] and any(options[name] for name in ("dry_run", "as_json", "summary_file", "scheduler"))
        ),
    }
    for message in (message for message, applies in contradictions.items() if applies):
        raise click.UsageError(message)


def _open_kept_report(project: "Project", output: str | None) -> "KeptReport | None":
    """Return the kept report of the output folder; None if the outputs go, or may go, to a single file."""
    folder = project.output if output is None else Path(output)
    if folder.suffix and not folder.is_dir():
        return None
    from handouts.build.kept_report import KeptReport

    options = click.get_current_context().params
    command = {name: value for name, value in options.items() if name not in _WITHOUT_EFFECT}
    return KeptReport(project, folder, command, find_cache_folder(os.environ) / "reports")


def _write_given_file(report: "Report", output: Path, day: "dt.date", root: Path) -> bool:
    """Write the record of what was given; nothing was given if something failed."""
    if not report.ok:
        print_message("nothing is recorded as given, because not everything was built")
        return False
    from handouts.build.given_file import write_given_file
    from handouts.problems.collector import Problems

    problems = Problems()
    file = write_given_file(report.outcomes, output, day, problems)
    print_problems(problems, root)
    if file is not None:
        print_message(f"recorded in {replace_control_characters(relative_to_current_folder(file))}")
    return file is not None


def _start_workers(at_once: int, timeout: int, *, ahead: bool, has_pages: bool) -> "Executor":
    from handouts.build.layout_workers import start_layout_workers, start_layout_workers_early

    if ahead:
        return start_layout_workers_early(at_once, timeout, has_pages=has_pages)
    return start_layout_workers(at_once, timeout)


def _connect_to_cluster(scheduler: str, project: "Project", timeout: int) -> "tuple[Executor, int]":
    from handouts.workers.cluster import Cluster, NoClusterError

    try:
        cluster = Cluster(scheduler, project.root, timeout)
    except NoClusterError as error:
        from handouts.problems.command_rules import NO_CLUSTER

        exit_with_error(NO_CLUSTER.at(None, reason=error))
    return cluster, cluster.at_once


def _build_after_each_change(project: "Project", build: "Callable[[], object]") -> None:
    """Build now and after each saved file, until Ctrl-C; errors are printed, and a later change can correct them."""
    from handouts.build.watch import watch_changes

    try:
        # Watching starts before the first build, so that no change is missed.
        for changed in watch_changes(project):
            if changed:
                names = ", ".join(sorted(project.place(path).file for path in changed))
                print_message(f"changed: {replace_control_characters(names)}")
            try:
                build()
            except click.UsageError as error:  # such as a section that was renamed
                print_message(f"error: {error.format_message()}")
            print_message("waiting for changes; Ctrl-C ends it")
    except KeyboardInterrupt:
        print_message("ended")
