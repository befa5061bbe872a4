"""Words in another language: `[adiós]{lang=es}`, one of Pandoc's bracketed spans with no other attribute."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from handouts.language.tags import is_language_tag
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Inline
from handouts.read.markdown.sources import WCAG

BAD_PASSAGE: Final = Rule(
    "bad-passage",
    Severity.ERROR,
    title="words in another language without a valid language tag",
    why="A screen reader would read them in the wrong voice.",
    source=WCAG,
    message="{attributes} does not name the language of the words before it (BCP 47)",
    hint="write [words]{{lang=es}}: es is Spanish, fr French, zh-Hant Chinese in traditional characters",
)
RULES: Final = (BAD_PASSAGE,)

_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*\}")
_LANGUAGE: Final = re.compile(r'\{\s*lang\s*=\s*(?:"([^"]*)"|([^\s"]+))\s*\}')


def language_spans_plugin(parser: MarkdownIt) -> None:
    """Parse words in brackets that are directly followed by braces."""
    parser.inline.ruler.before("link", "language_span", _parse_span)


def _parse_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    attributes = _ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not attributes:
        return False
    if not silent:
        language = _LANGUAGE.fullmatch(attributes.group())
        # Print codes depend on the types of tokens: these keep their names.
        opening = state.push("passage_open", "span", 1)
        opening.attrs = {"lang": language[1] or language[2] or ""} if language else {}
        opening.meta = {"offset": state.pos, "written": attributes.group()}
        last = state.posMax
        state.pos, state.posMax = state.pos + 1, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push("passage_close", "span", -1)
    state.pos = attributes.end()
    return True


def check_language_spans(inline: Inline, problems: Problems) -> None:
    """Report spans whose braces hold anything but a valid language tag."""
    for opening in inline.token.children or ():
        if opening.type == "passage_open" and not is_language_tag(str(opening.attrs.get("lang", ""))):
            place = inline.place(opening.meta["offset"])
            problems.add(BAD_PASSAGE.at(place, attributes=opening.meta["written"]))
