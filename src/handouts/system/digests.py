"""Digests: what values and files hold, as short texts to compare."""

import hashlib
import json
from pathlib import Path

_LENGTH = 16  # 64 bits tell changes apart; nothing is proved against who wants to deceive


def digest(value: object, length: int = _LENGTH) -> str:
    """Give the digest of a value that JSON can hold, in so many hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:length]


def content_of(path: Path) -> bytes:
    """Give what is in a file; one that cannot be read counts as such, and is missed by whoever needs it."""
    try:
        return path.read_bytes()
    except OSError:
        return b"unreadable"


def digest_of_bytes(content: bytes) -> str:
    """Return the digest of the content of a file."""
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def digest_of_file(path: Path) -> str:
    """Give the digest of what is in a file."""
    return digest_of_bytes(content_of(path))
