"""The patient of one print: what is typed by hand for it. It is printed, and kept nowhere."""

from dataclasses import dataclass, field

from handouts.problems.exceptions import HandoutsError

LONGEST_NAME = 100
LONGEST_NOTE = 600


class TooLongError(HandoutsError):
    """More was typed than there is room for; the message says what, and not the text itself."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who a print is for, and a free note: plain text. Neither is shown by `repr`, so no log or traceback has it."""

    name: str = field(default="", repr=False)
    note_lines: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Tell whether anything was typed."""
        return bool(self.name or self.note_lines)


def patient_from(name: str, note: str) -> Patient:
    """Make a patient of what was typed: no control characters, no empty lines. Raise TooLongError."""
    lines = tuple(filter(None, map(_printable, note.splitlines())))
    patient = Patient(_printable(name), lines)
    if len(patient.name) > LONGEST_NAME:
        raise TooLongError(f"The name can have {LONGEST_NAME} letters.")
    if sum(map(len, lines)) > LONGEST_NOTE:
        raise TooLongError(f"The note can have {LONGEST_NOTE} letters.")
    return patient


def _printable(text: str) -> str:
    """Put a blank for each character that is none to print, and one for several."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
