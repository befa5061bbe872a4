"""Text with its style and links, and the sentences and titles that a reference is written in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeAlias

from handouts.language.raised import write_lowered, write_raised
from handouts.schema.inline_markup import Position, parse_inline_markup

_ENDED: Final = re.compile(r"[.?!][\"'\u201d\u2019]*$")
_CLOSING_QUOTES: Final = re.compile(r"['\u2019]?[\"\u201d]$")
# Articles, prepositions of up to three letters, and conjunctions (AMA 3.9); particles of names, as in "van Gogh".
_LOWERCASE: Final = re.compile("an?|and|as|at|but|by|de|for|in|nor|off?|on|or|out|per|so|the|to|up|van|via|von|vs|yet")
_WORD: Final = re.compile(r"[^\s/\u2013\u2014]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style, and the URL that it links to, or an empty string."""

    text: str
    italic: bool = False
    url: str = ""
    position: Position = ""


Part: TypeAlias = tuple[Run, ...]


def to_plain_text(runs: Iterable[Run]) -> str:
    """Return the text of runs without its style.

    Subscripts and superscripts become the characters that Unicode has for them: 10 to the 9th power must not be read
    as 109.
    """
    return "".join(_write_plainly(run) for run in runs)


def _write_plainly(run: Run) -> str:
    if not run.position:
        return run.text
    return write_raised(run.text) if run.position == "sup" else write_lowered(run.text)


def parse_text(text: str | None, *, italic: bool = False) -> Part:
    """Return a text in one style, with its inline markup applied; () without text.

    Names of species are italic in a roman title, and roman in an italic one (AMA Manual of Style 11th ed., 3.9).
    """
    return tuple(
        Run(span.text, italic is not span.italic, "", span.position) for span in parse_inline_markup(text or "")
    )


def end_sentence(part: Part) -> Part:
    """Add a full stop unless the part ends with punctuation; it goes inside closing quotation marks."""
    if not part or _ENDED.search(_join_texts(part)):
        return part
    last = part[-1]
    quotes = _CLOSING_QUOTES.search(last.text)
    if quotes:
        return (*part[:-1], replace(last, text=f"{last.text[: quotes.start()]}.{quotes[0]}"))
    return (*part, Run("."))


def join_parts(parts: Iterable[Part], separator: str = " ") -> Part:
    """Join the parts that are not empty, and merge neighboring runs of one style."""
    runs = [run for part in parts if part for run in (Run(separator), *part)][1:]
    same_style = groupby(runs, key=lambda run: (run.italic, run.url, run.position))
    return tuple(Run(_join_texts(group), *style) for style, group in same_style)


def to_title_case(title: Part, *, italic: bool = False) -> Part:
    """Capitalize the major words of an English title (AMA Manual of Style 11th ed., 3.9).

    No capital becomes lowercase. After a hyphen, a word changes only if a number precedes it: whether "Long-term",
    "Anti-inflammatory" or "Cost-Benefit" (2.1.6) takes a second capital depends on meaning, so the author decides.
    Words in the other style than the title's (`italic`) are names of species, which keep their capitals.
    """
    text = _join_texts(title)
    names = [span for span, run in _locate(title) if run.italic is not italic]
    words = list(_WORD.finditer(text))
    pieces, end = [], 0
    for word in words:
        starts = word is words[0] or text[: word.start()].rstrip().endswith((":", ".", "?", "!"))
        is_name = any(start < word.end() and word.start() < stop for start, stop in names)
        changed = word[0] if is_name else _capitalize(word[0], always=starts or word is words[-1])
        pieces += [text[end : word.start()], changed if len(changed) == len(word[0]) else word[0]]
        end = word.end()
    cased = "".join([*pieces, text[end:]])
    return tuple(replace(run, text=cased[start:stop]) for (start, stop), run in _locate(title))


def _locate(part: Part) -> Iterator[tuple[tuple[int, int], Run]]:
    """Yield the start and end of each run in the text of a part, with the run."""
    start = 0
    for run in part:
        yield (start, start + len(run.text)), run
        start += len(run.text)


def _join_texts(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _capitalize(word: str, *, always: bool) -> str:
    numeral = re.match(r"\d+-", word)
    if numeral:
        return numeral[0] + _capitalize(word[numeral.end() :], always=False)
    first_part = re.match(r"\W*([^\W_]+)", word)
    if not first_part or not _LETTERS.fullmatch(first_part[1]) or not first_part[1].islower():
        return word
    if _LOWERCASE.fullmatch(first_part[1]) and not always:
        return word
    start = first_part.start(1)
    return word[:start] + word[start].upper() + word[start + 1 :]
