"""Validates YAML nodes against a schema: errors of pydantic become problems with places and hints."""

import types
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.yaml.comments import check_comments
from handouts.read.yaml.nodes import Node, place_of, plain
from handouts.schema.base import FIELDS_SOURCE, Schema

MISSING_FIELD: Final = Rule(
    "missing-field",
    Severity.ERROR,
    title="a required field that is missing",
    why="Something that has to be on the page would not be there.",
    source=FIELDS_SOURCE,
    message='"{name}" is missing',
    hint="add a line: {name}: ...",
)
UNKNOWN_FIELD: Final = Rule(
    "unknown-field",
    Severity.ERROR,
    title="a field that does not exist",
    why="The value of a mistyped field would be left out silently.",
    source=FIELDS_SOURCE,
    message='unknown field "{name}"',
)
EMPTY_FIELD: Final = Rule(
    "empty-field",
    Severity.ERROR,
    title="an empty field",
    why="Something that has to be on the page would not be there.",
    source=FIELDS_SOURCE,
    message='"{name}" is empty',
)
WRONG_TYPE: Final = Rule(
    "wrong-type",
    Severity.ERROR,
    title="a value of the wrong type",
    why="It could not be printed as it was meant.",
    source=FIELDS_SOURCE,
    message='"{name}" has to be {expected}; found {found}',
)
UNKNOWN_VALUE: Final = Rule(
    "unknown-value",
    Severity.ERROR,
    title="a value that is not one of the possible ones",
    why="It could not be printed as it was meant.",
    source=FIELDS_SOURCE,
    message='"{name}" cannot be "{value}"',
)
BAD_VALUE: Final = Rule(
    "bad-value",
    Severity.ERROR,
    title="a number out of range, or a text of the wrong form",
    why="It could not be printed as it was meant.",
    source=FIELDS_SOURCE,
    message='"{name}" is invalid: {reason}',
)
MORE_PROBLEMS: Final = Rule(
    "more-problems",
    Severity.ERROR,
    title="a file with more problems than are listed",
    why="A file of another kind has thousands of them.",
    source=FIELDS_SOURCE,
    message="the file has {count} more problems",
    hint="correct those that are listed first",
)
RULES: Final = (MISSING_FIELD, UNKNOWN_FIELD, EMPTY_FIELD, WRONG_TYPE, UNKNOWN_VALUE, BAD_VALUE, MORE_PROBLEMS)

Model = TypeVar("Model", bound=BaseModel)
_MAX_SHOWN: Final = 200
_MAX_PROBLEMS: Final = 100  # of one file
_LIST: Final = "a list (lines that start with a hyphen)"
_FIELDS: Final = "a group of fields"
# The expected value by type of pydantic's error.
_EXPECTED: Final = {
    "string_type": "a text",
    "bool_type": "true or false",
    "date_type": "a date of the form YYYY-MM-DD",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
}


def validate(model: type[Model], node: Node, problems: Problems, *, partial: bool = False) -> Model | None:
    """Return a node as a model, None if it has errors.

    With `partial`, missing fields are not reported, and None is returned for an incomplete value.
    """
    own_problems = Problems()
    check_comments(model, node, own_problems)
    validated = None
    try:
        validated = model.model_validate(plain(node))
    except ValidationError as invalid:
        found = invalid.errors(include_url=False)
        details = found[:_MAX_PROBLEMS]
        own_problems.extend(
            _make_problem(model, node, detail)
            for detail in details
            if not (partial and detail["type"] == "missing") and not _is_consequence(detail, details)
        )
        if len(found) > len(details):
            own_problems.add(MORE_PROBLEMS.at(node.place, count=len(found) - len(details)))
    problems.extend(own_problems)
    return None if own_problems.has_errors else validated


def _is_consequence(detail: ErrorDetails, details: Iterable[ErrorDetails]) -> bool:
    """Return whether a list is too short only because its items are wrong."""
    path = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(path) and other["loc"][: len(path)] == path for other in details
    )


def _make_problem(model: type[BaseModel], node: Node, detail: ErrorDetails) -> Problem:
    # pydantic adds the names of union members to the path; a place is found as far as the written path goes.
    is_key = detail["loc"][-1:] == ("[key]",)
    path = detail["loc"][:-1] if is_key else detail["loc"]
    kind = detail["type"]
    name = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    place = place_of(node, path, key=is_key or kind == "extra_forbidden")
    value = detail["input"]
    context = detail.get("ctx", {})
    if isinstance(rule := context.get("rule"), Rule):  # one that the schema raised: see make_rule_error
        problem = rule.at(place, hint=context["hint"], **context["values"])
        prefix = f'"{name}": ' if path and not is_key else ""  # the message quotes the key
        return replace(problem, message=prefix + _shorten(problem.message))
    if kind == "missing":
        return MISSING_FIELD.at(place, name=name)
    if kind == "extra_forbidden":
        replacement = model.replaced.get(name) if issubclass(model, Schema) and len(path) == 1 else None
        hint = replacement or did_you_mean(name, _list_field_names(model, path[:-1]))
        return UNKNOWN_FIELD.at(place, name=name, hint=hint)
    if kind in {"too_short", "string_too_short"}:
        return EMPTY_FIELD.at(place, name=name)
    return _make_value_problem(name, value, detail, place)


def _make_value_problem(name: str, value: object, detail: ErrorDetails, place: Place) -> Problem:
    """Return the problem of a value that has the wrong type, is not one of the choices, or is out of range."""
    kind, message = detail["type"], _shorten(detail["msg"])
    if kind in _EXPECTED:
        hint = _find_quoting_hint(value) if kind == "string_type" else ""
        return WRONG_TYPE.at(place, name=name, expected=_EXPECTED[kind], found=describe(value), hint=hint)
    if kind != "literal_error":
        return BAD_VALUE.at(place, name=name, reason=message[:1].lower() + message[1:])
    # pydantic writes the choices as "'a', 'b' or 'c'".
    choices = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    one_of = f"one of: {', '.join(choices)}"
    if value is None:
        return WRONG_TYPE.at(place, name=name, expected=one_of, found=describe(value))
    hint = did_you_mean(str(value), choices) or one_of
    return UNKNOWN_VALUE.at(place, name=name, value=_shorten(value), hint=hint)


def describe(value: object) -> str:
    """Describe a value that is not of the expected type; a text is quoted."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'"{_shorten(value)}"'
    return "a group of fields" if isinstance(value, dict) else "a list"


def _find_quoting_hint(value: object) -> str:
    """Return a hint for a text that YAML reads as a group or a list, such as `- Choose: one`."""
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {part}" if isinstance(part, str) else str(key) for key, part in value.items())
        return f'put a text that has a colon in quotes: "{_shorten(text)}"'
    return 'put a text that starts with a bracket, a hyphen or another mark in quotes: "..."' if value else ""


def _shorten(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def _list_field_names(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """Return the names of the fields of the model that a path leads to."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and (field := _get_fields(current).get(step)):
            current = field.annotation
    return list(_get_fields(current))


def _get_fields(annotation: Any) -> dict[str, Any]:  # noqa: ANN401 - an annotation can be any type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {field.alias or name: field for name, field in annotation.model_fields.items()}
    if get_origin(annotation) in (Union, types.UnionType, tuple, list):
        return {name: field for inner in get_args(annotation) for name, field in _get_fields(inner).items()}
    return {}
