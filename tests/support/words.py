"""The words and amounts of a text, told apart without any parser: what is written has to be what is printed."""

import html
import html.entities
import re
import unicodedata
from collections import Counter
from typing import Final

# An amount with its sign: "> 38", "+5", "5*3*2", "3.75-7.5"; a word may have an apostrophe.
_PIECE: Final = re.compile(
    r"(?:[<>≥≤±≈+\u2212=]{1,2}[ \xa0]{0,3}|~|(?<!\w)-)?\d[\d.,:/*^\u2013-]*|[^\W\d_]+(?:['\u2019][^\W\d_]+)*"
)
_FENCE: Final = re.compile(r"\s*(?:`{3,}|~{3,})\s*$")
_TABLE_RULE: Final = re.compile(r"[\s|:>-]*-[\s|:>-]*$")
_LIST_MARK: Final = re.compile(r"^(?:\s*>)*\s*(?:(?:[-*]|\d{1,9}[.)])\s+)+(?!\s*$)(?:\[[xX]\](?=\s|$))?")
_TICKED_CELL: Final = re.compile(r"(?<=\|)\s*\[[xX]\](?=\s)")
_RAISED: Final = re.compile(r"\^([^\s^~*`_\[\]{}<>\\|]{1,30})\^|(?<=[^\W\d_])~([^\s^~*`_\[\]{}<>\\|]{1,30})~")
_FIELD: Final = re.compile(r"\{\{[ \t]*[A-Za-z][\w.-]*[ \t]*\}\}")
_RAISED_DIGITS: Final = re.compile("[\u2070-\u209c\u00b2\u00b3\u00b9]+")
_BLOCK: Final = re.compile(r'^\s*:{3,}[^"]*(?:title="([^"]*)")?.*$')
_ADDRESS: Final = re.compile(r"\]\((?:<[^>]*>|[^()\s]*)\s*\)")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)?[\w.+-]+@?[\w./-]*\.[\w./-]+)>")
_MARKS: Final = re.compile(r"\[@[^\]]*\]|\[\^[^\]\s]*\]:?|\{lang=[^}]*\}|(?<=\s)\{#[^}]*\}\s*$")
_INLINE_TAGS: Final = re.compile(r"</?(?:strong|em|code|span|a|abbr)(?: [^>]*)?>")
_HIDDEN: Final = re.compile(r"<(style|script|head)\b.*?</\1>", re.DOTALL)
_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_ALT: Final = re.compile(r' (?:alt|aria-label)="([^"]*)"')


def amounts_and_words(text: str) -> Counter[str]:
    """Count the words and amounts of a plain text.

    White space between a sign and its number does not count, nor do backticks: some are marks of code, some are text.
    """
    text = text.replace("\u2019", "'")  # apostrophes are curled
    text = _RAISED_DIGITS.sub(lambda raised: f" {unicodedata.normalize('NFKC', raised[0])} ", text)
    found = (re.sub(r"\s", "", piece).rstrip(".,:/*^-\u2013") for piece in _PIECE.findall(text.replace("`", "")))
    return Counter(piece for piece in found if piece)


def written(markdown: str, *, plain: bool = False) -> Counter[str]:
    """Count the words and amounts of Markdown, taking away nothing but the marks that docs/authors.md explains.

    A > or + at the start of a line stays the sign of a number behind it. Raised and lowered letters are words of their
    own, but in `plain` text a part of the word before, as in "1st" and "Tmax".
    """
    lines: list[str] = []
    for line in re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL).split("\n"):
        if _TABLE_RULE.match(line) or _FENCE.match(line):
            continue
        if block := _BLOCK.match(line):
            lines.append(block[1] or "")
            continue
        text = _RAISED.sub(
            _join_letters if plain else r" \1\2 ", _TICKED_CELL.sub(" ", _LIST_MARK.sub(" ", _FIELD.sub(" ", line)))
        )
        text = _AUTOLINK.sub(r" \1 ", _MARKS.sub(" ", _ADDRESS.sub("] ", text)))
        lines.append(re.sub(r"(?<!\d)\*+|\*+(?!\d)", "", _replace_entities(re.sub(r"\\([^\w\s])", r"\1", text))))
    return amounts_and_words("\n\n".join(lines))


def _join_letters(raised: re.Match[str]) -> str:
    text = raised[1] or raised[2]
    return text if _replace_entities(text).isalpha() else f" {text} "


def _replace_entities(text: str) -> str:
    """Replace entities as CommonMark does (6.5): only with a semicolon, and only names that HTML 5 knows."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]) if _is_entity(found[1]) else found[0], text)


def _is_entity(name: str) -> bool:
    return name.startswith("#") or f"{name};" in html.entities.html5


def seen(page: str) -> Counter[str]:
    """Count the words and amounts of an HTML page, and of its pictures."""
    shown = _HIDDEN.sub(" ", page)
    alternatives = " \n".join(_ALT.findall(shown))
    return amounts_and_words(
        html.unescape(re.sub(r"<[^>]+>", " \n ", _INLINE_TAGS.sub("", shown)) + "\n" + alternatives)
    )
