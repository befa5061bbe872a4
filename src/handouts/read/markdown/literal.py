"""Text that Markdown leaves as it is written: what stays literal after parsing is searched for signs of markup."""

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handouts.problems.problem import Place, Problem, error
from handouts.read.markdown.places import Inline
from handouts.read.text_file import CONTROL
from handouts.schema.markup import FoundMarkup, find_markup

# Stands in the literal text for what was parsed: no word, no space, and part of no sign.
_PARSED: Final = "\ue000"
_AROUND: Final = frozenset({"link", "passage"})  # only their brackets and what follows is parsed, not the words
_OF_TEXT: Final = frozenset({"text", "newline"})
# In code the words are meant as they stand, but a comment or field there was not meant for patients.
NEVER_PRINTED: Final = re.compile(r"<!--|-->|\{\{")
_TICKED: Final = re.compile(r"\[[xX]\](?=\s|$)")
_ESCAPABLE: Final = frozenset("*_~^$|#:=+[@")
_Rule = Callable[[StateInline, bool], bool]


_NEVER_IN_TEXT: Final = re.compile(f"{CONTROL.pattern}|[\u202d\u202e]")


def literal_plugin(parser: MarkdownIt) -> None:
    """Note the `literal` text of inline tokens and pictures in their meta: as long as the content, same offsets.

    Use it after all other plugins: it wraps the rules that are there.
    """
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name not in _OF_TEXT:
            ruler.at(name, _noted(name, rule))
    parser.inline.ruler2.before("fragments_join", "literal", _blot_out)
    parser.core.ruler.after("inline", "literal", _keep)


def _noted(name: str, rule: _Rule) -> _Rule:
    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        end = state.pos
        spans = state.env.setdefault("parsed", {}).setdefault(id(state.tokens), [])
        if name == "emphasis":  # whether a mark is one is known at the end
            marks = state.tokens[start - end :]
            spans.extend((start + place, start + place + 1, mark) for place, mark in enumerate(marks))
        elif name in _AROUND:
            spans += [(start, start + 1, None), (state.md.helpers.parseLinkLabel(state, start), end, None)]
        elif not _left_as_written(name, state.tokens[count:]):
            spans.append((start, end, None))
        return True

    return noted


def _left_as_written(name: str, pushed: list[Token]) -> bool:
    """Tell whether a rule has only taken characters as text: backticks of no code, a backslash that escapes nothing."""
    if name == "backticks":
        return not any(token.type == "code_inline" for token in pushed)
    return name == "escape" and any(token.info == "escape" and token.content == token.markup for token in pushed)


def _blot_out(state: StateInline) -> None:
    characters = list(state.src)
    for start, end, mark in state.env.get("parsed", {}).pop(id(state.tokens), ()):
        if mark is None or mark.type != "text" or not mark.content:
            if mark is not None:
                mark.meta["offset"] = start
            characters[start:end] = [_PARSED if one != "\n" else one for one in characters[start:end]]
    state.env.setdefault("literal", {})[id(state.tokens)] = "".join(characters)


def _keep(state: StateCore) -> None:
    literal = state.env.pop("literal", {})
    for token in state.tokens:
        if token.type == "inline":
            token.meta["literal"] = literal.get(id(token.children), token.content)
            for child in token.children or ():
                if child.type == "image":
                    child.meta["literal"] = literal.get(id(child.children), child.content)


def check_literals(inline: Inline, problems: list[Problem], keys: Collection[str]) -> None:
    """Report markup that was not understood in a paragraph, heading, cell or description of a picture.

    `keys` are the ids of references.
    """
    _check_emphasis(inline, problems)
    _check_characters(inline, problems)
    reported = {problem.place for problem in problems}
    for offset, literal, content in _texts(inline):
        for found in _found(inline, literal, content, keys):
            place = inline.place(offset + found.start)
            if place not in reported:
                reported.add(place)
                problems.append(unknown_markup(found, place))


def _check_emphasis(inline: Inline, problems: list[Problem]) -> None:
    """Report emphasis that is none: the asterisks of 5*3*2 are signs, and the underscores of __/__/____ are lines."""
    content = inline.token.content
    children = inline.token.children or []
    for index, child in enumerate(children):
        if child.type not in {"em_open", "strong_open", "em_close", "strong_close"}:
            continue
        # The offset of two marks is that of the inner one.
        opening, width = child.nesting > 0, len(child.markup)
        offset = int(child.meta["offset"])
        outside = offset - width if opening else offset + width
        at_word = 0 <= outside < len(content) and (
            content[outside].isalnum() if opening else content[outside].isdigit()
        )
        if at_word or (opening and not _has_words(children[index + 1 :], child.level)):
            message = f"the {child.markup} here marks bold or italic type, so it would not be printed"
            hint = "write \\* for the character itself, or x; for emphasis, leave a space around the words"
            problems.append(error("sign-as-mark", message, inline.place(offset), hint))


def _has_words(following: list[Token], level: int) -> bool:
    """Tell whether emphasis of a level, whose opening these tokens follow, holds a letter or digit."""
    for token in itertools.takewhile(lambda token: token.level > level, following):
        if token.type in {"citation", "image", "footnote_ref"} or any(map(str.isalnum, token.content)):
            return True
    return False


def _check_characters(inline: Inline, problems: list[Problem]) -> None:
    """Report control characters written as entities, and those that print 12 mg as gm 21, however written (UAX 9)."""
    for child in inline.token.children or ():
        if child.type in {"text", "code_inline", "image"} and (character := _NEVER_IN_TEXT.search(child.content)):
            message = f"the text holds the control character U+{ord(character.group()):04X}"
            problems.append(error("control-character", message, inline.place(0), "delete it"))


def unknown_markup(found: FoundMarkup, place: Place) -> Problem:
    """Return the error for markup that is not understood."""
    first = found.piece[:1]
    escaped = f"; \\{first} prints the character itself" if first in _ESCAPABLE else ""
    message = f'"{found.piece}" is markup that is not understood: {found.name}'
    return error("unknown-markup", message, place, f"{found.hint}{escaped}")


def _texts(inline: Inline) -> Iterator[tuple[int, str, str]]:
    """Yield the literal text of a token and of each picture in it, with its offset and what was written."""
    token = inline.token
    literal = str(token.meta["literal"])
    yield 0, literal[: inline.end_of_title], token.content
    for child in token.children or ():
        if child.type == "image":
            yield child.meta["offset"] + len("!["), str(child.meta["literal"]), child.content


def _found(inline: Inline, literal: str, content: str, keys: Collection[str]) -> Iterator[FoundMarkup]:
    if inline.kind in {"item", "cell"} and (ticked := _TICKED.match(literal)):
        yield FoundMarkup(0, ticked.end(), ticked[0], "a ticked box", "boxes are not supported yet: leave it out")
    yield from find_markup(literal, shown=content, lines=inline.kind != "cell", keys=keys)
    for match in NEVER_PRINTED.finditer(content):
        if literal[match.start() : match.end()] != match[0] and match.end() <= len(literal):
            hint = "leave it out: also in code and in addresses it is printed as it stands"
            yield FoundMarkup(match.start(), match.end(), match[0], "a comment or field", hint)
