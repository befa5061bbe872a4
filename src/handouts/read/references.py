"""The list of references of a project, and the check that every citation finds its entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.model.library import Body, Citation, Handout, Practice, ReferenceEntry
from handouts.model.project import Project
from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.read.yaml.nodes import Sequence, all_places, parse_yaml, place_of, plain
from handouts.read.yaml.validate import validate
from handouts.schema.reference import Reference


@dataclass(frozen=True, slots=True)
class References:
    """The entries by id, and the ids of entries that are broken.

    `unreadable` has the errors that keep the list as a whole from being read.
    """

    entries: Mapping[str, ReferenceEntry]
    broken: frozenset[str] = frozenset()
    unreadable: tuple[Problem, ...] = ()


def read_references(project: Project, problems: list[Problem]) -> References:
    """Read content/references.yaml.

    A project without the file has no references. One broken entry does not hide the others.
    """
    found: list[Problem] = []
    references = _read(project, found)
    problems.extend(found)
    return references or References({}, unreadable=tuple(found))


def _read(project: Project, problems: list[Problem]) -> References | None:
    path = project.content / "references.yaml"
    if not path.exists() and not path.is_symlink():
        return References({})
    file = project.place(path).file
    text = read_text(project, path, problems)
    if text is None:
        return None
    found = len(problems)
    node = parse_yaml(text, file, problems)
    if len(problems) > found:
        return None
    listed = node.get("references") if isinstance(node, YamlMapping) and len(node.items) == 1 else None
    if not isinstance(listed, Sequence):
        problems.append(
            error("wrong-type", "expected one field and below it a list", Place(file, 1), "references: and `- id: ...`")
        )
        return None
    return _entries(listed, problems)


def _entries(listed: Sequence, problems: list[Problem]) -> References:
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
            problems.append(error("duplicate-id", message, place, "keep one of the two"))
            broken.add(reference.id)
        else:
            entries[reference.id] = ReferenceEntry(reference, place, all_places(item))
    return References({key: entry for key, entry in entries.items() if key not in broken}, frozenset(broken))


def cites(handout: Handout) -> bool:
    """Tell whether a handout cites a reference."""
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    return _any_citation([*bodies, *handout.notes.values()])


def cites_in_inserts(practice: Practice) -> bool:
    """Tell whether an insert of a practice cites a reference."""
    return any(_any_citation([insert.body, *insert.notes.values()]) for insert in practice.inserts)


def _any_citation(bodies: Iterable[Body]) -> bool:
    return any(isinstance(mark, Citation) for body in bodies for mark in body.marks)


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
