"""Publishes a project: builds what a release allows, and writes the site around it.

build -> collect pages -> what became of earlier pages -> render -> replace the folder
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from handouts.build.outcome import OnEvent, ignore_event
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build_reading
from handouts.model.edition import formats
from handouts.model.library import Library, Reading
from handouts.model.project import Project
from handouts.numbering.select import UnknownNameError
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors
from handouts.problems.publish_rules import NO_WEB_PAGE, NOTHING_TO_PUBLISH, RESERVED_FOLDER
from handouts.publish.feed_files import FOLDER
from handouts.publish.folder import PublishError, check_folder, find_build_folder, locked, replacing
from handouts.publish.openemr import check_openemr_folder, write_openemr_folder
from handouts.publish.options import PublishOptions
from handouts.publish.pages import WEB_FORMAT, Collected, collect_pages, mark_as_left_out
from handouts.publish.site_writer import RECORD, SiteWriter
from handouts.publish.web_page import ASSETS
from handouts.read.project import read_project
from handouts.schema.published import PageRecord, SiteRecord

_RESERVED: Final = frozenset({"codes", "handouts", ASSETS})


@dataclass(frozen=True, slots=True)
class Published:
    """The result: pages on the site, those that say they are gone, pages left out, files written, and all problems.

    `openemr_files` counts the PDFs for OpenEMR. If the site was not written, `is_written` is false.
    """

    report: Report
    problems: tuple[Problem, ...]
    is_written: bool = False
    pages: tuple[PageRecord, ...] = ()
    left_out: Mapping[tuple[str, str, str], tuple[Problem, ...]] = field(default_factory=dict)
    written_files: int = 0
    openemr_files: int = 0

    @property
    def ok(self) -> bool:
        """Whether the site was written, and no page failed for another reason than that it may not be released."""
        return self.is_written and not has_errors(self.problems)


def publish(
    project: Project, options: PublishOptions, executor: Executor, on_event: OnEvent = ignore_event
) -> Published:
    """Build what a release allows and publish it; the executor makes the files, as for `build`.

    Raises PublishError if the folder cannot be published to, or a file cannot be written: the site stays as it was.
    Raises UnknownNameError for a format that has no PDFs.
    """
    with locked(options.folder):
        check_folder(project, options.folder, RECORD, lambda content: _parse_record(content) is not None)
        if options.openemr:  # before the work of minutes
            check_openemr_folder(project, options.openemr)
        reading = read_project(project)
        _check_names(reading)
        _check_formats(reading, options.formats)
        request = Request(formats=(WEB_FORMAT, *options.formats))
        build_folder = find_build_folder(options.folder)
        build_options = replace(
            options.build, output=build_folder, is_folder=True, release=True, prune=True, today=options.day
        )
        report = build_reading(project, reading, request, build_options, executor, on_event)
        if reading.library is None:
            return Published(report, report.problems)
        collected = collect_pages(report.outcomes)
        earlier = _read_record(options.folder)
        problems = Problems(_drop_refusals(report, collected))
        if not collected.pages and earlier is None:
            problems.add(NOTHING_TO_PUBLISH.at(None))
            return Published(report, problems.as_tuple(), left_out=collected.refused)
        _report_missing_pages(reading.library, problems)
        site = SiteWriter(project, reading.library, options, collected, earlier, executor)
        with replacing(options.folder) as new:
            records = site.write(new, problems)
    openemr_files = 0
    if options.openemr:
        openemr_files = write_openemr_folder(project, options.openemr, collected.pages.values(), problems)
    return Published(
        report,
        problems.as_tuple(),
        is_written=True,
        pages=records,
        left_out=collected.refused,
        written_files=new.written,
        openemr_files=openemr_files,
    )


def _parse_record(content: bytes) -> SiteRecord | None:
    try:
        return SiteRecord.model_validate_json(content)
    except ValidationError:
        return None


def _read_record(folder: Path) -> SiteRecord | None:
    path = folder / RECORD
    return _parse_record(path.read_bytes()) if path.is_file() else None


def _check_names(reading: Reading) -> None:
    """Raise PublishError if the folder of a practice, or of a handout in it, would be one that the site needs."""
    if reading.library is None:
        return
    for practice in reading.library.practices.keys() & _RESERVED:
        raise PublishError(RESERVED_FOLDER.at(None, name=practice))
    for handout in reading.library.handouts:
        if handout.id == FOLDER:
            raise PublishError(RESERVED_FOLDER.at(handout.place, name=handout.id))


def _check_formats(reading: Reading, names: Iterable[str]) -> None:
    """Raise UnknownNameError for a format that does not exist or makes no PDFs."""
    known = formats(reading.library.settings) if reading.library else {}
    of_pdfs = [name for name, one in known.items() if one.settings.file == "pdf"]
    for name in names if known else ():
        if name not in of_pdfs:
            raise UnknownNameError("PDF format", name, of_pdfs)


def _drop_refusals(report: Report, collected: Collected) -> Iterable[Problem]:
    """Return the problems of a build; reasons why handouts are left out become warnings, as a project has drafts."""
    refusals = dict.fromkeys(problem for problems in collected.refused.values() for problem in problems)
    failures = {problem for problems in collected.failed.values() for problem in problems}
    for problem in report.all_problems:
        is_refusal = problem in refusals and problem not in failures
        yield from mark_as_left_out([problem]) if is_refusal else (problem,)


def _report_missing_pages(library: Library, problems: Problems) -> None:
    for handout in library.handouts:
        offered = handout.front.formats
        if offered and WEB_FORMAT not in offered:
            place = handout.front_at.get(("formats",), handout.place)
            problems.add(NO_WEB_PAGE.at(place, handout=handout.id))
