"""Ties the numbers that a document cites to the entries of its list of sources."""

from collections.abc import Collection, Sequence

from handouts.importing.record import Record
from handouts.importing.source_list import Source, read_source
from handouts.problems.problem import Place


def match_sources(
    sources: Sequence[Source], cited: Sequence[int], file: str, identifier: str, missing: Collection[int]
) -> tuple[list[Record], dict[int, int], list[str]]:
    """Return the records of the sources, their positions by number, and what is left to do.

    Numbers of an unnumbered list are only matched if the list has exactly as many entries, without those that the user
    named as `missing`: a wrong source is worse than none. Else each number gets a place that is marked missing.
    """
    todo: list[str] = []
    records: list[Record] = []
    positions: dict[int, int] = {}
    numbered = all(source.number is not None for source in sources)
    in_order = [number for number in range(1, cited[-1] + 1 if cited else 1) if number not in missing]
    fits = numbered or len(sources) == len(in_order)
    for position, source in enumerate(sources):
        record = read_source(source, file)
        if record is None:
            key = f"{identifier}-source-{position + 1}"
            record = Record({"status": "missing", "note": source.text}, Place(file), key)
            todo.append(f"references.yaml, {key}: the parts of this source cannot be told apart: {source.text}")
        if fits:
            positions[source.number or in_order[position]] = position
        records.append(record)
    if sources and cited and not fits:
        todo.append(
            f"the text cites up to number {cited[-1]}, but the list has {len(sources)} sources without numbers: import "
            f"it again with --missing and the number that is not listed, or replace each [@{identifier}-number-...]"
        )
    for number in cited:
        if number not in positions:
            positions[number] = len(records)
            note = f"The document cites this as number {number}."
            records.append(Record({"status": "missing", "note": note}, Place(file), f"{identifier}-number-{number}"))
    return records, positions, todo
