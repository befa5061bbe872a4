"""Messages of the Internet Printing Protocol (RFC 8010).

Our own, for no library fits: pyipp only asks printers for their state, and needs aiohttp; pycups is compiled against
libcups; ippx is two releases old, writes no collections, and reads answers of any size. A printer is a stranger, so
whatever it answers is either read whole or refused with NotIppError.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

from handouts.problems.exceptions import HandoutsError


class NotIppError(HandoutsError, ValueError):
    """These bytes are no message of the protocol."""


class GroupTag(IntEnum):
    """What a group of attributes is about (RFC 8010, 3.5.1); others than these are passed over."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """What a value is (RFC 8010, 3.5.2); values of other kinds are kept as bytes."""

    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    COLLECTION = 0x34
    END_OF_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


END: Final = 0x03
LAST_GROUP_TAG: Final = 0x0F


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its values; `tag` says what they are, as a number, for printers have kinds of their own."""

    tag: int
    name: str
    values: "tuple[Value, ...]"


class Range(NamedTuple):
    """All whole numbers from the first to the last."""

    low: int
    high: int


# A tuple of attributes is a collection. What a printer has no value for is None.
Value: TypeAlias = int | bool | str | bytes | Range | tuple[Attribute, ...] | None


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes about one thing, in order."""

    tag: int
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer; `code` is its operation or its status. A document may follow it."""

    code: int
    request_id: int
    groups: tuple[Group, ...]
    version: tuple[int, int] = (2, 0)

    def attributes(self, tag: GroupTag) -> dict[str, tuple[Value, ...]]:
        """Give the values of the first group of a kind, by name."""
        return next(self.each(tag), {})

    def each(self, tag: GroupTag) -> Iterator[dict[str, tuple[Value, ...]]]:
        """Give the values by name for each group of a kind; of those said twice, the first, as CUPS takes them."""
        for group in self.groups:
            if group.tag == tag:
                yield {attribute.name: attribute.values for attribute in reversed(group.attributes)}
