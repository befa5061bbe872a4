"""Parses YAML into nodes with places, without the features that lose or multiply values."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from handouts.language.hidden_characters import find_hidden_character
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.text_file import CONTROL, CONTROL_CHARACTER, HIDDEN_CHARACTER
from handouts.read.text_length import MOST_CHARACTERS, PARAGRAPH_TOO_LONG
from handouts.read.yaml.comments import report_lost_comment
from handouts.read.yaml.nodes import Comment, Mapping, Node, Scalar, Sequence
from handouts.read.yaml.validate import MORE_PROBLEMS
from handouts.schema.base import FIELDS_SOURCE

BAD_YAML: Final = Rule(
    "bad-yaml",
    Severity.ERROR,
    title="YAML that cannot be parsed",
    why="Nothing is known about the values in the file.",
    source=FIELDS_SOURCE,
    message="invalid YAML: {reason}",
    hint="check the indentation, quotes and brackets here and on the line before",
)
YAML_ALIAS: Final = Rule(
    "yaml-alias",
    Severity.ERROR,
    title="a YAML alias",
    why="A few aliases of aliases can stand for millions of values.",
    source=FIELDS_SOURCE,
    message="YAML aliases (*name) are not supported",
    hint="write the value again, or quote it",
)
YAML_MARK: Final = Rule(
    "yaml-mark",
    Severity.ERROR,
    title="a word that YAML reads as an anchor or a tag",
    why="A text that starts with & or ! would lose its first word.",
    source=FIELDS_SOURCE,
    message='YAML reads "{word}" as an anchor or tag, so it would not be printed',
    hint='put the text in quotes: "..."',
)
DUPLICATE_KEY: Final = Rule(
    "duplicate-key",
    Severity.ERROR,
    title="a field that is written twice",
    why="Programs disagree about which of the two counts.",
    source=FIELDS_SOURCE,
    message='"{key}" is written twice, first on line {line}',
    hint="keep one of the two",
)
RULES: Final = (BAD_YAML, YAML_ALIAS, YAML_MARK, DUPLICATE_KEY)

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH: Final = 60
_MOST_PROBLEMS: Final = 100  # all of them are errors
# A text after a hyphen or colon, with a mark of YAML at its start; one with single quotes is left alone.
_MARKED_TEXT: Final = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)*(?=([\[{*&!|>%@`\"]))([^']{1,200})")
_BLANKS: Final = re.compile(r"\s*")
_TIGHT_COMMENT: Final = re.compile(r"#[^\s#]")  # a comment has a space after its #, unlike #300


def parse_yaml(text: str, file: str, problems: Problems, *, first_line: int = 1) -> Node | None:
    """Parse one YAML document that starts at a line of its file; return None if it is empty or has errors.

    Duplicate keys, aliases, anchors, tags, comments that look like text, and nesting deeper than 60 are errors.
    """
    own_problems = Problems()
    lines = text.rstrip().split("\n")
    commented = frozenset(number for number, line in enumerate(lines) if "#" in line)
    builder = _NodeBuilder(yaml.parse(text, Loader=yaml.CSafeLoader), file, first_line, lines, commented, own_problems)
    node = None
    try:
        node = builder.build_document()
    except _TooDeepError as refused:
        own_problems.add(BAD_YAML.at(refused.place, reason="it is nested too deeply", hint=""))
    except yaml.MarkedYAMLError as broken:
        # A quote that is never closed is best shown where it opens.
        open_quote = broken.context_mark if "unexpected end of stream" in (broken.problem or "") else None
        mark = open_quote or broken.problem_mark or broken.context_mark
        place = builder.place(mark) if mark else Place(file, first_line)
        hint = None if open_quote else _find_quoting_hint(builder, place)
        own_problems.add(BAD_YAML.at(place, reason=_explain(broken), hint=hint or _find_hint(broken)))
    except yaml.YAMLError as broken:
        own_problems.add(BAD_YAML.at(Place(file, first_line), reason=str(broken).splitlines()[0], hint=""))
    found = own_problems.as_tuple()
    problems.extend(found[:_MOST_PROBLEMS])
    if len(found) > _MOST_PROBLEMS:
        problems.add(MORE_PROBLEMS.at(Place(file), count=len(found) - _MOST_PROBLEMS))
    return None if own_problems.has_errors else node


class _TooDeepError(HandoutsError):
    """A value is nested too deeply."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class _NodeBuilder:
    """Builds nodes from the parser's events; nothing is built from refused input.

    `commented` are the numbers of the lines that may have a comment, counted from 0.
    """

    events: Iterator[yaml.Event]
    file: str
    first_line: int
    lines: list[str]
    commented: frozenset[int]
    problems: Problems

    def place(self, mark: Any) -> Place:  # noqa: ANN401 - PyYAML has two types of marks, alike
        if mark.line < len(self.lines):
            return Place(self.file, self.first_line + mark.line, mark.column + 1)
        # The end of the file is best shown where its text ends.
        return Place(self.file, self.first_line + len(self.lines) - 1, len(self.lines[-1]) + 1)

    def build_document(self) -> Node | None:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        node = self._build_node(next(self.events), 0)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent) and not self._is_empty_document():
            place = self.place(after.start_mark)
            hint = "remove the line of ---"
            self.problems.add(BAD_YAML.at(place, reason="a second document starts here", hint=hint))
        return node

    def _is_empty_document(self) -> bool:
        """Return whether nothing follows the line of --- that was read last: Pandoc writes one at the end."""
        content = next(self.events)
        is_empty = isinstance(content, yaml.ScalarEvent) and not (content.value or content.style)
        return is_empty and [type(event) for event in self.events] == [yaml.DocumentEndEvent, yaml.StreamEndEvent]

    def _build_node(self, event: yaml.Event, depth: int, block_column: int | None = None) -> Node:
        place = self.place(event.start_mark)
        if depth > _MAX_DEPTH:
            raise _TooDeepError(place)
        if isinstance(event, yaml.SequenceStartEvent):
            self._refuse_properties(event, place)
            block_column = None if event.flow_style else place.column - 1
            events = self._take_events_until(yaml.SequenceEndEvent)
            return Sequence(tuple(self._build_node(item, depth + 1, block_column) for item in events), place)
        if isinstance(event, yaml.MappingStartEvent):
            self._refuse_properties(event, place)
            return self._build_mapping(place, depth, None if event.flow_style else place.column - 1)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event, place)
            if len(event.value) > MOST_CHARACTERS:
                self.problems.add(PARAGRAPH_TOO_LONG.at(place, length=len(event.value), most=MOST_CHARACTERS))
            if character := CONTROL.search(event.value):  # written as an escape
                self.problems.add(CONTROL_CHARACTER.at(place, code=ord(character.group())))
            elif hidden := find_hidden_character(event.value):
                self.problems.add(HIDDEN_CHARACTER.at(place, code=ord(hidden[1])))
            value = None if not event.style and event.value in _NULLS else event.value
            return Scalar(value, place, self._find_comment(event, block_column))
        self.problems.add(YAML_ALIAS.at(place))
        return Scalar(None, place)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        """Report a word that YAML reads as an anchor (&) or a tag (!), since it would be lost."""
        word = f"&{event.anchor}" if event.anchor else event.tag
        if word:
            self.problems.add(YAML_MARK.at(place, word=word))

    def _find_comment(self, event: yaml.ScalarEvent, block_column: int | None) -> Comment | None:
        """Return the comment after a scalar, if it may be the rest of it.

        One that looks like text, such as that of `Street #300`, is reported. A comment on the next line counts if it is
        indented like the next line of a plain text: deeper than the collection that holds the value, which starts at
        `block_column` (None within brackets).
        """
        mark = event.end_mark
        if event.style in {"|", ">"} or mark is None or mark.line >= len(self.lines):
            return None
        if mark.line not in self.commented and mark.line + 1 not in self.commented:
            return None
        number, column = mark.line, self._skip_blanks(mark.line, mark.column)
        is_last = column == len(self.lines[number])
        if event.value and not event.style and is_last and block_column is not None:
            number, column = number + 1, self._skip_blanks(number + 1, 0)
            if column <= block_column:
                return None
        if number >= len(self.lines) or not self.lines[number].startswith("#", column):
            return None
        text = self.lines[number][column:]
        comment = Comment(text, Place(self.file, self.first_line + number, column + 1))
        if _TIGHT_COMMENT.match(text):
            report_lost_comment(comment, self.problems)
        # A quoted text is whole, and of an empty value nothing is cut off.
        return comment if event.value and not event.style else None

    def _skip_blanks(self, number: int, column: int) -> int:
        """Return the column of what follows on a line; 0 beyond the last line. A line may have a million values."""
        blanks = _BLANKS.match(self.lines[number], column) if number < len(self.lines) else None
        return blanks.end() if blanks else 0

    def _take_events_until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        # Each event that comes here starts a value; the events within a value are consumed before the next is taken.
        return itertools.takewhile(lambda event: not isinstance(event, end), self.events)

    def _build_mapping(self, place: Place, depth: int, block_column: int | None) -> Mapping:
        items: list[tuple[str, Place, Node]] = []
        seen: dict[str, Place] = {}
        for event in self._take_events_until(yaml.MappingEndEvent):
            key = self._build_node(event, depth + 1)
            value = self._build_node(next(self.events), depth + 1, block_column)
            name = event.value if isinstance(event, yaml.ScalarEvent) else None
            if name is None:
                self.problems.add(
                    BAD_YAML.at(key.place, reason="a key has to be a word", hint=_find_quoting_hint(self, key.place))
                )
            elif name in seen:
                self.problems.add(DUPLICATE_KEY.at(key.place, key=name, line=seen[name].line))
            else:
                seen[name] = key.place
                items.append((name, key.place, value))
        return Mapping(tuple(items), place)


def _explain(broken: yaml.MarkedYAMLError) -> str:
    context = f"{broken.context}: " if broken.context else ""
    return f"{context}{broken.problem or 'not valid YAML'}"


def _find_quoting_hint(builder: _NodeBuilder, place: Place) -> str | None:
    """Return a hint for a text on the line of an error that starts with a mark of YAML, as in `- [ ] ask`."""
    number = place.line - builder.first_line
    line = builder.lines[number][:MOST_CHARACTERS] if number < len(builder.lines) else ""
    match = _MARKED_TEXT.fullmatch(line)
    return f"put a text that starts with {match[1]} in quotes: '{match[2]}'" if match else None


def _find_hint(broken: yaml.MarkedYAMLError) -> str | None:
    """Return a hint for common mistakes, None for the usual one."""
    problem = broken.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put a text that has a colon in quotes: "..."'
    if "tab character" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put texts with special characters in quotes"
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed"
    return None
