"""Text files of a project, read with care: within the project, of sane size, in UTF-8."""

from pathlib import Path

from handouts.problem import Problem, error
from handouts.project import OutsideProjectError, Project

MAX_TEXT_BYTES = 4_000_000


def read_text(project: Project, path: Path, problems: list[Problem]) -> str | None:
    """Read a text file of the project; add a problem and give None if that cannot be."""
    place = project.place(path)
    try:
        resolved = project.inside(path)
        if resolved.stat().st_size > MAX_TEXT_BYTES:
            problems.append(error("file-too-large", f"the file is over {MAX_TEXT_BYTES // 1_000_000} MB", place))
            return None
        raw = resolved.read_bytes()
        text = raw.decode("utf-8-sig")
    except OutsideProjectError:
        problems.append(
            error("outside-project", "the file lies outside the project", place, "copy it into the project's folder")
        )
    except FileNotFoundError:
        problems.append(error("missing-file", "there is no such file", place))
    except UnicodeDecodeError as broken:
        line = raw.count(b"\n", 0, broken.start) + 1
        problems.append(
            error("not-utf8", "the file is not in UTF-8", project.place(path, line), "save it as UTF-8 in your editor")
        )
    except OSError as refused:
        problems.append(error("unreadable-file", f"the file cannot be read: {refused.strerror}", place))
    else:
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            problems.append(error("not-text", "the file holds a NUL byte, so it is no text", project.place(path, line)))
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return None
