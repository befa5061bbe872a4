"""Shards: a plan split among machines that know nothing of each other."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many parts of a plan, counted from 1.

    Which part an output falls to depends on its path alone: a new practice moves no other output to a machine that does
    not have it yet, and formats that take long are spread over all parts.
    """

    number: int
    count: int

    def holds(self, path: PurePosixPath) -> bool:
        """Tell whether the output with this path is in this part."""
        digest = hashlib.sha256(str(path).encode()).digest()
        return int.from_bytes(digest[:8]) % self.count == self.number - 1
