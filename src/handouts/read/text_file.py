"""Reads text files of a project: within the project, of limited size, in UTF-8, without control characters."""

import codecs
import itertools
import re
import stat
import unicodedata
from pathlib import Path
from typing import Final

from handouts.language.hidden_characters import find_hidden_character
from handouts.model.project import OutsideProjectError, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

FILES_SOURCE: Final = (
    "docs/authors.md and docs/practices.md, by design of handouts: nothing outside the project is read"
)
MISSING_FILE: Final = Rule(
    "missing-file",
    Severity.ERROR,
    title="a file that is named but does not exist",
    why="What should be printed from it would be missing.",
    source=FILES_SOURCE,
    message="file not found: {file}",
)
UNREADABLE_FILE: Final = Rule(
    "unreadable-file",
    Severity.ERROR,
    title="a file that cannot be read",
    why="What should be printed from it would be missing.",
    source=FILES_SOURCE,
    message="cannot read {file}: {reason}",
)
OUTSIDE_PROJECT: Final = Rule(
    "outside-project",
    Severity.ERROR,
    title="a file outside the project",
    why="A project could print files of the computer that were never meant to be handed out.",
    source=FILES_SOURCE,
    message="{file} is outside the project",
    hint="copy it into the project's folder",
)
FILE_TOO_LARGE: Final = Rule(
    "file-too-large",
    Severity.ERROR,
    title="a text file of more than 4 MB",
    why="Nobody writes that much text, and reading it would use up the memory.",
    source=FILES_SOURCE,
    message="the file is larger than {limit} MB",
)
NOT_UTF8: Final = Rule(
    "not-utf8",
    Severity.ERROR,
    title="a file that is not in UTF-8",
    why="Its letters would be printed as others.",
    source=FILES_SOURCE,
    message="the file is not in UTF-8",
    hint="save it as UTF-8 in your editor",
)
CONTROL_CHARACTER: Final = Rule(
    "control-character",
    Severity.ERROR,
    title="an invisible control character in a text",
    why="No font has it, and programs disagree about what it does.",
    source=FILES_SOURCE,
    message="invalid control character U+{code:04X}",
    hint="delete it; it may have come with copied text",
)
HIDDEN_CHARACTER: Final = Rule(
    "hidden-character",
    Severity.ERROR,
    title="an invisible character that changes what is read: it reverses text, or stands in a number or unit",
    why="A dose or phone number that looks right is read, copied or dialed as another.",
    source="Unicode Bidirectional Algorithm, UAX 9, and Unicode Security Considerations, UTR 36 (https://www.unicode.org/reports/tr36)",
    message="hidden character U+{code:04X} changes what is read",
    hint="delete it: type the text around it anew; it may have come with copied text",
)
RULES: Final = (
    MISSING_FILE,
    UNREADABLE_FILE,
    OUTSIDE_PROJECT,
    FILE_TOO_LARGE,
    NOT_UTF8,
    CONTROL_CHARACTER,
    HIDDEN_CHARACTER,
)

# No font has glyphs for these, terminals obey some of them, and programs disagree which of them end a line.
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
MAX_TEXT_BYTES: Final = 4_000_000
_MAX_SHOWN: Final = 10


def read_text(project: Project, path: Path, problems: Problems) -> str | None:
    """Read a text file of the project, with line feeds as line ends; return None if it has errors."""
    raw = _read_bytes(project, path, problems)
    if raw is None:
        return None
    if _looks_like_utf16(raw):  # without its mark, it may be valid UTF-8 with a control character at each letter
        problems.add(NOT_UTF8.at(project.place(path, 1, 1), hint=_explain_encoding(raw)))
        return None
    try:
        text = _normalize_newlines(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:  # its positions count from behind a byte order mark
        before = _normalize_newlines(broken.object[: broken.start].decode())
        problems.add(NOT_UTF8.at(_find_place_after(project, path, before), hint=_explain_encoding(raw)))
        return None
    characters = list(itertools.islice(CONTROL.finditer(text), _MAX_SHOWN))
    for character in characters:
        place = _find_place_after(project, path, text[: character.start()])
        problems.add(CONTROL_CHARACTER.at(place, code=ord(character.group())))
    hidden = find_hidden_character(text)
    if hidden:
        problems.add(HIDDEN_CHARACTER.at(_find_place_after(project, path, text[: hidden[0]]), code=ord(hidden[1])))
    return None if characters or hidden else normalize_letters(text)


def normalize_letters(text: str) -> str:
    """Return a text with letters and accents in one form, which fonts have, and the micro sign as the Greek letter."""
    return unicodedata.normalize("NFC", text).replace("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}")


def _explain_encoding(raw: bytes) -> str:
    """Return a hint that names the encoding that a file is probably in."""
    if _looks_like_utf16(raw):
        name = "UTF-16, which Windows programs call Unicode"
    elif any(0x80 <= byte < 0xA0 for byte in raw):  # noqa: PLR2004 - quotation marks and dashes of Windows
        name = "Windows-1252, which Windows programs call ANSI"
    else:
        name = "Latin-1 or another old encoding"
    return f"it seems to be in {name}: open it in your editor and save it as UTF-8"


def _looks_like_utf16(raw: bytes) -> bool:
    start = raw[:200]
    return start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start.count(0) > len(start) // 4


def _normalize_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_place_after(project: Project, path: Path, before: str) -> Place:
    return project.place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _read_bytes(project: Project, path: Path, problems: Problems) -> bytes | None:
    place = project.place(path)
    try:
        resolved = project.inside(path)
        status = resolved.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.add(UNREADABLE_FILE.at(place, file=path.name, reason="it is not a regular file"))
        elif status.st_size > MAX_TEXT_BYTES:
            problems.add(FILE_TOO_LARGE.at(place, limit=MAX_TEXT_BYTES // 1_000_000))
        else:
            return resolved.read_bytes()
    except OutsideProjectError:
        problems.add(OUTSIDE_PROJECT.at(place, file=path.name))
    except FileNotFoundError:
        problems.add(MISSING_FILE.at(place, file=path.name))
    except OSError as refused:
        problems.add(UNREADABLE_FILE.at(place, file=path.name, reason=refused.strerror))
    except RuntimeError:  # raised by Path.resolve
        problems.add(
            UNREADABLE_FILE.at(place, file=path.name, reason="it is a symbolic link that leads back to itself")
        )
    return None
