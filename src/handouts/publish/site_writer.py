"""Writes the files of a site: pages of handouts, the lists around them, papers by print code, and what pages share."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Final

from handouts.compose.project_files import ProjectFiles
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.publish_rules import PAGE_NOT_RENEWED
from handouts.provenance.code_ledger import PrintedCodes
from handouts.provenance.versions import read_engine_versions
from handouts.publish.additions import render_additions
from handouts.publish.feed_files import FOLDER, FeedFiles, list_codes
from handouts.publish.folder import NewSite
from handouts.publish.fonts import write_site_fonts
from handouts.publish.history import list_earlier_pages, make_record
from handouts.publish.list_pages import is_list_folder
from handouts.publish.list_renderer import ListRenderer
from handouts.publish.lookup_files import (
    write_infobutton_map,
    write_practice_index,
    write_robots,
    write_search_index,
    write_site_index,
    write_sitemap,
    write_sitemap_index,
)
from handouts.publish.notice_renderer import NoticeRenderer
from handouts.publish.options import PublishOptions
from handouts.publish.pages import Collected, Page
from handouts.publish.papers import PaperJudge, list_papers
from handouts.publish.site_templates import SiteTemplates
from handouts.publish.thumbnails import FILE, Thumbnail, Thumbnails, read_size
from handouts.publish.web_page import ASSETS, PageMaker
from handouts.publish.words import SiteTexts
from handouts.schema.published import PageRecord, PaperRecord, SiteRecord

RECORD: Final = f"{ASSETS}/published.json"
"""The record of a site, by which its folder is known as ours."""
_STATIC: Final = ("site.css", "page.css", "site.js", "icon.svg")


class SiteWriter:
    """Writes the files of one publication."""

    def __init__(
        self,
        project: Project,
        library: Library,
        options: PublishOptions,
        collected: Collected,
        earlier: SiteRecord | None,
        executor: Executor,
    ) -> None:
        """Take the pages that were built, the record of the site before, and the executor that draws pictures."""
        self._project = project
        self._library = library
        self._options = options
        self._collected = collected
        self._earlier_papers = earlier.papers if earlier else ()
        self._earlier = {record.key: record for record in earlier.pages} if earlier else {}
        texts = SiteTexts(ProjectFiles(project), library.settings.language)
        self._templates = SiteTemplates(library.settings, texts, options.base_url)
        self._lists = ListRenderer(self._templates)
        self._notices = NoticeRenderer(self._templates, library)
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
                new.write(f"{record.folder}/index.html", self._notices.render_ended(record, record.folder))
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
        head, top, bottom = render_additions(self._templates, page, languages)
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
            for inner, content in self._lists.render_handout(of_handout, folder):
                new.write(f"{inner}index.html", content)
        self._write_ended_lists(new, records, {*by_practice, *of_folder})
        for folder, content in self._lists.render_home(listed, practices):
            new.write(f"{folder}index.html", content)
        new.write("index.json", write_site_index(practices, base_url))
        new.write(f"{ASSETS}/search.json", write_search_index(listed, practices))
        new.write(f"{ASSETS}/infobutton.map", write_infobutton_map(listed, to_feeds=False))
        new.write(f"{ASSETS}/infobutton-feeds.map", write_infobutton_map(listed, to_feeds=True))
        new.write("sitemap.xml", write_sitemap_index(f"{base_url}{name}/sitemap.xml" for name in by_practice))
        new.write("robots.txt", write_robots(base_url))
        new.write("404.html", self._notices.render_not_found())

    def _write_practice(self, new: NewSite, name: str, records: Sequence[PageRecord]) -> None:
        """Write the page of a practice; that of one which cannot be read now stays as it was."""
        practice = self._library.practices.get(name)
        if practice is None:
            for folder in (name, *(f"{name}/{inner}" for inner in new.list_old(name) if is_list_folder(inner))):
                if new.keep(f"{folder}/index.html"):
                    self._keep_assets(new, f"{folder}/index.html")
            return
        logo = self._maker.add(practice.logo.path.read_bytes(), practice.logo.path.suffix.lstrip(".").lower())
        for folder, content in self._lists.render_practice(practice, records, logo, self._thumbnails_of):
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
                    new.write(f"{folder}/index.html", self._notices.render_ended(record, folder))

    def _write_papers(self, new: NewSite, records: Sequence[PageRecord], problems: Problems) -> tuple[PaperRecord, ...]:
        """Write a page for each print code; return the records of all."""
        new.write("codes/index.html", self._notices.render_codes())
        pages = {record.key: record for record in records}
        recorded = PrintedCodes(self._project, problems).list_all(problems)
        papers = list_papers(recorded, self._earlier_papers, pages)
        judge = PaperJudge(self._library, pages)
        for paper in papers:
            new.write(f"codes/{paper.code}/index.html", self._notices.render_paper(judge.judge(paper)))
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
