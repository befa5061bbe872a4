"""What came of a build, at its end: a line for few outputs, a table for many, and Markdown for the page of a job."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.build.outcome import Totals, add_up, count_by_status
from handouts.cli.output.problems import shown, visible
from handouts.cli.output.progress import FEW
from handouts.cli.output.units import counts, duration, file_size
from handouts.problems.problem import Problem, Severity

if TYPE_CHECKING:
    from handouts.build.run_request import Report

_MOST_PROBLEMS = 100  # GitHub takes a mebibyte at most
_HEAD = ("", "files", "pages", "size")


def summary_lines(report: "Report", seconds: float) -> Iterator[str]:
    """Write the end of a build that took so many seconds."""
    for name in report.unread:
        yield f"not built, for it has errors: {name}"
    yield from other_language_lines(report)
    yield from stale_lines(report)
    yield from pruned_lines(report)
    counted = count_by_status(report.outcomes)
    if len(report.outcomes) <= FEW:
        yield f"{counts(counted)}; {add_up(counted.values()).pages} pages in all"
        return
    rows = [_HEAD, *_rows(report)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *cells])
    yield _time(report, seconds)


def other_language_lines(report: "Report") -> Iterator[str]:
    """Count what was left out of the plan since practice and handout have different languages."""
    if report.other_language:
        outputs = f"{report.other_language} output{'' if report.other_language == 1 else 's'}"
        yield f"left out: {outputs} in another language than the practice's own texts"


def stale_lines(report: "Report") -> Iterator[str]:
    """Name the files of earlier builds that stay in place of failed outputs."""
    stale = stale_files(report)
    for path in stale[:FEW]:
        yield f"out of date, because its output failed: {visible(shown(path))}"
    if len(stale) > FEW:
        yield f"and {len(stale) - FEW} more that are out of date"


def stale_files(report: "Report") -> list[Path]:
    """List the files of earlier builds that stay in place of failed outputs, each once."""
    return list(dict.fromkeys(path for outcome in report.outcomes for path in outcome.stale))


def pruned_lines(report: "Report") -> Iterator[str]:
    """Name the outputs that are no longer in the plan."""
    for path in report.left:
        yield f"no longer planned: {visible(path)}"
    for path in report.removed:
        yield f"removed: {visible(path)}"
    kept = any(problem.code == "not-removed" for problem in report.problems)
    if report.left and not kept:
        yield "    hint: --prune removes what is no longer planned"


def summary_page(report: "Report", seconds: float) -> str:
    """Write the same as Markdown, with what is wrong: errors first, and no more than a page bears."""
    lines = ["### Handouts", "", "| | Files | Pages | Size |", "|---|---:|---:|---:|"]
    lines += [f"| {' | '.join(row)} |" for row in _rows(report)]
    lines += ["", f"{_time(report, seconds)}."]
    if report.left or report.removed:
        lines += ["", f"No longer planned: {len(report.left)} left, {len(report.removed)} removed."]
    lines += [line for text in other_language_lines(report) for line in ("", f"{text[:1].upper()}{text[1:]}.")]
    if stale := stale_files(report):
        lines += [
            "",
            f"Files of earlier builds that stay in place of failed outputs: {len(stale)}. They are not up to date.",
        ]
    if report.unread:
        lines += ["", "Not built, for it has errors:", "", *(f"- {_plain(name)}" for name in report.unread)]
    found = sorted(report.all_problems, key=lambda problem: problem.severity is not Severity.ERROR)
    if found:
        lines += ["", "| Where | What | |", "|---|---|---|", *(_row(problem) for problem in found[:_MOST_PROBLEMS])]
    if len(found) > _MOST_PROBLEMS:
        lines += ["", f"And {len(found) - _MOST_PROBLEMS} more."]
    return "\n".join([*lines, "", ""])


def _rows(report: "Report") -> Iterator[tuple[str, ...]]:
    counted = count_by_status(report.outcomes)
    named: list[tuple[str, Totals]] = [*counted.items(), ("in all", add_up(counted.values()))]
    for name, one in named:
        yield (name, str(one.outputs), str(one.pages), file_size(one.size))


def _time(report: "Report", seconds: float) -> str:
    return f"{duration(seconds)}, {len(report.outcomes) / max(seconds, 0.001):.1f} files a second"


def _row(problem: Problem) -> str:
    place = _plain(str(problem.place or ""))
    hint = _plain(problem.hint)
    return f"| {place} | {problem.severity} `{problem.code}`: {_plain(problem.message)} | {hint} |"


def _plain(text: str) -> str:
    """Write a text so that Markdown shows it as it is, in a cell of a table."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:-])", r"\\\1", html.escape(visible(text), quote=False))
