"""Publishes a project: builds what a release allows, and writes the site around it.

build -> collect pages -> what became of earlier pages -> render -> replace the folder
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from handouts.build.options import BuildOptions
from handouts.build.outcome import OnEvent, ignore_event
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build_reading
from handouts.compose.project_files import ProjectFiles
from handouts.model.edition import formats
from handouts.model.library import Library, Reading
from handouts.model.project import Project
from handouts.numbering.select import UnknownNameError
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors
from handouts.problems.publish_rules import NO_WEB_PAGE, NOTHING_TO_PUBLISH, PAGE_NOT_RENEWED, RESERVED_FOLDER
from handouts.provenance.code_ledger import PrintedCodes
from handouts.provenance.versions import read_engine_versions
from handouts.publish.feed_files import FOLDER, FeedFiles, list_codes
from handouts.publish.folder import NewSite, PublishError, check_folder, find_build_folder, locked, replacing
from handouts.publish.fonts import write_site_fonts
from handouts.publish.history import list_earlier_pages, make_record
from handouts.publish.list_pages import is_list_folder
from handouts.publish.lookup_files import (
    write_infobutton_map,
    write_practice_index,
    write_robots,
    write_search_index,
    write_site_index,
    write_sitemap,
    write_sitemap_index,
)
from handouts.publish.openemr import check_openemr_folder, write_openemr_folder
from handouts.publish.pages import WEB_FORMAT, Collected, Page, collect_pages, mark_as_left_out
from handouts.publish.papers import PaperJudge, list_papers
from handouts.publish.renderer import SiteRenderer, Thumbnail
from handouts.publish.thumbnails import FILE, Thumbnails, read_size
from handouts.publish.web_page import ASSETS, PageMaker
from handouts.publish.words import SiteTexts
from handouts.read.project import read_project
from handouts.schema.published import PageRecord, PaperRecord, SiteRecord

RECORD: Final = f"{ASSETS}/published.json"
"""The record of a site, by which its folder is known as ours."""
_RESERVED: Final = frozenset({"codes", "handouts", ASSETS})
_STATIC: Final = ("site.css", "page.css", "site.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How a site is published: `folder` is replaced as a whole, `base_url` ends with a slash.

    `build` has the gate, the day, and how many outputs are made at once. `formats` are those of the PDFs. With `prune`,
    pages that say that a handout or practice is gone are removed. `openemr` is a folder for OpenEMR, if any.
    """

    folder: Path
    base_url: str
    formats: tuple[str, ...]
    day: dt.date
    build: BuildOptions
    prune: bool = False
    openemr: Path | None = None


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
        site = _Site(project, reading.library, options, collected, earlier, executor)
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


