"""Objects of a PDF with gaps for what is known only when layers are put together, such as the numbers of objects."""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pydyf

# Nothing that is read can contain the zero byte: HTML and YAML exclude it.
_GAP: Final = re.compile(rb"\x00[a-z]+(?: [-\d.]+)*\x00")
_FAST: Final = 1  # level of zlib
_GAP_CAPACITY: Final = 2_000  # those of about five practices


class Gap(NamedTuple):
    """What is missing in an object: its kind, and numbers that say which one."""

    kind: str
    numbers: tuple[float, ...] = ()

    def __str__(self) -> str:
        """Write the gap into an object of pydyf."""
        return f"\0{self.kind}{''.join([f' {number:g}' for number in self.numbers])}\0"

    @property
    def first(self) -> int:
        """The first number."""
        return int(self.numbers[0])


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A gap for a position on a side of a sheet.

    `kind` is x or y; `length` is measured from the top left corner of a slot, in CSS pixels.
    """

    kind: str
    slot: int
    length: float

    def __str__(self) -> str:
        """Write the gap into an object of pydyf."""
        return f"\0{self.kind} {self.slot} {self.length:f}\0"


Pieces = tuple["bytes | Gap", ...]
"""The bytes of an object, with gaps."""


@dataclass(frozen=True, slots=True)
class OpenObject:
    """An object with gaps; a stream cannot be put into an object stream."""

    pieces: Pieces
    is_stream: bool

    @property
    def has_gaps(self) -> bool:
        """Whether there are any gaps."""
        return len(self.pieces) > 1 or any(isinstance(piece, Gap) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form with a gap in its content: its dictionary, and its content around the gap."""

    dictionary: Pieces
    before: bytes
    after: bytes

    def write(self, content: bytes) -> OpenObject:
        """Return the form with this content in the gap."""
        data = zlib.compress(b"\n".join((self.before, content, self.after)), _FAST)
        end = b"/Filter /FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(data), data)
        return OpenObject((*self.dictionary, end), is_stream=True)


class OpenNumbers:
    """Takes the place of a pydyf.PDF while objects are made whose numbers are not known yet; the numbers are gaps."""

    def __init__(self) -> None:
        """Start without objects."""
        self.objects: list[Any] = []

    def add_object(self, item: Any) -> None:  # noqa: ANN401 - pydyf publishes no types
        """Add an object."""
        item.number = Gap("object", (len(self.objects),))
        self.objects.append(item)


def read_object(item: Any, level: int = 9) -> OpenObject:  # noqa: ANN401 - as above
    """Return an object of pydyf as bytes and gaps; `level` is that of zlib, for streams to be compressed."""
    if not isinstance(item, pydyf.Stream):
        return OpenObject(split_gaps(item.data), is_stream=False)
    content, extra = b"\n".join(map(_write, item.stream)), pydyf.Dictionary(item.extra)
    if item.compress:
        content = zlib.compress(content, level)
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(content)
    return OpenObject(_join((*split_gaps(extra.data), b"\nstream\n%s\nendstream" % content)), is_stream=True)


def open_form(form: Any, start: int, end: int) -> OpenForm:  # noqa: ANN401 - as above
    """Return a form of pydyf without some of the operations of its content."""
    before, after = (b"\n".join(map(_write, part)) for part in (form.stream[:start], form.stream[end:]))
    return OpenForm(split_gaps(_write(form.extra).removesuffix(b">>")), before, after)


def split_at(data: bytes, text: bytes, gap: Gap) -> Pieces:
    """Return bytes with a gap in each place of a text."""
    first, *others = data.split(text)
    return (first, *(part for other in others for part in (gap, other)))


def split_gaps(data: bytes) -> Pieces:
    """Return bytes and the gaps in them."""
    pieces: list[bytes | Gap] = []
    end = 0
    for gap in _GAP.finditer(data):
        pieces += [data[end : gap.start()], _read_gap(gap[0])]
        end = gap.end()
    return _join((*pieces, data[end:]))


@lru_cache(_GAP_CAPACITY)
def _read_gap(written: bytes) -> Gap:
    """Read a gap; the same one for all that are equal, so that it is kept once in a file of slots."""
    kind, *numbers = written.strip(b"\0").decode().split(" ")
    return Gap(kind, tuple(map(float, numbers)))


def fill_gaps(pieces: Iterable["bytes | Gap"], fill: Callable[[Gap], bytes]) -> bytes:
    """Return the bytes of an object, with each gap filled."""
    return b"".join(piece if isinstance(piece, bytes) else fill(piece) for piece in pieces)


def _join(pieces: Sequence["bytes | Gap"]) -> Pieces:
    """Join bytes that stand beside each other."""
    joined: list[bytes | Gap] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, bytes) and isinstance(last, bytes):
            joined[-1] = last + piece
        elif piece != b"":
            joined.append(piece)
    return tuple(joined)


def _write(value: Any) -> bytes:  # noqa: ANN401 - as above
    data: bytes = pydyf._to_bytes(value)  # noqa: SLF001 - how pydyf writes values
    return data
