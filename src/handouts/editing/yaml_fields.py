"""Sets fields at the top level of a YAML file: their comments, quotes and order are kept, and all other bytes."""

import codecs
import io
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import Mapping as MappingNode
from handouts.read.yaml.nodes import plain

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Data: TypeAlias = object
"""A text, or a list or dictionary of data: what `plain` makes of a YAML node."""

_NEVER_WRAPPED: Final = 1_000_000  # columns
# Texts that every version of YAML reads as text without quotes.
_PLAIN_TEXT: Final = re.compile(r"(?:\d+ )?[^\W\d_](?:[\w .;()/+-]*[\w.;()/+])?")
_WORDS_OF_YAML: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})


class NotEditableError(HandoutsError):
    """The file is written in a way that a program cannot change safely; the text says why."""


def change_file(content: bytes, changes: Mapping[str, Data]) -> bytes:
    """Return the content of a YAML file with some fields set, as `set_fields` does; a byte order mark stays.

    Raises NotEditableError.
    """
    if not changes:
        return content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotEditableError("it is not in UTF-8") from None
    start = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return start + set_fields(text, changes).encode()


def set_fields(text: str, changes: Mapping[str, Data]) -> str:
    """Return the text of a YAML file with some fields set; None removes a field, a new one is added at the end.

    Raises NotEditableError unless the fields read back exactly as they were set, and all others as before.
    """
    is_windows = "\r\n" in text
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    node = _parse("".join(lines))
    wanted = {**_data_of(node), **changes}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    blocks = _find_blocks(node, lines)
    for name, value in sorted(changes.items(), key=lambda change: -blocks.get(change[0], (0, 0))[0]):
        start, end = blocks.get(name, (len(lines), len(lines)))
        if value is None:
            lines[start:end] = []
        elif name in blocks:
            lines[start:end] = [_change_block("".join(lines[start:end]), name, value)]
        else:
            lines.append(_write_block(name, value, "".join(lines)))
    changed = "".join(lines)
    if _data_of(_parse(changed)) != wanted:
        raise NotEditableError("the change would not read back as it was meant: make it in a text editor")
    return changed.replace("\n", "\r\n") if is_windows else changed


def _parse(text: str) -> MappingNode:
    problems = Problems()
    node = parse_mapping(text, "", problems, may_be_empty=True)
    if node is None:
        raise NotEditableError(next(iter(problems)).message)
    return node


def _data_of(node: MappingNode) -> dict[str, Data]:
    return {name: plain(value) for name, _, value in node.items}


def _find_blocks(node: MappingNode, lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the lines of each field: from its name up to the blank lines and comments before the next one."""
    starts = [(name, place.line - 1, place.column) for name, place, _ in node.items]
    if any(column != 1 for _, _, column in starts) or len({start for _, start, _ in starts}) < len(starts):
        raise NotEditableError("its fields do not start on lines of their own: change it in a text editor")
    blocks = {}
    for (name, start, _), (_, following, _) in pairwise([*starts, ("", len(lines), 1)]):
        end = following
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "...", "---"))):
            end -= 1
        blocks[name] = start, end
    return blocks


def _change_block(block: str, name: str, value: Data) -> str:
    """Return the lines of a field with another value."""
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - only needed to change files

    yaml = _make_yaml(block)
    before = _data_of(_parse(block))[name]
    try:
        loaded = yaml.load(block)
        loaded[name] = _merge(loaded[name], before, value)
        return _dump(yaml, loaded)
    except (
        YAMLError,
        LookupError,
        TypeError,
    ) as refused:  # it takes `<<`, and keys such as 1 or yes, for more than words
        raise NotEditableError(f"“{name}” is written in an unusual way: change it in a text editor") from refused


def _write_block(name: str, value: Data, before: str) -> str:
    return _dump(_make_yaml(before), {name: _make_node(value)})


def _make_yaml(sample: str) -> "YAML":
    """Return a reader and writer that indents as a sample does."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only needed to change files

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = _NEVER_WRAPPED
    nested = re.search(r"^( *)[\w-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)- ", sample, re.MULTILINE)
    offset = max(0, len(nested[2]) - len(nested[1])) if nested else 2
    deeper = re.search(r"^([\w-]+):[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( +)[^\s#-]", sample, re.MULTILINE)
    yaml.indent(mapping=len(deeper[2]) if deeper else 2, sequence=offset + 2, offset=offset)
    return yaml


def _dump(yaml: "YAML", data: Any) -> str:  # noqa: ANN401 - a node of ruamel.yaml
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _merge(node: Any, before: Data, value: Data) -> Any:  # noqa: ANN401 - nodes of ruamel.yaml
    """Return a node with another value; what stays the same keeps its comments and its form."""
    if before == value:
        return node
    if isinstance(before, dict) and isinstance(value, dict):
        for name in [name for name in before if name not in value]:
            del node[name]
        for name, inner in value.items():
            node[name] = _merge(node[name], before[name], inner) if name in before else _make_node(inner)
        return node
    if isinstance(before, list) and isinstance(value, list):
        _merge_lists(node, before, value)
        return node
    return _make_text(value, node) if isinstance(value, str) else _make_node(value)


def _merge_lists(node: Any, before: list[Data], value: list[Data]) -> None:  # noqa: ANN401 - likewise
    steps = SequenceMatcher(None, [repr(item) for item in before], [repr(item) for item in value]).get_opcodes()
    for kind, start, end, new_start, new_end in reversed(steps):
        if kind == "equal":
            continue
        shared = min(end - start, new_end - new_start)
        for at in reversed(range(start + shared, end)):
            del node[at]
        for at in range(shared):
            node[start + at] = _merge(node[start + at], before[start + at], value[new_start + at])
        sample = node[start - 1] if start else node[0] if node else None
        for at in reversed(range(new_start + shared, new_end)):
            node.insert(start + shared, _make_node(value[at], sample))


def _make_node(value: Data, sample: Any = None) -> Any:  # noqa: ANN401 - likewise
    """Return a node for a value, in the form of a sample: `{in: braces}`, or on lines of its own."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415 - only needed to change files

    if isinstance(value, dict):
        fields = CommentedMap()
        for name, inner in value.items():
            fields[name] = _make_node(inner)
        if isinstance(sample, CommentedMap) and sample.fa.flow_style():
            fields.fa.set_flow_style()
        return fields
    if isinstance(value, list):
        return CommentedSeq(_make_node(item) for item in value)
    return _make_text(value, sample)


def _make_text(value: Data, sample: Any = None) -> Any:  # noqa: ANN401 - likewise
    """Return a node for a text, with the quotes of a sample, or with those that it needs."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString  # noqa: PLC0415 - likewise

    text = str(value)
    if isinstance(sample, SingleQuotedScalarString):
        return SingleQuotedScalarString(text)
    is_quoted = isinstance(sample, DoubleQuotedScalarString)
    needs_quotes = not _PLAIN_TEXT.fullmatch(text) or text.lower() in _WORDS_OF_YAML
    return DoubleQuotedScalarString(text) if is_quoted or needs_quotes else text
