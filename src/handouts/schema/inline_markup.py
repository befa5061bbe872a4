"""The inline markup that texts of references may have: italics, subscript and superscript, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Position = Literal["", "sub", "sup"]

# Pandoc's marks. Asterisks within a word, as in HLA-B*27, and tildes before numbers, as in ~50, are none.
_MARKS: Final = (
    (re.compile(r"(?<!\w)\*(\S(?:[^*]*\S)?)\*(?!\w)"), "i"),
    (re.compile(r"(?<!~)~([^\s~]{1,30})~(?!~)"), "sub"),
    (re.compile(r"(?<!\^)\^([^\s^]{1,30})\^(?!\^)"), "sup"),
)
# The tags of CSL (https://docs.citationstyles.org/en/stable/specification.html), as Zotero writes them. AMA style has
# no bold and no small capitals in references, so these only lose their tags.
_TAG: Final = re.compile(
    r"<(/?)(i|em|b|strong|sub|sup|sc|span)(?:(?<=span) (?:class=\"nocase\"|style=\"font-variant: ?small-caps;?\"))?>"
)
_ITALIC: Final = frozenset({"i", "em"})
_MAX_DEPTH: Final = 10


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with its style."""

    text: str
    italic: bool = False
    position: Position = ""


def parse_inline_markup(text: str) -> tuple[Span, ...]:
    """Return a text as spans without markup; tags that are not closed, or closed in another order, stay in the text."""
    if not any(character in text for character in "*~^<"):
        return (Span(text),) if text else ()
    tagged = text
    for pattern, tag in _MARKS:
        tagged = pattern.sub(rf"<{tag}>\1</{tag}>", tagged)
    spans = _read_tags(tagged)
    return tuple(spans) if spans is not None else (Span(text),)


def remove_inline_markup(text: str) -> str:
    """Return a text without its inline markup."""
    return "".join(span.text for span in parse_inline_markup(text))


def _read_tags(text: str) -> list[Span] | None:
    """Return the spans between tags, None if the tags do not fit together."""
    spans: list[Span] = []
    open_tags: list[str] = []
    for piece, tag in _split_at_tags(text):
        if piece:
            italic = sum(name in _ITALIC for name in open_tags) % 2 == 1
            positions = [name for name in open_tags if name in {"sub", "sup"}]
            spans.append(Span(piece, italic, "" if not positions else "sub" if positions[-1] == "sub" else "sup"))
        if tag is None:
            continue
        closes, name = tag
        if not closes and len(open_tags) < _MAX_DEPTH:
            open_tags.append(name)
        elif closes and open_tags and open_tags[-1] == name:
            open_tags.pop()
        else:
            return None
    return None if open_tags else spans


def _split_at_tags(text: str) -> Iterator[tuple[str, tuple[bool, str] | None]]:
    """Yield each text with the tag after it: whether it closes an element, and its name."""
    end = 0
    for found in _TAG.finditer(text):
        yield text[end : found.start()], (bool(found[1]), found[2])
        end = found.end()
    yield text[end:], None
