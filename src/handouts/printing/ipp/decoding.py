"""A message of the Internet Printing Protocol read from bytes (RFC 8010, 3.1)."""

import struct
from typing import Final, NamedTuple

from handouts.printing.ipp.message import END, LAST_GROUP_TAG, Attribute, Group, Message, NotIppError, Range, Tag, Value

_OUT_OF_BAND: Final = range(0x10, 0x20)
_WITH_LANGUAGE: Final = (0x35, 0x36)
_TEXTS: Final = range(0x40, 0x60)
_DEEPEST: Final = 8  # collections in collections; media-col-database has three


class _Growing(NamedTuple):
    """An attribute whose values are still being read."""

    tag: int
    name: str
    values: list[Value]


def decoded(content: bytes) -> Message:
    """Read a message; what follows its attributes is passed over. Raise NotIppError for anything else."""
    try:
        return _Reader(content).message()
    except struct.error as broken:
        raise NotIppError(str(broken)) from None


class _Reader:
    """Reads a message from its bytes, from the front to the end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def message(self) -> Message:
        major, minor, code, request_id = struct.unpack(">BBHI", self._take(8))
        groups: list[tuple[int, list[_Growing]]] = []
        while (tag := self._take(1)[0]) != END:
            if tag <= LAST_GROUP_TAG:
                groups.append((tag, []))
            elif not groups:
                raise NotIppError("a value outside of any group")
            else:
                name, content = _text(self._sized()), self._sized()
                _add(groups[-1][1], tag, name, self._value(tag, content, 0))
        whole = tuple(Group(tag, _whole(attributes)) for tag, attributes in groups)
        return Message(code, request_id, whole, (major, minor))

    def _take(self, count: int) -> bytes:
        taken = self._content[self._at : self._at + count]
        if len(taken) < count:
            raise NotIppError("cut short")
        self._at += count
        return taken

    def _sized(self) -> bytes:
        return self._take(int.from_bytes(self._take(2), "big"))

    def _value(self, tag: int, content: bytes, depth: int) -> Value:
        if tag == Tag.COLLECTION:
            return self._collection(depth + 1)
        if tag in {Tag.END_OF_COLLECTION, Tag.MEMBER_NAME}:
            raise NotIppError("a member outside of a collection")
        return _read_value(tag, content)

    def _collection(self, depth: int) -> tuple[Attribute, ...]:
        if depth > _DEEPEST:
            raise NotIppError("collections too deep in each other")
        members: list[_Growing] = []
        name = ""
        while True:
            tag = self._take(1)[0]
            if tag <= LAST_GROUP_TAG or self._sized():
                raise NotIppError("a collection without an end")
            content = self._sized()
            if tag == Tag.END_OF_COLLECTION:
                return _whole(members)
            if tag == Tag.MEMBER_NAME:
                name = _text(content)
                continue
            _add(members, tag, name, self._value(tag, content, depth))
            name = ""


def _add(attributes: list[_Growing], tag: int, name: str, value: Value) -> None:
    """Add a value: with a name as a new attribute, without one to the last."""
    if name:
        attributes.append(_Growing(tag, name, [value]))
    elif attributes:
        attributes[-1].values.append(value)
    else:
        raise NotIppError("a value without a name")


def _whole(attributes: list[_Growing]) -> tuple[Attribute, ...]:
    return tuple(Attribute(tag, name, tuple(values)) for tag, name, values in attributes)


def _text(content: bytes) -> str:
    """Read a text; letters of another encoding are no reason not to print."""
    return content.decode(errors="replace")


def _read_value(tag: int, content: bytes) -> Value:
    if tag in _OUT_OF_BAND:
        return None
    if tag in {Tag.INTEGER, Tag.ENUM}:
        (number,) = struct.unpack(">i", content)
        return int(number)
    if tag == Tag.BOOLEAN:
        (flag,) = struct.unpack(">B", content)
        return bool(flag)
    if tag == Tag.RANGE:
        low, high = struct.unpack(">ii", content)
        return Range(low, high)
    if tag in _WITH_LANGUAGE:  # a language and a text, each with its length
        (length,) = struct.unpack_from(">H", content)
        return _text(content[2 + length + 2 :])
    return _text(content) if tag in _TEXTS else content
