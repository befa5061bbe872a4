"""The list of sources: each one cited, listed once, complete and not too old."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from handouts.ama.journals import abbreviate_journal
from handouts.ama.periodicals import CATALOGED_TYPES
from handouts.compose.composer import MISSING_REFERENCE
from handouts.model.library import ReferenceEntry
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.reference import Reference
from handouts.schema.settings import Settings

_AMA: Final = "AMA Manual of Style, 11th ed, chapter 3, References (https://academic.oup.com/amamanualofstyle)"

_UNUSED_REFERENCE: Final = Rule(
    code="unused-reference",
    severity=Severity.WARNING,
    title="a source is listed but never cited",
    why="It is never printed. Often a citation was lost when a text was changed.",
    source=_AMA,
    message='nothing cites "{key}"',
    hint="cite it, [@{key}], or remove it",
)
_DUPLICATE_REFERENCE: Final = Rule(
    code="duplicate-reference",
    severity=Severity.WARNING,
    title="a source is listed twice",
    why="It would be printed under two numbers, and look like two sources.",
    source=_AMA,
    message='"{key}" has the {value} of "{first}"',
    hint='cite "{first}" instead and remove it',
)
_INCOMPLETE_SOURCE: Final = Rule(
    code="incomplete-source",
    severity=Severity.WARNING,
    title="a source lacks what readers need to find it",
    why="A source that cannot be found cannot be checked.",
    source=_AMA,
    message='"{key}" is of the type {type} and lacks {fields}',
    hint="look the source up and add it",
)
_NO_ACCESSED_DATE: Final = Rule(
    code="no-accessed-date",
    severity=Severity.WARNING,
    title="a web page has no day on which it was read",
    why="Web pages change. The day says which version of the page is meant.",
    source="AMA Manual of Style, 11th ed, 3.15, Electronic References (https://academic.oup.com/amamanualofstyle)",
    message='the web page "{key}" has no accessed date',
    hint="add a line: accessed: YYYY-MM-DD",
)
_OLD_SOURCE: Final = Rule(
    code="old-source",
    severity=Severity.WARNING,
    title="a source is older than the project allows",
    why="Knowledge may have changed since. The limit is `source_years` in handouts.yaml.",
    source="PIF TICK criteria, up to date evidence (https://piftick.org.uk)",
    message='"{key}" is from {year}',
    hint="look for a newer source, or accept it with a reason",
)
_UNKNOWN_JOURNAL: Final = Rule(
    code="unknown-journal",
    severity=Severity.WARNING,
    title="a journal that is not in the NLM catalog as this version of handouts knows it",
    why="It is printed as written. AMA style abbreviates journals as the catalog does, so that readers find them.",
    source="AMA Manual of Style, 11th ed, 3.11, names of journals; NLM Catalog "
    "(https://www.ncbi.nlm.nih.gov/nlmcatalog/journals)",
    message='unknown journal "{journal}"',
    hint="check its spelling; if the catalog does have it, write its abbreviation as container-title, and accept this",
)
RULES: Final = (
    MISSING_REFERENCE,
    _UNKNOWN_JOURNAL,
    _UNUSED_REFERENCE,
    _DUPLICATE_REFERENCE,
    _INCOMPLETE_SOURCE,
    _NO_ACCESSED_DATE,
    _OLD_SOURCE,
)

# What each type needs beside type and title, by the AMA Manual of Style: one field of each group.
_NEEDED_FIELDS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "article-journal": (("container_title",), ("issued",), ("volume", "doi", "url"), ("page", "number", "doi", "url")),
    "article-magazine": (("container_title",), ("issued",)),
    "article-newspaper": (("container_title",), ("issued",)),
    "bill": (("number",), ("issued",)),
    "book": (("publisher",), ("issued",)),
    "broadcast": (("container_title", "publisher"), ("issued",)),
    "chapter": (("container_title",), ("publisher",), ("issued",)),
    "dataset": (("publisher", "container_title"), ("doi", "url")),
    "entry": (("container_title",), ("url",)),
    "legal_case": (("container_title",), ("issued",)),
    "legislation": (("number", "container_title"), ("issued",)),
    "motion_picture": (("publisher", "container_title"), ("issued",)),
    "pamphlet": (("publisher", "author"), ("issued",)),
    "paper-conference": (("container_title", "event_title"), ("issued",)),
    "patent": (("number",), ("issued",)),
    "regulation": (("container_title", "number"), ("issued",)),
    "report": (("publisher", "author"), ("issued",)),
    "software": (("publisher", "author"), ("version", "issued")),
    "standard": (("publisher", "author"), ("issued",)),
    "thesis": (("publisher",), ("issued",)),
    "webpage": (("url",),),
    "post-weblog": (("url",), ("issued", "updated")),
}
_ONLINE_TYPES: Final = frozenset({"webpage", "post", "post-weblog"})


def find_oldest_source_date(settings: Settings, today: dt.date) -> dt.date | None:
    """Return the first day of the earliest year that sources may be from; None if the project sets no limit."""
    years = settings.checks.source_years
    return dt.date(max(1, today.year - years), 1, 1) if years else None


def check_references(
    references: Mapping[str, ReferenceEntry],
    cited: Collection[str],
    oldest: dt.date | None,
    problems: Problems,
    *,
    whole: bool,
) -> None:
    """Check the sources that are cited; if the `whole` project was read, also those that are not.

    Sources from a year before that of `oldest` are old.
    """
    checked = {key: entry for key, entry in references.items() if whole or key in cited}
    for key, entry in checked.items():
        if whole and key not in cited:
            problems.add(_UNUSED_REFERENCE.at(entry.place, key=key))
        if entry.reference.status == "missing" and key in cited:
            problems.add(MISSING_REFERENCE.at(entry.place, key=key))
        if not entry.reference.status:
            _check_reference(key, entry, oldest, problems)
    _check_duplicates(checked, problems)


def _check_reference(key: str, entry: ReferenceEntry, oldest: dt.date | None, problems: Problems) -> None:
    reference = entry.reference
    needed = _NEEDED_FIELDS.get(str(reference.type), ())
    missing = [fields for fields in needed if not any(getattr(reference, field) for field in fields)]
    if missing:
        names = ", ".join(" or ".join(_name_of(field) for field in fields) for fields in missing)
        problems.add(_INCOMPLETE_SOURCE.at(entry.place, key=key, type=reference.type, fields=names))
    _check_journal(entry, problems)
    if reference.type in _ONLINE_TYPES and reference.accessed is None and not reference.doi:
        problems.add(_NO_ACCESSED_DATE.at(entry.place, key=key))
    date = reference.updated or reference.issued
    if oldest and date and date.year < oldest.year:
        place = entry.values_at.get(("updated" if reference.updated else "issued",), entry.place)
        problems.add(_OLD_SOURCE.at(place, key=key, year=date.year))


def _check_journal(entry: ReferenceEntry, problems: Problems) -> None:
    reference = entry.reference
    fields = ("container-title-short", "journalAbbreviation", "container-title")
    names = (reference.container_title_short, reference.journal_abbreviation, reference.container_title)
    field, name = next(((field, name) for field, name in zip(fields, names, strict=True) if name), ("", ""))
    if name and reference.type in CATALOGED_TYPES and abbreviate_journal(name) is None:
        problems.add(_UNKNOWN_JOURNAL.at(entry.values_at.get((field,), entry.place), journal=name))


def _name_of(field: str) -> str:
    return field.upper() if field in {"doi", "url"} else field.replace("_", "-")


def _check_duplicates(references: Mapping[str, ReferenceEntry], problems: Problems) -> None:
    """Report each source that has the DOI, the PMID, or the title and year, of one before it."""
    first_keys: dict[tuple[str, ...], str] = {}
    reported: defaultdict[str, set[str]] = defaultdict(set)
    for key, entry in references.items():
        for value in _find_identifying_values(entry.reference):
            first = first_keys.setdefault(value, key)
            if first != key and first not in reported[key]:
                reported[key].add(first)
                problems.add(_DUPLICATE_REFERENCE.at(entry.place, key=key, value=value[0], first=first))


def _find_identifying_values(reference: Reference) -> Iterator[tuple[str, ...]]:
    """Yield the values that identify a source, each after its name."""
    if reference.doi:
        yield "DOI", reference.doi.lower()
    if reference.pmid:
        yield "PMID", reference.pmid
    if reference.title and reference.issued:
        title = "".join(re.findall(r"\w", reference.title.lower()))
        yield "title and year", title, str(reference.issued.year)
