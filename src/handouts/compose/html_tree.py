"""Parses HTML documents; passages that were parsed before, for another practice, are taken from a cache."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from io import StringIO
from typing import Final
from xml.etree.ElementTree import Element

from tinyhtml5 import parse

from handouts.compose.slotted_html import EMPTY_SLOT, SLOT_TAG, SlottedHtml

# The markup that templates write: quoted attributes, no angle brackets in text. Everything else is parsed as a whole.
_MARKUP: Final = re.compile(
    r"<!--[^<>]*-->|<!doctype html>|<(/?)([a-z][a-z0-9]*)((?:\s+[A-Za-z_][\w:.-]*(?:=\"[^\"<>]*\")?)*)\s*(/?)>"
)
# fmt: off
_VOID: Final = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
])
# Blocks in which any other block may stand, and nothing that stands there is moved elsewhere.
_OPEN: Final = frozenset(["article", "aside", "body", "div", "footer", "header", "main", "nav", "section"])
_PASSAGES: Final = _OPEN - {"body"} | frozenset([
    "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul",
])
# Elements whose content is text, or is parsed by other rules.
_OTHER_RULES: Final = frozenset([
    "form", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "plaintext", "script", "select", "style",
    "template", "textarea", "xmp",
])
# fmt: on
_START: Final = "<!doctype html><body>"
_LARGE: Final = 2_000  # characters: passages of larger blocks are parsed one by one
_CAPACITY: Final = 2_000  # passages

_Spans = list[tuple[int, int]]


def parse_tree(html: str) -> Element:
    """Parse a document as browsers do, with the error handling of the WHATWG HTML standard."""
    spans = list(_find_passages(html))
    head, start, rest = html.partition("<body")
    attributes, end, _ = rest.partition(">")
    if not spans:
        return _parse(html)
    opened = len(head) + len(start) + len(attributes) + len(end)
    passages = [_parse_passage(html[first:last]) for first, last in spans]
    pieces = [
        html[last:first] for (_, last), (first, _) in zip([(0, opened), *spans], [*spans, (None, 0)], strict=True)
    ]
    body = deepcopy(_parse_between(EMPTY_SLOT.join(pieces)))
    parents = {child: parent for parent in body.iter() for child in parent}
    places = list(body.iter(SLOT_TAG))
    if None in passages or len(places) != len(passages):
        return _parse(html)
    for place, passage in zip(places, passages, strict=True):
        parent, elements = parents[place], [deepcopy(element) for element in passage or ()]
        # A heading in a heading ends it: what follows the inner one stands behind both.
        elements[-1].tail = (elements[-1].tail or "") + (place.tail or "")
        index = list(parent).index(place)
        parent[index : index + 1] = elements
    root = _parse(html[:opened])
    whole = root[-1]
    whole.text = body.text
    whole[:] = list(body)
    return root


def parse_slotted(slotted: SlottedHtml) -> tuple[Element, tuple[Element, ...]] | None:
    """Parse a document and its slots apart; return the root of the tree, with the slots in it, and the slots.

    None if it has no slots, or if a slot may mean something else where it stands than alone.
    """
    parsed = [parse_slot(html) for html in slotted.slots]
    html = slotted.head + slotted.body
    if not parsed or None in parsed or not html.startswith("<!doctype html>") or not _is_plain(html):
        return None
    root = _parse(html)
    parents = {child: parent for parent in root.iter() for child in parent}
    places = list(root.iter(SLOT_TAG))
    if len(places) != len(parsed):
        return None
    slots = tuple(deepcopy(element) for element in parsed if element is not None)
    for place, slot in zip(places, slots, strict=True):
        parent = parents[place]
        around: Element | None = parent
        while around is not None:
            if around.tag not in _OPEN and around.tag != "html":
                return None
            around = parents.get(around)
        slot.tail = (slot.tail or "") + (place.tail or "")
        parent[list(parent).index(place)] = slot
    return root, slots


@lru_cache(_CAPACITY)
def parse_slot(html: str) -> Element | None:
    """Return the element of a slot, which must not be changed; None if it is no single block of plain markup."""
    passage = _parse_passage(html) if _is_plain(html) else None
    if passage is None or len(passage) != 1 or passage[0].tag not in _PASSAGES or (passage[0].tail or "").strip():
        return None
    return passage[0]


def parse_start(html: str) -> Element:
    """Return the root of a document of which only the start is given, up to the start tag of its body."""
    return _parse(html)


def _is_plain(html: str) -> bool:
    """Return whether all markup is understood here, and elements are closed one by one."""
    found = list(_MARKUP.finditer(html))
    return len(found) == html.count("<") and _collect_passages(found, [])


def _parse(html: str) -> Element:
    # A file, because tinyhtml5 could take a short string for a file name.
    root: Element = parse(StringIO(html), namespace_html_elements=False)
    return root


@lru_cache(_CAPACITY)
def _parse_passage(html: str) -> tuple[Element, ...] | None:
    """Return the elements of a passage; None if what follows it would not stand beside them."""
    body = _parse(f"{_START}{html}{EMPTY_SLOT}")[-1]
    places = list(body.iter(SLOT_TAG))
    is_closed = len(places) == 1 and len(body) > 1 and body[-1] is places[0] and not body.text
    return tuple(body[:-1]) if is_closed else None


@lru_cache(_CAPACITY)
def _parse_between(html: str) -> Element:
    """Return the body of a document whose passages are empty elements."""
    return _parse(_START + html)[-1]


def _find_passages(html: str) -> Iterator[tuple[int, int]]:
    """Yield where passages start and end: blocks that stand side by side; nothing if the markup is not plain."""
    found = list(_MARKUP.finditer(html))
    is_plain = html.startswith("<!doctype html>") and len(found) == html.count("<")
    passages: _Spans = []
    if not is_plain or SLOT_TAG in {match[2] for match in found} or not _collect_passages(found, passages):
        return
    joined = passages[:1]
    for start, end in passages[1:]:
        first, last = joined[-1]
        if end - first <= _LARGE and html[last:start].isspace():
            joined[-1] = first, end
        else:
            joined.append((start, end))
    yield from joined


def _collect_passages(found: list[re.Match[str]], passages: _Spans) -> bool:
    """Collect passages in order; return False for markup in which elements are not closed one by one."""
    stack: list[tuple[str, int, int]] = []  # name, start, and number of passages before
    for match in found:
        end_mark, name, _, closed = match.groups()
        if name is None or name in _VOID:
            continue
        is_foreign = any(opened == "svg" for opened, _, _ in stack)
        if name in _OTHER_RULES or (closed and not is_foreign):
            return False
        if end_mark:
            if not stack or stack[-1][0] != name:
                return False
            _, start, before = stack.pop()
            is_inside = any(opened == "body" for opened, _, _ in stack)
            is_open = all(opened in _OPEN or opened == "html" for opened, _, _ in stack)
            if is_inside and is_open and name in _PASSAGES and (match.end() - start <= _LARGE or name not in _OPEN):
                passages[before:] = [(start, match.end())]
        elif not closed:
            stack.append((name, match.start(), len(passages)))
    return not stack
