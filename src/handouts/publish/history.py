"""What became of each page that was ever on a site: none of them vanishes without a word."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from handouts.model.library import Library
from handouts.publish.pages import Page
from handouts.schema.codes import SYSTEMS
from handouts.schema.published import FoundCode, PageRecord, State


def make_record(page: Page, thumbnail_of: str) -> PageRecord:
    """Return the record of a page that is published."""
    front = page.handout.front
    return PageRecord(
        practice=page.practice.id,
        handout=page.handout.id,
        language=page.handout.language,
        state="published",
        title=front.title,
        practice_name=page.practice.profile.name,
        version=front.version,
        published=front.published,
        review_due=front.review_due,
        print_code=page.print_code,
        main_message=front.main_message,
        keywords=front.keywords,
        codes=tuple(FoundCode(system=name, oid=SYSTEMS[name].oid, code=code) for name, code in front.codes.list_all()),
        pdfs=tuple(pdf.download for pdf in page.pdfs),
        thumbnail_of=thumbnail_of,
    )


def list_earlier_pages(
    earlier: Iterable[PageRecord],
    can_stay: Callable[[PageRecord], bool],
    library: Library,
    day: dt.date,
    *,
    prune: bool,
) -> Iterator[PageRecord]:
    """Yield the records of earlier pages that are not published anew, with what became of them.

    One that `can_stay` is still published, unless it is withdrawn or its review is overdue. With `prune`, pages whose
    handout or practice is gone are left out; withdrawn ones stay.
    """
    for old in earlier:
        withdrawal = library.settings.find_withdrawal(old.handout, old.version)
        if old.state == "published" and not withdrawal and old.review_due >= day and can_stay(old):
            yield old
            continue
        state: State = "withdrawn" if withdrawal else "in-review" if _exists(old, library) else "ended"
        if state == "ended" and prune:
            continue
        since = withdrawal.date if withdrawal else old.since if old.state == state else day
        reason = withdrawal.reason if withdrawal else ""
        yield old.model_copy(update={"state": state, "since": since, "reason": reason, "pdfs": (), "thumbnail_of": ""})


def _exists(old: PageRecord, library: Library) -> bool:
    """Return whether the handout and the practice of a page are still in the project, perhaps with errors."""
    handouts = {(handout.id, handout.language) for handout in library.handouts} | library.broken_handouts.keys()
    practices = library.practices.keys() | library.broken_practices.keys()
    return (old.handout, old.language) in handouts and old.practice in practices
