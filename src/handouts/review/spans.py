"""Text in pieces of one style, read from the tokens of a paragraph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markdown_it.token import Token

from handouts.language.raised import write_lowered, write_raised
from handouts.numbering.number import Numbered, format_citation
from handouts.schema.inline_markup import Position

BLANK: Final = "____"
_BREAKS: Final[Mapping[str, str]] = {"softbreak": " ", "hardbreak": "\n"}
_POSITIONS: Final[Mapping[str, Position]] = {"sup_open": "sup", "sub_open": "sub"}
_NO_TEXT: Final = frozenset({"image", "passage_open", "passage_close"})


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; `link` is the address or the #id that it leads to.

    `means` is what it stands for if that is not its text: the sources of a citation, whose numbers change when another
    one is added before it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    position: Position = ""
    link: str = ""
    means: str = ""


def write_plainly(spans: Sequence[Span]) -> str:
    """Return the text of spans; raised and lowered letters are those of Unicode."""
    return "".join(map(_write_plainly, spans))


def _write_plainly(span: Span) -> str:
    if not span.position:
        return span.text
    return write_raised(span.text) if span.position == "sup" else write_lowered(span.text)


def read_spans(tokens: Sequence[Token], numbered: Numbered) -> tuple[Span, ...]:
    """Return the tokens of a paragraph as spans, without pictures and without spaces at both ends."""
    return tuple(_trim([span for span in _read_tokens(tokens, numbered) if span.text]))


def _read_tokens(tokens: Sequence[Token], numbered: Numbered) -> Iterator[Span]:
    style = Span("")
    for token in tokens:
        name, _, _ = token.type.rpartition("_")
        if name == "strong":
            style = replace(style, bold=token.nesting > 0)
        elif name == "em":
            style = replace(style, italic=token.nesting > 0)
        elif name in {"sup", "sub"}:
            style = replace(style, position=_POSITIONS.get(token.type, ""))
        elif name == "link":
            style = replace(style, link=str(token.attrs["href"]) if token.nesting > 0 else "")
        elif token.type == "citation":
            keys = token.meta["keys"]
            text = format_citation(numbered.citations[key] for key in keys)
            yield Span(text, position="sup", means=f"[{', '.join(sorted(keys))}]")
        elif token.type == "footnote_ref":
            yield Span(numbered.symbols[token.meta["file"], token.meta["label"]])
        elif token.type not in _NO_TEXT:
            yield replace(style, text=_read_text(token))


def _read_text(token: Token) -> str:
    match token.type:
        case "text" | "code_inline" | "box":
            return token.content
        case "softbreak" | "hardbreak":
            return _BREAKS[token.type]
        case "blank":
            return BLANK
        case "field":
            return f"{{{{ {token.content} }}}}"
    raise ValueError(f"a text has {token.type}")


def _trim(spans: list[Span]) -> list[Span]:
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return spans
