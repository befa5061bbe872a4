"""The catalog: one row for each handout, found by a query, with what staff need to know to choose it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final
from urllib.parse import urlencode

from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.fields import fill_for_display
from handouts.search.find import Match, find_handouts
from handouts.search.index import SearchIndex, Where, build_index
from handouts.search.words import make_sort_key
from handouts.web.handout_warning import HandoutWarning, Judge
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import find_handout, require_library

_MOST_REASONS: Final = 2
_RELATIONS: Final = {
    "same": "ICD-10 {code}",
    "wider": "ICD-10 {code}, which is wider",
    "narrower": "ICD-10 {code}, which is narrower",
}
_REASONS: Final = {
    Where.AUDIENCE: "{shown}",
    Where.KEYWORD: "Keyword: {shown}",
    Where.HEADING: "Section: {shown}",
    Where.TEXT: "In: {shown}",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A handout in the language that fits best, with all of its languages, and why it was found."""

    handout: Handout
    languages: tuple[str, ...]
    address: str
    warning: HandoutWarning
    grade: float | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """The rows of a query: the best first, or by title without a query; `hidden` counts the drafts that are left out.

    `corrections` and `is_partial` are those of the search.
    """

    rows: tuple[Row, ...]
    hidden: int
    corrections: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is computed once for a snapshot; the grades, by id and language, are added when they are known."""

    number: int
    index: SearchIndex
    grades: dict[tuple[str, str], float | None]


class Catalogs:
    """The search index and the reading grades of the current snapshot. Safe for threads."""

    def __init__(self) -> None:
        """Start without any."""
        self._lock = Lock()
        self._facts: _Facts | None = None

    def prepare(self, snapshot: Snapshot) -> None:
        """Compute the index of a snapshot now, and the grades in a thread."""
        self._get_facts(snapshot)

    def get_index(self, snapshot: Snapshot) -> SearchIndex:
        """Return the search index of a snapshot."""
        return self._get_facts(snapshot).index

    def get_grade(self, snapshot: Snapshot, handout: Handout) -> float | None:
        """Return the reading grade of a handout; None if it is not known, or not yet."""
        return self._get_facts(snapshot).grades.get((handout.id, handout.language))

    def find(self, snapshot: Snapshot, practice: Practice, query: str, judge: Judge, *, with_drafts: bool) -> Catalog:
        """Return the handouts that a query finds, each in the language of the practice unless only another matches."""
        library, facts = require_library(snapshot), self._get_facts(snapshot)
        if not query.strip():
            ids = dict.fromkeys(handout.id for handout in library.handouts)
            handouts = sorted(
                (find_handout(library, name, practice=practice) for name in ids),
                key=lambda handout: make_sort_key(handout.front.title),
            )
            return _keep_approved(
                [_make_row(facts, library, practice, one, (), judge) for one in handouts], with_drafts
            )
        found = find_handouts(facts.index, query)
        best: dict[str, tuple[Handout, tuple[Match, ...]]] = {}
        for hit in found.hits:
            known = best.get(hit.handout.id)
            if known is None or _fits_better(practice, hit.handout, known[0]):
                best[hit.handout.id] = hit.handout, hit.matches
        rows = [_make_row(facts, library, practice, *one, judge) for one in best.values()]
        catalog = _keep_approved(rows, with_drafts)
        return Catalog(catalog.rows, catalog.hidden, found.corrections, found.is_partial)

    def _get_facts(self, snapshot: Snapshot) -> _Facts:
        with self._lock:
            facts = self._facts
            if facts is None or facts.number != snapshot.number:
                library = require_library(snapshot)
                facts = self._facts = _Facts(snapshot.number, build_index(library), {})
                Thread(target=_compute_grades, args=(library, facts.grades), name="grades", daemon=True).start()
            return facts


def _compute_grades(library: Library, grades: dict[tuple[str, str], float | None]) -> None:
    from handouts.check.plain_language.analysis import analyze_handout  # noqa: PLC0415 - not for the first page
    from handouts.check.plain_language.plain_language import is_english  # noqa: PLC0415 - likewise
    from handouts.check.plain_language.reading_grades import compute_grade  # noqa: PLC0415 - likewise

    settings = library.settings.checks.plain_language
    for handout in library.handouts:
        if is_english(handout.language):
            grades[handout.id, handout.language] = compute_grade(analyze_handout(handout, settings))


def _keep_approved(rows: Sequence[Row], with_drafts: bool) -> Catalog:  # noqa: FBT001 - of `find`
    kept = tuple(row for row in rows if with_drafts or not row.warning)
    return Catalog(kept, len(rows) - len(kept))


def _make_row(
    facts: _Facts, library: Library, practice: Practice, handout: Handout, matches: tuple[Match, ...], judge: Judge
) -> Row:
    languages = tuple(other.language for other in library.handouts if other.id == handout.id)
    address = f"/handouts/{handout.id}?{urlencode({'practice': practice.id, 'language': handout.language})}"
    grade = facts.grades.get((handout.id, handout.language))
    reasons = tuple(dict.fromkeys(_describe(matches)))[:_MOST_REASONS]
    return Row(fill_for_display(handout, [practice]), languages, address, judge(handout), grade, reasons)


def _describe(matches: tuple[Match, ...]) -> Iterator[str]:
    """Yield each reason that the title does not show already."""
    for match in matches:
        if match.relation:
            yield _RELATIONS[match.relation].format(code=match.shown)
        elif match.where is None:
            yield match.shown
        elif match.where in _REASONS and match.shown:
            yield _REASONS[match.where].format(shown=match.shown)


def _fits_better(practice: Practice, handout: Handout, other: Handout) -> bool:
    """Return whether a handout is in the language of the practice, and the other is not."""
    fits = is_same_language(handout.language, practice.language)
    return fits and not is_same_language(other.language, practice.language)
