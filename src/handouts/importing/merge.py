"""Adds records to content/references.yaml: what is there stays as it is, byte by byte, and new entries follow it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import yaml

from handouts.importing.keys import choose_key
from handouts.importing.record import CslValue, Record
from handouts.importing.rules import ALREADY_LISTED, FLOW_LIST, MALFORMED_RECORD, RETRACTED_RECORD
from handouts.model.library import ReferenceEntry
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, select_errors
from handouts.read.references import read_references
from handouts.read.text_file import MAX_TEXT_BYTES, normalize_letters
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.read.yaml.nodes import Node, Scalar, Sequence
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import validate
from handouts.schema.inline_markup import remove_inline_markup
from handouts.schema.reference import Reference
from handouts.system.regular_file import read_regular_file
from handouts.system.write import write_whole

_LIST_START: Final = re.compile(r"^references:[ \t]*(?:#.*)?$", re.MULTILINE)
_EMPTY_LIST: Final = re.compile(r"^references:[ \t]*\[[ \t]*\][ \t]*$", re.MULTILINE)
_ITEM: Final = re.compile(r"^( *)- ", re.MULTILINE)
_SHOWN_TITLE: Final = 80
_LONGEST_TEXT: Final = 10_000  # characters
_MOST_NAMES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Merged:
    """The references that a file gets, and its new text; `keys` has the id of each record, "" if it was refused."""

    path: Path
    added: tuple[Reference, ...]
    keys: tuple[str, ...]
    old_text: str | None
    text: str

    def write(self) -> None:
        """Write the file, whole or not at all. Raises OSError, also if it was changed since it was read."""
        if _read_as_is(self.path) != self.old_text:
            raise OSError(0, "the file was changed meanwhile: import again", str(self.path))
        write_whole(self.path, self.text.encode("utf-8"))


def merge_records(project: Project, records: Iterable[Record], problems: Problems) -> Merged | None:
    """Return the list of a project with the records that it does not have yet; None if it cannot be added to.

    Records that are retracted, listed already or invalid are reported and left out.
    """
    listed = read_references(project, problems)
    if listed.unreadable:
        return None
    path = project.inside(project.content / "references.yaml")
    old_text = _read_as_is(path)
    first_keys = {value: key for key, entry in listed.entries.items() for value in _identify_entry(entry)}
    taken = {*listed.entries, *listed.broken}
    added: dict[str, _Entry] = {}
    keys: list[str] = []
    for record in map(_normalize, records):
        entry = _make_entry(record, choose_key(record, taken), problems)
        reference = entry.reference if entry else None
        values = list(identify_reference(reference)) if reference else []
        known = next((value for value in values if value in first_keys), None)
        keys.append(first_keys[known] if known else reference.id if reference else "")
        if known:
            title = remove_inline_markup(record.title)[:_SHOWN_TITLE]
            problems.add(ALREADY_LISTED.at(record.place, title=title, value=known[0], key=first_keys[known]))
        elif entry and reference:
            taken.add(reference.id)
            added[reference.id] = entry
            first_keys |= dict.fromkeys(values, reference.id)
    text = _append(old_text or "", [line for entry in added.values() for line in entry.lines])
    references = tuple(entry.reference for entry in added.values())
    if not references:
        return Merged(path, (), tuple(keys), old_text, old_text or "")
    reason = _check_text(text, listed.entries, references)
    if reason:
        problems.add(FLOW_LIST.at(project.place(path, 1), reason=reason))
        return None
    return Merged(path, references, tuple(keys), old_text, text)


def identify_reference(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the values that identify a source, each after its name: DOI, PMID, title."""
    if reference.doi:
        yield "DOI", reference.doi.lower()
    if reference.pmid:
        yield "PMID", reference.pmid
    if reference.title:
        title = "".join(re.findall(r"\w", remove_inline_markup(reference.title).casefold()))
        yield "title", f"{title} {reference.issued.year if reference.issued else ''} {reference.type == 'chapter'}"


