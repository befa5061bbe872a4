"""The summary of a build: a line for few outputs or for nothing to do, else a table; Markdown for the page of a job."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handouts.build.outcome import Totals, add_up, count_by_status
from handouts.cli.output.progress import FEW_OUTPUTS
from handouts.cli.output.terminal import relative_to_current_folder, replace_control_characters
from handouts.cli.output.units import format_counts, format_duration, format_file_size
from handouts.problems.problem import Problem, Severity

if TYPE_CHECKING:
    from handouts.build.report import Report

_MOST_PROBLEMS: Final = 100  # GitHub accepts summaries of up to 1 MiB
_TABLE_HEAD: Final = ("", "files", "pages", "size")


def list_summary_lines(report: "Report", seconds: float) -> Iterator[str]:
    """Yield the lines that end a build which took `seconds`."""
    for name in report.unread:
        yield f"not built because it has errors: {name}"
    yield from list_other_language_lines(report)
    yield from _list_outdated(report)
    yield from _list_unplanned(report)
    counts = count_by_status(report.outcomes)
    if len(report.outcomes) <= FEW_OUTPUTS or counts["unchanged"].outputs == len(report.outcomes):
        pages = add_up(counts.values()).pages
        yield f"{format_counts(counts)}; {pages} page{'' if pages == 1 else 's'} in all"
        return
    rows = [_TABLE_HEAD, *_make_table_rows(report)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *cells])
    yield _format_rate(report, seconds)


def list_other_language_lines(report: "Report") -> Iterator[str]:
    """Yield a line that counts the outputs left out because practice and handout have different languages."""
    if report.other_language:
        outputs = f"{report.other_language} output{'' if report.other_language == 1 else 's'}"
        yield f"left out: {outputs} in another language than the practice's own texts"


def _list_outdated(report: "Report") -> Iterator[str]:
    """Yield lines that name the files of earlier builds which remain in place of failed outputs."""
    outdated = _find_outdated_files(report)
    for path in outdated[:FEW_OUTPUTS]:
        shown = replace_control_characters(relative_to_current_folder(path))
        yield f"out of date because its output failed: {shown}"
    if len(outdated) > FEW_OUTPUTS:
        yield f"and {len(outdated) - FEW_OUTPUTS} more that are out of date"


def _find_outdated_files(report: "Report") -> list[Path]:
    """Return the files of earlier builds that remain in place of failed outputs, each once."""
    return list(dict.fromkeys(path for outcome in report.outcomes for path in outcome.stale))


def _list_unplanned(report: "Report") -> Iterator[str]:
    """Yield lines that name the outputs which are no longer planned."""
    for path in report.left:
        yield f"no longer planned: {replace_control_characters(path)}"
    for path in report.removed:
        yield f"removed: {replace_control_characters(path)}"
    could_not_remove = any(problem.code == "not-removed" for problem in report.problems)
    if report.left and not could_not_remove:
        yield "    hint: --prune removes what is no longer planned"


def format_summary_as_markdown(report: "Report", seconds: float) -> str:
    """Return the summary as Markdown, with up to 100 problems, errors first."""
    lines = ["### Handouts", "", "| | Files | Pages | Size |", "|---|---:|---:|---:|"]
    lines += [f"| {' | '.join(row)} |" for row in _make_table_rows(report)]
    lines += ["", f"{_format_rate(report, seconds)}."]
    if report.left or report.removed:
        lines += ["", f"No longer planned: {len(report.left)} left, {len(report.removed)} removed."]
    lines += [line for text in list_other_language_lines(report) for line in ("", f"{text[:1].upper()}{text[1:]}.")]
    if outdated := _find_outdated_files(report):
        files = "1 file" if len(outdated) == 1 else f"{len(outdated)} files"
        lines += ["", f"Out of date: {files} of earlier builds, because the new outputs failed."]
    return "\n".join([*lines, *_list_problems_as_markdown(report), "", ""])


def format_dry_run_as_markdown(report: "Report", to_build: int, up_to_date: int, failed: int) -> str:
    """Return what a build would do as Markdown, with up to 100 problems, errors first."""
    lines = ["### Handouts: what a build would do", "", "| To build | Up to date | Failed |", "|---:|---:|---:|"]
    lines += [f"| {to_build} | {up_to_date} | {failed} |"]
    lines += [line for text in list_other_language_lines(report) for line in ("", f"{text[:1].upper()}{text[1:]}.")]
    return "\n".join([*lines, *_list_problems_as_markdown(report), "", ""])


def _list_problems_as_markdown(report: "Report") -> list[str]:
    lines: list[str] = []
    if report.unread:
        lines += ["", "Not built because of errors:", "", *(f"- {_escape_markdown(name)}" for name in report.unread)]
    problems = sorted(report.all_problems, key=lambda problem: problem.severity is not Severity.ERROR)
    if problems:
        lines += ["", "| Where | Problem | Hint |", "|---|---|---|"]
        lines += [_format_problem_row(problem) for problem in problems[:_MOST_PROBLEMS]]
    if len(problems) > _MOST_PROBLEMS:
        lines += ["", f"And {len(problems) - _MOST_PROBLEMS} more."]
    return lines


def _make_table_rows(report: "Report") -> Iterator[tuple[str, ...]]:
    counts = count_by_status(report.outcomes)
    named: list[tuple[str, Totals]] = [*counts.items(), ("in all", add_up(counts.values()))]
    for name, total in named:
        yield (name, str(total.outputs), str(total.pages), format_file_size(total.size))


def _format_rate(report: "Report", seconds: float) -> str:
    return f"{format_duration(seconds)}, {len(report.outcomes) / max(seconds, 0.001):.1f} files a second"


def _format_problem_row(problem: Problem) -> str:
    place = _escape_markdown(str(problem.place or ""))
    hint = _escape_markdown(problem.hint)
    return f"| {place} | {problem.severity} `{problem.code}`: {_escape_markdown(problem.message)} | {hint} |"


def _escape_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it unchanged, also in a cell of a table."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:-])", r"\\\1", html.escape(replace_control_characters(text), quote=False))
