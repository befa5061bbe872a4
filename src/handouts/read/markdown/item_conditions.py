"""Items of lists that are for one practice or audience only: `- Ask before any x-ray. {audience=pregnancy}`."""

from collections.abc import Sequence

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.read.markdown.attributes import (
    BAD_CONDITION,
    CONDITIONS,
    check_attribute_names,
    check_conditions,
    read_attributes,
)
from handouts.read.markdown.places import Source

_HINT = "write it at the end of the first paragraph of a list item, or make a block ::: note {audience=NAME}"


def read_item_conditions(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Move the conditions at the end of list items to the meta of the items; report those in other places."""
    positions = {id(token): position for position, token in enumerate(tokens)}
    for inline in source.inlines(tokens):
        children = inline.token.children or []
        if not children or children[-1].type != "condition":
            continue
        condition = children.pop()
        if children and children[-1].type == "text":
            children[-1].content = children[-1].content.rstrip()
        place = inline.place(condition.meta["offset"])
        position = positions[id(inline.token)]
        opening, item = tokens[position - 1], tokens[position - 2]
        if opening.type == "heading_open":
            continue  # its attributes are read with its id
        if opening.type != "paragraph_open" or item.type != "list_item_open" or not children:
            problems.add(BAD_CONDITION.at(place, hint=_HINT, name="condition", value=condition.content))
            continue
        attributes = read_attributes(condition.content, place, problems) or {}
        check_attribute_names("a list item", attributes, CONDITIONS, place, problems)
        check_conditions(attributes, place, problems)
        item.meta = {**item.meta, "attributes": attributes}
