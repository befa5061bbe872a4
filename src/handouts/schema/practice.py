"""practice.yaml: the brand of a practice, and how patients reach it."""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import (
    FIELDS_SOURCE,
    Boolean,
    Id,
    Language,
    PlainText,
    Schema,
    Unprinted,
    make_rule_error,
)
from handouts.schema.checks import Accepted
from handouts.schema.fonts import Font
from handouts.schema.ids import BAD_ID, is_id
from handouts.schema.notices import Notices
from handouts.schema.print_terms import Paper
from handouts.schema.translation import Translation
from handouts.schema.web_address import WebAddress

BAD_COLOR: Final = Rule(
    "bad-color",
    Severity.ERROR,
    title="a color that is not of the form #rrggbb",
    why="Contrast is measured, so colors have to be exact.",
    source=FIELDS_SOURCE,
    message='invalid color "{found}"',
    hint='write it in the form "#0b5a6f"',
)
BAD_COUNTRY: Final = Rule(
    "bad-country",
    Severity.ERROR,
    title="a country that is not a code of two capital letters",
    why="It decides how dates are written and which phone numbers can be dialed.",
    source="ISO 3166-1 alpha-2 (https://www.iso.org/iso-3166-country-codes.html)",
    message='invalid country "{found}"',
    hint="use two capital letters, such as US or GB",
)
DUPLICATE_PHONE_ID: Final = Rule(
    "duplicate-phone-id",
    Severity.ERROR,
    title="two phone numbers with the same id",
    why="It is not clear which of the two a text means.",
    source=FIELDS_SOURCE,
    message='two phone numbers have the id "{id}"',
    hint="use each id once in a practice",
)
RULES: Final = (BAD_COLOR, BAD_COUNTRY, DUPLICATE_PHONE_ID)

TEXT_FIELDS: Final = (("phones",), ("emergency", "text"), ("hours",), ("when_to_call",))
"""Paths of the fields that every patient reads: their texts have to be in the language of the handout."""
OWN_FIELDS: Final = ("fields",)
"""The field for values that texts of handouts name."""
INSERTS: Final = ("inserts",)
"""The field that lists texts for single sections."""
ADDED: Final = ("inserts", "notes")
"""The lists of a practice that are added to those of the network that it extends."""
LONGEST_NOTE: Final = 600
"""Letters of a note for a patient."""

_HOURS: Final = "Days and hours as data, such as mon-fri 08:00-17:00, or sat,sun closed: written in each language."


