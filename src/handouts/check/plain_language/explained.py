"""Whether a handout explains a word or an abbreviation where it stands."""

import re
from typing import Final

from handouts.check.plain_language.analysis import Analysed

_EXPLAINS: Final = re.compile(
    r"[\"'\u201d\u2019*]?(?:,? ?\(|, (?:which|that|meaning|or|a|an|the|also)\b| (?:means|stands for|is short for)\b"
    r"| (?:is|are) (?:a|an|the|when|what)\b)"
)
_NAMES: Final = re.compile(
    r"(?:\bcalled|\bknown as|\bname is|\bnamed|\bterm is|\bword is|, or)\s+(?:an? |the )?"
    r"[\"'\u201c\u2018(]?$",
    re.IGNORECASE,
)


def is_explained(passage: Analysed, start: int, end: int) -> bool:
    """Tell whether words are explained: "osteoporosis (weak bones)", "weak bones (osteoporosis)", "called a stent"."""
    first, last = passage.span(start, end)
    text = passage.passage.text
    written = text[first:last]
    inside = len(written) - len(written.lstrip("([\"'\u201c\u2018"))
    before, after = text[max(0, first - 40) : first + inside], text[last : last + 20]
    closed = written.rstrip(".,;:!?").endswith(")") and "(" in written
    stripped = written.rstrip(".,;:!?\"'\u201d\u2019")
    tail = written[len(stripped) :] + after
    return bool(closed or _EXPLAINS.match(tail) or _NAMES.search(before))
