"""Passages in another language: `[adiós]{lang=es}`, a bracketed span of Pandoc's that can say nothing else."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from handouts.language.tags import is_language_tag
from handouts.problems.problem import Problem, error
from handouts.read.markdown.places import Inline

_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*\}")
_LANGUAGE: Final = re.compile(r'\{\s*lang\s*=\s*(?:"([^"]*)"|([^\s"]+))\s*\}')


def passages_plugin(parser: MarkdownIt) -> None:
    """Parse words in brackets that have braces right behind them."""
    parser.inline.ruler.before("link", "passage", _passage)


def _passage(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    attributes = _ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not attributes:
        return False
    if not silent:
        written = _LANGUAGE.fullmatch(attributes.group())
        opening = state.push("passage_open", "span", 1)
        opening.attrs = {"lang": written[1] or written[2] or ""} if written else {}
        opening.meta = {"offset": state.pos, "written": attributes.group()}
        last = state.posMax
        state.pos, state.posMax = state.pos + 1, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push("passage_close", "span", -1)
    state.pos = attributes.end()
    return True


def check_passages(inline: Inline, problems: list[Problem]) -> None:
    """Report braces that say something else than a language, and a language that cannot be one."""
    hint = "write [words]{lang=es}: es is Spanish, fr French, zh-Hant Chinese in traditional letters"
    for opening in inline.token.children or ():
        if opening.type != "passage_open":
            continue
        if "lang" not in opening.attrs:
            message = f"{opening.meta['written']} does not say which language the words before it are in"
        elif not is_language_tag(str(opening.attrs["lang"])):
            message = f'"{opening.attrs["lang"]}" is no language tag (BCP 47)'
        else:
            continue
        problems.append(error("bad-passage", message, inline.place(opening.meta["offset"]), hint))
