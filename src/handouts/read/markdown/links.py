"""Links in Markdown: where each is written, where it may lead, and what may stand in its text."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token

from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.read.markdown.places import Inline, Source

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s/?#]", re.IGNORECASE)
_Rule = Callable[[StateInline, bool], bool]


class LinkParser(MarkdownIt):
    """A parser that leaves no link out: the check of links tells of each that leads where none may."""

    helpers: Any

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's interface
        """Take any address."""
        return True


class Definitions(dict[str, Any]):
    """The definitions of links (`[name]: https://...`) by name: the parser drops them from the text.

    It notes which of them the parser has used.
    """

    def __init__(self) -> None:
        """Start with no definition."""
        super().__init__()
        self._used: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as inherited
        """Return a definition, and count it as used."""
        self._used.add(name)
        return super().get(name, default)

    def check(self, source: Source, repeated: Iterable[Mapping[str, Any]], problems: list[Problem]) -> None:
        """Report definitions that no link uses, and those `repeated` under the same name: they would not be printed."""
        hint = "write [words](https://...) where the link stands; for text in brackets write \\[words\\]:"
        unused = [definition for name, definition in self.items() if name not in self._used]
        for definition in [*unused, *repeated]:
            place = Place(source.file, source.first_line + definition["map"][0])
            message = "this definition of a link is not used, so it would not be printed"
            problems.append(error("unused-definition", message, place, hint))


def _title(place: Place) -> Problem:
    message = "the title of a link or picture would not be printed"
    return error("title-not-printed", message, place, "write it as text, and leave out what stands in quotes")


class _Helpers:
    """The parser's helpers; brackets that are `marks` make no link of what stands around them impossible."""

    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815 - the parser's interface
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815 - the parser's interface

    def __init__(self, marks: re.Pattern[str]) -> None:
        self._marks = marks

    def parseLinkLabel(self, state: StateInline, start: int, no_links: bool = False) -> int:  # noqa: FBT001, FBT002, N802
        """Give where the text of a link ends that starts at a bracket, -1 if it is none."""
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
    """Note at each link where it is written, and parse links with marks (citations and notes) in their text."""
    parser.helpers = _Helpers(marks)
    parser.inline.ruler.at("link", _placed(link))
    parser.inline.ruler.at("autolink", _placed(autolink))


def _placed(rule: _Rule) -> _Rule:
    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        opening = next((token for token in state.tokens[count:] if token.type == "link_open"), None)
        if opening:
            opening.meta = {"start": start, "end": state.pos}
        return True

    return placed


def check_links(
    source: Source,
    tokens: Sequence[Token],
    known: Collection[str] | None,
    problems: list[Problem],
    *,
    of_insert: bool = False,
) -> None:
    """Report titles and marks in links, and links that lead nowhere.

    An id has to be `known` (None: all are); all else has to lead outside.
    """
    for inline in source.inlines(tokens):
        open_links = 0
        for child in inline.token.children or ():
            if child.type in {"link_open", "link_close"}:
                open_links += child.nesting
            if child.type in {"link_open", "image"} and "title" in child.attrs:
                problems.append(_title(inline.place(child.meta["offset" if child.type == "image" else "start"])))
            if child.type == "link_open":
                _check_address(inline, child, known, problems, of_insert=of_insert)
            elif open_links and child.type in {"citation", "footnote_ref"}:
                message = "the text of a link cannot have a citation or note"
                place = inline.place(child.meta["offset"])
                problems.append(error("citation-in-link", message, place, "put it behind the link"))


def _check_address(
    inline: Inline, opening: Token, known: Collection[str] | None, problems: list[Problem], *, of_insert: bool
) -> None:
    address = str(opening.attrs.get("href", ""))
    if not address.startswith("#"):
        if not _ADDRESS.match(address):
            message = "a link leads to a web page, an e-mail address, a phone number or an id of this handout"
            hint = "write https://..., mailto:..., tel:... or #id"
            problems.append(error("bad-link", message, _place(inline, opening, address), hint))
    elif known is not None and address[1:] not in known:
        code, message = "unknown-anchor", f"nothing here has the id {address}"
        if of_insert:
            code, message = "bad-link", f"the handout has no section {address}"
        hint = did_you_mean(address[1:], known)
        problems.append(error(code, message, _place(inline, opening, address), hint))


def _place(inline: Inline, opening: Token, address: str) -> Place:
    """Give the place of the address, or of the link if the address stands elsewhere or is written in another way."""
    start, end = opening.meta["start"], opening.meta["end"]
    found = inline.token.content.rfind(f"]({address}", start, end)
    return inline.place(start if found < 0 else found + 2)
