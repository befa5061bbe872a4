"""Text files of a project, read with care: within the project, of sane size, in UTF-8, without control characters."""

import itertools
import re
import stat
from pathlib import Path

from handouts.model.project import OutsideProjectError, Project
from handouts.problems.problem import Place, Problem, error

MAX_TEXT_BYTES = 4_000_000
# No font has a glyph for them, terminals obey some of them, and programs disagree which of them end a line.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_MAX_SHOWN = 10


def read_text(project: Project, path: Path, problems: list[Problem]) -> str | None:
    """Read a text file of the project; add a problem and give None if that cannot be."""
    raw = _bytes(project, path, problems)
    if raw is None:
        return None
    try:
        text = _lines(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:  # its positions count from behind a byte order mark
        place = _after(project, path, _lines(broken.object[: broken.start].decode()))
        problems.append(error("not-utf8", "the file is not in UTF-8", place, "save it as UTF-8 in your editor"))
        return None
    found = list(itertools.islice(CONTROL.finditer(text), _MAX_SHOWN))
    for character in found:
        place = _after(project, path, text[: character.start()])
        message = f"the file holds the control character U+{ord(character.group()):04X}"
        problems.append(error("control-character", message, place, "delete it; it may have come with copied text"))
    return None if found else text


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _after(project: Project, path: Path, before: str) -> Place:
    return project.place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _bytes(project: Project, path: Path, problems: list[Problem]) -> bytes | None:
    place = project.place(path)
    try:
        resolved = project.inside(path)
        status = resolved.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.append(error("unreadable-file", "this is no file", place))
        elif status.st_size > MAX_TEXT_BYTES:
            problems.append(error("file-too-large", f"the file is over {MAX_TEXT_BYTES // 1_000_000} MB", place))
        else:
            return resolved.read_bytes()
    except OutsideProjectError:
        problems.append(
            error("outside-project", "the file lies outside the project", place, "copy it into the project's folder")
        )
    except FileNotFoundError:
        problems.append(error("missing-file", "there is no such file", place))
    except OSError as refused:
        problems.append(error("unreadable-file", f"the file cannot be read: {refused.strerror}", place))
    except RuntimeError:  # raised by Path.resolve
        problems.append(error("unreadable-file", "the file is a symbolic link that leads back to itself", place))
    return None
