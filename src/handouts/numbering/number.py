"""Numbers the citations and notes of a selection in the order in which they are printed.

AMA Manual of Style, 11th ed., 3.5-3.6: arabic numerals in order of first appearance; a run of three or more is joined
by a hyphen, other numbers by commas without spaces. Notes have symbols, in a separate sequence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.model.library import Block, Body, Citation, Insert, Practice, Section
from handouts.numbering.fields import fill_selection
from handouts.numbering.pack_ids import qualify_insert
from handouts.numbering.select import Selection
from handouts.schema.practice import InsertPosition
from handouts.system.cache import Cache, IdentityMemo

_POSITIONS: Final[tuple[InsertPosition, ...]] = ("start", "replace", "end")
_CAPACITY: Final = 1_000  # selections
_SYMBOLS: Final = ("*", "†", "‡", "§", "¶", "#", "||")


@dataclass(frozen=True, slots=True)
class Note:
    """A printed note; `symbol` marks it in the text."""

    symbol: str
    label: str
    body: Body


@dataclass(frozen=True, slots=True)
class Passage:
    """A text: the body, its notes, and the inserts of a practice with their notes, in printed order.

    `at` says where an insert is printed: at the start or the end of its section.
    """

    body: Body
    notes: tuple[Note, ...]
    inserts: tuple["Passage", ...] = ()
    at: InsertPosition = "end"

    @property
    def bodies(self) -> tuple[Body, ...]:
        """All bodies of the passage, in printed order."""
        own = (self.body, *(note.body for note in self.notes))
        return (*own, *(body for insert in self.inserts for body in insert.bodies))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered selection.

    `passages` holds the text of each section and block by id, `citations` the number (1 to n) of each cited reference
    by key, `symbols` the symbol of each note by file and label.
    """

    selection: Selection
    passages: Mapping[str, Passage]
    citations: Mapping[str, int]
    symbols: Mapping[tuple[str, str], str]

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of the cited references, in the order of the printed list."""
        return tuple(sorted(self.citations, key=self.citations.__getitem__))


class Numbering:
    """Numbers the selections of a run for practices, each combination of selection, values and inserts once."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        """Create empty caches for so many selections."""
        self._cache: Cache[tuple[int, ...], tuple[Selection, Practice, tuple[Insert, ...], Numbered]] = Cache(capacity)
        self._has_fields: IdentityMemo[Selection, bool] = IdentityMemo(lambda one: one.has_fields, capacity)

    def __call__(self, selection: Selection, practice: Practice) -> Numbered:
        """Return the numbered selection with the fields and inserts of a practice; see `number_for`."""
        own_inserts = tuple(filter(selection.prints_insert, practice.inserts))
        # Without fields, practices share a selection.
        has_fields = self._has_fields(selection)
        key = (id(selection), id(practice) if has_fields else 0, *map(id, own_inserts))
        cached = self._cache.get(key)
        if cached is None:
            filled = fill_selection(selection, practice) if has_fields else selection
            cached = (
                selection,
                practice,
                own_inserts,
                number(filled, own_inserts),
            )  # the cache holds the objects, so that no others get their ids
            self._cache.put(key, cached)
        return cached[3]


def number_for(selection: Selection, practice: Practice) -> Numbered:
    """Fill in the fields of a selection with the values of a practice, and number it with the practice's inserts."""
    return number(fill_selection(selection, practice), practice.inserts)


def number(selection: Selection, inserts: Iterable[Insert] = ()) -> Numbered:
    """Assign numbers to urgent blocks, then to the sections, each with its notes and inserts, then to the other blocks.

    `inserts` are those of one practice; inserts for other handouts or for sections that are not printed are ignored.
    """
    by_section: dict[str, list[Insert]] = {}
    for insert in inserts:
        if selection.prints_insert(insert):
            own = qualify_insert(insert) if selection.members else insert
            by_section.setdefault(own.section, []).append(own)
    counter = _Counter({}, {})
    passages: dict[str, Passage] = {}
    printed: tuple[Section | Block, ...] = (*selection.urgent, *selection.sections, *selection.important)
    for unit in printed:
        inserts_at = {at: [insert for insert in by_section.get(unit.id, ()) if insert.at == at] for at in _POSITIONS}
        before = [_number_insert(counter, insert) for insert in inserts_at["start"]]
        body, known_notes = unit.body, selection.handout.notes
        for replacement in inserts_at["replace"][-1:]:
            body, known_notes = replacement.body, replacement.notes
        notes = counter.count(body, known_notes)
        after = [_number_insert(counter, insert) for insert in inserts_at["end"]]
        passages[unit.id] = Passage(body, notes, (*before, *after))
    return Numbered(selection, passages, counter.citations, counter.symbols)


def _number_insert(counter: "_Counter", insert: Insert) -> Passage:
    return Passage(insert.body, counter.count(insert.body, insert.notes), at=insert.at)


@dataclass(frozen=True, slots=True)
class _Counter:
    """Assigns numbers and symbols in the order in which bodies are counted."""

    citations: dict[str, int]
    symbols: dict[tuple[str, str], str]

    def count(self, body: Body, known_notes: Mapping[str, Body]) -> tuple[Note, ...]:
        """Assign numbers to a body, then to the notes that it is the first to use; return these notes."""
        notes: list[Note] = []
        self._number_citations(body)
        for mark in body.marks:
            if isinstance(mark, Citation) or (mark.place.file, mark.label) in self.symbols:
                continue
            self.symbols[mark.place.file, mark.label] = make_symbol(len(self.symbols))
            notes.append(Note(self.symbols[mark.place.file, mark.label], mark.label, known_notes[mark.label]))
        for note in notes:
            self._number_citations(note.body)
        return tuple(notes)

    def _number_citations(self, body: Body) -> None:
        for mark in body.marks:
            for key in mark.keys if isinstance(mark, Citation) else ():
                self.citations.setdefault(key, len(self.citations) + 1)


def collapse_numbers(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return sorted (first, last) runs of numbers; only three or more in a row make a run: 1,2 stays 1 and 2."""
    collapsed: list[tuple[int, int]] = []
    for value in sorted(set(numbers)):
        if collapsed and collapsed[-1][1] == value - 1:
            collapsed[-1] = (collapsed[-1][0], value)
        else:
            collapsed.append((value, value))
    return tuple(part for run in collapsed for part in _split_pair(run))


def _split_pair(run: tuple[int, int]) -> Sequence[tuple[int, int]]:
    first, last = run
    return ((first, first), (last, last)) if last == first + 1 else (run,)


def format_citation(numbers: Iterable[int]) -> str:
    """Return citation numbers as printed: "2,3", "5-7", "1,3-8,19"."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in collapse_numbers(numbers))


def make_symbol(index: int) -> str:
    """Return the symbol of the note with an index from 0: * † ‡ § ¶ # ||, then doubled, and so on."""
    rounds, position = divmod(index, len(_SYMBOLS))
    return _SYMBOLS[position] * (rounds + 1)
