"""Public texts with marks ⟦code⟧ where an editor expects a finding, each checked as a handout of its own."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from support.shipped import ROOT

_MARK: Final = re.compile(r"⟦([a-z0-9-]+)⟧")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks, and the codes that are expected on each of its lines, counted from 1."""

    title: str
    text: str
    expected: Counter[tuple[int, str]]


def read_marked_texts() -> tuple[MarkedText, ...]:
    """Read texts.txt."""
    source = (ROOT / "benchmarks" / "check_accuracy" / "texts.txt").read_text(encoding="utf-8")
    texts: list[MarkedText] = []
    for block in re.split(r"^=== ", source, flags=re.MULTILINE)[1:]:
        title, _, marked = block.partition("\n")
        lines = enumerate(marked.strip().split("\n"), start=1)
        expected = Counter((number, code) for number, line in lines for code in _MARK.findall(line))
        texts.append(MarkedText(title, _MARK.sub("", marked.strip()), expected))
    return tuple(texts)
