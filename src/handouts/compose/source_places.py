"""Where in the sources an element of the page comes from, written into the HTML to be told with what is found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup

from handouts.compose.template_functions import Plain
from handouts.model.library import Body
from handouts.problems.problem import Place

AT = "data-at"


_PLACE_KEYS: Final = {"file", "line", "column"}


@dataclass(frozen=True, slots=True)
class Origin:
    """A YAML file whose values are printed, and where each of them stands."""

    file: Place
    values_at: Mapping[tuple[str | int, ...], Place]

    def __call__(self, *path: str | int) -> Plain:
        """Return the place of a value, as templates have it; that of the file for what is not written there."""
        return plain_place(self.values_at.get(path, self.file) if path else self.file)


def plain_place(place: Place) -> Plain:
    """Return a place as templates have it."""
    return {"file": place.file, "line": place.line, "column": place.column}


def source(place: object, section: str = "") -> Markup:
    """Write the attributes of an element that comes from a place; those of a section name it as well.

    Raise TypeError for anything else: a template that says `from_handout` means `from_handout()`.
    """
    if not isinstance(place, dict) or place.keys() != _PLACE_KEYS:
        raise TypeError("source() takes a place, such as from_handout() or section.place")
    at = Markup(' data-at="{}"').format(str(Place(**place)))
    return at + (Markup(' data-section="{}"').format(section) if section else "")


def no_source(_: object, section: str = "") -> Markup:  # noqa: ARG001 - called as the one above
    """Write nothing: a file that is given away does not tell what its sources are called."""
    return Markup()


def placed_tokens(body: Body) -> Iterator[Token]:
    """Give copies of the tokens of a body whose blocks and pictures have their place as an attribute."""
    for token in body.tokens:
        if body.origin is None or token.map is None:
            yield token
            continue
        first = body.origin.line + token.map[0]
        if token.type == "inline":
            yield token.copy(children=[_placed_picture(token, child, body.origin.file, first) for child in _all(token)])
        elif token.nesting >= 0:
            yield token.copy(attrs={**token.attrs, AT: str(Place(body.origin.file, first))})
        else:
            yield token


def _all(inline: Token) -> list[Token]:
    return inline.children or []


def _placed_picture(inline: Token, child: Token, file: str, first: int) -> Token:
    if child.type != "image":
        return child
    line = first + inline.content.count("\n", 0, child.meta["offset"])
    return child.copy(attrs={**child.attrs, AT: str(Place(file, line))})
