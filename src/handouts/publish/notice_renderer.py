"""Renders the pages that say one thing: what became of a page or of a paper, and where a print code can be typed."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from handouts.model.library import Library
from handouts.publish.papers import Paper
from handouts.publish.site_templates import SiteTemplates, go_up
from handouts.publish.words import SiteWords
from handouts.schema.published import PageRecord

_EXAMPLE_CODE: Final = "7KQ-2M4-XEN"


class NoticeRenderer:
    """Renders notices; they name the practice to ask, if the library still has it."""

    def __init__(self, templates: SiteTemplates, library: Library) -> None:
        """Take the templates of the site and the library that it is made of."""
        self._templates = templates
        self._library = library

    def render_codes(self) -> bytes:
        """Return the page on which a print code can be typed."""
        words = self._templates.usual_words
        return self._templates.render_page("codes.html", words, "codes/", example=_EXAMPLE_CODE)

    def render_not_found(self) -> bytes:
        """Return the page for addresses that do not exist; its links hold wherever a web server shows it."""
        words = self._templates.usual_words
        return self._render_notice(
            words,
            "",
            words.words["not_found"],
            [words.words["not_found_text"]],
            root=self._templates.base_url,
            links=[
                (f"{self._templates.base_url}codes/", words.words["check_paper"]),
                (self._templates.base_url, self._templates.title),
            ],
        )

    def render_ended(self, record: PageRecord, folder: str) -> bytes:
        """Return the page for a folder of which nothing is published any more: it says so, and whom to ask.

        `record` is that of the handout, or of one of them.
        """
        practice = self._library.practices.get(record.practice)
        words = self._templates.texts.find(record.language, practice.profile.country if practice else "")
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
        root, known = go_up(folder), self._library.practices.get(practice)
        home = (root, words.words["home"])
        if known is None or folder == f"{practice}/":
            return [home]
        return [(f"{root}{practice}/", words.fill("all_of", practice=known.profile.name)), home]

    def render_paper(self, paper: Paper) -> bytes:
        """Return the page of a print code: whether the paper is current, and what to use if it is not."""
        folder, record = f"codes/{paper.record.code}/", paper.page
        practice = self._library.practices.get(record.practice)
        words = self._templates.texts.find(record.language, practice.profile.country if practice else "")
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
            overdue=words.warn_of_review(record.review_due),
            links=self._list_ways_on(record.practice, folder, words),
        )

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
        return self._templates.render_page(
            "notice.html", words, folder, heading=heading, texts=texts, **(usual | values)
        )
