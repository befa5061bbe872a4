"""Links in Markdown: how they are parsed, where they may lead, and what their text may contain."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Inline, Source
from handouts.read.markdown.sources import AMA, AUTHORS_GUIDE, COMMONMARK

UNUSED_DEFINITION: Final = Rule(
    "unused-definition",
    Severity.ERROR,
    title="a link definition that no link uses",
    why='It would not be printed: "[Warning]: text" would vanish.',
    source=COMMONMARK,
    message="no link uses this definition, so it would not be printed",
    hint="write [words](https://...) where the link stands; for text in brackets write \\[words\\]:",
)
TITLE_NOT_PRINTED: Final = Rule(
    "title-not-printed",
    Severity.ERROR,
    title="a title of a link or picture",
    why="Web pages show it under the pointer, paper does not show it at all: its words would be lost.",
    source=COMMONMARK,
    message="the title of a link or picture would not be printed",
    hint="write it as text, and remove the part in quotes",
)
CITATION_IN_LINK: Final = Rule(
    "citation-in-link",
    Severity.ERROR,
    title="a citation or note in the text of a link",
    why="A link cannot lead to two places.",
    source=AMA,
    message="the text of a link cannot have a citation or note",
    hint="put it after the link",
)
BAD_LINK: Final = Rule(
    "bad-link",
    Severity.ERROR,
    title="a link that does not lead to a web page, e-mail address, phone number or id",
    why="Nobody could follow it.",
    source=AUTHORS_GUIDE,
    message="a link has to lead to a web page, an e-mail address, a phone number or an id of this handout",
    hint="write https://..., mailto:..., tel:... or #id",
)
EMPTY_LINK: Final = Rule(
    "empty-link",
    Severity.ERROR,
    title="a link without words",
    why="Nothing of it would be printed, and nobody could click it.",
    source=COMMONMARK,
    message="the link has no words, so it would not be printed",
    hint="write [words](https://...)",
)
UNKNOWN_ANCHOR: Final = Rule(
    "unknown-anchor",
    Severity.ERROR,
    title="a link to an id that does not exist",
    why="Nobody could follow it.",
    source=AUTHORS_GUIDE,
    message='the handout has no {elements} with the id "{id}"',
)
RULES: Final = (BAD_LINK, EMPTY_LINK, UNKNOWN_ANCHOR, CITATION_IN_LINK, UNUSED_DEFINITION, TITLE_NOT_PRINTED)

# Of a phone number, signs of RFC 3966 only: with an ellipsis or letters, nobody could dial it.
_ADDRESS: Final = re.compile(
    r"(?:https?://|mailto:)[^\s/?#]|tel:(?!.*\.\.)(?=(?:\D*\d){3})(?:[+\d().-]|%20)+(?:(?:;ext=|[,x])\d+)?\Z",
    re.IGNORECASE,
)
_Rule = Callable[[StateInline, bool], bool]


class LinkParser(MarkdownIt):
    """A parser that accepts links to any address, so that `check_links` can report the bad ones."""

    helpers: Any

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's interface
        """Accept any address."""
        return True


class LinkDefinitions(dict[str, Any]):
    """The link definitions of a text (`[name]: https://...`) by name, with a record of those that were used.

    The parser drops definitions from the text.
    """

    def __init__(self) -> None:
        """Start without definitions."""
        super().__init__()
        self._used: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as inherited
        """Return a definition, and mark it as used."""
        self._used.add(name)
        return super().get(name, default)

    def check(self, source: Source, repeated: Iterable[Mapping[str, Any]], problems: Problems) -> None:
        """Report definitions that no link uses, and `repeated` ones of the same name."""
        unused = [definition for name, definition in self.items() if name not in self._used]
        for definition in [*unused, *repeated]:
            place = Place(source.file, source.first_line + definition["map"][0])
            problems.add(UNUSED_DEFINITION.at(place))


class _LinkHelpers:
    """The parser's helpers, changed so that the text of a link may contain brackets that match `marks`."""

    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815 - the parser's interface
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815 - the parser's interface

    def __init__(self, marks: re.Pattern[str]) -> None:
        self._marks = marks

    def parseLinkLabel(self, state: StateInline, start: int, no_links: bool = False) -> int:  # noqa: FBT001, FBT002, N802
        """Return where the link text that starts at a bracket ends, or -1 if there is none."""
        before, end, depth = state.pos, -1, 1
        state.pos = start + 1
        while state.pos < state.posMax:
            at = state.pos
            if state.src[at] == "]":
                depth -= 1
                if depth == 0:
                    end = at
                    break
            state.md.inline.skipToken(state)
            if state.src[at] == "[":
                mark = self._marks.match(state.src, at, state.posMax)
                if state.pos == at + 1:
                    depth += 1
                elif no_links and not (mark and mark.end() == state.pos):
                    break
        state.pos = before
        return end


