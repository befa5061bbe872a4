"""Reads an exported file as text: in UTF-8, UTF-16 or Windows-1252, with any line ends, of limited size."""

import re
import stat
from pathlib import Path
from typing import Final

from handouts.importing.rules import GUESSED_ENCODING, UNREADABLE_EXPORT
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.system.regular_file import read_regular_file

_MAX_BYTES: Final = 20_000_000
_LINE_ENDS: Final = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# Other programs write these within texts; no font has them.
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]")


def read_export(path: Path, file: str, problems: Problems) -> str | None:
    """Return the text of a file that the user named, `file` in messages; None if it has errors."""
    place = Place(file)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.add(UNREADABLE_EXPORT.at(place, reason="this is not a regular file", hint=""))
        elif status.st_size > _MAX_BYTES:
            reason = f"the file is larger than {_MAX_BYTES // 1_000_000} MB"
            problems.add(UNREADABLE_EXPORT.at(place, reason=reason, hint="export fewer references at a time"))
        else:
            return decode_export(read_regular_file(path), place, problems)
    except OSError as refused:
        problems.add(UNREADABLE_EXPORT.at(place, reason=f"cannot read the file: {refused.strerror}", hint=""))
    return None


def decode_export(raw: bytes, place: Place, problems: Problems) -> str | None:
    """Return the text of bytes, with line feeds as line ends and without control characters; None if they are none."""
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in raw:
            problems.add(UNREADABLE_EXPORT.at(place, reason="this is not a text file"))
            return None
        text = raw.decode("cp1252", errors="replace")
        problems.add(GUESSED_ENCODING.at(place))
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
