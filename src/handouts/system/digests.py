"""Digests of values and files: short texts that differ when the content differs."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from handouts.system.regular_file import read_regular_file

_TEXT_CAPACITY = 200
_LENGTH = 16  # 64 bits are enough to notice changes; they are no protection against forgery


def digest(value: object, length: int = _LENGTH) -> str:
    """Return the digest of a value that JSON can hold, in `length` hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:length]


@lru_cache(_TEXT_CAPACITY)
def digest_of_text(text: str) -> str:
    """Return the full digest of a text that is likely to come again, such as a style sheet."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_content(path: Path) -> bytes:
    """Return the content of a file, or a fixed text if it cannot be read: the stage that needs it reports that."""
    try:
        return read_regular_file(path)
    except OSError:
        return b"unreadable"


def digest_of_bytes(content: bytes) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def digest_of_file(path: Path) -> str:
    """Return the digest of the content of a file."""
    return digest_of_bytes(read_content(path))
