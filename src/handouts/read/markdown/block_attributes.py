"""The attributes of the `:::` blocks that an author can write."""

import re
from collections.abc import Mapping
from typing import Final

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import (
    CONDITIONS,
    NO_ID,
    check_attribute_names,
    check_conditions,
    check_id,
    check_width,
)
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.schema.base import MARKUP_IN_TEXT
from handouts.schema.field_names import FIELD
from handouts.schema.markup import find_markup
from handouts.schema.web_address import is_web_address

ICONS: Final = ("person", "woman", "man", "child", "bone")
"""What an icon array can count; the first one is drawn if the author names none."""

_MAX_ICONS: Final = 100

BAD_ICON_ARRAY: Final = Rule(
    "bad-icon-array",
    Severity.ERROR,
    title="invalid numbers in an icon array",
    why="A wrong picture of a risk is worse than none.",
    source=AUTHORS_GUIDE,
    message="count and of have to be whole numbers, with count no larger than of",
    hint=f"write {{{{count=2 of=3}}}}, at most {_MAX_ICONS}",
)
UNKNOWN_ICON: Final = Rule(
    "unknown-icon",
    Severity.ERROR,
    title="an icon array of an unknown icon",
    why="Icons of something else than what is counted mislead.",
    source=AUTHORS_GUIDE,
    message='unknown icon "{name}"',
)
MISSING_ATTRIBUTE: Final = Rule(
    "missing-attribute",
    Severity.ERROR,
    title="a block without an attribute that it needs",
    why="A part of the block would be missing on the page.",
    source=AUTHORS_GUIDE,
    message="the block ::: {name} has no {attribute}",
    hint='write ::: {name} {{{attribute}="..."}}',
)
BAD_BLOCK_VALUE: Final = Rule(
    "bad-block-value",
    Severity.ERROR,
    title="an attribute of a block has a value that it cannot have",
    why="The block would look different from what its author thinks.",
    source=AUTHORS_GUIDE,
    message='{attribute}="{value}" is not possible',
)
RULES: Final = (MISSING_ATTRIBUTE, BAD_BLOCK_VALUE, BAD_ICON_ARRAY, UNKNOWN_ICON)

BLOCKS: Final[Mapping[str, frozenset[str]]] = {
    "important": frozenset({"id", "always-with", "title"}),
    "icon-array": frozenset({"count", "of", "icon"}),
    "figure": frozenset({"id", "side", "width"}),
    "note": frozenset(),
    "urgent": frozenset({"id", "title"}),
    "boxed-warning": frozenset({"id", "title"}),
    "form": frozenset({"id", "title"}),
    "tear-off": frozenset({"id", "title"}),
    "teach-back": frozenset({"id", "title"}),
    "signature": frozenset({"label", "date"}),
    "steps": frozenset({"id"}),
    "figures": frozenset({"id"}),
    "qr": frozenset({"url", "caption"}),
}
"""The blocks, and the attributes that each can have besides those of CONDITIONS."""
_REQUIRED_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "urgent": ("title",),
    "signature": ("label",),
    "qr": ("url", "caption"),
}
TOP_LEVEL: Final = frozenset({"important", "urgent"})
"""Blocks that are printed by themselves, whatever sections are chosen."""
_PRINTED_ATTRIBUTES: Final = ("title", "label", "date", "caption")


def check_block_attributes(name: str, attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    """Report attributes that a block cannot have, those that it lacks, and values that it cannot print."""
    # Safety information is for everyone: no option may leave it out.
    conditions = () if name in TOP_LEVEL else CONDITIONS
    known_names = {*BLOCKS.get(name, frozenset(attributes)), *conditions}
    check_conditions(attributes, place, problems)
    check_attribute_names(f"the block ::: {name}", attributes, known_names, place, problems)
    if name == "icon-array" and not _is_valid_icon_array(attributes):
        problems.add(BAD_ICON_ARRAY.at(place))
    icon = attributes.get("icon", ICONS[0])
    if name == "icon-array" and icon not in ICONS:
        problems.add(UNKNOWN_ICON.at(place, hint=did_you_mean(icon, ICONS), name=icon))
    if name in TOP_LEVEL and "id" not in attributes:
        problems.add(NO_ID.at(place, hint=f"write ::: {name} {{#safety}}", element=f"the {name} block"))
    for required in _REQUIRED_ATTRIBUTES.get(name, ()):
        if not attributes.get(required, "").strip():
            problems.add(MISSING_ATTRIBUTE.at(place, name=name, attribute=required))
    _check_values(name, attributes, place, problems)
    if "id" in attributes:
        check_id(attributes["id"], place, problems)


def _check_values(name: str, attributes: Mapping[str, str], place: Place, problems: Problems) -> None:
    if attributes.get("side", "left") not in {"left", "right"}:
        problems.add(BAD_BLOCK_VALUE.at(place, hint="write left or right", attribute="side", value=attributes["side"]))
    if "width" in attributes:
        check_width(attributes, place, problems)
        if "side" not in attributes:
            hint = "write the width after the picture, as ![...](file.svg){width=40%}, or add side=left"
            problems.add(BAD_BLOCK_VALUE.at(place, hint=hint, attribute="width", value=attributes["width"]))
    url = attributes.get("url", "")
    if url and not is_web_address(FIELD.sub("https://a.example.org", url)):
        hint = "write an address such as https://clinic.example.org"
        problems.add(BAD_BLOCK_VALUE.at(place, hint=hint, attribute="url", value=url))
    for printed in _PRINTED_ATTRIBUTES if name not in TOP_LEVEL else ():
        for found in find_markup(attributes.get(printed, ""), plain=True, fields=True):
            problems.add(MARKUP_IN_TEXT.at(place, hint=found.hint, piece=found.piece, name=found.name))


def _is_valid_icon_array(attributes: Mapping[str, str]) -> bool:
    count, of = attributes.get("count", ""), attributes.get("of", "")
    if not (re.fullmatch("[0-9]{1,3}", count) and re.fullmatch("[0-9]{1,3}", of)):
        return False
    return int(count) <= int(of) <= _MAX_ICONS and int(of) > 0
