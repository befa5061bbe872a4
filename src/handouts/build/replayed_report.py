"""The report of a build as data, and again as the report of a build that has nothing to do."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from handouts.build.manifest.ledger import sweep_parts
from handouts.build.manifest.manifest import Row, read_manifest, read_unchanged_file
from handouts.build.outcome import Finished, OnEvent, Outcome, PlanMade
from handouts.build.plan.order import order_outputs
from handouts.build.plan.output import Output
from handouts.build.report import Report
from handouts.build.rules import BAD_MANIFEST, NOT_REMOVED
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors
from handouts.schema.base import Schema
from handouts.schema.report import ProblemReport


class _KeptOutput(Schema):
    path: str
    handout: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    problems: tuple[ProblemReport, ...]


class _KeptReport(Schema):
    problems: tuple[ProblemReport, ...]
    outputs: tuple[_KeptOutput, ...]
    left: tuple[str, ...]
    expired: tuple[str, ...]
    planned: int
    other_language: int


def write_report(report: Report) -> bytes | None:
    """Return a report as data; None if the same build would report something else, though nothing has changed."""
    # A manifest that was broken is whole now, and a file that could not be removed may be removable.
    passing = {BAD_MANIFEST.code, NOT_REMOVED.code}.intersection(problem.code for problem in report.problems)
    is_complete = report.ok and all(outcome.row for outcome in report.outcomes) and not has_errors(report.all_problems)
    if not is_complete or passing or report.removed or report.reads_elsewhere:
        return None
    kept = _KeptReport(
        problems=_report_problems(report.problems),
        outputs=tuple(_keep_outputs(report)),
        left=report.left,
        expired=report.expired,
        planned=report.planned,
        other_language=report.other_language,
    )
    return kept.model_dump_json().encode()


def replay_report(content: bytes, folder: Path, revision: str | None, on_event: OnEvent) -> Report | None:
    """Return a report that `write_report` wrote, with its events, as that of a build into the same folder.

    None if an output is not as it was built, if any file of the manifest is missing, or if that is of another revision.
    """
    try:
        kept = _KeptReport.model_validate_json(content)
    except ValidationError:  # of another version
        return None
    manifest = read_manifest(folder, Problems())
    rows = manifest.rows()
    if manifest.revision != revision or not _has_all_files(kept, rows, folder):
        return None
    sweep_parts(folder)
    outcomes = tuple(_make_outcome(output, rows[output.path], folder) for output in kept.outputs)
    on_event(PlanMade(len(outcomes)))
    ordered = order_outputs(outcomes, lambda outcome: outcome.output.key.name, lambda outcome: outcome.output.practice)
    for done, outcome in enumerate(ordered, 1):
        on_event(Finished(outcome, done, len(outcomes)))
    return Report(
        _read_problems(kept.problems),
        outcomes,
        left=kept.left,
        expired=kept.expired,
        planned=kept.planned,
        other_language=kept.other_language,
    )


def _has_all_files(kept: _KeptReport, rows: Mapping[str, Row], folder: Path) -> bool:
    paths = {output.path for output in kept.outputs}
    return (
        paths <= rows.keys()
        # A link may lead out of the project.
        and not any(map(os.path.islink, {folder, *((folder / path).parent for path in paths)}))
        and all((folder / path).is_file() for path in rows.keys() - paths)
        and all(read_unchanged_file(folder, rows[path]) is not None for path in paths)
    )


def _make_outcome(kept: _KeptOutput, row: Row, folder: Path) -> Outcome:
    path = PurePosixPath(kept.path)
    output = Output(kept.practice, kept.handout, kept.language, kept.format, kept.sections, path)
    return Outcome(output, folder / path, "unchanged", _read_problems(kept.problems), row=row)


def _keep_outputs(report: Report) -> Iterator[_KeptOutput]:
    for outcome in report.outcomes:
        problems = _report_problems(outcome.problems)
        yield _KeptOutput(path=str(outcome.output.path), **outcome.output.ids, problems=problems)


def _report_problems(problems: tuple[Problem, ...]) -> tuple[ProblemReport, ...]:
    return tuple(map(ProblemReport.of, problems))


def _read_problems(reports: tuple[ProblemReport, ...]) -> tuple[Problem, ...]:
    return tuple(report.problem() for report in reports)
