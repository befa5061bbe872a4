"""Finds unrecognized markup: text that stays literal after parsing is searched for signs of markup."""

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handouts.language.hidden_characters import find_hidden_character
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Inline
from handouts.read.markdown.sources import COMMONMARK, MARKUP_GUIDE
from handouts.read.text_file import CONTROL, CONTROL_CHARACTER, HIDDEN_CHARACTER
from handouts.schema.markup import FoundMarkup, find_markup

UNKNOWN_MARKUP: Final = Rule(
    "unknown-markup",
    Severity.ERROR,
    title="markup that is not supported",
    why="Patients would see the marks: 10^9^ reads as another number than the one that was meant.",
    source=MARKUP_GUIDE,
    message='"{piece}" is unrecognized markup: {name}',
)
SIGN_AS_MARK: Final = Rule(
    "sign-as-mark",
    Severity.ERROR,
    title="a sign that is a mark of Markdown where it stands",
    why='The sense would change: "> 38 °C" would be printed as 38 °C, "+ 5 kg" with a bullet, and 5*3*2 as 532.',
    source=COMMONMARK,
    message='"{text}" is read as {meaning}, so the sign {sign} would not be printed',
)
RULES: Final = (UNKNOWN_MARKUP, SIGN_AS_MARK)

# In code, words are printed as typed, but a comment or field there was not meant for patients.
NEVER_PRINTED: Final = re.compile(r"<!--|-->|\{\{")
# Replaces parsed characters in the literal text: neither a letter, a space, nor part of any sign.
_PARSED: Final = "\ue000"
_BRACKETED: Final = frozenset({"link", "language_span"})  # only the brackets and what follows are parsed, not the words
_OF_TEXT: Final = frozenset({"text", "newline"})
_EMPHASIS: Final = frozenset({"em_open", "strong_open", "em_close", "strong_close"})
_ESCAPABLE: Final = frozenset("*_~^$|#:=+[@")
_Rule = Callable[[StateInline, bool], bool]


def literal_plugin(parser: MarkdownIt) -> None:
    """Store the `literal` text of inline tokens and pictures in their meta: as long as the content, same offsets.

    Must come after all other plugins: it wraps the rules that are registered.
    """
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name not in _OF_TEXT:
            ruler.at(name, _record_parsed(name, rule))
    parser.inline.ruler2.before("fragments_join", "literal", _mask_parsed)
    parser.core.ruler.after("inline", "literal", _store_literals)


