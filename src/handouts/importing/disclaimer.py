"""Finds the paragraph of a document that says it does not replace a talk with a doctor."""

import re
from collections.abc import Sequence
from typing import Final

from handouts.importing.blocks import CITATION_START, Block, remove_markdown

_DISCLAIMER: Final = re.compile(
    r"\bnot\b[^.?!]{0,80}\b(?:substitute for|replace|take the place of|instead of)\b[^.?!]{0,80}"
    r"\b(?:doctors?|physicians?|clinicians?|professionals?|provider|advice|care|visit|talk(?:ing)?)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 600  # characters


def take_disclaimer(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """Return the disclaimer of a document and the blocks without it; "" if none, or more than one, can be found."""
    found = [block for block in blocks if _is_disclaimer(block)]
    if len(found) != 1:
        return "", list(blocks)
    return remove_markdown(found[0].text), [block for block in blocks if block is not found[0]]


def _is_disclaimer(block: Block) -> bool:
    is_plain = block.kind == "paragraph" and CITATION_START not in block.text and not block.text.startswith("[^")
    text = remove_markdown(block.text)
    # Front matter has no links; other markup is taken off.
    return bool(is_plain and len(text) <= _LONGEST and "](" not in text and _DISCLAIMER.search(text))
