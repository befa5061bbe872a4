"""What all schemas share: unknown fields are refused, values never change, and scalars arrive as the text written."""

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.language.tags import is_language_tag
from handouts.schema.ids import ID_PATTERN, is_id
from handouts.schema.markup import find_markup

_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Schema(BaseModel):
    """The base of all schemas."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _true_or_false(value: object) -> object:
    if value in ("true", "false", True, False, None):
        return value
    raise PydanticCustomError(
        "bad-boolean", 'expected true or false, found "{found}"; YAML tools disagree about it', {"found": str(value)}
    )


def _iso_date(value: object) -> object:
    if isinstance(value, dt.date) or value is None:
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) and _ISO_DATE.fullmatch(value) else "")
    except ValueError:
        raise PydanticCustomError(
            "bad-date", '"{found}" is no date of the form YYYY-MM-DD, such as 2026-05-31', {"found": str(value)}
        ) from None


def _id(value: str) -> str:
    if not is_id(value):
        raise PydanticCustomError(
            "bad-id", '"{found}" is no id: small letters, digits and single hyphens only', {"found": value}
        )
    return value


def _language(value: str) -> str:
    if not is_language_tag(value):
        raise PydanticCustomError(
            "bad-language", '"{found}" is not a language tag such as en, es or zh-Hant (BCP 47)', {"found": value}
        )
    return value


def check_plain(value: str) -> str:
    """Return a text without markup; raise PydanticCustomError, with a `hint` in its context, for any other."""
    for found in find_markup(value, plain=True):
        raise PydanticCustomError(
            "markup-in-text",
            'this text is printed as it is: no citations or Markdown here, but "{piece}" is {name}',
            {"piece": found.piece, "name": found.name, "hint": found.hint},
        )
    return value


class NotPrinted:
    """Marks a text that readers never see, such as the name of a file: a YAML comment may follow it."""


Boolean = Annotated[bool, BeforeValidator(_true_or_false)]
Date = Annotated[dt.date, BeforeValidator(_iso_date)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PlainText = Annotated[Text, AfterValidator(check_plain)]  # printed as it is
Unprinted = Annotated[Text, NotPrinted()]
Language = Annotated[Unprinted, AfterValidator(_language)]
Id = Annotated[str, AfterValidator(_id), Field(json_schema_extra={"pattern": f"^{ID_PATTERN}$"})]
