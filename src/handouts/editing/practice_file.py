"""The practice.yaml of a practice as it is edited: its own values, and those of the network that it extends."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handouts.editing.save import digest_file, read_file
from handouts.editing.yaml_fields import Data, change_file
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.text_file import read_text
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import Mapping, merge_mappings, plain, text_of
from handouts.schema.ids import is_id

EDITABLE: Final = (
    "name", "address", "website", "phones", "emergency", "hours", "when_to_call", "notes", "colors",
)  # fmt: skip
LOGOS: Final = ("logo", "logo_black")
ADDED: Final = frozenset({"notes"})
"""Lists that are added to those of the network."""
_PNG: Final = b"\x89PNG"
_JPEG: Final = b"\xff\xd8"


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """The values of a practice.yaml, and those that it inherits; `extends` is the id of its network, if it has one."""

    id: str
    file: str
    content: bytes
    own: dict[str, Data]
    inherited: dict[str, Data]
    extends: str | None

    @property
    def digest(self) -> str:
        """A text that differs when the file has changed."""
        return digest_file(self.content)

    def get(self, field: str) -> Data:
        """Return the value that a field has, its own or an inherited one."""
        own, inherited = self.own.get(field), self.inherited.get(field)
        if isinstance(own, dict) and isinstance(inherited, dict):
            return {**inherited, **own}
        if own is None and field not in ADDED:
            return inherited
        return own


def list_practices(project: Project) -> tuple[str, ...]:
    """Return the ids of all practices that have a practice.yaml, also of abstract and broken ones."""
    paths = (project.content / "practices").glob("*/practice.yaml")
    return tuple(sorted(path.parent.name for path in paths if is_id(path.parent.name)))


def read_practice_file(project: Project, name: str, problems: Problems) -> PracticeFile | None:
    """Read the practice.yaml of a practice that `list_practices` has; return None if it cannot be parsed."""
    node = _parse(project, name, problems)
    if node is None:
        return None
    file = _find_file(name)
    content = read_file(project, file) or b""
    base = text_of(node.get("extends"))
    inherited = _read_inherited(project, name, base)
    return PracticeFile(name, file, content, _make_data(node), inherited, base)


def find_affected(project: Project, name: str) -> tuple[str, ...]:
    """Return the ids of a practice and of those that extend it, directly or not."""
    problems = Problems()
    bases = {other: _parse(project, other, problems) for other in list_practices(project)}
    affected = [name]
    for known in affected:
        affected += [
            other
            for other, node in bases.items()
            if node and text_of(node.get("extends")) == known and other not in affected
        ]
    return tuple(affected)


def change_practice(
    practice: PracticeFile, values: dict[str, Data], logos: dict[str, bytes]
) -> dict[str, bytes | None]:
    """Return the changed files of a practice with new values of fields and new logos, by their path in the project.

    A field that is not named keeps its value; None, or the value of the network, inherits it. Raises NotEditableError.
    """
    fields: dict[str, Data] = {}
    for field, value in values.items():
        wanted = _drop_inherited(practice, field, value)
        if wanted != practice.own.get(field):
            fields[field] = wanted
    files: dict[str, bytes | None] = {}
    folder = PurePosixPath(practice.file).parent
    for field, raw in logos.items():
        old = practice.own.get(field)
        name = _name_logo(field, str(old) if old else "", raw)
        other = practice.own.get(next(logo for logo in LOGOS if logo != field))
        if name == other:
            name = f"{field.replace('_', '-')}-2{PurePosixPath(name).suffix}"
        if old and _is_beside(str(old)) and old not in {name, other}:
            files[str(folder / str(old))] = None
        files[str(folder / name)] = raw
        if old != name:
            fields[field] = name
    files[practice.file] = change_file(practice.content, fields)
    return files


def _find_file(name: str) -> str:
    return f"content/practices/{name}/practice.yaml"


def _parse(project: Project, name: str, problems: Problems) -> Mapping | None:
    file = _find_file(name)
    text = read_text(project, project.root / file, problems)
    own_problems = Problems()
    node = parse_mapping(text, file, own_problems) if text is not None else None
    problems.extend(own_problems)
    return None if own_problems.has_errors else node


def _read_inherited(project: Project, name: str, base: str | None) -> dict[str, Data]:
    chain: list[Mapping] = []
    passed = {name}
    known = list_practices(project)
    while base in known and base not in passed:
        node = _parse(project, base, Problems())
        if node is None:
            break
        passed.add(base)
        chain.append(node)
        base = text_of(node.get("extends"))
    if not chain:
        return {}
    merged = chain.pop()
    while chain:
        merged = merge_mappings(merged, chain.pop())
    return _make_data(merged)


def _make_data(node: Mapping) -> dict[str, Data]:
    return {field: plain(value) for field, _, value in node.items}


def _drop_inherited(practice: PracticeFile, field: str, value: Data) -> Data:
    """Return the value to write: without what is inherited and was not written before."""
    own, inherited = practice.own.get(field), practice.inherited.get(field)
    if isinstance(value, dict) and isinstance(inherited, dict):
        written = own if isinstance(own, dict) else {}
        kept = {name: inner for name, inner in value.items() if name in written or inherited.get(name) != inner}
        return kept or None
    if own is None and field not in ADDED and value == inherited:
        return None
    return value


def _name_logo(field: str, old: str, raw: bytes) -> str:
    """Return the name of the file of a logo: that of the file before, with the ending of its kind."""
    if not _is_beside(old):
        old = ""
    ending = ".png" if raw.startswith(_PNG) else ".jpg" if raw.startswith(_JPEG) else ".svg"
    if old and PurePosixPath(old).suffix.lower() in {ending, ".jpeg" if ending == ".jpg" else ending}:
        return old
    return str(PurePosixPath(old).with_suffix(ending)) if old else f"{field.replace('_', '-')}{ending}"


def _is_beside(name: str) -> bool:
    """Return whether a name is that of a file in the folder of the practice or below, written as it is."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and not set(name) & set("%:\\")
