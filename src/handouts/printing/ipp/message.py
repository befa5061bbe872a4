"""Messages of the Internet Printing Protocol (RFC 8010).

A hand-written implementation, because no library fits: pyipp only queries the state of printers and needs aiohttp;
pycups is compiled against libcups; ippx is two releases old, writes no collections and reads responses of any size.
Printers are not trusted: a response is either parsed completely or rejected with NotIppError.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

from handouts.problems.exceptions import HandoutsError


class NotIppError(HandoutsError, ValueError):
    """The bytes are not a valid IPP message; the text says why."""


class GroupTag(IntEnum):
    """Kinds of attribute groups (RFC 8010, 3.5.1); groups of other kinds are ignored."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """Types of values (RFC 8010, 3.5.2); values of other types are kept as bytes."""

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
    """A named attribute. `tag` is the type of its values, as a plain int, because printers use private types."""

    tag: int
    name: str
    values: "tuple[Value, ...]"


class Range(NamedTuple):
    """The integers from `low` to `high`, both included."""

    low: int
    high: int


# A tuple of attributes is a collection. None stands for the "out-of-band" values, such as no-value.
Value: TypeAlias = int | bool | str | bytes | Range | tuple[Attribute, ...] | None
Values: TypeAlias = dict[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of attributes, in order."""

    tag: int
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response. `code` is the operation of a request or the status of a response."""

    code: int
    request_id: int
    groups: tuple[Group, ...]
    version: tuple[int, int] = (2, 0)

    def get_first_group(self, tag: GroupTag) -> Values:
        """Return the values of the first group of a kind by attribute name; empty if there is no such group."""
        return next(self.list_groups(tag), {})

    def list_groups(self, tag: GroupTag) -> Iterator[Values]:
        """Yield the values by attribute name for each group of a kind.

        The first of several attributes with the same name wins, as in CUPS.
        """
        for group in self.groups:
            if group.tag == tag:
                yield {attribute.name: attribute.values for attribute in reversed(group.attributes)}


def select_texts(values: Iterable[Value]) -> tuple[str, ...]:
    """Return the values that are strings."""
    return tuple(value for value in values if isinstance(value, str))


def select_integers(values: Iterable[Value]) -> tuple[int, ...]:
    """Return the values that are integers, without booleans."""
    return tuple(value for value in values if isinstance(value, int) and not isinstance(value, bool))