def _parse_color(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise make_rule_error(BAD_COLOR, found=value)
    return value.lower()


def _check_country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise make_rule_error(BAD_COUNTRY, found=value)
    return value


Color = Annotated[str, AfterValidator(_parse_color)]
Country = Annotated[str, AfterValidator(_check_country)]


class Colors(Schema):
    """The colors of a brand, in the form "#rrggbb"."""

    brand: Color = Field(description="Masthead, headings and rules.")
    accent: Color = Field(description="The rule beside safety information, and small marks.")


class Phone(Schema):
    """A phone number, written as people dial it."""

    label: PlainText
    number: PlainText
    id: Id | None = Field(None, description="For texts that name this number: {{ practice.phones.<id> }}.")


def _check_phone_ids(phones: tuple[Phone, ...]) -> tuple[Phone, ...]:
    ids = [phone.id for phone in phones if phone.id]
    for identifier in ids:
        if ids.count(identifier) > 1:
            raise make_rule_error(DUPLICATE_PHONE_ID, id=identifier)
    return phones


class Emergency(Schema):
    """The number to call in an emergency, and when."""

    number: PlainText
    text: PlainText


class Hours(Schema):
    """Opening hours on some days of the week."""

    days: PlainText
    hours: PlainText


def _check_pattern(value: str) -> str:
    if not is_id(re.sub(r"[*?]", "x", value)):
        raise make_rule_error(BAD_ID, id=value)
    return value


IdPattern = Annotated[str, AfterValidator(_check_pattern)]
InsertPosition = Literal["start", "end", "replace"]


class Insert(Schema):
    """A practice's own Markdown: in a box at the start or end of a section, or in place of a replaceable section."""

    handout: IdPattern = Field(description="An id, or a pattern such as `spinal-*`.")
    section: IdPattern = Field(description="An id, or a pattern; of a pattern, only handouts that have it count.")
    at: InsertPosition = "end"
    file: Unprinted = Field(description="A Markdown file, beside practice.yaml or in a folder below.")


NoteTemplate = Annotated[PlainText, StringConstraints(max_length=LONGEST_NOTE)]


class PracticeProfile(Schema):
    """The fields of content/practices/<id>/practice.yaml."""

    name: PlainText
    country: Country
    language: Language | None = Field(
        None,
        description="The language of its texts and inserts that are not written by language, such as es. Without it, "
        "the language of handouts.yaml. Handouts are printed in the languages in which it has all texts.",
    )
    paper: Paper | None = None
    logo: Unprinted = Field(description="An SVG, PNG or JPEG file, beside practice.yaml or in a folder below.")
    logo_black: Unprinted | None = Field(None, description="The logo in black, for `--ink black`.")
    colors: Colors
    font: Font | None = None
    address: tuple[PlainText, ...] = Field(min_length=1)
    phones: Annotated[tuple[Phone, ...], AfterValidator(_check_phone_ids)] = Field(min_length=1)
    emergency: Emergency
    hours: tuple[Hours, ...] = Field(min_length=1)
    when_to_call: tuple[PlainText, ...] = Field(min_length=1)
    website: WebAddress
    fields: dict[Id, PlainText] = Field(
        {}, description="Values for texts of handouts, each under a name: {{ practice.fields.<name> }}."
    )
    inserts: tuple[Insert, ...] = ()
    notes: tuple[NoteTemplate, ...] = Field(
        (), description="Notes for patients that staff at the front desk pick, change and print."
    )
    notices: Notices | None = None
    translations: dict[Language, Translation] = Field(
        {}, description="For texts by language: how those in a language were translated, and who reviewed them."
    )
    accepted: tuple[Accepted, ...] = Field((), description="Accepted findings of `handouts check`, with a reason.")


def _allow_languages(schema: dict[str, Any]) -> None:
    """Allow a map by language in place of each text, and data in place of hours, in a JSON Schema of practice.yaml."""
    fields, defs = schema["properties"], schema["$defs"]
    texts = [(defs["Phone"], "label"), (defs["Emergency"], "text"), (defs["Hours"], "days"), (defs["Hours"], "hours")]
    texts += [(defs["Insert"], "file"), (schema, "name"), (schema, "website")]
    for owner, name in texts:
        owner["properties"][name] = _by_language(owner["properties"][name])
    values = fields["fields"]["patternProperties"]
    values.update({name: _by_language(value) for name, value in values.items()})
    fields["hours"]["items"] = {"anyOf": [fields["hours"]["items"], {"type": "string", "description": _HOURS}]}
    for name in ("when_to_call", "hours", "address"):
        fields[name]["items"] = _by_language(fields[name]["items"])
        fields[name] = _by_language(fields[name])


def _by_language(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema that also allows a value for each of several languages."""
    tag = {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"}
    in_each = {"type": "object", "minProperties": 1, "propertyNames": tag, "additionalProperties": schema}
    return {"anyOf": [schema, in_each]}


class PracticeFile(PracticeProfile):
    """practice.yaml as written: a whole profile, or one completed by the practice that it extends."""

    extends: Id | None = Field(None, description="The practice whose values are used for fields that are missing here.")
    abstract: Boolean = Field(
        default=False,
        description="Only for others to extend: nothing is printed for it, and it may be incomplete.",
    )

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is declared
        """Return the JSON Schema, in which a practice that extends another, or is abstract, may lack any field."""
        schema = super().model_json_schema(*args, **kwargs)
        parts = {
            name: schema["$defs"][model].pop("required")
            for name, model in {"colors": "Colors", "emergency": "Emergency", "font": "Font"}.items()
            if "required" in schema["$defs"].get(model, {})
        }
        whole = {
            "required": schema.pop("required"),
            "properties": {name: {"required": required} for name, required in parts.items()},
        }
        is_abstract = {"required": ["abstract"], "properties": {"abstract": {"const": True}}}
        _allow_languages(schema)
        return {**schema, "anyOf": [whole, {"required": ["extends"]}, is_abstract]}
