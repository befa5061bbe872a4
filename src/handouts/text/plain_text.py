"""Writes a composed document as plain text, for messages that show no markup.

The lines that are the same for all practices are kept; for each practice, only slots are written.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from handouts.compose.html_tree import parse_slot, parse_slotted, parse_tree
from handouts.compose.slotted_html import SlottedHtml, cut_slots
from handouts.model.document import Composed, Required
from handouts.model.required_texts import report_missing
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.text.lines import Edge, squeeze
from handouts.text.rules import TEXT_TOO_LONG
from handouts.text.walk import (
    Written,
    get_picture_word,
    write_lines,
    write_lines_after,
    write_lines_with_edges,
)

_OPTIONAL: Final = "data-optional"
_BODY_CAPACITY: Final = 100  # some 50 kB each
_SLOT_CAPACITY: Final = 2_000  # some 1 kB each
_WORDS_CAPACITY: Final = 5_000


def write_plain_text(composed: Composed, problems: Problems) -> bytes:
    """Return the text of a document in UTF-8; report each required text that is missing from it.

    If the text is too long, optional elements are left out, the last ones first. Nothing of a patient is kept.
    """
    is_whole = composed.is_for_patient or composed.layout.most_characters
    text = None if is_whole else _write_from_body(composed)
    if text is None:
        text = _write_whole(composed, problems)
    return text.encode()


def _write_whole(composed: Composed, problems: Problems) -> str:
    root = parse_tree(composed.html)
    picture, most = get_picture_word(root), composed.layout.most_characters
    text = _join(write_lines(root, picture))
    optional = [element for element in root.iter() if _OPTIONAL in element.attrib]
    while most and len(text) > most and optional:
        optional.pop().set("hidden", "")
        text = _join(write_lines(root, picture))
    if most and len(text) > most:
        problems.add(TEXT_TOO_LONG.at(None, count=len(text), most=most))
    present = squeeze(text)
    report_missing(composed.required, lambda required: squeeze(required) in present, "plain text", problems)
    return text


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines before, between and after slots, and the edges of slots as they were when these lines were written.

    `present` is what is in these lines, to be compared.
    """

    picture: str
    pieces: tuple[tuple[str, ...], ...]
    edges: tuple[Edge, ...]
    present: tuple[str, ...]


def _write_from_body(composed: Composed) -> str | None:
    """Return the text of a document whose lines but for slots are kept; None if they cannot be, or a text is missing.

    Then the document is to be written whole, which reports what is wrong.
    """
    slotted = cut_slots(composed.html)
    body = _bodies().get(slotted.shared)
    if body is None:
        body = _write_body(slotted)
        if body is None:
            return None
        _bodies().put(slotted.shared, body)
    slots: list[Written] = []
    for html, (before, after) in zip(slotted.slots, _pair(body.edges), strict=True):
        slot = _write_slot(html, before, body.picture)
        if slot is None or [edge for _, edge in slot.edges] != [after]:
            return None
        slots.append(slot)
    pieces = [body.pieces[0]]
    for slot, piece in zip(slots, body.pieces[1:], strict=True):
        pieces += [slot.lines, piece]
    text = _join(line for piece in pieces for line in piece)
    return text if _has_all(text, body, composed.required) else None


def _write_body(slotted: SlottedHtml) -> _Body | None:
    parsed = parse_slotted(slotted)
    if parsed is None:
        return None
    root, slots = parsed
    picture = get_picture_word(root)
    written = write_lines_with_edges(root, frozenset(slots), picture)
    if written is None:
        return None
    cuts = [0, *(position for position, _ in written.edges), len(written.lines)]
    pieces = tuple(written.lines[start:end] for start, end in list(pairwise(cuts))[::2])
    edges = tuple(edge for _, edge in written.edges)
    return _Body(picture, pieces, edges, tuple(squeeze("\n".join(piece)) for piece in pieces))


def _write_slot(html: str, before: Edge, picture: str) -> Written | None:
    key = html, before, picture
    written = _slots().get(key)
    if written is None:
        element = parse_slot(html)
        if element is None:
            return None
        written = write_lines_after(element, before, picture)
        _slots().put(key, written)
    return written


def _has_all(text: str, body: _Body, required: Iterable[Required]) -> bool:
    """Return whether a text has all that is required."""
    words = {_squeeze_once(one.text) for one in required}
    missing = [one for one in words if not any(one in piece for piece in body.present)]
    present = squeeze(text) if missing else ""
    return all(one in present for one in missing)


@functools.lru_cache(_WORDS_CAPACITY)
def _squeeze_once(text: str) -> str:
    return squeeze(text)


def _pair(edges: tuple[Edge, ...]) -> list[tuple[Edge, Edge]]:
    return list(pairwise(edges))[::2]


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


@functools.cache
def _bodies() -> Cache[str, _Body]:
    return Cache(_BODY_CAPACITY)


@functools.cache
def _slots() -> Cache[tuple[str, Edge, str], Written]:
    return Cache(_SLOT_CAPACITY)
