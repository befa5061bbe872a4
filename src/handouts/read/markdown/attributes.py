"""Attributes in braces, such as `{#id key="value"}`, after a heading or the name of a block."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from mdit_py_plugins.attrs.parse import ParseError, parse

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.schema.field_names import FIELD
from handouts.schema.ids import BAD_ID, is_id

BAD_ATTRIBUTES: Final = Rule(
    "bad-attributes",
    Severity.ERROR,
    title="attributes that cannot be parsed",
    why="They would be silently ignored.",
    source=AUTHORS_GUIDE,
    message="cannot parse the attributes {attributes}",
    hint='write them as {{#id key="value"}}',
)
UNKNOWN_ATTRIBUTE: Final = Rule(
    "unknown-attribute",
    Severity.ERROR,
    title="an unknown attribute of a heading or block",
    why="A mistyped attribute would be silently ignored.",
    source=AUTHORS_GUIDE,
    message='{element} has no attribute "{name}"',
)
NO_ID: Final = Rule(
    "no-id",
    Severity.ERROR,
    title="a section, part or important block without an id",
    why="People choose sections by id, also after their titles have changed.",
    source=AUTHORS_GUIDE,
    message="{element} has no id",
)
BAD_WIDTH: Final = Rule(
    "bad-width",
    Severity.ERROR,
    title="a width of a picture that cannot be used",
    why="The picture would have another size than the author thinks.",
    source=AUTHORS_GUIDE,
    message='"{width}" is not a width of a picture',
    hint="write a percentage of the column from 10% to 100%, or a length such as 30mm or 1.5in",
)
BAD_CONDITION: Final = Rule(
    "bad-condition",
    Severity.ERROR,
    title="a section or block for a practice or audience that cannot be read",
    why="It would be printed for the wrong patients, or for none.",
    source=AUTHORS_GUIDE,
    message='{name}="{value}" is not possible',
    hint='write only="practice:ID", with a space between several, or audience=NAME in lowercase letters',
)
RULES: Final = (NO_ID, BAD_ATTRIBUTES, UNKNOWN_ATTRIBUTE, BAD_WIDTH, BAD_CONDITION)

CONDITIONS: Final = ("only", "audience")
"""Attributes that say for whom a section or block is printed."""
_ONLY: Final = re.compile(r"practice:[a-z0-9*?-]+(?: practice:[a-z0-9*?-]+)*")

_PERCENTAGE: Final = re.compile(r"([1-9][0-9]|100)%")
_LENGTH: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?(?:mm|cm|in|pt)")
HEADING_ATTRIBUTES: Final = re.compile(r"(?<!\])(\{[^{}]*\})\s*$")
_BARE_VALUE: Final = re.compile(r"=([^\s{}]+)(?=[\s}])")
_QUOTED: Final = re.compile(r'"[^"]*"')
_NAMES: Final = re.compile(r"#|[\w-]+(?==)")


def read_attributes(text: str, place: Place, problems: Problems, *, hint: str | None = None) -> dict[str, str] | None:
    """Parse `{#id .class key="value"}`; add a problem and return None for anything else."""
    attributes = _parse_attributes(text)
    if attributes is None:
        problems.add(BAD_ATTRIBUTES.at(place, hint=hint, attributes=text))
    return attributes


def _parse_attributes(written: str) -> dict[str, str] | None:
    # The parser knows neither fields in quotes nor values such as 40% and https://a.example without quotes.
    masked = FIELD.sub(lambda field: f"\ue000{field[1]}\ue001", written)
    text = '"'.join(
        piece if number % 2 else _BARE_VALUE.sub(r'="\1"', piece) for number, piece in enumerate(masked.split('"'))
    )
    try:
        end, attributes = parse(text)
    except ParseError:
        return None
    unquoted = _QUOTED.sub("", text)
    names = _NAMES.findall(unquoted)
    # The parser drops comments, and all values but the last of a name.
    is_lossy = "%" in unquoted or len(names) > len(set(names))
    if is_lossy or text[end + 1 :].strip():
        return None
    return {name: value.replace("\ue000", "{{ ").replace("\ue001", " }}") for name, value in attributes.items()}


def check_attribute_names(
    element: str, names: Collection[str], known: Collection[str], place: Place, problems: Problems
) -> None:
    """Report attributes of an element (such as `a heading`) whose names are not known."""
    for name in names:
        if name not in known:
            problems.add(UNKNOWN_ATTRIBUTE.at(place, hint=did_you_mean(name, known), element=element, name=name))


def check_id(identifier: str, place: Place, problems: Problems) -> None:
    """Report an id that has other characters than ids can have."""
    if not is_id(identifier):
        problems.add(BAD_ID.at(place, id=identifier))


def check_conditions(attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    """Report an `only` that does not name practices, and an `audience` that is not an id."""
    if "only" in attributes and not _ONLY.fullmatch(attributes["only"]):
        problems.add(BAD_CONDITION.at(place, name="only", value=attributes["only"]))
    if "audience" in attributes and not is_id(attributes["audience"]):
        problems.add(BAD_CONDITION.at(place, name="audience", value=attributes["audience"]))


def check_width(attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    """Report a width that is neither a percentage from 10% to 100% nor a length."""
    width = attributes.get("width", "100%")
    if not (_PERCENTAGE.fullmatch(width) or _LENGTH.fullmatch(width)):
        problems.add(BAD_WIDTH.at(place, width=width))
