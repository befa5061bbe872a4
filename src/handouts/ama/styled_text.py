"""Text with italics and links, and the sentences and titles that a reference is written in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeAlias

_ENDED: Final = re.compile(r"[.?!][\"'\u201d\u2019]*$")
_CLOSING_QUOTES: Final = re.compile(r"['\u2019]?[\"\u201d]$")
# Asterisks within a word, as in HLA-B*27, are not markup.
_EMPHASIS: Final = re.compile(r"(?<!\w)\*(\S(?:[^*]*\S)?)\*(?!\w)")
# Articles, prepositions of up to three letters, and conjunctions (AMA 3.9.1); particles of names, as in "van Gogh".
_LOWERCASE: Final = re.compile("an?|and|as|at|but|by|de|for|in|nor|off?|on|or|out|per|so|the|to|up|van|via|von|vs|yet")
# Emphasized words are names of species, which keep their capitals.
_WORD: Final = re.compile(r"\*[^*]+\*|[^\s/\u2013\u2014]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style, and the URL that it links to, or an empty string."""

    text: str
    italic: bool = False
    url: str = ""


Part: TypeAlias = tuple[Run, ...]


def to_plain_text(runs: Iterable[Run]) -> str:
    """Return the text of runs without its style."""
    return "".join(run.text for run in runs)


def parse_emphasis(text: str | None, *, italic: bool = False) -> Part:
    """Return a text in one style, with words between asterisks in the other; () without text.

    Names of species are italic in a roman title, and roman in an italic one (AMA Manual of Style 11th ed., 3.9).
    """
    pieces = _EMPHASIS.split(text or "")
    return tuple(Run(piece, italic is (index % 2 == 0)) for index, piece in enumerate(pieces) if piece)


def end_sentence(part: Part) -> Part:
    """Add a full stop unless the part ends with punctuation; it goes inside closing quotation marks."""
    if not part or _ENDED.search(to_plain_text(part)):
        return part
    last = part[-1]
    quotes = _CLOSING_QUOTES.search(last.text)
    if quotes:
        return (*part[:-1], replace(last, text=f"{last.text[: quotes.start()]}.{quotes[0]}"))
    return (*part, Run("."))


def join_with_spaces(parts: Iterable[Part]) -> Part:
    """Join the parts that are not empty with spaces, and merge neighboring runs of one style."""
    runs = [run for part in parts if part for run in (Run(" "), *part)][1:]
    same_style = groupby(runs, key=lambda run: (run.italic, run.url))
    return tuple(Run(to_plain_text(group), italic, url) for (italic, url), group in same_style)


def to_title_case(title: str) -> str:
    """Capitalize the major words of an English title (AMA Manual of Style 11th ed., 3.9.1).

    No capital becomes lowercase. After a hyphen, a word changes only if a number precedes it: whether "Long-term",
    "Anti-inflammatory" or "Cost-Benefit" (2.1.6) takes a second capital depends on meaning, so the author decides.
    """
    words = list(_WORD.finditer(title))
    if not words:
        return title
    pieces, end = [], 0
    for word in words:
        starts = word is words[0] or title[: word.start()].rstrip().endswith((":", ".", "?", "!"))
        pieces += [title[end : word.start()], _capitalize(word[0], always=starts or word is words[-1])]
        end = word.end()
    return "".join([*pieces, title[end:]])


def _capitalize(word: str, *, always: bool) -> str:
    numeral = re.match(r"\d+-", word)
    if numeral:
        return numeral[0] + _capitalize(word[numeral.end() :], always=False)
    first_part = re.match(r"\W*([^\W_]+)", word)
    if word.startswith("*") or not first_part or not _LETTERS.fullmatch(first_part[1]) or not first_part[1].islower():
        return word
    if _LOWERCASE.fullmatch(first_part[1]) and not always:
        return word
    start = first_part.start(1)
    return word[:start] + word[start].upper() + word[start + 1 :]