def links_plugin(parser: LinkParser, marks: re.Pattern[str]) -> None:
    """Store in each link's meta where it is written, and allow `marks` (citations and notes) in its text."""
    parser.helpers = _LinkHelpers(marks)
    parser.inline.ruler.at("link", _store_offsets(link))
    parser.inline.ruler.at("autolink", _store_offsets(autolink))


def _store_offsets(rule: _Rule) -> _Rule:
    def parse_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        opening = next((token for token in state.tokens[count:] if token.type == "link_open"), None)
        if opening:
            opening.meta = {"start": start, "end": state.pos}
        return True

    return parse_link


def check_links(
    source: Source, tokens: Sequence[Token], known_ids: Collection[str] | None, elements: str, problems: Problems
) -> None:
    """Report titles, citations and notes in links, and links that have no words or lead nowhere.

    A link to an id must lead to one of `known_ids` (None: any), which are the ids of `elements`.
    """
    for inline in source.inlines(tokens):
        open_links = 0
        children = inline.token.children or []
        for index, child in enumerate(children):
            if child.type in {"link_open", "link_close"}:
                open_links += child.nesting
            if child.type in {"link_open", "image"} and "title" in child.attrs:
                offset = child.meta["offset" if child.type == "image" else "start"]
                problems.add(TITLE_NOT_PRINTED.at(inline.place(offset)))
            if child.type == "link_open":
                _check_address(inline, child, known_ids, elements, problems)
                if not _can_be_seen(
                    itertools.takewhile(lambda inner: inner.type != "link_close", children[index + 1 :])
                ):
                    problems.add(EMPTY_LINK.at(inline.place(child.meta["start"])))
            elif open_links and child.type in {"citation", "footnote_ref"}:
                problems.add(CITATION_IN_LINK.at(inline.place(child.meta["offset"])))


def _can_be_seen(tokens: Iterable[Token]) -> bool:
    """Return whether any of the tokens of a link is printed: a picture, a citation, a note, or a character."""
    return any(
        token.type in {"image", "citation", "footnote_ref"}
        or any(letter.isprintable() and not letter.isspace() for letter in token.content)
        for token in tokens
    )


def _check_address(
    inline: Inline, opening: Token, known_ids: Collection[str] | None, elements: str, problems: Problems
) -> None:
    address = str(opening.attrs.get("href", ""))
    if not address.startswith("#"):
        if not _ADDRESS.match(address):
            problems.add(BAD_LINK.at(_find_address(inline, opening, address)))
    elif known_ids is not None and address[1:] not in known_ids:
        place = _find_address(inline, opening, address)
        hint = did_you_mean(address[1:], known_ids)
        problems.add(UNKNOWN_ANCHOR.at(place, hint=hint, elements=elements, id=address[1:]))


def _find_address(inline: Inline, opening: Token, address: str) -> Place:
    """Return the place of the address, or of the link if the address is defined elsewhere or written differently."""
    start, end = opening.meta["start"], opening.meta["end"]
    position = inline.token.content.rfind(f"]({address}", start, end)
    return inline.place(start if position < 0 else position + 2)
