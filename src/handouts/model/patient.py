"""The patient of one print: name, note and texts on lines to write on, typed by hand, printed and stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.problems.exceptions import HandoutsError
from handouts.schema.practice import LONGEST_NOTE

LONGEST_NAME = 100
LONGEST_BLANK = 100


class TooLongError(HandoutsError):
    """A typed text is longer than its space; the message names the field and never quotes the text."""


@dataclass(frozen=True, slots=True)
class Patient:
    """The name of a patient, a free note, and texts for lines to write on by their ids, as plain text.

    `repr` shows none of it, so no log or traceback does.
    """

    name: str = field(default="", repr=False)
    note_lines: tuple[str, ...] = field(default=(), repr=False)
    blanks: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self.name or self.note_lines or self.blanks)


def make_patient(name: str, note: str, blanks: Mapping[str, str] | None = None) -> Patient:
    """Return the patient for typed texts, without control characters, empty lines and empty blanks.

    Raises TooLongError.
    """
    lines = tuple(filter(None, map(_make_printable, note.splitlines())))
    typed = ((identifier, _make_printable(text)) for identifier, text in (blanks or {}).items())
    patient = Patient(_make_printable(name), lines, {identifier: text for identifier, text in typed if text})
    if len(patient.name) > LONGEST_NAME:
        raise TooLongError(f"The name can have {LONGEST_NAME} letters.")
    if sum(map(len, lines)) > LONGEST_NOTE:
        raise TooLongError(f"The note can have {LONGEST_NOTE} letters.")
    if any(len(text) > LONGEST_BLANK for text in patient.blanks.values()):
        raise TooLongError(f"A line to write on can have {LONGEST_BLANK} letters.")
    return patient


def _make_printable(text: str) -> str:
    """Replace unprintable characters, and runs of white space, by one blank."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
