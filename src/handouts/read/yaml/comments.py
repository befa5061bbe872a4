"""YAML comments behind texts that are printed: the comment may be the end of the text, so it is an error."""

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints

from handouts.problems.problem import Problem
from handouts.read.yaml.nodes import Comment, Node, Scalar, Sequence, lost_comment
from handouts.schema.base import NotPrinted


def lost_comments(model: type[BaseModel], node: Node) -> Iterator[Problem]:
    """Report the comments that follow a printed text; `node` is what was written of the model."""
    if _has_comment(node):
        yield from map(lost_comment, _find(model, node))


def _has_comment(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.comment is not None
    inner = node.items if isinstance(node, Sequence) else (value for _, _, value in node.items)
    return any(map(_has_comment, inner))


def _find(annotation: Any, node: Node) -> Iterator[Comment]:  # noqa: ANN401 - an annotation can be any type expression
    if isinstance(node, Scalar):
        if node.comment and any(_is_printed(kind, metadata) for kind, metadata in _arms(annotation)):
            yield node.comment
    elif isinstance(node, Sequence):
        inner = next((get_args(kind)[0] for kind, _ in _arms(annotation) if get_origin(kind) in {tuple, list}), None)
        for item in node.items:
            yield from _find(inner, item)
    else:
        fields = {name: hint for kind, _ in _arms(annotation) for name, hint in _fields(kind).items()}
        other = next((get_args(kind)[1] for kind, _ in _arms(annotation) if get_origin(kind) is dict), None)
        for name, _, value in node.items:
            yield from _find(fields.get(name, other), value)


def _arms(annotation: Any, metadata: tuple[object, ...] = ()) -> Iterator[tuple[Any, tuple[object, ...]]]:  # noqa: ANN401 - likewise
    """Yield the types that a value may have, each with its metadata."""
    if get_origin(annotation) is Annotated:
        kind, *own = get_args(annotation)
        yield from _arms(kind, (*metadata, *own))
    elif get_origin(annotation) in (Union, types.UnionType):
        for kind in get_args(annotation):
            yield from _arms(kind, metadata)
    else:
        yield annotation, metadata


def _is_printed(kind: object, metadata: tuple[object, ...]) -> bool:
    """Tell whether a type is a text of free words, unlike ids, dates or colors."""
    free = any(isinstance(one, StringConstraints) and one.pattern is None for one in metadata)
    return kind is str and free and not any(isinstance(one, NotPrinted) for one in metadata)


def _fields(kind: object) -> dict[str, Any]:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    hints = _hints(kind)
    return {field.alias or name: hints[name] for name, field in kind.model_fields.items()}


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)