def _record_parsed(name: str, rule: _Rule) -> _Rule:
    """Wrap an inline rule so that it records which characters it has parsed."""

    def record(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        end = state.pos
        spans = state.env.setdefault("parsed", {}).setdefault(id(state.tokens), [])
        if name == "emphasis":  # whether a mark opens or closes emphasis is known at the end
            marks = state.tokens[start - end :]
            spans.extend((start + place, start + place + 1, mark) for place, mark in enumerate(marks))
        elif name in _BRACKETED:
            spans += [(start, start + 1, None), (state.md.helpers.parseLinkLabel(state, start), end, None)]
        elif not _is_plain_text(name, state.tokens[count:]):
            spans.append((start, end, None))
        return True

    return record


def _is_plain_text(name: str, added: list[Token]) -> bool:
    """Return whether a rule took characters as text: unmatched backticks, a backslash that escapes nothing."""
    if name == "backticks":
        return not any(token.type == "code_inline" for token in added)
    return name == "escape" and any(token.info == "escape" and token.content == token.markup for token in added)


def _mask_parsed(state: StateInline) -> None:
    characters = list(state.src)
    for start, end, mark in state.env.get("parsed", {}).pop(id(state.tokens), ()):
        if mark is None or mark.type != "text" or not mark.content:
            if mark is not None:
                mark.meta["offset"] = start
            characters[start:end] = ["\n" if character == "\n" else _PARSED for character in characters[start:end]]
    state.env.setdefault("literal", {})[id(state.tokens)] = "".join(characters)


def _store_literals(state: StateCore) -> None:
    literal = state.env.pop("literal", {})
    for token in state.tokens:
        if token.type == "inline":
            token.meta["literal"] = literal.get(id(token.children), token.content)
            for child in token.children or ():
                if child.type == "image":
                    child.meta["literal"] = literal.get(id(child.children), child.content)


def check_literals(inline: Inline, reference_ids: Collection[str], problems: Problems) -> None:
    """Report unrecognized markup in a paragraph, heading, cell or description of a picture.

    A place that already has a problem is skipped.
    """
    _check_emphasis(inline, problems)
    _check_characters(inline, problems)
    signs = [
        (found, inline.place(offset + found.start))
        for offset, literal, content, fields in _find_texts(inline)
        for found in _find_signs(inline, literal, content, fields, reference_ids)
    ]
    if not signs:  # as in most texts, of which each would look through the problems of all before it
        return
    reported = {problem.place for problem in problems}
    for found, place in signs:
        if place not in reported:
            reported.add(place)
            problems.add(make_unknown_markup_problem(found, place))


def _check_emphasis(inline: Inline, problems: Problems) -> None:
    """Report accidental emphasis: the asterisks of 5*3*2 are signs, and the underscores of __/__/____ are lines."""
    content = inline.token.content
    children = inline.token.children or []
    for index, child in enumerate(children):
        if child.type not in _EMPHASIS:
            continue
        # The offset of two marks is that of the inner one.
        is_opening, width = child.nesting > 0, len(child.markup)
        offset = int(child.meta["offset"])
        outside = offset - width if is_opening else offset + width
        is_at_word = 0 <= outside < len(content) and (
            content[outside].isalnum() if is_opening else content[outside].isdigit()
        )
        if is_at_word or (is_opening and not _has_words(children[index + 1 :], child.level)):
            text = content[offset:].split("\n", 1)[0][:20]
            hint = "write \\* for the character itself, or x; for emphasis, leave a space around the words"
            place = inline.place(offset)
            problems.add(SIGN_AS_MARK.at(place, hint=hint, text=text, sign=child.markup, meaning="bold or italic type"))


def _has_words(following: list[Token], level: int) -> bool:
    """Return whether emphasis of a level, followed by these tokens, contains a letter or digit."""
    for token in itertools.takewhile(lambda token: token.level > level, following):
        if token.type in {"citation", "image", "footnote_ref"} or any(map(str.isalnum, token.content)):
            return True
    return False


def _check_characters(inline: Inline, problems: Problems) -> None:
    """Report control characters written as entities, and any that reverse text: 12 mg would read gm 21 (UAX 9)."""
    for child in inline.token.children or ():
        if child.type not in {"text", "code_inline", "image"}:
            continue
        if character := CONTROL.search(child.content):
            problems.add(CONTROL_CHARACTER.at(inline.place(0), code=ord(character.group())))
        elif hidden := find_hidden_character(child.content):
            problems.add(HIDDEN_CHARACTER.at(inline.place(0), code=ord(hidden[1])))


def make_unknown_markup_problem(found: FoundMarkup, place: Place) -> Problem:
    """Return the problem for unrecognized markup."""
    first = found.piece[:1]
    escape = f"; \\{first} prints the character itself" if first in _ESCAPABLE else ""
    return UNKNOWN_MARKUP.at(place, hint=f"{found.hint}{escape}", piece=found.piece, name=found.name)


def _find_texts(inline: Inline) -> Iterator[tuple[int, str, str, frozenset[int]]]:
    """Yield offset, literal text, content and offsets of fields, of a token and of each picture in it."""
    token = inline.token
    literal = str(token.meta["literal"])
    fields = set(_find_field_offsets(token))
    for child in token.children or ():
        if child.type == "image":
            start = child.meta["offset"] + len("![")
            fields.update(start + offset for offset in _find_field_offsets(child))
            yield start, str(child.meta["literal"]), child.content, _find_field_offsets(child)
    yield 0, literal[: inline.end_of_title], token.content, frozenset(fields)


def _find_field_offsets(token: Token) -> frozenset[int]:
    return frozenset(int(child.meta["offset"]) for child in token.children or () if child.type == "field")


def _find_signs(
    inline: Inline, literal: str, content: str, fields: Collection[int], reference_ids: Collection[str]
) -> Iterator[FoundMarkup]:
    yield from find_markup(literal, shown=content, lines=inline.kind != "cell", keys=reference_ids)
    for match in NEVER_PRINTED.finditer(content):
        is_parsed = literal[match.start() : match.end()] != match[0] and match.end() <= len(literal)
        if is_parsed and match.start() not in fields:
            hint = "leave it out: code and addresses are printed as typed"
            yield FoundMarkup(match.start(), match.end(), match[0], "a comment or field", hint)
