"""Renders the pages of a site around the handouts: lists, notices, codes, and what is added to each handout."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from handouts.compose.style_sheets import darken
from handouts.language.names import name_language
from handouts.language.tags import direction_of, is_same_language
from handouts.model.edition import formats
from handouts.model.library import Library, Practice
from handouts.publish.list_pages import ListPage, split_list
from handouts.publish.lookup_files import describe_page
from handouts.publish.pages import Page
from handouts.publish.papers import Paper
from handouts.publish.web_page import POLICY
from handouts.publish.words import SiteTexts, SiteWords
from handouts.schema.published import Download, PageRecord
from handouts.search.words import make_sort_key

_CONTRAST: Final = 4.5
_EXAMPLE_CODE: Final = "7KQ-2M4-XEN"
# So many that a page stays below 150 kB: an entry has some 500 bytes, up to twice as many on the page of a practice.
_ROWS_OF_HOME: Final = 200
_ENTRIES_OF_PRACTICE: Final = 100
_PRACTICES_OF_HANDOUT: Final = 500  # of some 150 bytes


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The picture of the first page of a print: its file in the folder of the page, and its size in pixels."""

    file: str
    width: int
    height: int


class SiteRenderer:
    """Renders pages with the templates of this room. `base_url` is the address of the site, with a slash at its end."""

    def __init__(self, library: Library, texts: SiteTexts, base_url: str) -> None:
        """Take the library, whose settings name the site, and the words of its pages."""
        settings = library.settings
        self._library = library
        self._texts = texts
        self._base_url = base_url
        self._usual = settings.language
        words = texts.find(settings.language)
        self.title = (settings.publish.title if settings.publish else None) or words.words["site"]
        self._format_titles = {name: one.settings.title for name, one in formats(settings).items()}
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"language_name": cache(name_language), "direction": direction_of}
        self._environment.globals |= {"policy": POLICY, "title": self.title}

    def render_home(
        self, records: Iterable[PageRecord], practices: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield folder and content of the first page and of those that go on with its list.

        It lists practices, given by id and name, and all handouts by title and language.
        """
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for record in records:
            key = record.handout, record.language
            codes = [one.code for one in record.codes]
            rows.setdefault(key, {"handout": key[0], "language": key[1], "title": record.title, "codes": codes})
        in_order = sorted(rows.values(), key=lambda row: (make_sort_key(str(row["title"])), str(row["language"])))
        named = [{"id": name, "name": title} for name, title in practices]
        split = split_list(in_order, _ROWS_OF_HOME, lambda _: 1)
        links = _list_links(split)
        for one in split:
            values = {"practices": [] if one.folder else named, "rows": one.items, "links": links, "here": one.folder}
            yield one.folder, self._render("home.html", self._texts.find(self._usual), one.folder, **values)

    def render_practice(
        self, practice: Practice, records: Iterable[PageRecord], logo: str, thumbnails: Mapping[str, Thumbnail]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield folder and content of the page of a practice and of those that go on with its list.

        It lists handouts by title, each in all its languages.

        `logo` is the name of a file that pages share; `thumbnails` are by the folder of a page.
        """
        words = self._texts.find(practice.language, practice.profile.country)
        by_handout: dict[str, list[PageRecord]] = {}
        for record in records:
            by_handout.setdefault(record.handout, []).append(record)
        rows = [self._make_row(practice, of_handout, words, thumbnails) for of_handout in by_handout.values()]
        rows.sort(key=lambda row: (make_sort_key(row["title"]), row["title"]))
        split = split_list(rows, _ENTRIES_OF_PRACTICE, lambda row: len(row["pages"]))
        links = _list_links(split)
        for one in split:
            folder = f"{practice.id}/{one.folder}"
            values = {"practice_id": practice.id, "brand": _choose_colors(practice), "logo": logo}
            lists = {"rows": one.items, "links": links, "here": one.folder}
            yield folder, self._render("practice.html", words, folder, practice=practice.profile, **values, **lists)

    def _make_row(
        self, practice: Practice, records: Iterable[PageRecord], words: SiteWords, thumbnails: Mapping[str, Thumbnail]
    ) -> dict[str, Any]:
        """Return a handout as the page of a practice lists it, in the practice's own language first."""
        in_order = sorted(records, key=lambda record: not is_same_language(record.language, practice.language))
        listed = []
        for record in in_order:
            thumbnail = thumbnails.get(record.folder)
            listed.append(
                {
                    "language": record.language,
                    "path": f"{record.handout}/{record.language}/",
                    "title": record.title,
                    "main_message": record.main_message,
                    "pdfs": [self._describe_pdf(pdf, words) for pdf in record.pdfs],
                    "thumbnail": thumbnail.file if thumbnail else "",
                    "width": thumbnail.width if thumbnail else 0,
                    "height": thumbnail.height if thumbnail else 0,
                }
            )
        codes = dict.fromkeys(one.code for record in in_order for one in record.codes)
        return {"title": in_order[0].title, "pages": listed, "codes": [*codes]}

    def render_handout(self, records: Iterable[PageRecord], folder: str) -> Iterator[tuple[str, bytes]]:
        """Yield folder and content of the page of a handout in a folder of the site, and of those that go on with it.

        They list the practices that have it, by language.
        """
        by_name = sorted(records, key=lambda record: (record.practice, record.language))
        languages_in_order = list(dict.fromkeys(record.language for record in by_name))
        in_order = sorted(
            by_name, key=lambda one: (languages_in_order.index(one.language), make_sort_key(one.practice_name))
        )
        items = [{"title": record.practice_name, "record": record} for record in in_order]
        split = split_list(items, _PRACTICES_OF_HANDOUT, lambda _: 1)
        words = self._texts.find(self._usual)
        for one in split:
            by_language: dict[str, list[PageRecord]] = {}
            for item in one.items:
                by_language.setdefault(item["record"].language, []).append(item["record"])
            languages = [
                {
                    "language": language,
                    "title": of_language[0].title,
                    "words": self._texts.find(language),
                    "practices": [{"name": page.practice_name, "path": f"{page.folder}/"} for page in of_language],
                }
                for language, of_language in by_language.items()
            ]
            lists = {"links": _list_links(split), "here": one.folder, "start": "../" if one.folder else ""}
            inner = f"{folder}/{one.folder}"
            yield inner, self._render("handout.html", words, inner, languages=languages, **lists)

    def render_codes(self) -> bytes:
        """Return the page on which a print code can be typed."""
        words = self._texts.find(self._usual)
        return self._render("codes.html", words, "codes/", example=_EXAMPLE_CODE)

    def render_not_found(self) -> bytes:
        """Return the page for addresses that do not exist; its links hold wherever a web server shows it."""
        words = self._texts.find(self._usual)
        return self._render_notice(
            words,
            "",
            words.words["not_found"],
            [words.words["not_found_text"]],
            root=self._base_url,
            links=[(f"{self._base_url}codes/", words.words["check_paper"]), (self._base_url, self.title)],
        )

    def render_ended(self, record: PageRecord, folder: str) -> bytes:
        """Return the page for a folder of which nothing is published any more: it says so, and whom to ask.

        `record` is that of the handout, or of one of them.
        """
        practice = self._library.practices.get(record.practice)
        words = self._texts.find(record.language, practice.profile.country if practice else "")
        if folder == record.practice and practice is None and folder not in self._library.broken_practices:
            heading, text = words.words["gone_practice"], words.words["gone_practice_text"]
            return self._render_notice(
                words,
                f"{folder}/",
                heading,
                [text],
                subject=record.practice_name,
                links=self._list_ways_on(folder, f"{folder}/", words),
            )
        return self._render_notice(
            words,
            f"{folder}/",
            words.words[record.state],
            self._explain(record, words),
            subject=record.practice_name if folder == record.practice else record.title,
            subject_language="" if folder == record.practice else record.language,
            links=self._list_ways_on(record.practice, f"{folder}/", words),
        )

    def _explain(self, record: PageRecord, words: SiteWords) -> list[str]:
        """Return the sentences on a page that is not published any more."""
        text = words.words[f"{record.state}_text"]
        since = "withdrawn_on" if record.state == "withdrawn" else "since"
        day = [words.fill(since, date=words.format_date(record.since))] if record.since else []
        return [*day, *([record.reason] if record.reason else []), text, *self._ask(record, words)]

    def _ask(self, record: PageRecord, words: SiteWords) -> list[str]:
        practice = self._library.practices.get(record.practice)
        if practice is None:
            return []
        profile = practice.in_language(record.language).profile
        # A number over two lines is read and typed wrong.
        phone = Markup('<span class="unbroken">{}</span>').format(profile.phones[0].number)
        return [Markup(words.fill("ask", practice=escape(profile.name), phone=phone))]  # noqa: S704 - all is escaped

    def _list_ways_on(self, practice: str, folder: str, words: SiteWords) -> list[tuple[str, str]]:
        """Return links from a page in a folder to the handouts of its practice, if it still exists, and to all."""
        root, known = _go_up(folder), self._library.practices.get(practice)
        home = (root, words.words["home"])
        if known is None or folder == f"{practice}/":
            return [home]
        return [(f"{root}{practice}/", words.fill("all_of", practice=known.profile.name)), home]

    def render_paper(self, paper: Paper) -> bytes:
        """Return the page of a print code: whether the paper is current, and what to use if it is not."""
        folder, record = f"codes/{paper.record.code}/", paper.page
        practice = self._library.practices.get(record.practice)
        words = self._texts.find(record.language, practice.profile.country if practice else "")
        if paper.state == "withdrawn" and paper.withdrawn:
            day = words.fill("withdrawn_on", date=words.format_date(paper.withdrawn))
            texts = [day, paper.reason, words.words["withdrawn_text"], *self._ask(record, words)]
        elif paper.state == "current":
            due = words.format_date(record.review_due)
            texts = [words.fill("current_text", version=record.version, date=due)]
        elif paper.state == "old":
            printed = paper.record.version
            same = printed == record.version
            texts = [words.words["old_same"] if same else words.fill("old_text", old=printed)]
        else:
            texts = [words.words[f"{paper.state}_text"], *self._ask(record, words)]
        is_published = record.state == "published"
        return self._render_notice(
            words,
            folder,
            words.words[paper.state],
            texts,
            code=paper.record.code,
            subject=f"{record.title}, {record.practice_name}",
            subject_language=record.language,
            tone="good" if paper.state == "current" else "",
            today=f"../../{record.folder}/" if is_published else "",
            review_due=str(record.review_due) if paper.state == "current" else "",
            overdue=self._warn_of_review(record.review_due, words),
            links=self._list_ways_on(record.practice, folder, words),
        )

    def render_additions(self, page: Page, languages: Sequence[str]) -> tuple[str, str, str]:
        """Return what is added to the web page of a handout: to its head, to the start and to the end of its body."""
        practice, front, language = page.practice, page.handout.front, page.handout.language
        words = self._texts.find(language, practice.profile.country)
        values = {
            "words": words,
            "practice": practice.profile,
            "pdfs": [self._describe_pdf(pdf.download, words) for pdf in page.pdfs],
            "languages": languages,
            "language": language,
            "code": page.print_code,
            "review_due": str(front.review_due),
            "overdue": self._warn_of_review(front.review_due, words),
            "address": f"{self._base_url}{page.folder}/",
            "folder": f"{self._base_url}{practice.id}/{page.handout.id}/",
            "data": Markup(describe_page(page, self._base_url)),  # noqa: S704 - JSON without "<"
        }
        head, top, bottom = (
            self._environment.get_template(f"page-{name}.html").render(values) for name in ("head", "top", "bottom")
        )
        return head, top, bottom

    def _warn_of_review(self, due: dt.date, words: SiteWords) -> str:
        return words.fill("overdue", date=words.format_date(due))

    def _describe_pdf(self, pdf: Download, words: SiteWords) -> dict[str, str]:
        title = words.words.get(f"format-{pdf.format}", self._format_titles.get(pdf.format, pdf.format))
        length = words.words["page"] if pdf.pages == 1 else words.fill("pages", count=pdf.pages)
        return {"file": pdf.file, "title": title, "length": length}

    def _render_notice(
        self, words: SiteWords, folder: str, heading: str, texts: Sequence[str], **values: object
    ) -> bytes:
        usual: dict[str, object] = {
            "code": "",
            "tone": "",
            "subject": "",
            "subject_language": "",
            "today": "",
            "review_due": "",
            "overdue": "",
            "links": [],
        }
        return self._render("notice.html", words, folder, heading=heading, texts=texts, **(usual | values))

    def _render(self, template: str, words: SiteWords, folder: str, **values: object) -> bytes:
        shared = {"words": words, "root": _go_up(folder), "address": f"{self._base_url}{folder}"}
        text = self._environment.get_template(template).render({**shared, **values})
        return text.encode()


def _go_up(folder: str) -> str:
    """Return the relative address of the root of the site from a folder that ends with a slash."""
    return "../" * folder.count("/")


def _list_links(split: Sequence[ListPage]) -> list[tuple[str, str, str]]:
    """Return the folder of each page of a list, with the titles of its first and last item."""
    return [(one.folder, one.items[0]["title"], one.items[-1]["title"]) for one in split if one.items]


def _choose_colors(practice: Practice) -> dict[str, str]:
    """Return the colors of a practice, dark enough for text on white."""
    return {name: darken(color, _CONTRAST) for name, color in practice.profile.colors.model_dump().items()}
