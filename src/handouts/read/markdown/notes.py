"""Notes at the foot of a section (`[^label]: ...`): their definitions, and the marks that lead to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Body, Citation
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AMA

UNKNOWN_NOTE: Final = Rule(
    "unknown-note",
    Severity.ERROR,
    title="a note mark without a note",
    why="Readers would look for the note in vain.",
    source=AMA,
    message="no note [^{label}]",
    hint="add a line: [^{label}]: ...",
)
UNUSED_NOTE: Final = Rule(
    "unused-note",
    Severity.ERROR,
    title="a note without a mark",
    why="It would never be printed.",
    source=AMA,
    message="no mark refers to the note [^{label}]",
    hint="add the mark or remove the note",
)
DUPLICATE_NOTE: Final = Rule(
    "duplicate-note",
    Severity.ERROR,
    title="two notes with the same label",
    why="It is not clear which one is meant.",
    source=AMA,
    message="the note [^{label}] is already defined on line {line}",
    hint="keep one of the two",
)
EMPTY_NOTE: Final = Rule(
    "empty-note",
    Severity.ERROR,
    title="a note without text",
    why="Readers would look for it in vain.",
    source=AMA,
    message="the note [^{label}] has no text",
    hint="write it, or remove the note and its mark",
)
NOTE_IN_NOTE: Final = Rule(
    "note-in-note",
    Severity.ERROR,
    title="a note mark within a note",
    why="Symbols at the foot of a section cannot lead to further notes.",
    source=AMA,
    message="the note [^{label}] has a note itself",
    hint="write it as part of the text",
)
RULES: Final = (UNKNOWN_NOTE, UNUSED_NOTE, DUPLICATE_NOTE, EMPTY_NOTE, NOTE_IN_NOTE)


@dataclass(frozen=True, slots=True)
class NoteDefinition:
    """The definition of a note (`[^label]: ...`)."""

    tokens: tuple[Token, ...]
    place: Place


def split_notes(
    source: Source, tokens: Sequence[Token], problems: Problems
) -> tuple[list[Token], dict[str, NoteDefinition]]:
    """Separate the definitions of notes from the other tokens; report empty and repeated ones."""
    text: list[Token] = []
    notes: dict[str, NoteDefinition] = {}
    open_notes: list[tuple[str, Place, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append((token.meta["label"], source.place(token), []))
        elif token.type == "footnote_reference_close":
            label, place, content = open_notes.pop()
            if label in notes:
                problems.add(DUPLICATE_NOTE.at(place, label=label, line=notes[label].place.line))
            elif not content:
                problems.add(EMPTY_NOTE.at(place, label=label))
            notes.setdefault(label, NoteDefinition(tuple(content), place))
        else:
            (open_notes[-1][2] if open_notes else text).append(token)
    return text, notes


def check_notes(
    bodies: Sequence[Body],
    notes: Mapping[str, Body],
    definitions: Mapping[str, NoteDefinition],
    problems: Problems,
) -> None:
    """Report note marks without a note, notes without a mark, and notes within notes."""
    used: set[str] = set()
    for body in bodies:
        for mark in body.marks:
            if isinstance(mark, Citation):
                continue
            used.add(mark.label)
            if mark.label not in notes:
                problems.add(
                    UNKNOWN_NOTE.at(mark.place, hint=did_you_mean(mark.label, notes) or None, label=mark.label)
                )
    for label, note in notes.items():
        inner = next((mark for mark in note.marks if not isinstance(mark, Citation)), None)
        if inner:
            problems.add(NOTE_IN_NOTE.at(inner.place, label=label))
        if label not in used:
            problems.add(UNUSED_NOTE.at(definitions[label].place, label=label))
