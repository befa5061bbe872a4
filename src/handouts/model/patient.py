"""The patient of one print: a name and a note, typed by hand. They are printed and stored nowhere."""

from dataclasses import dataclass, field

from handouts.problems.exceptions import HandoutsError

LONGEST_NAME = 100
LONGEST_NOTE = 600


class TooLongError(HandoutsError):
    """A typed text is longer than its space; the message names the field and never quotes the text."""


@dataclass(frozen=True, slots=True)
class Patient:
    """The name of a patient and a free note, as plain text. `repr` shows neither, so no log or traceback does."""

    name: str = field(default="", repr=False)
    note_lines: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self.name or self.note_lines)


def make_patient(name: str, note: str) -> Patient:
    """Return the patient for typed texts, without control characters and empty lines. Raises TooLongError."""
    lines = tuple(filter(None, map(_make_printable, note.splitlines())))
    patient = Patient(_make_printable(name), lines)
    if len(patient.name) > LONGEST_NAME:
        raise TooLongError(f"The name can have {LONGEST_NAME} letters.")
    if sum(map(len, lines)) > LONGEST_NOTE:
        raise TooLongError(f"The note can have {LONGEST_NOTE} letters.")
    return patient


def _make_printable(text: str) -> str:
    """Replace unprintable characters, and runs of white space, by one blank."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
