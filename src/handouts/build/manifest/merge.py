"""Merges the output folders of several builds, such as the shards of a CI matrix, into one with one manifest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import FailedRow, Manifest, Row, read_manifest, read_unchanged_file
from handouts.build.rules import MERGE_CONFLICT, MISSING_SHARD, NO_MANIFEST, NOT_AS_BUILT, NOT_WRITTEN, OUTPUT_FAILED
from handouts.model.project import MANIFEST_FILE
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.system.write import write_whole


@dataclass(frozen=True, slots=True)
class Merged:
    """The number of merged outputs (None if nothing was copied), and the problems."""

    outputs: int | None
    problems: tuple[Problem, ...]


def merge(folders: Sequence[Path], into: Path) -> Merged:
    """Copy the outputs of folders into one, and write their rows into its manifest.

    Outputs that failed in a folder are errors, and are recorded in the merged manifest too. If anything else is wrong,
    nothing is copied: a manifest is missing or broken, a file does not match its row, the folders were built by
    different versions or from different revisions, or two of them differ in an output.
    """
    problems = Problems()
    manifests = [(folder, _read(folder, problems)) for folder in folders]
    _report_differences([manifest for _, manifest in manifests if manifest.outputs], problems)
    _report_missing_shards([manifest.shard for _, manifest in manifests if manifest.shard], problems)
    rows_by_path: dict[str, tuple[Row, Path]] = {}
    for folder, manifest in manifests:
        for row in manifest.outputs:
            first_row, first_folder = rows_by_path.setdefault(row.path, (row, folder))
            if first_row.sha256 != row.sha256:
                difference = f"{row.path} is another file in {folder} than in {first_folder}"
                problems.add(MERGE_CONFLICT.at(None, difference=difference))
            if read_unchanged_file(folder, row) is None:
                problems.add(NOT_AS_BUILT.at(None, path=folder / row.path))
    if problems.has_errors:
        return Merged(None, problems.as_tuple())
    last = manifests[-1][1]
    ledger = Ledger(into, last.engine, last.revision, None, problems)
    for row, folder in rows_by_path.values():
        _copy(folder, row, into, problems)
        ledger.add(row)
    for folder, manifest in manifests:
        for failure in manifest.failed:
            problems.add(_make_failure_problem(folder, failure))
            ledger.add_failure(failure)
    ids = {(row.practice, row.handout, row.language, row.format) for row, _ in rows_by_path.values()}
    ledger.resolve_failures(lambda row: (row.practice, row.handout, row.language, row.format) in ids)
    ledger.save(problems)
    return Merged(len(rows_by_path), problems.as_tuple())


def _read(folder: Path, problems: Problems) -> Manifest:
    own_problems = Problems()
    manifest = read_manifest(folder, own_problems)
    if len(own_problems) or not (folder / MANIFEST_FILE).is_file():
        problems.add(NO_MANIFEST.at(None, path=folder / MANIFEST_FILE))
    return manifest


def _report_differences(manifests: Sequence[Manifest], problems: Problems) -> None:
    compared_values: dict[str, Callable[[Manifest], object]] = {
        "by different versions": lambda manifest: sorted(manifest.engine.items()),
        "from different revisions": lambda manifest: manifest.revision,
    }
    for difference, value in compared_values.items():
        if any(value(manifest) != value(manifests[0]) for manifest in manifests[1:]):
            problems.add(MERGE_CONFLICT.at(None, difference=f"they were built {difference}"))


def _report_missing_shards(shards: Sequence[str], problems: Problems) -> None:
    """Report missing shards: without them, outputs would be missing and nobody would notice."""
    for count in sorted({shard.split("/")[1] for shard in shards}, key=int):
        missing = [number for number in range(1, int(count) + 1) if f"{number}/{count}" not in shards]
        if missing:
            problems.add(MISSING_SHARD.at(None, count=count, numbers=", ".join(map(str, missing))))


def _make_failure_problem(folder: Path, row: FailedRow) -> Problem:
    sections = f", sections {', '.join(row.sections)}" if row.sections else ""
    form = f" as {row.format}" if row.format else ""  # empty if the file that defines it could not be read
    output = row.path or f"{row.handout} ({row.language}){form} for {row.practice}{sections}"
    codes = ", ".join(dict.fromkeys(problem.code for problem in row.problems))
    return OUTPUT_FAILED.at(None, output=output, folder=folder, codes=f": {codes}" if codes else "")


def _copy(folder: Path, row: Row, into: Path, problems: Problems) -> None:
    content = read_unchanged_file(folder, row)
    if content is None or folder.resolve() == into.resolve():
        return
    try:
        write_whole(into / row.path, content)
    except OSError as refused:
        problems.add(NOT_WRITTEN.at(None, path=into / row.path, reason=refused.strerror))
