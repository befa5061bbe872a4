"""Base class and field types of all schemas: unknown fields are refused, values are immutable."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.language.tags import is_language_tag
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.ids import BAD_ID, ID_PATTERN, is_id
from handouts.schema.markup import FoundMarkup, find_markup

FIELDS_SOURCE: Final = "YAML 1.2 (https://yaml.org/spec/1.2.2); `handouts schema` prints the fields of each file"
BAD_BOOLEAN: Final = Rule(
    "bad-boolean",
    Severity.ERROR,
    title="a value that is neither true nor false",
    why="YAML tools disagree about yes, no, on and off.",
    source=FIELDS_SOURCE,
    message='"{found}" is neither true nor false',
    hint="write true or false: YAML tools disagree about yes, no, on and off",
)
BAD_DATE: Final = Rule(
    "bad-date",
    Severity.ERROR,
    title="an invalid date",
    why="Review dates decide whether a handout may be given out.",
    source=FIELDS_SOURCE,
    message='invalid date "{found}"',
    hint="write YYYY-MM-DD, such as 2026-05-31",
)
BAD_LANGUAGE: Final = Rule(
    "bad-language",
    Severity.ERROR,
    title="an invalid language tag, as a value or as the name of a file",
    why="Screen readers choose the voice by the language.",
    source="BCP 47 (https://www.rfc-editor.org/info/bcp47); docs/authors.md",
    message='invalid language tag "{tag}"',
    hint="use a tag such as en, es or zh-Hant (BCP 47)",
)
MARKUP_IN_TEXT: Final = Rule(
    "markup-in-text",
    Severity.ERROR,
    title="Markdown or a citation in a text that is printed as written",
    why="Patients would see the markup.",
    source="docs/authors.md, front matter: short texts that are printed as written",
    message='this text is printed as written, without Markdown or citations, but "{piece}" is {name}',
)
RULES: Final = (BAD_BOOLEAN, BAD_DATE, BAD_LANGUAGE, MARKUP_IN_TEXT)

_CACHE_SIZE = 500  # texts: a practice has the same names, numbers and addresses in each language
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Schema(BaseModel):
    """Base class of all schemas; `replaced` says of fields that a schema had once what to write now."""

    replaced: ClassVar[Mapping[str, str]] = {}
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def list_texts(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each text in a value, with its path: the names of fields, and the positions in lists."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from list_texts(item, (*path, number))
    elif isinstance(value, Schema | dict):
        for name, inner in value.items() if isinstance(value, dict) else value:
            yield from list_texts(inner, (*path, name))


def make_rule_error(rule: Rule, *, hint: str | None = None, **values: str) -> PydanticCustomError:
    """Return a validation error for a broken rule.

    `read.yaml.validate` turns it into a problem: the context holds the rule, the values of its message and the hint.
    """
    return PydanticCustomError(rule.code, rule.message, {**values, "rule": rule, "values": values, "hint": hint})


def _check_boolean(value: object) -> object:
    if value in ("true", "false", True, False, None):
        return value
    raise make_rule_error(BAD_BOOLEAN, found=str(value))


def _parse_iso_date(value: object) -> object:
    if isinstance(value, dt.date) or value is None:
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) and _ISO_DATE.fullmatch(value) else "")
    except ValueError:
        raise make_rule_error(BAD_DATE, found=str(value)) from None


def _check_id(value: str) -> str:
    if not is_id(value):
        raise make_rule_error(BAD_ID, id=value)
    return value


def _check_language(value: str) -> str:
    if not is_language_tag(value):
        raise make_rule_error(BAD_LANGUAGE, tag=value)
    return value


def check_no_markup(value: str) -> str:
    """Return a text unchanged. Raises a MARKUP_IN_TEXT error if it has markup."""
    return _check_markup(value, fields=False)


def _check_markup_but_fields(value: str) -> str:
    return _check_markup(value, fields=True)


def _check_markup(value: str, *, fields: bool) -> str:
    for found in _find_markup(value, fields=fields):
        raise make_rule_error(MARKUP_IN_TEXT, hint=found.hint, piece=found.piece, name=found.name)
    return value


@lru_cache(_CACHE_SIZE)
def _find_markup(value: str, *, fields: bool) -> tuple[FoundMarkup, ...]:
    return tuple(find_markup(value, plain=True, fields=fields))


class NotPrinted:
    """Marks the type of a text that readers never see, such as a file name: a YAML comment may follow it."""


Boolean = Annotated[bool, BeforeValidator(_check_boolean)]
Date = Annotated[dt.date, BeforeValidator(_parse_iso_date)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PlainText = Annotated[Text, AfterValidator(check_no_markup)]  # printed as written
FieldText = Annotated[Text, AfterValidator(_check_markup_but_fields)]  # likewise, apart from fields
Unprinted = Annotated[Text, NotPrinted()]
Language = Annotated[Unprinted, AfterValidator(_check_language)]
Id = Annotated[str, AfterValidator(_check_id), Field(json_schema_extra={"pattern": f"^{ID_PATTERN}$"})]