class _Site:
    """One publication: what is needed to write each file of the site."""

    def __init__(
        self,
        project: Project,
        library: Library,
        options: PublishOptions,
        collected: Collected,
        earlier: SiteRecord | None,
        executor: Executor,
    ) -> None:
        self._project = project
        self._library = library
        self._options = options
        self._collected = collected
        self._earlier_papers = earlier.papers if earlier else ()
        self._earlier = {record.key: record for record in earlier.pages} if earlier else {}
        texts = SiteTexts(ProjectFiles(project), library.settings.language)
        self._renderer = SiteRenderer(library, texts, options.base_url)
        self._maker = PageMaker()
        self._thumbnails = Thumbnails(executor)
        self._thumbnails_of: dict[str, Thumbnail] = {}

    def write(self, new: NewSite, problems: Problems) -> tuple[PageRecord, ...]:
        """Write all files of the site; return the records of its pages."""
        pages = sorted(self._collected.pages.values(), key=lambda page: page.key)
        self._start_thumbnails(pages)
        records = [make_record(page, _get_thumbnail_source(page)) for page in pages]
        languages = _list_languages(pages)
        for page in pages:
            self._write_page(new, page, languages[page.practice.id, page.handout.id], problems)
        others = (old for old in self._earlier.values() if old.key not in self._collected.pages)
        options = self._options
        for record in list_earlier_pages(others, self._can_stay, self._library, options.day, prune=options.prune):
            if record.state == "published":
                self._keep_page(new, record)
                problems.add(PAGE_NOT_RENEWED.at(None, page=f"{record.folder}/"))
            else:
                new.write(f"{record.folder}/index.html", self._renderer.render_ended(record, record.folder))
            records.append(record)
        records.sort(key=lambda record: record.key)
        self._write_lists(new, records)
        papers = self._write_papers(new, records, problems)
        self._write_assets(new)
        site = SiteRecord(base_url=self._options.base_url, pages=tuple(records), papers=papers)
        new.write(RECORD, f"{site.model_dump_json(indent=1)}\n".encode())
        return tuple(records)

    def _start_thumbnails(self, pages: Iterable[Page]) -> None:
        """Have those pictures drawn whose PDF is not the one that the old site shows."""
        for page in pages:
            old = self._earlier.get(page.key)
            if page.pdfs and not (old and old.thumbnail_of == _get_thumbnail_source(page)):
                self._thumbnails.start(page.folder, page.pdfs[0].path)

    def _write_page(self, new: NewSite, page: Page, languages: Sequence[str], problems: Problems) -> None:
        built = page.web_page.read_text(encoding="utf-8")
        head, top, bottom = self._renderer.render_additions(page, languages)
        new.write(f"{page.folder}/index.html", self._maker.make(built, "../../../", head, top, bottom).encode())
        for pdf in page.pdfs:
            new.copy(pdf.path, f"{page.folder}/{pdf.path.name}")
        self._write_thumbnail(new, page, problems)

    def _write_thumbnail(self, new: NewSite, page: Page, problems: Problems) -> None:
        name = f"{page.folder}/{FILE}"
        picture = self._thumbnails.finish(page.folder, problems)
        if picture is not None:
            new.write(name, picture)
        elif not page.pdfs or not new.keep(name):
            return
        if picture is None:
            picture = (self._options.folder / name).read_bytes()
        self._thumbnails_of[page.folder] = Thumbnail(FILE, *read_size(picture))

    def _write_lists(self, new: NewSite, records: Sequence[PageRecord]) -> None:
        """Write the pages that list others, and the files in which programs look handouts up."""
        base_url = self._options.base_url
        listed = [record for record in records if record.state == "published"]
        by_practice = _group(listed, lambda record: record.practice)
        practices = [(name, self._find_name(of_practice[0])) for name, of_practice in by_practice.items()]
        feeds = FeedFiles(self._library, list_codes(listed), base_url)
        for name, title in practices:
            of_practice = by_practice[name]
            self._write_practice(new, name, of_practice)
            self._write_feeds(new, feeds, name, of_practice)
            new.write(f"{name}/index.json", write_practice_index(of_practice, title, base_url))
            new.write(f"{name}/sitemap.xml", write_sitemap(of_practice, base_url))
        of_folder = {
            **_group(listed, lambda record: f"{record.practice}/{record.handout}"),
            **_group(listed, lambda record: f"handouts/{record.handout}"),
        }
        for folder, of_handout in of_folder.items():
            for inner, content in self._renderer.render_handout(of_handout, folder):
                new.write(f"{inner}index.html", content)
        self._write_ended_lists(new, records, {*by_practice, *of_folder})
        for folder, content in self._renderer.render_home(listed, practices):
            new.write(f"{folder}index.html", content)
        new.write("index.json", write_site_index(practices, base_url))
        new.write(f"{ASSETS}/search.json", write_search_index(listed, practices))
        new.write(f"{ASSETS}/infobutton.map", write_infobutton_map(listed, to_feeds=False))
        new.write(f"{ASSETS}/infobutton-feeds.map", write_infobutton_map(listed, to_feeds=True))
        new.write("sitemap.xml", write_sitemap_index(f"{base_url}{name}/sitemap.xml" for name in by_practice))
        new.write("robots.txt", write_robots(base_url))
        new.write("404.html", self._renderer.render_not_found())

    def _write_practice(self, new: NewSite, name: str, records: Sequence[PageRecord]) -> None:
        """Write the page of a practice; that of one which cannot be read now stays as it was."""
        practice = self._library.practices.get(name)
        if practice is None:
            for folder in (name, *(f"{name}/{inner}" for inner in new.list_old(name) if is_list_folder(inner))):
                if new.keep(f"{folder}/index.html"):
                    self._keep_assets(new, f"{folder}/index.html")
            return
        logo = self._maker.add(practice.logo.path.read_bytes(), practice.logo.path.suffix.lstrip(".").lower())
        for folder, content in self._renderer.render_practice(practice, records, logo, self._thumbnails_of):
            new.write(f"{folder}index.html", content)

    def _write_feeds(self, new: NewSite, feeds: FeedFiles, name: str, records: Sequence[PageRecord]) -> None:
        """Write the answers for record systems; those of a practice that cannot be read now stay as they were."""
        practice = self._library.practices.get(name)
        if practice is None:
            new.keep_tree(f"{name}/{FOLDER}")
            return
        # One that could not be made anew is still a page of an earlier text, which the library has no more.
        made = [record for record in records if record.key in self._collected.pages]
        day = max(record.published for record in records)
        for file, content in feeds.write(practice, made, day):
            new.write(file, content)

    def _find_name(self, record: PageRecord) -> str:
        """Return the name of a practice in its own language."""
        practice = self._library.practices.get(record.practice)
        return practice.profile.name if practice else record.practice_name

    def _write_ended_lists(self, new: NewSite, records: Iterable[PageRecord], listed: Collection[str]) -> None:
        """Write the pages of practices, and of handouts of a practice, of which nothing is published any more."""
        written = {*listed}
        for record in records:
            for folder in (record.practice, f"{record.practice}/{record.handout}"):
                if folder not in written:
                    written.add(folder)
                    new.write(f"{folder}/index.html", self._renderer.render_ended(record, folder))

    def _write_papers(self, new: NewSite, records: Sequence[PageRecord], problems: Problems) -> tuple[PaperRecord, ...]:
        """Write a page for each print code; return the records of all."""
        new.write("codes/index.html", self._renderer.render_codes())
        pages = {record.key: record for record in records}
        recorded = PrintedCodes(self._project, problems).list_all(problems)
        papers = list_papers(recorded, self._earlier_papers, pages)
        judge = PaperJudge(self._library, pages)
        for paper in papers:
            new.write(f"codes/{paper.code}/index.html", self._renderer.render_paper(judge.judge(paper)))
        return papers

    def _write_assets(self, new: NewSite) -> None:
        kept = self._options.build.find_kept_files(read_engine_versions())
        new.write(f"{ASSETS}/fonts.css", write_site_fonts(self._maker, kept))
        for name in _STATIC:
            new.write(f"{ASSETS}/{name}", (Path(__file__).parent / "static" / name).read_bytes())
        for name, content in self._maker.assets.items():
            new.write(f"{ASSETS}/{name}", content)

    def _can_stay(self, old: PageRecord) -> bool:
        """Return whether a page failed for another reason than that it may not be released, and is still there."""
        return old.key in self._collected.failed and (self._options.folder / old.folder / "index.html").is_file()

    def _keep_page(self, new: NewSite, record: PageRecord) -> None:
        """Keep a page of the old site, with its files."""
        new.keep_folder(record.folder)
        self._keep_assets(new, f"{record.folder}/index.html")
        if record.thumbnail_of and FILE in new.list_old(record.folder):
            picture = (self._options.folder / record.folder / FILE).read_bytes()
            self._thumbnails_of[record.folder] = Thumbnail(FILE, *read_size(picture))

    def _keep_assets(self, new: NewSite, name: str) -> None:
        """Keep the files that a page of the old site loads."""
        page = (self._options.folder / name).read_text(encoding="utf-8")
        for asset in new.list_old(ASSETS):
            if f"/{ASSETS}/{asset}" in page and asset not in self._maker.assets and asset not in _STATIC:
                self._maker.assets[asset] = (self._options.folder / ASSETS / asset).read_bytes()


def _get_thumbnail_source(page: Page) -> str:
    return page.pdfs[0].row.sha256 if page.pdfs else ""


def _list_languages(pages: Iterable[Page]) -> dict[tuple[str, str], list[str]]:
    """Return the languages of each handout of each practice."""
    found: dict[tuple[str, str], list[str]] = {}
    for page in pages:
        of_handout = found.setdefault((page.practice.id, page.handout.id), [])
        of_handout.append(page.handout.language)
    return found


def _group(records: Iterable[PageRecord], key: Callable[[PageRecord], str]) -> dict[str, list[PageRecord]]:
    """Return records by a key, in the order in which they come."""
    grouped: dict[str, list[PageRecord]] = {}
    for record in records:
        grouped.setdefault(key(record), []).append(record)
    return grouped
