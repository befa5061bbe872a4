"""Reports YAML comments after printed texts: the comment may be the end of the text, so it is an error."""

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.yaml.nodes import Comment, Node, Scalar, Sequence
from handouts.schema.base import FIELDS_SOURCE, NotPrinted

YAML_COMMENT: Final = Rule(
    "yaml-comment",
    Severity.ERROR,
    title="the end of a text that YAML reads as a comment",
    why="Words that were written would not be printed, such as the #300 of a street address.",
    source=FIELDS_SOURCE,
    message='YAML reads "{comment}" as a comment, so it would not be printed',
    hint='put the whole text in quotes: "..."; or put the comment on a line of its own, not indented further',
)
RULES: Final = (YAML_COMMENT,)

_MAX_SHOWN: Final = 80


def report_lost_comment(comment: Comment, problems: Problems) -> None:
    """Report a comment that may be the rest of a text."""
    shown = comment.text if len(comment.text) <= _MAX_SHOWN else f"{comment.text[:_MAX_SHOWN]}..."
    problems.add(YAML_COMMENT.at(comment.place, comment=shown))


def check_comments(model: type[BaseModel], node: Node, problems: Problems) -> None:
    """Report the comments that follow a printed text; `node` holds the written values of the model."""
    if _has_comment(node):
        for comment in _find_lost_comments(model, node):
            report_lost_comment(comment, problems)


def _has_comment(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.comment is not None
    inner = node.items if isinstance(node, Sequence) else (value for _, _, value in node.items)
    return any(map(_has_comment, inner))


def _find_lost_comments(annotation: Any, node: Node) -> Iterator[Comment]:  # noqa: ANN401 - an annotation can be any type expression
    if isinstance(node, Scalar):
        if node.comment and any(_is_printed(kind, metadata) for kind, metadata in _find_types(annotation)):
            yield node.comment
    elif isinstance(node, Sequence):
        inner = next(
            (get_args(kind)[0] for kind, _ in _find_types(annotation) if get_origin(kind) in {tuple, list}), None
        )
        for item in node.items:
            yield from _find_lost_comments(inner, item)
    else:
        fields = {name: hint for kind, _ in _find_types(annotation) for name, hint in _get_fields(kind).items()}
        value_type = next((get_args(kind)[1] for kind, _ in _find_types(annotation) if get_origin(kind) is dict), None)
        for name, _, value in node.items:
            yield from _find_lost_comments(fields.get(name, value_type), value)


def _find_types(annotation: Any, metadata: tuple[object, ...] = ()) -> Iterator[tuple[Any, tuple[object, ...]]]:  # noqa: ANN401 - likewise
    """Yield the types that a value may have, each with its metadata."""
    if get_origin(annotation) is Annotated:
        kind, *own = get_args(annotation)
        yield from _find_types(kind, (*metadata, *own))
    elif get_origin(annotation) in (Union, types.UnionType):
        for kind in get_args(annotation):
            yield from _find_types(kind, metadata)
    else:
        yield annotation, metadata


def _is_printed(kind: object, metadata: tuple[object, ...]) -> bool:
    """Return whether a type is free text, unlike ids, dates or colors."""
    free = any(isinstance(item, StringConstraints) and item.pattern is None for item in metadata)
    return kind is str and free and not any(isinstance(item, NotPrinted) for item in metadata)


def _get_fields(kind: object) -> dict[str, Any]:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    hints = _get_hints(kind)
    return {field.alias or name: hints[name] for name, field in kind.model_fields.items()}


@cache
def _get_hints(model: type[BaseModel]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)
