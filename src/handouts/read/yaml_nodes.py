"""YAML with places: every value keeps the file, line and column that it was written at.

Scalars stay the text that was written, so that `no`, `1.10`, `01632` and `2026-05-31` are never turned into
something else; the schema decides what a text has to be.
"""

from dataclasses import dataclass

import yaml

from handouts.problem import Place, Problem, error

Path = tuple[str | int, ...]
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or None for an empty value."""

    value: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; each key with its own place."""

    items: tuple[tuple[str, Place, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Give the value of a key, or None."""
        return next((value for name, _, value in self.items if name == key), None)

    def without(self, *keys: str) -> "Mapping":
        """Give the mapping without some keys."""
        return Mapping(tuple(item for item in self.items if item[0] not in keys), self.place)


Node = Scalar | Sequence | Mapping


def parse_yaml(text: str, file: str, problems: list[Problem], *, first_line: int = 1) -> Node | None:
    """Parse one YAML document that starts at a line of its file; add a problem and give None if it is broken.

    Duplicate keys, anchors and aliases, and nesting deeper than 60 are refused.
    """
    if text.count("[") + text.count("{") > 10_000:  # noqa: PLR2004 - libyaml recurses once for each; no project comes near
        problems.append(error("bad-yaml", "too many brackets", Place(file, first_line)))
        return None
    padded = "\n" * (first_line - 1) + text  # so that lines are counted as in the whole file
    found = len(problems)
    try:
        if alias := _first_alias(padded):
            place = Place(file, *alias)
            problems.append(error("yaml-alias", "aliases (*name) are not used here", place, "write the value again"))
            return None
        root = yaml.compose(padded, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, first_line)
        problems.append(error("bad-yaml", _explain(broken), place, _yaml_hint(broken)))
        return None
    except (yaml.YAMLError, RecursionError) as broken:
        problems.append(error("bad-yaml", str(broken).splitlines()[0], Place(file, first_line)))
        return None
    if root is None:
        return None
    node = _convert(root, file, problems, 0)
    return node if len(problems) == found else None


def _first_alias(text: str) -> tuple[int, int] | None:
    # A few aliases of aliases can stand for millions of values, so they are refused before anything is built.
    if "*" not in text:
        return None
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    for event in events:
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            return event.start_mark.line + 1, event.start_mark.column + 1
    return None


def _explain(broken: yaml.MarkedYAMLError) -> str:
    context = f"{broken.context}: " if broken.context else ""
    return f"{context}{broken.problem or 'not valid YAML'}"


def _yaml_hint(broken: yaml.MarkedYAMLError) -> str:
    problem = broken.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put a text that has a colon in quotes: "..."'
    if "\\t" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put texts with special characters in quotes"
    return "check the indentation, quotes and brackets here and on the line before"


def _convert(node: yaml.Node, file: str, problems: list[Problem], depth: int) -> Node:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > _MAX_DEPTH:
        problems.append(error("bad-yaml", "nested too deeply", place))
        return Scalar(None, place)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(item, file, problems, depth + 1) for item in node.value), place)
    if not isinstance(node, yaml.MappingNode):
        empty = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS
        return Scalar(None if empty else node.value, place)
    items: list[tuple[str, Place, Node]] = []
    seen: dict[str, Place] = {}
    for key, value in node.value:
        key_place = Place(file, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(error("bad-yaml", "a key has to be a word", key_place))
        elif key.value in seen:
            problems.append(
                error(
                    "duplicate-key",
                    f'"{key.value}" is given twice, first on line {seen[key.value].line}',
                    key_place,
                    "keep one of the two",
                )
            )
        else:
            seen[key.value] = key_place
            items.append((key.value, key_place, _convert(value, file, problems, depth + 1)))
    return Mapping(tuple(items), place)


def plain(node: Node | None) -> object:
    """Give the data of a node as lists, dictionaries and texts."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, _, value in node.items}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if node else None


def place_of(node: Node, path: Path, *, key: bool = False) -> Place:
    """Give the place of the value at a path, or of its nearest parent that was written; with `key`, of the key."""
    place = node.place
    for step in path:
        if isinstance(node, Mapping):
            found = next((item for item in node.items if item[0] == step), None)
            if found is None:
                break
            name_place, node = found[1], found[2]
            # An empty value has no place worth showing, and a whole mapping is best shown by its name.
            place = name_place if key or isinstance(node, Mapping | Sequence) or node.value is None else node.place
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            break
    return place


def merged(base: Mapping, own: Mapping) -> Mapping:
    """Give `base` with the values of `own` put over it; mappings are merged, lists and texts are replaced."""
    items = {name: (name, place, value) for name, place, value in base.items}
    for name, place, value in own.items:
        below = items.get(name)
        if below and isinstance(below[2], Mapping) and isinstance(value, Mapping):
            value = merged(below[2], value)  # noqa: PLW2901 - the merged value takes its place
        items[name] = (name, place, value)
    return Mapping(tuple(items.values()), own.place)
