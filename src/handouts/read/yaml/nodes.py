"""YAML with places: every value keeps the file, line and column that it was written at.

Scalars stay the text that was written, so that `no`, `1.10`, `01632` and `2026-05-31` are never turned into
something else; the schema decides what a text has to be.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place, Problem, error
from handouts.read.text_file import CONTROL

Path = tuple[str | int, ...]
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH = 60
_MAX_SHOWN = 80
_TIGHT = re.compile(r"#[^\s#]")  # a comment has a blank after its #, as #300 has not
_IN_QUOTES = 'put the text in quotes: "..."'


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, from its `#` to the end of the line."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or None for an empty value; `comment` is one that may be the rest of the text."""

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

    Duplicate keys, aliases, anchors, tags, comments that look like text, and nesting deeper than 60 are errors.
    """
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    builder = _Builder(events, file, first_line, text.rstrip().split("\n"), [])
    node = None
    try:
        node = builder.document()
    except _TooDeepError as refused:
        builder.problems.append(error("bad-yaml", "nested too deeply", refused.args[0]))
    except yaml.MarkedYAMLError as broken:
        # A quote that is never closed is best shown where it opens.
        open_quote = broken.context_mark if "unexpected end of stream" in (broken.problem or "") else None
        mark = open_quote or broken.problem_mark or broken.context_mark
        place = builder.place(mark) if mark else Place(file, first_line)
        builder.problems.append(error("bad-yaml", _explain(broken), place, _yaml_hint(broken)))
    except yaml.YAMLError as broken:
        builder.problems.append(error("bad-yaml", str(broken).splitlines()[0], Place(file, first_line)))
    problems.extend(builder.problems)
    return None if builder.problems else node


class _TooDeepError(HandoutsError):
    """A value nested too deeply; its argument is the place."""


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds nodes from the parser's events, so that nothing is built of what is refused."""

    events: Iterator[yaml.Event]
    file: str
    first_line: int
    lines: list[str]
    problems: list[Problem]

    def place(self, mark: Any) -> Place:  # noqa: ANN401 - PyYAML has two types of marks, alike
        if mark.line < len(self.lines):
            return Place(self.file, self.first_line + mark.line, mark.column + 1)
        # The end of the file is best shown where its text ends.
        return Place(self.file, self.first_line + len(self.lines) - 1, len(self.lines[-1]) + 1)

    def document(self) -> Node | None:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        node = self._node(next(self.events), 0)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            place = self.place(after.start_mark)
            self.problems.append(error("bad-yaml", "a second document starts here", place, "remove the line of ---"))
        return node

    def _node(self, event: yaml.Event, depth: int, block_column: int | None = None) -> Node:
        place = self.place(event.start_mark)
        if depth > _MAX_DEPTH:
            raise _TooDeepError(place)
        if isinstance(event, yaml.SequenceStartEvent):
            self._refuse_properties(event, place)
            block_column = None if event.flow_style else place.column - 1
            events = self._until(yaml.SequenceEndEvent)
            return Sequence(tuple(self._node(item, depth + 1, block_column) for item in events), place)
        if isinstance(event, yaml.MappingStartEvent):
            self._refuse_properties(event, place)
            return self._mapping(place, depth, None if event.flow_style else place.column - 1)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event, place)
            plain_style = not event.style
            if character := CONTROL.search(event.value):  # written as an escape
                message = f"this holds the control character U+{ord(character.group()):04X}"
                self.problems.append(error("control-character", message, place, "leave it out"))
            value = None if plain_style and event.value in _NULLS else event.value
            return Scalar(value, place, self._comment_after(event, block_column))
        # A few aliases of aliases can stand for millions of values.
        self.problems.append(
            error("yaml-alias", "aliases (*name) are not used here", place, "write the value again, or quote it")
        )
        return Scalar(None, place)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        """Report a word that YAML takes for an anchor (&) or a tag (!), for it would be lost."""
        name = f"&{event.anchor}" if event.anchor else event.tag
        if name:
            message = f'YAML reads "{name}" as an anchor or tag, so it would not be printed'
            self.problems.append(error("yaml-mark", message, place, _IN_QUOTES))

    def _comment_after(self, event: yaml.ScalarEvent, block_column: int | None) -> Comment | None:
        """Return the comment after a scalar, if it may be the rest of it.

        One that looks like text, such as that of `Street #300`, is reported. A comment on the next line counts if it is
        indented like the next line of a plain text: deeper than the collection that holds the value, which starts at
        `block_column` (None within brackets).
        """
        mark = event.end_mark
        if event.style in {"|", ">"} or mark is None or mark.line >= len(self.lines):
            return None
        number, rest = mark.line, self.lines[mark.line][mark.column :]
        if event.value and not event.style and not rest.strip() and block_column is not None:
            number += 1
            rest = self.lines[number] if number < len(self.lines) else ""
            if len(rest) - len(rest.lstrip()) <= block_column:
                return None
        text = rest.lstrip()
        if not text.startswith("#"):
            return None
        column = len(self.lines[number]) - len(text)
        comment = Comment(text, Place(self.file, self.first_line + number, column + 1))
        if _TIGHT.match(text):
            self.problems.append(lost_comment(comment))
        # A quoted text is whole, and of an empty value nothing is cut off.
        return comment if event.value and not event.style else None

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        # Each event that comes here starts a value: those within it are taken before the next is asked for.
        return itertools.takewhile(lambda event: not isinstance(event, end), self.events)

    def _mapping(self, place: Place, depth: int, block_column: int | None) -> Mapping:
        items: list[tuple[str, Place, Node]] = []
        seen: dict[str, Place] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1, block_column)
            name = event.value if isinstance(event, yaml.ScalarEvent) else None
            if name is None:
                self.problems.append(error("bad-yaml", "a key has to be a word", key.place))
            elif name in seen:
                message = f'"{name}" is given twice, first on line {seen[name].line}'
                self.problems.append(error("duplicate-key", message, key.place, "keep one of the two"))
            else:
                seen[name] = key.place
                items.append((name, key.place, value))
        return Mapping(tuple(items), place)


