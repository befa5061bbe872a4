"""The patient of one print: a name and a note, typed by hand. They are printed and stored nowhere."""

from dataclasses import dataclass, field

from handouts.problems.exceptions import HandoutsError

LONGEST_NAME = 100
LONGEST_NOTE = 600


class TooLongError(HandoutsError):
    """A typed text is longer than its space; the message names the field and never quotes the text."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who a print is for, and a free note: plain text. Neither is shown by `repr`, so no log or traceback has it."""

    name: str = field(default="", repr=False)
    note_lines: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self.name or self.note_lines)


def patient_from(name: str, note: str) -> Patient:
    """Return the patient of typed texts, without control characters and empty lines; raises TooLongError."""
    lines = tuple(filter(None, map(_printable, note.splitlines())))
    patient = Patient(_printable(name), lines)
    if len(patient.name) > LONGEST_NAME:
        raise TooLongError(f"The name can have {LONGEST_NAME} letters.")
    if sum(map(len, lines)) > LONGEST_NOTE:
        raise TooLongError(f"The note can have {LONGEST_NOTE} letters.")
    return patient


def _printable(text: str) -> str:
    """Replace unprintable characters, and runs of white space, by one blank."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
