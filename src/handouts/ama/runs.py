"""Text with italics and links, and how the parts of a reference become sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

_ENDED = re.compile(r"[.?!][\"'\u201d\u2019]*$")
_CLOSING_QUOTES = re.compile(r"['\u2019]?[\"\u201d]$")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; `url` is where it leads, if anywhere."""

    text: str
    italic: bool = False
    url: str = ""


Part: TypeAlias = tuple[Run, ...]


def plain(runs: Iterable[Run]) -> str:
    """Give the text of runs without their style."""
    return "".join(run.text for run in runs)


def marked(text: str | None, *, italic: bool = False) -> Part:
    """Give a text in one style, in which words between asterisks take the other one; nothing for no text.

    Names of species are italic in a roman title, and roman in an italic one (AMA Manual of Style 11th ed., 3.9).
    """
    # Asterisks within a word, as in HLA-B*27, are no marks.
    pieces = re.split(r"(?<!\w)\*(\S(?:[^*]*\S)?)\*(?!\w)", text or "")
    return tuple(Run(piece, italic is (place % 2 == 0)) for place, piece in enumerate(pieces) if piece)


def sentence(part: Part) -> Part:
    """End a part of a reference with one full stop, within closing quotation marks, unless it has an end already."""
    if not part or _ENDED.search(plain(part)):
        return part
    last = part[-1]
    quotes = _CLOSING_QUOTES.search(last.text)
    if quotes:
        return (*part[:-1], replace(last, text=f"{last.text[: quotes.start()]}.{quotes[0]}"))
    return (*part, Run("."))


def spaced(parts: Iterable[Part]) -> Part:
    """Join the parts that are there with spaces, and runs of one style into one."""
    runs = [run for part in parts if part for run in (Run(" "), *part)][1:]
    same_style = groupby(runs, key=lambda run: (run.italic, run.url))
    return tuple(Run(plain(group), italic, url) for (italic, url), group in same_style)
