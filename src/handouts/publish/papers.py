"""Whether a paper with a released print code is still current, by what the site publishes today."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.numbering.number import Numbering
from handouts.numbering.select import ChoiceError
from handouts.provenance.record import make_print_code
from handouts.provenance.source_digests import SourceDigests
from handouts.publish.pages import PageKey
from handouts.schema.printed_code import PrintedCode
from handouts.schema.published import PageRecord, PaperRecord

PaperState = Literal["current", "old", "withdrawn", "in-review", "ended"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with a print code, what holds for it today, and the page of its handout on the site.

    `withdrawn` and `reason` are of a version that was withdrawn.
    """

    record: PaperRecord
    state: PaperState
    page: PageRecord
    withdrawn: dt.date | None = None
    reason: str = ""


def list_papers(
    recorded: Iterable[PrintedCode], earlier: Iterable[PaperRecord], pages: Mapping[PageKey, PageRecord]
) -> tuple[PaperRecord, ...]:
    """Return all papers of the pages of a site by code: those that releases recorded, and those known before."""
    papers = {
        one.made_from.print_code: PaperRecord(
            code=one.made_from.print_code,
            practice=one.made_from.practice,
            handout=one.made_from.handout,
            language=one.made_from.language,
            version=one.made_from.version,
            sections=one.made_from.sections,
            audience=one.made_from.audience or "",
        )
        for one in recorded
    }
    papers |= {one.code: one for one in earlier}
    return tuple(paper for _, paper in sorted(papers.items()) if paper.page_key in pages)


class PaperJudge:
    """Judges papers by the pages of a site; codes of chosen sections are computed from the library."""

    def __init__(self, library: Library, pages: Mapping[PageKey, PageRecord]) -> None:
        """Take the library of the project and all pages of the site, also those that are not published any more."""
        self._library = library
        self._pages = pages
        self._digests = SourceDigests(library.references)
        self._numbering = Numbering()
        self._codes: dict[tuple[object, ...], str | None] = {}

    def judge(self, printed: PaperRecord) -> Paper:
        """Return what holds for a paper."""
        page = self._pages[printed.page_key]
        if withdrawal := self._library.settings.find_withdrawal(printed.handout, printed.version):
            return Paper(printed, "withdrawn", page, withdrawal.date, withdrawal.reason)
        if page.state in {"withdrawn", "ended"}:
            return Paper(printed, "ended", page)
        if page.state == "in-review":
            return Paper(printed, "in-review", page)
        is_whole = not printed.sections and not printed.audience
        today = page.print_code if is_whole else self._find_code(printed)
        return Paper(printed, "current" if printed.code == today else "old", page)

    def _find_code(self, printed: PaperRecord) -> str | None:
        """Return the code that a print of the same sections would have today; None if there is none."""
        key = (*printed.page_key, printed.sections, printed.audience)
        if key not in self._codes:
            self._codes[key] = self._compute_code(printed)
        return self._codes[key]

    def _compute_code(self, printed: PaperRecord) -> str | None:
        request = Request(
            handouts=(printed.handout,),
            practices=(printed.practice,),
            sections=printed.sections,
            languages=(printed.language,),
            audience=printed.audience,
        )
        try:
            planned = plan(self._library, request)
        except ChoiceError:
            return None
        if len(planned) != 1:
            return None
        numbered = self._numbering(planned[0].selection, planned[0].practice)
        contents = self._digests.digest_contents(numbered, planned[0].practice)
        return make_print_code(numbered, planned[0].practice, contents)
