"""Checks the names of fields in texts, such as {{ practice.phone }}."""

from collections.abc import Iterable
from typing import Final

from handouts.model.library import FieldUse
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.schema.field_names import OWN_PREFIX, PHONE_PREFIX, USUAL_FIELDS
from handouts.schema.ids import is_id

UNKNOWN_TEXT_FIELD: Final = Rule(
    "unknown-text-field",
    Severity.ERROR,
    title="a text has a field that does not exist",
    why="Nothing could be printed in its place.",
    source="docs/syntax.md, fields",
    message='there is no field "{name}"',
)
RULES: Final = (UNKNOWN_TEXT_FIELD,)


def check_field_names(uses: Iterable[FieldUse], problems: Problems) -> None:
    """Report fields whose names no practice can have; whether a practice has a value is known when it is printed."""
    for use in uses:
        prefix = next((prefix for prefix in (PHONE_PREFIX, OWN_PREFIX) if use.name.startswith(prefix)), None)
        if use.name in USUAL_FIELDS or (prefix and is_id(use.name.removeprefix(prefix))):
            continue
        known = (*USUAL_FIELDS, f"{PHONE_PREFIX}ID", f"{OWN_PREFIX}NAME")
        problems.add(UNKNOWN_TEXT_FIELD.at(use.place, hint=did_you_mean(use.name, known), name=use.name))
