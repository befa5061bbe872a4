"""A message of the Internet Printing Protocol as bytes (RFC 8010, 3.1)."""

import struct
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.printing.ipp.message import END, Attribute, Message, Range, Tag, Value

_LONGEST: Final = 0xFFFF


def encoded(message: Message) -> bytes:
    """Write a message; raise ValueError for what the protocol has no room for."""
    parts = [struct.pack(">BBHI", *message.version, message.code, message.request_id)]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        parts += (piece for attribute in group.attributes for piece in _attribute(attribute))
    return b"".join([*parts, bytes([END])])


def _attribute(attribute: Attribute) -> Iterator[bytes]:
    name = attribute.name
    for value in attribute.values:
        yield from _tagged(attribute.tag, name, value)
        name = ""  # more values of the same attribute


def _tagged(tag: int, name: str, value: Value) -> Iterator[bytes]:
    if tag != Tag.COLLECTION:
        yield _field(tag, name.encode(), _value_bytes(value))
        return
    yield _field(tag, name.encode(), b"")
    for member in _members(value):
        yield _field(Tag.MEMBER_NAME, b"", member.name.encode())
        for one in member.values:
            yield from _tagged(member.tag, "", one)
    yield _field(Tag.END_OF_COLLECTION, b"", b"")


def _members(value: Value) -> Iterable[Attribute]:
    if not isinstance(value, tuple):
        raise TypeError("a collection is a tuple of attributes")
    return (member for member in value if isinstance(member, Attribute))


def _field(tag: int, name: bytes, value: bytes) -> bytes:
    if max(len(name), len(value)) > _LONGEST:
        raise ValueError("longer than the protocol has room for")
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def _value_bytes(value: Value) -> bytes:
    match value:
        case None:
            return b""
        case bool():
            return bytes([value])
        case int():
            return struct.pack(">i", value)
        case str():
            return value.encode()
        case bytes():
            return value
        case Range():
            return struct.pack(">ii", *value)
    raise TypeError("a collection stands in an attribute of another kind")
