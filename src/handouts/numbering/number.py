"""Number: citations and notes of what is printed, in the order in which they are printed.

AMA Manual of Style, 11th ed., 3.5-3.6: arabic numerals in order of first appearance; a run of three or more is joined
by a hyphen, other numbers by commas without spaces. Notes have symbols, a track of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handouts.model.library import Block, Body, Citation, Insert, Section
from handouts.numbering.select import Selection
from handouts.system.cache import Cache

_REMEMBERED = 1000  # selections
SYMBOLS = ("*", "†", "‡", "§", "¶", "#", "||")


@dataclass(frozen=True, slots=True)
class Note:
    """A symbol note that is printed: `symbol` marks it in the text."""

    symbol: str
    label: str
    body: Body


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as it is printed, top to bottom: the body, its notes, then the inserts of a practice with theirs."""

    body: Body
    notes: tuple[Note, ...]
    inserts: tuple["Passage", ...] = ()

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Every text of it, in the order of the page."""
        own = (self.body, *(note.body for note in self.notes))
        return (*own, *(body for insert in self.inserts for body in insert.bodies))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A selection with its numbers: `citations` gives the number of each cited reference, 1 to n."""

    selection: Selection
    passages: Mapping[str, Passage]
    citations: Mapping[str, int]
    symbols: Mapping[tuple[str, str], str]

    @property
    def listed(self) -> tuple[str, ...]:
        """The cited references in the order of the printed list."""
        return tuple(sorted(self.citations, key=self.citations.__getitem__))


class Numbering:
    """Numbers the selections of a run; what all practices without inserts of their own share is numbered once."""

    def __init__(self) -> None:
        """Start with nothing numbered."""
        self._known: Cache[tuple[int, ...], tuple[Selection, tuple[Insert, ...], Numbered]] = Cache(_REMEMBERED)

    def __call__(self, selection: Selection, inserts: Iterable[Insert]) -> Numbered:
        """Give numbers to what is printed, as `number` does."""
        own = tuple(insert for insert in inserts if insert.handout == selection.handout.id)
        key = (id(selection), *map(id, own))
        known = self._known.get(key)
        if known is None:
            known = selection, own, number(selection, own)  # holds the objects, so that no other gets their ids
            self._known.put(key, known)
        return known[2]


def number(selection: Selection, inserts: Iterable[Insert] = ()) -> Numbered:
    """Give numbers to what is printed: each section with its notes and inserts, after the sections the blocks.

    `inserts` are those of one practice; those of other handouts and of sections that are not printed are left out.
    """
    by_section: dict[str, list[Insert]] = {}
    for insert in inserts:
        if insert.handout == selection.handout.id:
            by_section.setdefault(insert.section, []).append(insert)
    counter = _Counter({}, {})
    passages: dict[str, Passage] = {}
    printed: tuple[Section | Block, ...] = (*selection.sections, *selection.blocks)
    for unit in printed:
        body, notes = unit.body, counter.count(unit.body, selection.handout.notes)
        own = (Passage(one.body, counter.count(one.body, one.notes)) for one in by_section.get(unit.id, ()))
        passages[unit.id] = Passage(body, notes, tuple(own))
    return Numbered(selection, passages, counter.citations, counter.symbols)


@dataclass(frozen=True, slots=True)
class _Counter:
    """Hands out numbers and symbols in the order in which texts are counted."""

    citations: dict[str, int]
    symbols: dict[tuple[str, str], str]

    def count(self, body: Body, known_notes: Mapping[str, Body]) -> tuple[Note, ...]:
        """Give numbers to a text and then the notes that it is the first to use; give those notes."""
        notes: list[Note] = []
        self._cite(body)
        for mark in body.marks:
            if isinstance(mark, Citation) or (mark.place.file, mark.label) in self.symbols:
                continue
            self.symbols[mark.place.file, mark.label] = symbol(len(self.symbols))
            notes.append(Note(self.symbols[mark.place.file, mark.label], mark.label, known_notes[mark.label]))
        for note in notes:
            self._cite(note.body)
        return tuple(notes)

    def _cite(self, body: Body) -> None:
        for mark in body.marks:
            for key in mark.keys if isinstance(mark, Citation) else ():
                self.citations.setdefault(key, len(self.citations) + 1)


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Collapse numbers to sorted (first, last) runs; only three or more in a row make a run: 1,2 stays 1 and 2."""
    collapsed: list[tuple[int, int]] = []
    for value in sorted(set(numbers)):
        if collapsed and collapsed[-1][1] == value - 1:
            collapsed[-1] = (collapsed[-1][0], value)
        else:
            collapsed.append((value, value))
    return tuple(part for run in collapsed for part in _short_runs_apart(run))


def _short_runs_apart(run: tuple[int, int]) -> Sequence[tuple[int, int]]:
    first, last = run
    return ((first, first), (last, last)) if last == first + 1 else (run,)


def citation_text(numbers: Iterable[int]) -> str:
    """Write citation numbers as printed: "2,3", "5-7", "1,3-8,19"."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs(numbers))


def symbol(index: int) -> str:
    """Give the symbol of the note with an index from 0: * † ‡ § ¶ # ||, then doubled, and so on."""
    again, which = divmod(index, len(SYMBOLS))
    return SYMBOLS[which] * (again + 1)
