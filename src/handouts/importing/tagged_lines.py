"""Splits RIS and NBIB files into records: lines that start with a tag, and lines that continue the one before."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handouts.importing.rules import MALFORMED_RECORD
from handouts.problems.collector import Problems
from handouts.problems.problem import Place

# Some programs write one space before the hyphen, or none after it.
_RIS_LINE: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?:[ \t]+(.*)|[ \t]*)$")
_NBIB_LINE: Final = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *-(?: +(.*)|[ \t]*)$")


@dataclass(frozen=True, slots=True)
class TaggedRecord:
    """The values of a record by tag, each in the order of its lines; `place` is that of its first line."""

    values: Mapping[str, tuple[str, ...]]
    place: Place

    def first(self, *tags: str) -> str:
        """Return the first value that is not empty, of the first tag that has one; "" if none has."""
        return next(iter(self.all(*tags)), "")

    def all(self, *tags: str) -> tuple[str, ...]:
        """Return the values that are not empty, tag by tag."""
        return tuple(value for tag in tags for value in self.values.get(tag, ()) if value)

    def list_others(self, tags: Collection[str]) -> frozenset[str]:
        """Return the tags that have a value, without some."""
        return frozenset(tag for tag, values in self.values.items() if any(values) and tag not in tags)


def split_ris(text: str, file: str, problems: Problems) -> Iterator[TaggedRecord]:
    """Yield the records of an RIS file, from TY to ER; a record that is cut off is reported."""
    lines: list[tuple[str, str]] = []
    place = Place(file, 1)
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = _match(_RIS_LINE, line)
        if tag == "TY":
            if lines:  # a program that writes no ER
                yield _make_record(lines, place)
            lines, place = [(tag, value)], Place(file, number)
        elif tag == "ER" and not value:
            if lines:
                yield _make_record(lines, place)
            lines = []
        elif not lines:
            if tag and tag != "ER":
                problems.add(MALFORMED_RECORD.at(Place(file, number), reason=f"the tag {tag} is outside of a record"))
        elif tag and tag != "ER":
            lines.append((tag, value))
        else:  # also a line of text that starts with "ER  - "
            _continue(lines, line)
    if lines:
        problems.add(MALFORMED_RECORD.at(place, reason="the record has no ER line: the file may be cut off"))


def split_nbib(text: str, file: str, problems: Problems) -> Iterator[TaggedRecord]:
    """Yield the records of a file from PubMed; each starts with its PMID."""
    lines: list[tuple[str, str]] = []
    place = Place(file, 1)
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = _match(_NBIB_LINE, line)
        if tag == "PMID":
            if lines:
                yield _make_record(lines, place)
            lines, place = [(tag, value)], Place(file, number)
        elif not lines:
            if tag:
                problems.add(MALFORMED_RECORD.at(Place(file, number), reason=f"the tag {tag} is outside of a record"))
        elif tag:
            lines.append((tag, value))
        else:
            _continue(lines, line)
    if lines:
        yield _make_record(lines, place)


def _match(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    found = pattern.match(line)
    return (found[1], (found[2] or "").strip()) if found else ("", "")


def _continue(lines: list[tuple[str, str]], line: str) -> None:
    if line.strip():
        lines.append(("", line.strip()))


def _make_record(lines: list[tuple[str, str]], place: Place) -> TaggedRecord:
    values: dict[str, list[list[str]]] = {}
    current: list[str] = []
    for tag, text in lines:
        if tag:
            current = []
            values.setdefault(tag, []).append(current)
        current.append(text)
    return TaggedRecord({tag: tuple(map(_join, found)) for tag, found in values.items()}, place)


def _join(lines: list[str]) -> str:
    return " ".join(line for line in lines if line)
