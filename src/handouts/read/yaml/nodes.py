"""YAML nodes with places: every value keeps the file, line and column where it was written.

Scalars stay the text that was written, so that `no`, `1.10`, `01632` and `2026-05-31` are never turned into something
else; the schema decides what a text must be.
"""

from dataclasses import dataclass

from handouts.problems.problem import Place

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, from its `#` to the end of the line."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or None for an empty value; `comment` is a comment that may be the rest of the text."""

    value: str | None
    place: Place
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; each key has its own place."""

    items: tuple[tuple[str, Place, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, _, value in self.items if name == key), None)

    def without(self, *keys: str) -> "Mapping":
        """Return the mapping without some keys."""
        return Mapping(tuple(item for item in self.items if item[0] not in keys), self.place)


Node = Scalar | Sequence | Mapping


def plain(node: Node | None) -> object:
    """Return the data of a node as lists, dictionaries and texts."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, _, value in node.items}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if node else None


def text_of(node: Node | None) -> str | None:
    """Return the text of a scalar, None for any other node."""
    return node.value if isinstance(node, Scalar) else None


def place_of(node: Node, path: Path, *, key: bool = False) -> Place:
    """Return the place of the value at a path, or of its nearest parent that was written; with `key`, of the key."""
    place = node.place
    for step in path:
        if isinstance(node, Mapping):
            item = next((item for item in node.items if item[0] == step), None)
            if item is None:
                break
            _, key_place, node = item
            # An empty value has no place worth showing, and a whole mapping is best shown by its name.
            place = key_place if key or isinstance(node, Mapping | Sequence) or node.value is None else node.place
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            break
    return place


def collect_places(node: Node) -> dict[Path, Place]:
    """Return the place of every value in a node, by its path."""
    places: dict[Path, Place] = {}
    _add_places(node, (), places)
    return places


def _add_places(node: Node, path: Path, places: dict[Path, Place]) -> None:
    places[path] = node.place
    if isinstance(node, Mapping):
        for name, _, value in node.items:
            _add_places(value, (*path, name), places)
    elif isinstance(node, Sequence):
        for at, value in enumerate(node.items):
            _add_places(value, (*path, at), places)


def merge_mappings(base: Mapping, own: Mapping) -> Mapping:
    """Return `base` overridden by `own`: mappings are merged, lists and texts are replaced."""
    items = {name: (name, place, value) for name, place, value in base.items}
    for name, place, value in own.items:
        below = items.get(name)
        if below and isinstance(below[2], Mapping) and isinstance(value, Mapping):
            value = merge_mappings(below[2], value)  # noqa: PLW2901 - the merged value takes its place
        items[name] = (name, place, value)
    return Mapping(tuple(items.values()), own.place)
