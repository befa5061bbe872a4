"""What the editor says about a change: saved, refused and why, or in conflict with another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from handouts.editing.save import ChangedMeanwhileError, RefusedChangeError
from handouts.editing.yaml_fields import Data, NotEditableError
from handouts.model.project import OutsideProjectError
from handouts.problems.problem import Problem

REFUSALS: Final = (ChangedMeanwhileError, RefusedChangeError, NotEditableError, OutsideProjectError, OSError)
"""What may be raised when a change is saved; nothing was written then."""


@dataclass(frozen=True, slots=True)
class Message:
    """A heading, further sentences, and the style of the notice."""

    heading: str
    sentences: tuple[str, ...] = ()
    tone: Literal["good", "warn", "bad"] = "good"
    is_conflict: bool = False


def describe_saved(warnings: Iterable[Problem]) -> Message:
    """Return the message of a change that was saved, with what `handouts check` warns of now."""
    sentences = tuple(map(_make_sentence, warnings))
    return Message("Saved, with a warning." if sentences else "Saved.", sentences, "warn" if sentences else "good")


def explain_refusal(refused: Exception, file: str) -> Message:
    """Return the message of a change that was not saved, for one of the exceptions of `REFUSALS`."""
    if isinstance(refused, ChangedMeanwhileError):
        return Message(
            "Not saved: somebody has changed this file since you opened it.",
            ("What you typed is still here. Compare it with what is in the file now, correct it, and save again.",),
            "warn",
            is_conflict=True,
        )
    if isinstance(refused, RefusedChangeError):
        return Message("Not saved. What you typed is still here.", list_sentences(refused.problems, file), "bad")
    if isinstance(refused, NotEditableError):
        return Message("Not saved. What you typed is still here.", (f"{file}: {refused}.",), "bad")
    return Message("Not saved: the files of the project cannot be written.", ("Ask your IT person.",), "bad")


def list_sentences(problems: Iterable[Problem], file: str) -> tuple[str, ...]:
    """Return problems as sentences, each once; those of other files than the edited one name their place."""
    return tuple(
        dict.fromkeys(
            _make_sentence(problem)
            if problem.place is None or problem.place.file == file
            else f"{problem.place}: {_make_sentence(problem)}"
            for problem in problems
        )
    )


def write_value(value: Data) -> str:
    """Return a value as one line: its texts, with commas between them."""
    if isinstance(value, dict):
        return ", ".join(filter(None, map(write_value, value.values())))
    if isinstance(value, list):
        return "; ".join(filter(None, map(write_value, value)))
    return "" if value is None else str(value)


def _make_sentence(problem: Problem) -> str:
    hint = f" {problem.hint[:1].upper()}{problem.hint[1:]}." if problem.hint else ""
    return f"{problem.message[:1].upper()}{problem.message[1:]}.{hint}"
