"""The list of references of a project, and the check that every citation has an entry in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.library import Body, Citation, ReferenceEntry
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.sources import AMA
from handouts.read.slow_files import read_with_time_limit
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.read.yaml.nodes import Sequence, collect_places, place_of, plain
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import validate
from handouts.schema.reference import Reference

UNKNOWN_REFERENCE: Final = Rule(
    "unknown-reference",
    Severity.ERROR,
    title="a citation of a source that is not in the list of references",
    why="Its number would lead nowhere.",
    source=AMA,
    message='no reference "{id}"',
)
BROKEN_REFERENCE: Final = Rule(
    "broken-reference",
    Severity.ERROR,
    title="a citation of a reference that has errors",
    why="The reference cannot be printed in the list.",
    source=AMA,
    message='the reference "{id}" has errors',
    hint="correct them in content/references.yaml",
)
DUPLICATE_REFERENCE_ID: Final = Rule(
    "duplicate-reference-id",
    Severity.ERROR,
    title="two references with the same id",
    why="It is not clear which of the two is cited.",
    source=AMA,
    message='the reference "{id}" is already defined on line {line}',
    hint="keep one of the two",
)
NO_REFERENCE_LIST: Final = Rule(
    "no-reference-list",
    Severity.ERROR,
    title="a references.yaml without a list of references",
    why="No citation could be printed.",
    source=AMA,
    message='expected one field, "references", with a list below it',
    hint="write references: and below it entries such as `- id: ...`",
)
_FIELDS: Final = frozenset({"references", "nocite"})  # Pandoc writes the second one: which of them it is to print
RULES: Final = (UNKNOWN_REFERENCE, BROKEN_REFERENCE, DUPLICATE_REFERENCE_ID, NO_REFERENCE_LIST)


@dataclass(frozen=True, slots=True)
class References:
    """The valid entries by id, and the ids of the broken ones.

    `unreadable` holds the errors that keep the list as a whole from being read.
    """

    entries: Mapping[str, ReferenceEntry]
    broken: frozenset[str] = frozenset()
    unreadable: tuple[Problem, ...] = ()


def read_references(project: Project, problems: Problems) -> References:
    """Read content/references.yaml.

    A project without the file has no references. A broken entry does not hide the others.
    """
    own_problems = Problems()
    path = project.content / "references.yaml"
    references = read_with_time_limit(project, path, lambda: _read_list(project, path, own_problems), own_problems)
    problems.extend(own_problems)
    return references or References({}, unreadable=own_problems.as_tuple())


def _read_list(project: Project, path: Path, problems: Problems) -> References | None:
    if not path.exists() and not path.is_symlink():
        return References({})
    file = project.place(path).file
    text = read_text(project, path, problems)
    node = parse_yaml(text, file, problems) if text is not None else None
    if problems.has_errors:
        return None
    names = {name for name, _, _ in node.items} if isinstance(node, YamlMapping) else set()
    entries = node.get("references") if isinstance(node, YamlMapping) and names <= _FIELDS else None
    if not isinstance(entries, Sequence):
        problems.add(NO_REFERENCE_LIST.at(Place(file, 1)))
        return None
    return _read_entries(entries, problems)


def _read_entries(nodes: Sequence, problems: Problems) -> References:
    entries: dict[str, ReferenceEntry] = {}
    broken: set[str] = set()
    for node in nodes.items:
        reference = validate(Reference, node, problems)
        place = place_of(node, ("id",))
        if reference is None:
            identifier = plain(node.get("id")) if isinstance(node, YamlMapping) else None
            broken.add(str(identifier))
        elif reference.id in entries:
            line = entries[reference.id].place.line
            problems.add(DUPLICATE_REFERENCE_ID.at(place, id=reference.id, line=line))
            broken.add(reference.id)
        else:
            entries[reference.id] = ReferenceEntry(reference, place, collect_places(node))
    return References({key: entry for key, entry in entries.items() if key not in broken}, frozenset(broken))


def check_citations(bodies: Iterable[Body], references: References, problems: Problems) -> None:
    """Report citations of references that are broken or not in the list.

    If the list cannot be read, nothing is reported: every citation would be.
    """
    if references.unreadable:
        return
    for body in bodies:
        for mark in body.marks:
            for key in mark.keys if isinstance(mark, Citation) else ():
                if key in references.broken:
                    problems.add(BROKEN_REFERENCE.at(mark.place, id=key))
                elif key not in references.entries:
                    hint = did_you_mean(key, references.entries)
                    problems.add(UNKNOWN_REFERENCE.at(mark.place, hint=hint, id=key))
