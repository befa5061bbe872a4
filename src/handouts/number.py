"""Number: citations and notes of what is printed, in the order in which they are printed.

AMA Manual of Style, 11th ed., 3.5-3.6: arabic numerals in order of first appearance; a run of three or more is joined
by a hyphen, other numbers by commas without spaces. Notes have symbols, a track of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handouts.library import Block, Body, Citation, Insert, Section
from handouts.select import Selection

SYMBOLS = ("*", "†", "‡", "§", "¶", "#", "||")


@dataclass(frozen=True, slots=True)
class Note:
    """A symbol note that is printed: `symbol` marks it in the text."""

    symbol: str
    label: str
    body: Body


@dataclass(frozen=True, slots=True)
class Passage:
    """A section or block as it is printed: its text, the inserts of a practice, then the notes of both."""

    id: str
    body: Body
    inserts: tuple[Insert, ...]
    notes: tuple[Note, ...]


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


def number(selection: Selection, inserts: Iterable[Insert] = ()) -> Numbered:
    """Give numbers to what is printed: each section with its inserts and then its notes, after the sections the blocks.

    `inserts` are those of one practice; those of other handouts and of sections that are not printed are left out.
    """
    by_section: dict[str, list[Insert]] = {}
    for insert in inserts:
        if insert.handout == selection.handout.id:
            by_section.setdefault(insert.section, []).append(insert)
    citations: dict[str, int] = {}
    symbols: dict[tuple[str, str], str] = {}
    passages: dict[str, Passage] = {}
    printed: tuple[Section | Block, ...] = (*selection.sections, *selection.blocks)
    for unit in printed:
        own = tuple(by_section.get(unit.id, ()))
        sources = [(unit.body, selection.handout.notes), *((insert.body, insert.notes) for insert in own)]
        notes: list[Note] = []
        for body, known_notes in sources:
            _cite(body, citations)
            for mark in body.marks:
                if isinstance(mark, Citation) or (mark.place.file, mark.label) in symbols:
                    continue
                symbols[mark.place.file, mark.label] = symbol(len(symbols))
                notes.append(Note(symbols[mark.place.file, mark.label], mark.label, known_notes[mark.label]))
        for note in notes:
            _cite(note.body, citations)
        passages[unit.id] = Passage(unit.id, unit.body, own, tuple(notes))
    return Numbered(selection, passages, citations, symbols)


def _cite(body: Body, citations: dict[str, int]) -> None:
    for mark in body.marks:
        for key in mark.keys if isinstance(mark, Citation) else ():
            citations.setdefault(key, len(citations) + 1)


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
