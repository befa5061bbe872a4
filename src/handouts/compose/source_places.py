"""Marks elements of the page with their place in the sources, which problems of the page then show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup

from handouts.compose.template_functions import Plain
from handouts.model.library import Body
from handouts.problems.problem import Place

PLACE_ATTRIBUTE: Final = "data-at"
_PLACE_KEYS: Final = {"file", "line", "column"}


@dataclass(frozen=True, slots=True)
class ValueFile:
    """A YAML file whose values are printed, and the place of each value."""

    file: Place
    values_at: Mapping[tuple[str | int, ...], Place]

    def __call__(self, *path: str | int) -> Plain:
        """Return the place of a value as a template value; for a value that is not in the file, that of the file."""
        return to_template_value(self.values_at.get(path, self.file) if path else self.file)


def to_template_value(place: Place) -> Plain:
    """Return a place as a template value."""
    return {"file": place.file, "line": place.line, "column": place.column}


def write_source(place: object, section: str = "") -> Markup:
    """Return the HTML attributes for a place, and for the id of a section.

    Raises TypeError for other values, such as `from_handout` instead of `from_handout()`.
    """
    if not isinstance(place, dict) or place.keys() != _PLACE_KEYS:
        raise TypeError("source() takes a place, such as from_handout() or section.place")
    at = Markup(' data-at="{}"').format(str(Place(**place)))
    return at + (Markup(' data-section="{}"').format(section) if section else "")


def write_no_source(_: object, section: str = "") -> Markup:  # noqa: ARG001 - same parameters as write_source
    """Return no attributes, because files for patients do not contain the names of source files."""
    return Markup()


def add_places(body: Body) -> Iterator[Token]:
    """Yield the tokens of a body; blocks and pictures are copies that have their place as an attribute."""
    for token in body.tokens:
        if body.origin is None or token.map is None:
            yield token
            continue
        first_line = body.origin.line + token.map[0]
        if token.type == "inline":
            yield token.copy(
                children=[
                    _add_place_to_picture(token, child, body.origin.file, first_line) for child in token.children or ()
                ]
            )
        elif token.nesting >= 0:
            yield token.copy(attrs={**token.attrs, PLACE_ATTRIBUTE: str(Place(body.origin.file, first_line))})
        else:
            yield token


def _add_place_to_picture(inline: Token, child: Token, file: str, first_line: int) -> Token:
    if child.type != "image":
        return child
    line = first_line + inline.content.count("\n", 0, child.meta["offset"])
    return child.copy(attrs={**child.attrs, PLACE_ATTRIBUTE: str(Place(file, line))})
