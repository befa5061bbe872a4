"""The list of references of a project, and the check that every citation finds its entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.model.library import Body, Citation, ReferenceEntry
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.read.yaml.nodes import Sequence, all_places, place_of, plain
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import WRONG_TYPE, describe, validate
from handouts.schema.reference import Reference


@dataclass(frozen=True, slots=True)
class References:
    """The entries by id, and the ids of entries that are broken.

    `unreadable` has the errors that keep the list as a whole from being read.
    """

    entries: Mapping[str, ReferenceEntry]
    broken: frozenset[str] = frozenset()
    unreadable: tuple[Problem, ...] = ()


def read_references(project: Project, problems: Problems) -> References:
    """Read content/references.yaml.

    A project without the file has no references. One broken entry does not hide the others.
    """
    found = Problems()
    references = _read(project, found)
    problems.extend(found)
    return references or References({}, unreadable=found.as_tuple())


def _read(project: Project, problems: Problems) -> References | None:
    path = project.content / "references.yaml"
    if not path.exists() and not path.is_symlink():
        return References({})
    file = project.place(path).file
    text = read_text(project, path, problems)
    if text is None:
        return None
    node = parse_yaml(text, file, problems)
    if problems.has_errors:
        return None
    listed = node.get("references") if isinstance(node, YamlMapping) and len(node.items) == 1 else None
    if not isinstance(listed, Sequence):
        expected, hint = 'one field "references" with a list below it', "write `references:`, and below it `- id: ...`"
        shown = path.name
        problems.add(
            WRONG_TYPE.at(Place(file, 1), name=shown, expected=expected, found=describe(plain(node)), hint=hint)
        )
        return None
    return _entries(listed, problems)


def _entries(listed: Sequence, problems: Problems) -> References:
    entries: dict[str, ReferenceEntry] = {}
    broken: set[str] = set()
    for item in listed.items:
        reference = validate(Reference, item, problems)
        place = place_of(item, ("id",))
        if reference is None:
            identifier = plain(item.get("id")) if isinstance(item, YamlMapping) else None
            broken.add(str(identifier))
        elif reference.id in entries:
            message = f'the reference "{reference.id}" is given twice, first on line {entries[reference.id].place.line}'
            problems.add(error("duplicate-id", message, place, "keep one of the two"))
            broken.add(reference.id)
        else:
            entries[reference.id] = ReferenceEntry(reference, place, all_places(item))
    return References({key: entry for key, entry in entries.items() if key not in broken}, frozenset(broken))


def check_citations(bodies: Iterable[Body], known: References, problems: list[Problem]) -> None:
    """Report every citation of a reference that is not in the list, or is broken there.

    Nothing is reported if the list cannot be read: each citation would be.
    """
    for body in () if known.unreadable else bodies:
        for mark in body.marks:
            for key in mark.keys if isinstance(mark, Citation) else ():
                if key in known.broken:
                    problems.append(error("broken-reference", f'the reference "{key}" has errors', mark.place))
                elif key not in known.entries:
                    hint = did_you_mean(key, known.entries)
                    problems.append(error("unknown-reference", f'no reference "{key}"', mark.place, hint))
