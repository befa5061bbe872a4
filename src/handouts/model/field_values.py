"""The values of fields in texts, such as {{ practice.phone }}, and texts with their fields filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Body, FieldUse
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.schema.field_names import FIELD, OWN_PREFIX, PHONE_PREFIX
from handouts.schema.practice import PracticeProfile

MISSING_VALUE: Final = Rule(
    "missing-value",
    Severity.ERROR,
    title="a text has a field that the practice has no value for",
    why="Patients would read a sentence without its phone number.",
    source="docs/syntax.md, fields",
    message='the practice "{practice}" has no "{name}"',
)
RULES: Final = (MISSING_VALUE,)


def list_field_values(profile: PracticeProfile) -> Mapping[str, str]:
    """Return the value of each field of a practice, by name."""
    return {
        "practice.name": profile.name,
        "practice.phone": profile.phones[0].number,
        "practice.website": profile.website,
        "practice.address": ", ".join(profile.address),
        "practice.emergency.number": profile.emergency.number,
        **{f"{PHONE_PREFIX}{phone.id}": phone.number for phone in profile.phones if phone.id},
        **{f"{OWN_PREFIX}{name}": value for name, value in profile.fields.items()},
    }


def check_fields(uses: Iterable[FieldUse], practice: str, values: Mapping[str, str], problems: Problems) -> None:
    """Report fields that a practice has no value for."""
    for use in uses:
        if use.name not in values:
            hint = did_you_mean(use.name, values) or "add it to the practice.yaml, or leave it out of the text"
            problems.add(MISSING_VALUE.at(use.place, hint=hint, practice=practice, name=use.name))


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled in; a field without a value stays as it is."""
    return FIELD.sub(lambda field: values.get(field[1], field[0]), text)


def fill_body(body: Body, values: Mapping[str, str]) -> Body:
    """Return a body with its fields filled in; one without fields is returned itself."""
    return replace(body, tokens=tuple(_fill_token(token, values) for token in body.tokens)) if body.fields else body


def _fill_token(token: Token, values: Mapping[str, str]) -> Token:
    if token.type == "field" and token.content in values:
        return Token("text", "", 0, content=values[token.content], meta=token.meta)
    if token.children:
        return token.copy(children=[_fill_token(child, values) for child in token.children])
    attributes = token.meta.get("attributes")
    if attributes:
        filled = {name: fill_text(value, values) for name, value in attributes.items()}
        return token.copy(meta={**token.meta, "attributes": filled})
    return token
