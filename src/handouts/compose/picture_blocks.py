"""Arranges the tokens of pictures that stand beside text: steps, rows of pictures, a picture beside its text."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

_WIDTH: Final = "40%"  # of a picture beside text
_SPACES: Final = frozenset({"softbreak", "hardbreak"})


def arrange_pictures(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in which each picture of such a block, and the text beside it, has an element of its own."""
    arranged: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _find_end(tokens, position) if token.type == "container_block_open" else position
        inner = tokens[position + 1 : end]
        match (token.meta or {}).get("name") if end > position else None:
            case "steps":
                arranged += [token, *_arrange_steps(inner), tokens[end]]
            case "figures":
                arranged += [token, *_arrange_row(inner), tokens[end]]
            case "figure" if "side" in token.meta["attributes"]:
                attributes = token.meta["attributes"]
                is_left, width = attributes["side"] == "left", attributes.get("width", _WIDTH)
                beside = _put_beside(inner, "beside", picture_first=is_left, width=width)
                arranged += [token, *beside, tokens[end]]
            case None:
                arranged.append(token)
                end = position
            case _:
                arranged += [token, *arrange_pictures(inner), tokens[end]]
        position = end + 1
    return arranged


def _find_end(tokens: Sequence[Token], start: int) -> int:
    """Return the position where the element that opens there closes."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    raise ValueError("an element is not closed")


def _arrange_steps(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield a list in which each item has its picture, then its text."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        yield token
        if token.type == "list_item_open":
            end = _find_end(tokens, position)
            yield _open("step")
            yield from _put_beside(tokens[position + 1 : end], "step", picture_first=True)
            yield _close()
            position = end
        else:
            position += 1


def _arrange_row(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield a figure for each paragraph: its picture, then the rest of it as the caption."""
    for token in tokens:
        if token.type == "inline":
            picture, text = _split_paragraph(token)
            yield _open("figure", "figure")
            yield picture
            if text.children:
                yield _open("", "figcaption")
                yield text
                yield _close("figcaption")
            yield _close("figure")
        elif not token.type.startswith("paragraph"):
            raise ValueError(f"a row of pictures has {token.type}")


def _put_beside(tokens: Sequence[Token], name: str, *, picture_first: bool, width: str = "") -> list[Token]:
    """Return the first picture and everything else, each in an element."""
    at = next(
        position
        for position, token in enumerate(tokens)
        if any(child.type == "image" for child in token.children or ())
    )
    picture, text = _split_paragraph(tokens[at])
    rest = [*tokens[: at - 1], *tokens[at + 2 :]]
    if text.children:
        rest[at - 1 : at - 1] = [tokens[at - 1], text, tokens[at + 1]]
    beside = [_open(f"{name}-text"), *rest, _close()]
    opening = _open(f"{name}-picture")
    if width:
        opening.attrs["style"] = f"width: {width}"
    shown = [opening, picture, _close()]
    return [*shown, *beside] if picture_first else [*beside, *shown]


def _split_paragraph(inline: Token) -> tuple[Token, Token]:
    """Return the first picture of a paragraph, and the rest of it."""
    children = inline.children or []
    at = next(position for position, child in enumerate(children) if child.type == "image")
    rest = [*children[:at], *children[at + 1 :]]
    while rest and (rest[0].type in _SPACES or not (rest[0].content.strip() or rest[0].nesting)):
        rest.pop(0)
    if rest and rest[0].type == "text":
        rest[0] = rest[0].copy(content=rest[0].content.lstrip())
    return inline.copy(children=[children[at]]), inline.copy(children=rest)


def _open(name: str, tag: str = "div") -> Token:
    return Token("wrapper_open", tag, 1, attrs={"class": name} if name else {}, block=True)


def _close(tag: str = "div") -> Token:
    return Token("wrapper_close", tag, -1, block=True)
