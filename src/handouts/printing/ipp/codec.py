"""Encodes and decodes messages of the Internet Printing Protocol (RFC 8010, 3.1)."""

import struct
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from handouts.printing.ipp.message import END, LAST_GROUP_TAG, Attribute, Group, Message, NotIppError, Range, Tag, Value

_MAX_FIELD_BYTES: Final = 0xFFFF
_OUT_OF_BAND_TAGS: Final = range(0x10, 0x20)
_TAGS_WITH_LANGUAGE: Final = (0x35, 0x36)
_TEXT_TAGS: Final = range(0x40, 0x60)
_INTEGER_BYTES: Final = 4
_MAX_DEPTH: Final = 8  # of nested collections; media-col-database has three levels


def encode(message: Message) -> bytes:
    """Encode a message. Raises ValueError if a name or value is longer than the protocol allows."""
    parts = [struct.pack(">BBHI", *message.version, message.code, message.request_id)]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        parts += (field for attribute in group.attributes for field in _encode_attribute(attribute))
    return b"".join([*parts, bytes([END])])


def decode(content: bytes) -> Message:
    """Decode a message and ignore the bytes after it. Raises NotIppError if the bytes are not a valid message."""
    try:
        return _Decoder(content).decode_message()
    except struct.error as error:
        raise NotIppError(str(error)) from None


def _encode_attribute(attribute: Attribute) -> Iterator[bytes]:
    name = attribute.name
    for value in attribute.values:
        yield from _encode_with_tag(attribute.tag, name, value)
        name = ""  # further values of the same attribute have no name


def _encode_with_tag(tag: int, name: str, value: Value) -> Iterator[bytes]:
    if tag != Tag.COLLECTION:
        yield _encode_field(tag, name.encode(), _encode_value(value))
        return
    yield _encode_field(tag, name.encode(), b"")
    for member in _get_members(value):
        yield _encode_field(Tag.MEMBER_NAME, b"", member.name.encode())
        for member_value in member.values:
            yield from _encode_with_tag(member.tag, "", member_value)
    yield _encode_field(Tag.END_OF_COLLECTION, b"", b"")


def _get_members(value: Value) -> Iterable[Attribute]:
    if not isinstance(value, tuple):
        raise TypeError("the value of a collection must be a tuple of attributes")
    return (member for member in value if isinstance(member, Attribute))


def _encode_field(tag: int, name: bytes, value: bytes) -> bytes:
    if max(len(name), len(value)) > _MAX_FIELD_BYTES:
        raise ValueError("a name or value is longer than the protocol allows")
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def _encode_value(value: Value) -> bytes:
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
    raise TypeError("a collection needs the tag of collections")


class _PartialAttribute(NamedTuple):
    """An attribute whose values are still being read."""

    tag: int
    name: str
    values: list[Value]


class _Decoder:
    """Reads one message from the start of its bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    def decode_message(self) -> Message:
        major, minor, code, request_id = struct.unpack(">BBHI", self._read(8))
        groups: list[tuple[int, list[_PartialAttribute]]] = []
        while (tag := self._read(1)[0]) != END:
            if tag <= LAST_GROUP_TAG:
                groups.append((tag, []))
            elif not groups:
                raise NotIppError("a value outside of any group")
            else:
                name, content = _decode_text(self._read_field()), self._read_field()
                _add_value(groups[-1][1], tag, name, self._decode_value(tag, content, 0))
        decoded = tuple(Group(tag, _complete(attributes)) for tag, attributes in groups)
        return Message(code, request_id, decoded, (major, minor))

    def _read(self, count: int) -> bytes:
        content = self._content[self._position : self._position + count]
        if len(content) < count:
            raise NotIppError("the message is truncated")
        self._position += count
        return content

    def _read_field(self) -> bytes:
        """Read a two-byte length and as many bytes."""
        return self._read(int.from_bytes(self._read(2), "big"))

    def _decode_value(self, tag: int, content: bytes, depth: int) -> Value:
        if tag == Tag.COLLECTION:
            return self._decode_collection(depth + 1)
        if tag in {Tag.END_OF_COLLECTION, Tag.MEMBER_NAME}:
            raise NotIppError("a member outside of a collection")
        return _decode_value(tag, content)

    def _decode_collection(self, depth: int) -> tuple[Attribute, ...]:
        if depth > _MAX_DEPTH:
            raise NotIppError("collections are nested too deeply")
        members: list[_PartialAttribute] = []
        name = ""
        while True:
            tag = self._read(1)[0]
            if tag <= LAST_GROUP_TAG or self._read_field():
                raise NotIppError("a collection without an end")
            content = self._read_field()
            if tag == Tag.END_OF_COLLECTION:
                return _complete(members)
            if tag == Tag.MEMBER_NAME:
                name = _decode_text(content)
                continue
            _add_value(members, tag, name, self._decode_value(tag, content, depth))
            name = ""


def _add_value(attributes: list[_PartialAttribute], tag: int, name: str, value: Value) -> None:
    """Add a value: as a new attribute if it has a name, else to the last one. Raises NotIppError if there is none."""
    if name:
        attributes.append(_PartialAttribute(tag, name, [value]))
    elif attributes:
        attributes[-1].values.append(value)
    else:
        raise NotIppError("a value without a name")


def _complete(attributes: list[_PartialAttribute]) -> tuple[Attribute, ...]:
    return tuple(Attribute(tag, name, tuple(values)) for tag, name, values in attributes)


def _decode_text(content: bytes) -> str:
    """Decode text; a printer that sends another encoding than UTF-8 must still be usable."""
    return content.decode(errors="replace")


def _decode_value(tag: int, content: bytes) -> Value:
    """Decode a value; None for one whose length does not fit its type, as some printers send."""
    if tag == Tag.BOOLEAN:
        return any(content)
    if tag in {Tag.INTEGER, Tag.ENUM}:
        return int.from_bytes(content, "big", signed=True) if len(content) == _INTEGER_BYTES else None
    if tag == Tag.RANGE:
        return Range(*struct.unpack(">ii", content)) if len(content) == 2 * _INTEGER_BYTES else None
    if tag in _TAGS_WITH_LANGUAGE:  # a language and a text, each after its length
        return _decode_text(content[2 + int.from_bytes(content[:2], "big") + 2 :])
    if tag in _TEXT_TAGS:
        return _decode_text(content)
    return None if tag in _OUT_OF_BAND_TAGS else content
