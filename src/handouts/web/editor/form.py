"""Values of YAML as the inputs of a form, and back: each text is an input named by its path, phones.0.label.en."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handouts.editing.yaml_fields import Data
from handouts.language.names import name_language
from handouts.language.tags import is_language_tag

_WORDS: Final = {
    "label": "What it is for",
    "number": "Number",
    "text": "Text",
    "days": "Days",
    "hours": "Hours",
    "brand": "Brand color",
    "accent": "Accent color",
}
_ENTRIES: Final = {"address": "Line", "when_to_call": "Sentence", "notes": "Note", "hours": "Days and hours"}
_HIDDEN: Final = "id"
_LONG: Final = 60  # characters; longer texts get two lines
_MAX_DEPTH: Final = 5
_NAME: Final = re.compile(r"[a-z_]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Input:
    """A text of the form; `language` is the tag of its language if there are several."""

    name: str
    label: str
    value: str
    language: str = ""
    is_hidden: bool = False
    is_color: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it needs more than one line."""
        return len(self.value) > _LONG


@dataclass(frozen=True, slots=True)
class Row:
    """The inputs of an entry of a list, or of a single value; an empty one at the end of a list is for a new entry."""

    inputs: tuple[Input, ...]
    is_new: bool = False


def make_rows(field: str, value: Data, empty: Data) -> tuple[Row, ...]:
    """Return the inputs of a field; each of its lists has one more entry, in the form of the last, or of `empty`."""
    if value is None:
        value = [] if isinstance(empty, list) else empty
    return tuple(_make_rows((field,), value, empty))


def read_values(
    fields: Iterable[str], submitted: Iterable[tuple[str, str]], old: Mapping[str, Data]
) -> dict[str, Data]:
    """Return the values of the fields that a form has inputs for; None for a field without any text.

    White space at the ends and in rows counts for nothing. Texts that are otherwise as in `old` keep their form there.
    """
    values: dict[str, Data] = {}
    for name, text in submitted:
        path = tuple(name.split("."))
        if _NAME.fullmatch(name) and path[0] in fields and len(path) <= _MAX_DEPTH:
            _put(values, path, " ".join(text.split()))
    spellings = {" ".join(text.split()): text for field in fields for text in _list_texts(old.get(field))}
    return {field: _tidy(value, spellings) for field, value in values.items()}


def _make_rows(path: tuple[str, ...], value: Data, empty: Data) -> Iterator[Row]:
    if isinstance(value, list):
        samples = [item for item in value if item] or (empty if isinstance(empty, list) else [""])
        for at, item in enumerate(value):
            yield Row(tuple(_make_inputs((*path, str(at)), item)))
        yield Row(tuple(_make_inputs((*path, str(len(value))), _clear(samples[-1]))), is_new=True)
    elif isinstance(value, dict) and any(isinstance(inner, list) for inner in value.values()):
        for name, inner in value.items():
            yield from _make_rows((*path, name), inner, empty)
    else:
        yield Row(tuple(_make_inputs(path, value)))


def _make_inputs(path: tuple[str, ...], value: Data) -> Iterator[Input]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _make_inputs((*path, name), inner)
        return
    language = next((step for step in path[1:] if _is_language(step)), "")
    word = next((_WORDS[step] for step in reversed(path[1:]) if step in _WORDS), "")
    word = word or (_ENTRIES.get(path[0], "") if len(path) > 1 else "")
    label = " ".join(filter(None, [word, f"({name_language(language)})" if language else ""]))
    number = next((f" {int(step) + 1}" for step in path if step.isdecimal()), "")
    text = "" if value is None else " ".join(str(value).split())
    yield Input(
        ".".join(path), f"{label}{number}", text, language,
        is_hidden=path[-1] == _HIDDEN, is_color=path[0] == "colors",
    )  # fmt: skip


def _is_language(step: str) -> bool:
    return step not in _WORDS and step != _HIDDEN and is_language_tag(step)


def _clear(value: Data) -> Data:
    """Return a value with empty texts, without an id: the form of a new entry."""
    if isinstance(value, dict):
        return {name: _clear(inner) for name, inner in value.items() if name != _HIDDEN}
    if isinstance(value, list):
        return [_clear(item) for item in value]
    return ""


def _put(values: dict[str, Data], path: tuple[str, ...], text: str) -> None:
    """Put a text at a path, in dictionaries; what comes later under a shorter or longer path is ignored."""
    at: dict[str, Data] = values
    for step in path[:-1]:
        inner = at.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        at = inner
    at.setdefault(path[-1], text)


def _tidy(value: Data, spellings: Mapping[str, str]) -> Data:
    """Return a value of `_put` with its lists, and without entries that have no text; None if nothing is left."""
    if not isinstance(value, dict):
        return spellings.get(str(value), value) or None
    tidied = {name: _tidy(inner, spellings) for name, inner in value.items()}
    if value and all(name.isdecimal() for name in value):
        entries = (tidied[name] for name in sorted(value, key=lambda name: (len(name), name)))
        return [entry for entry in entries if entry is not None] or None
    kept = {name: inner for name, inner in tidied.items() if inner is not None}
    return kept if any(name != _HIDDEN for name in kept) else None


def _list_texts(value: Data) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _list_texts(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _list_texts(item)
    elif isinstance(value, str):
        yield value
