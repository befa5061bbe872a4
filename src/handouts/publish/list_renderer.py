"""Renders the lists of a site: its first page, and the pages of practices and of handouts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from handouts.compose.style_sheets import darken
from handouts.language.tags import is_same_language
from handouts.model.library import Practice
from handouts.publish.list_pages import ListPage, split_list
from handouts.publish.site_templates import SiteTemplates
from handouts.publish.thumbnails import Thumbnail
from handouts.publish.words import SiteWords
from handouts.schema.published import PageRecord
from handouts.search.words import make_sort_key

_CONTRAST: Final = 4.5
# So many that a page stays below 150 kB: an entry has some 500 bytes, up to twice as many on the page of a practice.
_ROWS_OF_HOME: Final = 200
_ENTRIES_OF_PRACTICE: Final = 100
_PRACTICES_OF_HANDOUT: Final = 500  # of some 150 bytes


class ListRenderer:
    """Renders pages that list others; a long list goes on over several pages."""

    def __init__(self, templates: SiteTemplates) -> None:
        """Take the templates of the site."""
        self._templates = templates

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
            yield (
                one.folder,
                self._templates.render_page("home.html", self._templates.usual_words, one.folder, **values),
            )

    def render_practice(
        self, practice: Practice, records: Iterable[PageRecord], logo: str, thumbnails: Mapping[str, Thumbnail]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield folder and content of the page of a practice and of those that go on with its list.

        It lists handouts by title, each in all its languages.

        `logo` is the name of a file that pages share; `thumbnails` are by the folder of a page.
        """
        words = self._templates.texts.find(practice.language, practice.profile.country)
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
            yield (
                folder,
                self._templates.render_page(
                    "practice.html", words, folder, practice=practice.profile, **values, **lists
                ),
            )

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
                    "pdfs": [self._templates.describe_pdf(pdf, words) for pdf in record.pdfs],
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
        words = self._templates.usual_words
        for one in split:
            by_language: dict[str, list[PageRecord]] = {}
            for item in one.items:
                by_language.setdefault(item["record"].language, []).append(item["record"])
            languages = [
                {
                    "language": language,
                    "title": of_language[0].title,
                    "words": self._templates.texts.find(language),
                    "practices": [{"name": page.practice_name, "path": f"{page.folder}/"} for page in of_language],
                }
                for language, of_language in by_language.items()
            ]
            lists = {"links": _list_links(split), "here": one.folder, "start": "../" if one.folder else ""}
            inner = f"{folder}/{one.folder}"
            yield inner, self._templates.render_page("handout.html", words, inner, languages=languages, **lists)


def _list_links(split: Sequence[ListPage]) -> list[tuple[str, str, str]]:
    """Return the folder of each page of a list, with the titles of its first and last item."""
    return [(one.folder, one.items[0]["title"], one.items[-1]["title"]) for one in split if one.items]


def _choose_colors(practice: Practice) -> dict[str, str]:
    """Return the colors of a practice, dark enough for text on white."""
    return {name: darken(color, _CONTRAST) for name, color in practice.profile.colors.model_dump().items()}
