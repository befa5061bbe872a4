"""Writes the record of what a build made for one visit: the FHIR bundle beside its files."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.build.outcome import Outcome
from handouts.build.rules import NOT_WRITTEN
from handouts.given.fhir import FILE_ENDING, write_bundle
from handouts.given.record import Given, record_given
from handouts.numbering.fields import fill_for_display
from handouts.problems.collector import Problems
from handouts.system.write import write_whole

_NAME = f"given{FILE_ENDING}"


def write_given_file(outcomes: Iterable[Outcome], output: Path, day: dt.date, problems: Problems) -> Path | None:
    """Record the files of a build, which must all have been made, and return the path of the record.

    The record of a folder is `given.fhir.json` in it, that of one file has its name. Its ids are made of this path, so
    each visit needs a folder of its own. Returns None with a problem if a file cannot be read or written.
    """
    file = output / _NAME if output.is_dir() else output.with_suffix(FILE_ENDING)
    try:
        write_whole(file, write_bundle(list(_record_outcomes(outcomes)), day, file.as_posix()))
    except OSError as refused:
        problems.add(NOT_WRITTEN.at(None, path=file, reason=refused.strerror))
        return None
    return file


def _record_outcomes(outcomes: Iterable[Outcome]) -> Iterator[Given]:
    for outcome in outcomes:
        if outcome.row and outcome.row.made_from and outcome.planned and outcome.path:
            planned = outcome.planned
            title = fill_for_display(planned.selection.handout, [planned.practice]).front.title
            kind = planned.edition.format.settings.file
            yield record_given(title, outcome.row.made_from, kind, outcome.row.pages, outcome.path.read_bytes())