def lost_comment(comment: Comment) -> Problem:
    """Report a comment that may be the rest of a text."""
    shown = comment.text if len(comment.text) <= _MAX_SHOWN else f"{comment.text[:_MAX_SHOWN]}..."
    message = f'YAML reads "{shown}" as a comment, so it would not be printed'
    hint = 'put the whole text in quotes: "..."; or put the comment on a line of its own, not indented further'
    return error("yaml-comment", message, comment.place, hint)


def _explain(broken: yaml.MarkedYAMLError) -> str:
    context = f"{broken.context}: " if broken.context else ""
    return f"{context}{broken.problem or 'not valid YAML'}"


def _yaml_hint(broken: yaml.MarkedYAMLError) -> str:
    problem = broken.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put a text that has a colon in quotes: "..."'
    if "tab character" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put texts with special characters in quotes"
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed"
    return "check the indentation, quotes and brackets here and on the line before"


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


def all_places(node: Node, path: Path = ()) -> dict[Path, Place]:
    """Give the place of every value in a node by its path."""
    found = {path: node.place}
    inner: list[tuple[str | int, Node]] = []
    if isinstance(node, Mapping):
        inner = [(name, value) for name, _, value in node.items]
    elif isinstance(node, Sequence):
        inner = list(enumerate(node.items))
    for step, value in inner:
        found.update(all_places(value, (*path, step)))
    return found


def merged(base: Mapping, own: Mapping) -> Mapping:
    """Give `base` with the values of `own` put over it; mappings are merged, lists and texts are replaced."""
    items = {name: (name, place, value) for name, place, value in base.items}
    for name, place, value in own.items:
        below = items.get(name)
        if below and isinstance(below[2], Mapping) and isinstance(value, Mapping):
            value = merged(below[2], value)  # noqa: PLW2901 - the merged value takes its place
        items[name] = (name, place, value)
    return Mapping(tuple(items.values()), own.place)
