"""Finds numbers in a PDF that no printer can use: infinite ones, those that are no numbers, and those out of range."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pydyf
from weasyprint.pdf.stream import Stream

from handouts.pdf.rules import UNUSABLE_NUMBER
from handouts.problems.collector import Problems

# Eight digits before the point: some 100 km. Letters are hexadecimal (<00af>), names start with a slash (/a1.0).
_UNUSABLE: Final = re.compile(rb"(?<![\w.<#/+-])[+-]?(?:\d{8,}|nan|inf)(?![\w>])")
_ALL_DIGITS: Final = bytes.maketrans(b"123456789", b"0" * 9)
_MAX_SHOWN: Final = 20


def check_numbers(objects: Iterable[pydyf.Object], problems: Problems) -> None:
    """Report the first number in content, gradients and patterns that viewers and printers treat differently."""
    for written in _write_content(objects):
        found = _UNUSABLE.search(written) if _may_be_unusable(written) else None
        if found:
            problems.add(UNUSABLE_NUMBER.at(None, number=found.group().decode()[:_MAX_SHOWN]))
            return


def _may_be_unusable(written: bytes) -> bool:
    """Return whether content may have such a number: found in a tenth of the time that the pattern takes."""
    return b"0" * 8 in written.translate(_ALL_DIGITS) or b"nan" in written or b"inf" in written


def _write_content(objects: Iterable[pydyf.Object]) -> Iterator[bytes]:
    for entry in objects:
        if isinstance(entry, Stream):
            yield b"\n".join(_write(item) for item in entry.stream)
            yield from (_write(entry.extra[key]) for key in ("BBox", "Matrix") if key in entry.extra)
        elif isinstance(entry, Mapping):
            yield from (entry[key].data for key in ("Shading", "Pattern") if isinstance(entry.get(key), pydyf.Object))


def _write(item: object) -> bytes:
    if isinstance(item, bytes):
        return item
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii", "replace")
