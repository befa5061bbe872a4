"""The `:::` blocks an author can write: their names, their attributes, and what each attribute has to be."""

from collections.abc import Sequence

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError

from handouts.problem import Problem, did_you_mean, error
from handouts.read.markdown import Source, parse_attributes

MAX_ICONS = 100
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "important": frozenset({"id", "always-with", "title"}),
    "icon-array": frozenset({"count", "of"}),
    "figure": frozenset({"id"}),
    "note": frozenset(),
}


def check_directives(source: Source, tokens: Sequence[Token], problems: list[Problem]) -> None:
    """Put name and attributes of each `:::` block into its tokens' meta; report each block that is wrong."""
    open_blocks: list[Token] = []
    for token in tokens:
        if token.type == "container_block_open":
            token.meta = _directive(source, token, problems)
            if token.meta["name"] == "important" and open_blocks:
                problems.append(
                    error(
                        "nested-important", "an important block cannot stand within another block", source.place(token)
                    )
                )
            open_blocks.append(token)
        elif token.type == "container_block_close":
            opening = open_blocks.pop()
            token.meta = opening.meta
            if not token.markup:
                problems.append(
                    error(
                        "unclosed-block",
                        f"the block ::: {opening.meta['name']} is never closed",
                        source.place(opening),
                        "end it with a line of three colons; a block around another one needs four",
                    )
                )


def _directive(source: Source, token: Token, problems: list[Problem]) -> dict[str, object]:
    place = source.place(token)
    name, _, rest = token.info.strip().partition(" ")
    attributes: dict[str, str] = {}
    if not name:
        problems.append(error("stray-colons", "a line of colons that neither starts nor ends a block", place))
    elif name not in _ATTRIBUTES:
        problems.append(error("unknown-block", f'unknown block "{name}"', place, did_you_mean(name, _ATTRIBUTES)))
    try:
        attributes = parse_attributes(rest.strip()) if rest.strip() else {}
    except ParseError:
        problems.append(
            error("bad-attributes", f"cannot read the attributes {rest.strip()}", place, 'write {#id key="value"}')
        )
        return {"name": name, "attributes": {}}
    known = _ATTRIBUTES.get(name, frozenset(attributes))
    problems.extend(
        error("unknown-attribute", f'"{name}" has no attribute "{key}"', place, did_you_mean(key, known))
        for key in attributes
        if key not in known
    )
    if name == "icon-array" and not _icons_make_sense(attributes):
        problems.append(
            error(
                "bad-icon-array",
                "count and of have to be whole numbers",
                place,
                f"{{count=2 of=3}}, at most {MAX_ICONS}",
            )
        )
    if name == "important" and "id" not in attributes:
        problems.append(error("no-id", "an important block needs an id", place, "::: important {#safety}"))
    return {"name": name, "attributes": attributes}


def _icons_make_sense(attributes: dict[str, str]) -> bool:
    count, of = attributes.get("count", ""), attributes.get("of", "")
    return count.isdecimal() and of.isdecimal() and 0 <= int(count) <= int(of) <= MAX_ICONS and int(of) > 0
