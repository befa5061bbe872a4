"""Writes the answers to Infobutton requests as files, for web spaces without a program: one for each code and language.

PRACTICE/infobutton/OID/CODE/index.atom     for requests without a language
PRACTICE/infobutton/OID/CODE/LANGUAGE.atom  likewise .json
PRACTICE/infobutton/none.atom               for codes without handouts
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from handouts.infobutton.atom import write_atom
from handouts.infobutton.feed import Feed, Link, make_feed
from handouts.infobutton.json_feed import write_json
from handouts.infobutton.matches import Matches, find_matches
from handouts.infobutton.request import Criterion, KnowledgeRequest
from handouts.model.library import Handout, Library, Practice
from handouts.publish.lookup_files import name_feed_folder
from handouts.schema.published import FoundCode, PageRecord
from handouts.search.index import SearchIndex, build_index

FOLDER: Final = "infobutton"
"""The folder of the feeds in that of a practice."""
_NO_LANGUAGE: Final = "index"
_NONE_FOUND: Final = "No handouts for this code."


def list_codes(records: Iterable[PageRecord]) -> list[FoundCode]:
    """Return each code of some pages once, by system."""
    codes = {name_feed_folder(one.oid, one.code): one for record in records for one in record.codes}
    return [one for _, one in sorted(codes.items())]


class FeedFiles:
    """Makes the feeds of practices. `codes` are those of the whole site, which its map for a web server has."""

    def __init__(self, library: Library, codes: Sequence[FoundCode], base_url: str) -> None:
        """Take the library from which the site is made."""
        self._library = library
        self._codes = codes
        self._base_url = base_url
        self._index: SearchIndex = build_index(library)

    def write(self, practice: Practice, records: Sequence[PageRecord], day: dt.date) -> Iterator[tuple[str, bytes]]:
        """Yield name and content of each file of a practice with some pages, as of a day.

        The day comes from the pages, so that the same site is the same bytes on any day.
        """
        pages = {(record.handout, record.language): record for record in records}
        folder = f"{practice.id}/{FOLDER}"
        for code in self._codes:
            for language in _list_languages(records):
                request = KnowledgeRequest((Criterion("", code.code, code.oid, code.system),), language)
                matches = self._find(request, practice, pages)
                if matches.found:
                    name = f"{folder}/{name_feed_folder(code.oid, code.code)}/{language or _NO_LANGUAGE}"
                    yield from _write_both(name, self._make_feed(request, matches, practice, pages, day))
        none = self._make_feed(KnowledgeRequest(()), Matches(), practice, pages, day)
        yield from _write_both(f"{folder}/none", replace(none, subtitle=_NONE_FOUND))

    def _find(self, request: KnowledgeRequest, practice: Practice, pages: Collection[tuple[str, str]]) -> Matches:
        """Return the pages with the code or a wider one.

        A feed also answers narrower codes that no handout has, and what has another one of these would be wrong there.
        """
        found = find_matches(
            self._library, self._index, request, practice, lambda handout: (handout.id, handout.language) in pages
        )
        return Matches(tuple(match for match in found.found if match.relation != "narrower"))

    def _make_feed(
        self,
        request: KnowledgeRequest,
        matches: Matches,
        practice: Practice,
        pages: dict[tuple[str, str], PageRecord],
        day: dt.date,
    ) -> Feed:
        def link_to(handout: Handout) -> tuple[Link, ...]:
            record = pages[handout.id, handout.language]
            url = f"{self._base_url}{record.folder}/"
            # Of several PDFs the first: two alternates of the same type and language are not allowed (RFC 4287, 4.1.2).
            pdfs = tuple(Link(f"{url}{pdf.file}", "application/pdf") for pdf in record.pdfs[:1])
            return (Link(url, "text/html"), *pdfs)

        return make_feed(
            request,
            matches,
            author=practice.profile.name,
            address=f"{self._base_url}{practice.id}/",
            today=day,
            practices=[practice],
            link_to=link_to,
        )


def _list_languages(records: Iterable[PageRecord]) -> list[str]:
    """Return the languages of pages without script and country, as a web server reads them, and none."""
    return ["", *sorted({record.language.partition("-")[0].lower() for record in records})]


def _write_both(name: str, feed: Feed) -> Iterator[tuple[str, bytes]]:
    yield f"{name}.atom", write_atom(feed)
    yield f"{name}.json", write_json(feed)
