"""The ledger of print codes: print-codes/PRACTICE.jsonl, one line for each code that a release printed.

Lines are only added, and their order means nothing, so that Git can merge the files of two branches by keeping the
lines of both; a line that is there twice does no harm.
"""

import datetime as dt
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from handouts.model.project import CODES_FOLDER, OutsideProjectError, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.text_file import OUTSIDE_PROJECT, UNREADABLE_FILE
from handouts.schema.printed_code import PrintedCode
from handouts.schema.provenance import Provenance
from handouts.system.write import write_whole

if sys.platform != "win32":
    import fcntl

_SOURCE: Final = "docs/release.md: print codes that were released"
CODE_COLLISION: Final = Rule(
    code="code-collision",
    severity=Severity.ERROR,
    title="two different prints have the same print code",
    why="Nobody could tell from the code which of them a paper is. A code has 35 bits, so this is rare.",
    source=_SOURCE,
    message="the print code {code} was released on {date} for another print: {other}",
    hint="change the version of the handout, which changes its code",
)
CODE_NOT_RECORDED: Final = Rule(
    code="code-not-recorded",
    severity=Severity.ERROR,
    title="the print code of a release cannot be recorded",
    why="Nobody could say later what a paper with this code is, so it is not released.",
    source=_SOURCE,
    message="the print code {code} cannot be recorded in {file}: {reason}",
    hint="allow writing there",
)
DAMAGED_LEDGER: Final = Rule(
    code="damaged-code-ledger",
    severity=Severity.WARNING,
    title="a line of the ledger of print codes cannot be read",
    why="The code of that line is not known any more.",
    source=_SOURCE,
    message="this line is not the record of a print code",
    hint="restore it from your repository; remove the marks of a merge conflict, and keep the lines of both sides",
)
RULES: Final = (CODE_COLLISION, CODE_NOT_RECORDED, DAMAGED_LEDGER)

_LINE: Final = re.compile(rb'\{.*"print_code": ?"([0-9A-Z-]{11})".*\}')
_LONGEST_LINE: Final = 100_000  # bytes; a usual one has 1,000
_ATTRIBUTES: Final = (
    b"# Lines are only added, in any order: a merge keeps the lines of both sides.\n*.jsonl merge=union\n"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the ledger, and its place."""

    text: bytes
    place: Place


class PrintedCodes:
    """The print codes that releases recorded in a project, as they are when this is made."""

    def __init__(self, project: Project, problems: Problems) -> None:
        """Read which codes are recorded; lines without a code are reported."""
        self._lines: defaultdict[str, list[_Line]] = defaultdict(list)
        for code, line in _read_lines(project, problems):
            self._lines[code].append(line)

    def find(self, code: str, problems: Problems) -> tuple[PrintedCode, ...]:
        """Return what was released with a code, as first recorded: one print, or several if they collide."""
        return _list_distinct(_parse_lines(self._lines.get(code, ()), problems))

    def list_all(self, problems: Problems) -> tuple[PrintedCode, ...]:
        """Return everything that was released, as first recorded, by day, practice and code."""
        return _list_distinct(_parse_lines((line for lines in self._lines.values() for line in lines), problems))

    def find_by_handout(self, handout: str, problems: Problems) -> tuple[PrintedCode, ...]:
        """Return what was released of a handout, as first recorded, by day, practice and code."""
        named = f'"handout":"{handout}"'.encode()
        lines = [line for of_code in self._lines.values() for line in of_code if named in line.text]
        return _list_distinct(one for one in _parse_lines(lines, problems) if one.made_from.handout == handout)


class CodeLedger:
    """Records the print codes of a run, as of a day; what is recorded already is left alone."""

    def __init__(self, project: Project, day: dt.date, problems: Problems) -> None:
        """Read which codes are known; damaged lines are reported."""
        self._project = project
        self._day = day
        self._recorded = PrintedCodes(project, problems)
        self._added: dict[str, PrintedCode] = {}

    def record(self, made_from: Provenance, problems: Problems) -> None:
        """Record the code of a release; call it before the file is written.

        Reports CODE_COLLISION if another print has the code, CODE_NOT_RECORDED if it cannot be written.
        """
        code = made_from.print_code
        new = PrintedCode(printed=self._day, made_from=made_from)
        known = (self._added[code],) if code in self._added else self._recorded.find(code, Problems())
        for other in known:
            if other.content != new.content:
                problems.add(CODE_COLLISION.at(None, code=code, date=other.printed, other=other.name))
                return
        if not known and self._append(new, problems):
            self._added[code] = new

    def _append(self, new: PrintedCode, problems: Problems) -> bool:
        """Add a line to the file of its practice; return whether that was possible."""
        path = self._project.root / CODES_FOLDER / f"{new.made_from.practice}.jsonl"
        try:
            _append_line(self._project, path, new.model_dump_json().encode())
        except OutsideProjectError:
            reason = "it is outside the project"
        except OSError as refused:
            reason = refused.strerror or str(refused)
        else:
            return True
        shown = self._project.place(path).file
        problems.add(CODE_NOT_RECORDED.at(None, code=new.made_from.print_code, file=shown, reason=reason))
        return False


def _list_distinct(records: Iterable[PrintedCode]) -> tuple[PrintedCode, ...]:
    in_order = sorted(records, key=lambda one: (one.printed, one.made_from.practice, one.made_from.print_code))
    first: dict[tuple[object, ...], PrintedCode] = {}
    for record in in_order:
        first.setdefault(record.content, record)
    return tuple(first.values())


def _read_lines(project: Project, problems: Problems) -> Iterator[tuple[str, _Line]]:
    """Yield each line of the ledger with its code, without parsing it; report lines that have none."""
    for path in sorted((project.root / CODES_FOLDER).glob("*.jsonl")):
        try:
            content = project.inside(path).read_bytes() if path.is_file() else b""
        except OutsideProjectError:
            problems.add(OUTSIDE_PROJECT.at(project.place(path), file=path.name))
            continue
        except OSError as refused:
            problems.add(UNREADABLE_FILE.at(project.place(path), file=path.name, reason=refused.strerror))
            continue
        for number, text in enumerate(content.splitlines(), start=1):
            match = _LINE.fullmatch(text) if len(text) <= _LONGEST_LINE else None
            if match:
                yield match[1].decode(), _Line(text, project.place(path, number))
            elif text.strip():
                problems.add(DAMAGED_LEDGER.at(project.place(path, number)))


def _parse_lines(lines: Iterable[_Line], problems: Problems) -> tuple[PrintedCode, ...]:
    records: list[PrintedCode] = []
    for line in lines:
        try:
            records.append(PrintedCode.model_validate_json(line.text))
        except ValidationError:
            problems.add(DAMAGED_LEDGER.at(line.place))
    return tuple(records)


def _append_line(project: Project, path: Path, line: bytes) -> None:
    """Add a line to a file, which may have lost the end of its last line. Raises OutsideProjectError or OSError."""
    project.inside(path)
    attributes = path.parent / ".gitattributes"
    if not attributes.exists():
        write_whole(attributes, _ATTRIBUTES)
    with path.open("a+b") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line + b"\n")
