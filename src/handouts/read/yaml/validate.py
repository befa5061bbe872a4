"""YAML nodes held against a schema: what is wrong comes back as problems with places and hints."""

import types
from collections.abc import Iterable
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.read.yaml.comments import lost_comments
from handouts.read.yaml.nodes import Mapping, Node, place_of, plain

Model = TypeVar("Model", bound=BaseModel)
_MAX_SHOWN = 200
_KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "date_type": "a date of the form YYYY-MM-DD",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "tuple_type": "a list (lines that start with a hyphen)",
    "list_type": "a list (lines that start with a hyphen)",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
    "dict_type": "a group of fields",
}


def validate(model: type[Model], node: Node, problems: list[Problem], *, partial: bool = False) -> Model | None:
    """Make a model of a node; add every problem found and give None if there is one.

    With `partial`, missing fields are no problem (and None is given for an incomplete value).
    """
    lost = list(lost_comments(model, node))
    problems.extend(lost)
    try:
        validated = model.model_validate(plain(node))
    except ValidationError as invalid:
        details = invalid.errors(include_url=False)
        problems.extend(
            _problem(model, node, detail)
            for detail in details
            if not (partial and detail["type"] == "missing") and not _follows(detail, details)
        )
        return None
    return None if lost else validated


def _follows(detail: ErrorDetails, details: Iterable[ErrorDetails]) -> bool:
    """Tell whether a list is found too short because what is in it is wrong."""
    path = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(path) and other["loc"][: len(path)] == path for other in details
    )


def _problem(model: type[BaseModel], node: Node, detail: ErrorDetails) -> Problem:  # noqa: PLR0911 - one for each kind
    # pydantic adds the names of union members to the path; a place is found as far as the written path goes.
    of_key = detail["loc"][-1:] == ("[key]",)
    path = detail["loc"][:-1] if of_key else detail["loc"]
    kind = detail["type"]
    name = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    place = place_of(node, path, key=of_key or kind == "extra_forbidden")
    value = detail["input"]
    if kind == "missing":
        return error("missing-field", f'"{name}" is missing', place, f"add a line: {name}: ...")
    if kind == "extra_forbidden":
        hint = did_you_mean(name, _field_names(model, path[:-1]))
        return error("unknown-field", f'unknown field "{name}"', place, hint)
    if kind in _KINDS:
        found = "nothing" if value is None else "a list or a group of fields"
        if isinstance(value, str):
            found = f'"{_short(value)}"'
        hint = _text_in_quotes(value) if kind == "string_type" else ""
        return error("wrong-type", f'"{name}" has to be {_KINDS[kind]}, found {found}', place, hint)
    if kind == "literal_error":
        expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        if value is None:
            return error("wrong-type", f'"{name}" has to be one of: {", ".join(expected)}; found nothing', place)
        return error(
            "unknown-value",
            f'"{name}" cannot be "{_short(value)}"',
            place,
            did_you_mean(str(value), expected) or f"one of: {', '.join(expected)}",
        )
    if kind in {"too_short", "string_too_short"}:
        return error("empty-field", f'"{name}" is empty', place)
    if "-" in kind:  # one of our own: the schema wrote the message
        hint = str(detail.get("ctx", {}).get("hint", ""))
        named = path and not of_key  # the message quotes the key
        return error(kind, f'"{name}": {_short(detail["msg"])}' if named else _short(detail["msg"]), place, hint)
    return error("bad-value", f'"{name}": {_short(detail["msg"])}', place)


def _text_in_quotes(value: object) -> str:
    """Return a hint for what YAML takes for a group or a list though a text was meant, such as `- Choose: one`."""
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {part}" if isinstance(part, str) else str(key) for key, part in value.items())
        return f'put a text that has a colon in quotes: "{_short(text)}"'
    return 'put a text that starts with a bracket, a hyphen or another mark in quotes: "..."' if value else ""


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def _field_names(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """List the fields of the model that a path leads to."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and (field := _fields(current).get(step)):
            current = field.annotation
    return list(_fields(current))


def _fields(annotation: Any) -> dict[str, Any]:  # noqa: ANN401 - an annotation can be any type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {field.alias or name: field for name, field in annotation.model_fields.items()}
    if get_origin(annotation) in (Union, types.UnionType, tuple, list):
        return {name: field for inner in get_args(annotation) for name, field in _fields(inner).items()}
    return {}


def as_mapping(node: Node | None, what: str, file: str, problems: list[Problem]) -> Mapping | None:
    """Give the node as a mapping; add a problem if it is none, naming what the file should be."""
    if isinstance(node, Mapping):
        return node
    problems.append(
        error("wrong-type", f"{what} has to be fields, such as `name: value`", node.place if node else Place(file, 1))
    )
    return None
