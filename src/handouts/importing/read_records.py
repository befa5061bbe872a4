"""Reads a file of references, whatever its format: it is known by its content, not by its name."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from handouts.importing.csl_json import read_csl_json
from handouts.importing.export_text import read_export
from handouts.importing.nbib import read_nbib
from handouts.importing.record import Record
from handouts.importing.ris import read_ris
from handouts.importing.rules import UNREADABLE_EXPORT, UNUSED_FIELDS
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.slow_files import run_with_time_limit

_MAX_RECORDS: Final = 5000
_MAX_PROBLEMS: Final = 100

Reader = Callable[[str, str, Problems], Iterator[Record]]


def read_records(path: Path, file: str, problems: Problems) -> tuple[Record, ...]:
    """Return the records of a file, `file` in messages; what cannot be read is reported."""
    own_problems = Problems()
    text = read_export(path, file, own_problems)
    records = _read_text(text, file, own_problems) if text is not None else ()
    unused = sorted({name for record in records for name in record.unused})
    if unused:
        own_problems.add(UNUSED_FIELDS.at(Place(file), fields=", ".join(unused)[:200]))
    problems.extend(own_problems.as_tuple()[:_MAX_PROBLEMS])
    if len(own_problems) > _MAX_PROBLEMS:
        reason = f"there are {len(own_problems) - _MAX_PROBLEMS} more problems in this file"
        problems.add(UNREADABLE_EXPORT.at(Place(file), reason=reason))
    return records


def _read_text(text: str, file: str, problems: Problems) -> tuple[Record, ...]:
    reader = find_reader(text)
    if reader is None:
        reason = "this is not RIS, BibTeX, NBIB or CSL JSON" if text.strip() else "the file is empty"
        problems.add(UNREADABLE_EXPORT.at(Place(file), reason=reason))
        return ()
    before = len(problems)
    records = run_with_time_limit(Place(file), lambda: tuple(reader(text, file, problems)), problems) or ()
    if len(records) > _MAX_RECORDS:
        reason = f"the file has more than {_MAX_RECORDS} references"
        problems.add(UNREADABLE_EXPORT.at(Place(file), reason=reason, hint="export fewer references at a time"))
        return ()
    if not records and len(problems) == before:
        problems.add(UNREADABLE_EXPORT.at(Place(file), reason="the file has no references", hint=""))
    return records


def find_reader(text: str) -> Reader | None:
    """Return the reader of the format that a text is in."""
    if re.match(r"\s*[\[{]", text):
        return read_csl_json
    if re.search(r"^PMID *-", text, re.MULTILINE):
        return read_nbib
    if re.search(r"^TY {1,2}-", text, re.MULTILINE):
        return read_ris
    if re.search(r"@\s*[A-Za-z]+\s*[{(]", text):
        from handouts.importing.bibtex import read_bibtex  # noqa: PLC0415 - other formats need no parser of BibTeX

        return read_bibtex
    return None
