"""The list of sources, as a librarian looks at it: used, found, there once, complete, and not too old."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from handouts.check.rules.readiness import missing_reference
from handouts.model.library import ReferenceEntry
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule
from handouts.schema.reference import Reference
from handouts.schema.settings import Settings

_AMA: Final = "AMA Manual of Style, 11th ed, chapter 3, References (https://academic.oup.com/amamanualofstyle)"

_UNUSED: Final = Rule(
    "unused-reference",
    Severity.WARNING,
    "a source is listed that nothing cites",
    "It is never printed. Often a citation was lost when a text was changed.",
    _AMA,
)
_DUPLICATE: Final = Rule(
    "duplicate-reference",
    Severity.WARNING,
    "a source is listed twice",
    "It would be printed under two numbers, and look like two sources.",
    _AMA,
)
_INCOMPLETE: Final = Rule(
    "incomplete-source",
    Severity.WARNING,
    "a source lacks what readers need to find it",
    "A source that cannot be found cannot be checked.",
    _AMA,
)
_NO_ACCESS: Final = Rule(
    "no-accessed-date",
    Severity.WARNING,
    "a web page has no day on which it was read",
    "Web pages change. The day tells which state of the page was meant.",
    "AMA Manual of Style, 11th ed, 3.15.3, Websites (https://academic.oup.com/amamanualofstyle)",
)
_OLD: Final = Rule(
    "old-source",
    Severity.WARNING,
    "a source is older than the project allows",
    "What was known then may no longer be true. The limit is `source_years` in handouts.yaml.",
    "PIF TICK criteria, up to date evidence (https://piftick.org.uk)",
)
RULES: Final = (_UNUSED, _DUPLICATE, _INCOMPLETE, _NO_ACCESS, _OLD)

# By AMA: a field, or one of several, that each kind of source needs beside type and title.
_NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "article-journal": (("container_title",), ("issued",), ("volume", "doi", "url"), ("page", "number", "doi", "url")),
    "article-magazine": (("container_title",), ("issued",)),
    "article-newspaper": (("container_title",), ("issued",)),
    "book": (("publisher",), ("issued",)),
    "chapter": (("container_title",), ("publisher",), ("issued",)),
    "paper-conference": (("container_title", "event_title"), ("issued",)),
    "report": (("publisher", "author"), ("issued",)),
    "thesis": (("publisher",), ("issued",)),
    "webpage": (("url",),),
    "post-weblog": (("url",), ("issued", "updated")),
}
_ONLINE: Final = frozenset({"webpage", "post", "post-weblog"})


def oldest_source(settings: Settings, today: dt.date) -> dt.date | None:
    """Return the first day of the earliest year that sources may be of; None if the project sets no limit."""
    years = settings.checks.source_years
    return dt.date(max(1, today.year - years), 1, 1) if years else None


def reference_findings(
    references: Mapping[str, ReferenceEntry], cited: Collection[str], oldest: dt.date | None, *, whole: bool
) -> Iterator[Problem]:
    """Report on each source that is cited; if the `whole` project was read, also on those that are not.

    Sources from a year before that of `oldest` are old.
    """
    looked_at = {key: entry for key, entry in references.items() if whole or key in cited}
    for key, entry in looked_at.items():
        if whole and key not in cited:
            yield _UNUSED.found(f'nothing cites "{key}"', entry.place, f"cite it, [@{key}], or remove it")
        if entry.reference.status == "missing" and key in cited:
            yield missing_reference(key, entry)
        elif not entry.reference.status:
            yield from _of_one(key, entry, oldest)
    yield from _duplicates(looked_at)


def _of_one(key: str, entry: ReferenceEntry, oldest: dt.date | None) -> Iterator[Problem]:
    reference = entry.reference
    lacking = [names for names in _NEEDED.get(str(reference.type), ()) if not any(_has(reference, n) for n in names)]
    if lacking:
        wanted = ", ".join(" or ".join(_field(name) for name in names) for names in lacking)
        message = f'"{key}" is of the type {reference.type} and lacks {wanted}'
        yield _INCOMPLETE.found(message, entry.place, "look the source up and add it")
    if reference.type in _ONLINE and reference.accessed is None:
        hint = "add a line: accessed: YYYY-MM-DD"
        yield _NO_ACCESS.found(f'the web page "{key}" has no accessed date', entry.place, hint)
    day = reference.updated or reference.issued
    if oldest and day and day.year < oldest.year:
        place = entry.values_at.get(("updated" if reference.updated else "issued",), entry.place)
        yield _OLD.found(f'"{key}" is of {day.year}', place, "look for a newer source, or accept it with a reason")


def _has(reference: Reference, name: str) -> bool:
    return bool(getattr(reference, name))


def _field(name: str) -> str:
    return name.upper() if name in {"doi", "url"} else name.replace("_", "-")


def _duplicates(references: Mapping[str, ReferenceEntry]) -> Iterator[Problem]:
    """Report each source that has the DOI, or the title and year, of one before it."""
    seen: dict[tuple[str, ...], str] = {}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for key, entry in references.items():
        for mark in _marks(entry.reference):
            first = seen.setdefault(mark, key)
            if first != key and first not in told[key]:
                told[key].add(first)
                same = "DOI" if mark[0] == "doi" else "title and year"
                hint = f'cite "{first}" in its place and remove it'
                yield _DUPLICATE.found(f'"{key}" has the {same} of "{first}"', entry.place, hint)


def _marks(reference: Reference) -> Iterator[tuple[str, ...]]:
    if reference.doi:
        yield "doi", reference.doi.lower()
    if reference.title and reference.issued:
        yield "title", "".join(re.findall(r"\w", reference.title.lower())), str(reference.issued.year)
