"""XLIFF 2.0 (OASIS, 5 August 2014): marks are placeholders with their text as original data, numbers are protected."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, indent, tostring

from handouts.schema.translation import UnitState
from handouts.translating.messages import BadExchangeError, Exchange, Message
from handouts.translating.protected import split_protected

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# States of a segment (XLIFF 2.0, 4.3.1.28).
_STATES: Final[dict[UnitState, str]] = {"translated": "translated", "reviewed": "reviewed"}
_REVIEWED: Final = frozenset({"reviewed", "final"})
_LONGEST_FILE: Final = 20_000_000  # characters


def write_xliff(exchange: Exchange) -> str:
    """Return the units as an XLIFF 2.0 document."""
    root = Element(
        "xliff",
        {"xmlns": _NAMESPACE, "version": "2.0", "srcLang": exchange.source_language, "trgLang": exchange.language},
    )
    file = SubElement(root, "file", {"id": exchange.handout, "original": exchange.handout})
    for message in exchange.messages:
        unit = SubElement(file, "unit", {"id": message.id.replace("/", "."), "name": message.id})
        if message.is_stale:
            note = SubElement(SubElement(unit, "notes"), "note", {"category": "state"})
            note.text = "The original has changed since this was translated."
        marks = dict.fromkeys(piece.text for piece in split_protected(message.source) if piece.kind == "mark")
        data_ids = {text: f"d{number}" for number, text in enumerate(marks, start=1)}
        if data_ids:
            original_data = SubElement(unit, "originalData")
            for text, identifier in data_ids.items():
                SubElement(original_data, "data", {"id": identifier}).text = text
        state = "initial" if message.is_stale or not message.target else _STATES[message.state]
        segment = SubElement(unit, "segment", {"state": state})
        texts = {"source": message.source, **({"target": message.target} if message.target else {})}
        for name, text in texts.items():
            _fill(SubElement(segment, name, {_XML_SPACE: "preserve"}), text, data_ids)
    _indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def read_xliff(text: str) -> Exchange:
    """Return the units of an XLIFF 2.0 or 2.1 document. Raises BadExchangeError."""
    if len(text) > _LONGEST_FILE:
        raise BadExchangeError("the file is too large")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # entities could grow without bound
        raise BadExchangeError("a document type is not allowed")
    try:
        root = fromstring(text.encode())  # noqa: S314 - the lines above rule out entities
    except ParseError as broken:
        raise BadExchangeError(f"it is not XML: {broken}") from None
    if root.tag != f"{{{_NAMESPACE}}}xliff":
        raise BadExchangeError("it is not an XLIFF 2 document")
    file = root.find(_tag("file"))
    if file is None:
        raise BadExchangeError("it has no <file>")
    try:
        messages = tuple(_read_unit(unit) for unit in _find_units(file))
    except RecursionError:
        raise BadExchangeError("its elements are nested too deeply") from None
    return Exchange(file.get("original", ""), root.get("srcLang", ""), root.get("trgLang", ""), messages)


def _find_units(file: Element) -> Iterator[Element]:
    """Yield the units of a file and of its groups, in order; what is within a unit is no unit (XLIFF 2.0, 4.2.2)."""
    waiting = [file]
    while waiting:
        element = waiting.pop()
        if element.tag == _tag("unit"):
            yield element
        else:
            waiting.extend(reversed(element))


def _read_unit(unit: Element) -> Message:
    data = {one.get("id", ""): "".join(one.itertext()) for one in unit.iter(_tag("data"))}
    segments = list(unit.iter(_tag("segment")))
    # Tools may split a unit into segments, with what is between them in <ignorable>.
    parts = [part for part in unit if part.tag in {_tag("segment"), _tag("ignorable")}]
    source = "".join(_read_inline(part.find(_tag("source")), data) for part in parts)
    has_target = all(part.find(_tag("target")) is not None for part in segments)
    # Between segments, tools may leave what is not to be translated without a target.
    targets = (_find_first(part, "target", "source") for part in parts)
    target = "".join(_read_inline(element, data) for element in targets)
    states = {segment.get("state", "initial") for segment in segments}
    state: UnitState = "reviewed" if states <= _REVIEWED else "translated"
    name = unit.get("name") or unit.get("id", "").replace(".", "/")
    return Message(name, source, target if has_target else "", state, is_stale="initial" in states)


def _find_first(part: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := part.find(_tag(name))) is not None), None)


def _read_inline(element: Element | None, data: dict[str, str]) -> str:
    """Return the text of a source or target, with the marks in place of placeholders."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == _tag("ph"):
            pieces.append(data.get(child.get("dataRef", ""), ""))
        elif child.tag == _tag("cp"):
            raise BadExchangeError("it has a control character")
        else:
            pieces.append(_read_inline(child, data))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _fill(element: Element, text: str, data_ids: dict[str, str]) -> None:
    """Write a text with its marks as placeholders; the nth use of one has the same id in source and target."""
    used: Counter[str] = Counter()
    last: Element | None = None
    for piece in split_protected(text):
        if piece.kind == "text" or (piece.kind == "mark" and piece.text not in data_ids):
            if last is None:
                element.text = (element.text or "") + piece.text
            else:
                last.tail = (last.tail or "") + piece.text
            continue
        used[piece.text] += 1
        number = used[piece.text]
        if piece.kind == "mark":
            identifier = f"{data_ids[piece.text]}.{number}"
            last = SubElement(element, "ph", {"id": identifier, "dataRef": data_ids[piece.text], "disp": piece.text})
        else:
            identifier = f"n{re.sub('[^0-9.-]', '_', piece.text)}.{number}"
            last = SubElement(element, "mrk", {"id": identifier, "translate": "no"})
            last.text = piece.text


def _indent(root: Element) -> None:
    """Indent elements, but never within texts, where spaces count."""
    texts = [
        (element, element.text, [(child, child.tail) for child in element])
        for element in root.iter()
        if _is_text(element)
    ]
    indent(root)
    for element, text, tails in texts:
        element.text = text
        for child, tail in tails:
            child.tail = tail


def _is_text(element: Element) -> bool:
    return element.tag in {"source", "target", "data", "note"}


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