def _identify_entry(entry: ReferenceEntry) -> Iterator[tuple[str, str]]:
    return identify_reference(entry.reference)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reference, and the lines that are written for it."""

    reference: Reference
    lines: tuple[str, ...]


def _make_entry(record: Record, key: str, problems: Problems) -> _Entry | None:
    """Return the entry of a record; None if it is retracted or invalid, which is reported."""
    if record.retracted:
        title = remove_inline_markup(record.title)[:_SHOWN_TITLE]
        problems.add(RETRACTED_RECORD.at(record.place, title=title, sign=record.retracted))
        return None
    for name, written in record.fields.items():
        if len(written) > (_LONGEST_TEXT if isinstance(written, str) else _MOST_NAMES):
            problems.add(MALFORMED_RECORD.at(record.place, reason=f"its {name} is too long: {len(written)}"))
            return None
    # What reading refuses, such as hidden characters, would keep all other records from being added.
    refused, lines = Problems(), tuple(_dump_entry(key, record.fields))
    parse_yaml("\n".join(lines), "references.yaml", refused)
    problems.extend(replace(problem, place=record.place) for problem in select_errors(refused))
    if refused.has_errors:
        return None
    reference = validate(Reference, _to_node({"id": key, **record.fields}, record.place), problems)
    return _Entry(reference, lines) if reference else None


def _normalize(record: Record) -> Record:
    """Return a record with its letters as they are read from a file."""
    fields: dict[str, CslValue] = {
        name: normalize_letters(value)
        if isinstance(value, str)
        else [{part: normalize_letters(text) for part, text in person.items()} for person in value]
        for name, value in record.fields.items()
    }
    return replace(record, fields=fields)


def _to_node(value: object, place: Place) -> Node:
    if isinstance(value, Mapping):
        return YamlMapping(tuple((str(name), place, _to_node(inner, place)) for name, inner in value.items()), place)
    if isinstance(value, list | tuple):
        return Sequence(tuple(_to_node(item, place) for item in value), place)
    return Scalar(str(value), place)


def _read_as_is(path: Path) -> str | None:
    return read_regular_file(path).decode("utf-8") if path.exists() else None


def _append(text: str, added: Iterable[str]) -> str:
    """Return a text of references.yaml with lines at the end of its list, indented and ended like the others."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip("\ufeff\r\n\t "):
        text = f"{text}references:{newline}"
    elif not _ITEM.search(text):
        text = _EMPTY_LIST.sub("references:", text, count=1)
    elif not _LIST_START.search(text.replace("\r\n", "\n")):
        return text
    item = _ITEM.search(text)
    indent = item[1] if item else "  "
    separator = "" if text.endswith("\n") else newline
    lines = [f"{indent}{line}" for line in added]
    return f"{text}{separator}{newline.join([*lines, ''])}"


class _Dumper(yaml.SafeDumper):
    """Writes names on one line, and strings in quotes only where YAML needs them."""


class _Names(dict[str, str]):
    """A name: written in braces."""


_Dumper.add_representer(
    _Names, lambda dumper, name: dumper.represent_mapping("tag:yaml.org,2002:map", name, flow_style=True)
)


def _dump_entry(key: str, fields: Mapping[str, CslValue]) -> list[str]:
    written: Mapping[str, CslValue] = {"id": key, **fields}
    order = [field.alias or name for name, field in Reference.model_fields.items()]
    entry = {
        name: value if isinstance(value, str) else [_Names(part) for part in value]
        for name in order
        if (value := written.get(name))
    }
    text = yaml.dump(
        [entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10**9
    )
    lines = text.rstrip("\n").split("\n")
    return [re.sub(r"^( +)- \{", r"\1  - {", line) for line in lines]


def _check_text(text: str, entries: Mapping[str, ReferenceEntry], added: tuple[Reference, ...]) -> str:
    """Return why a new text does not hold the old entries and the new ones, "" if it does."""
    if len(text.encode()) > MAX_TEXT_BYTES:
        return f"the file would be larger than {MAX_TEXT_BYTES // 1_000_000} MB"
    found = Problems()
    node = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), "references.yaml", found)
    listed = node.get("references") if isinstance(node, YamlMapping) else None
    if found.has_errors or not isinstance(listed, Sequence):
        return "the list is not written as lines that start with a hyphen"
    ignored = Problems()
    references = [validate(Reference, item, ignored) for item in listed.items]
    known = {reference.id: reference for reference in references if reference}
    expected = {**{key: entry.reference for key, entry in entries.items()}, **{new.id: new for new in added}}
    if any(known.get(key) != reference for key, reference in expected.items()):
        return "entries would be read differently"
    return ""
