"""Merge: the output folders of several builds, such as the shards of a CI matrix, to one folder with one manifest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import MANIFEST_FILE, FailedRow, Manifest, Row, content_as_built, read_manifest
from handouts.problems.problem import Problem, error, has_errors
from handouts.system.write import write_whole


@dataclass(frozen=True, slots=True)
class Merged:
    """How many outputs were merged (None if nothing was copied), and what is wrong."""

    outputs: int | None
    problems: tuple[Problem, ...]


def merge(folders: Sequence[Path], into: Path) -> Merged:
    """Copy the outputs of folders into one, and write their rows into its manifest.

    Outputs that failed in a folder are errors, and are recorded in the merged manifest too. If anything else is wrong,
    nothing is copied: a manifest is missing or broken, a file is not as its row says, the folders were built by
    different versions or from different revisions, or two of them differ in an output.
    """
    problems: list[Problem] = []
    manifests = [(folder, _read(folder, problems)) for folder in folders]
    problems.extend(_differences([manifest for _, manifest in manifests if manifest.outputs]))
    problems.extend(_missing([manifest.shard for _, manifest in manifests if manifest.shard]))
    taken: dict[str, tuple[Row, Path]] = {}
    for folder, manifest in manifests:
        for row in manifest.outputs:
            known, beside = taken.setdefault(row.path, (row, folder))
            if known.sha256 != row.sha256:
                problems.append(_conflict(f"{row.path} is another file in {folder} than in {beside}"))
            if content_as_built(folder, row) is None:
                hint = "copy the folder again, or build it again"
                problems.append(error("not-as-built", f"{folder / row.path} is not as it was built", None, hint))
    if has_errors(problems):
        return Merged(None, tuple(problems))
    last = manifests[-1][1]
    ledger = Ledger(into, last.engine, last.revision)
    problems.extend(ledger.problems)
    for row, folder in taken.values():
        problems.extend(_copy(folder, row, into))
        ledger.add(row)
    for folder, manifest in manifests:
        for failure in manifest.failed:
            problems.append(_failed(folder, failure))
            ledger.fail(failure)
    ids = {(row.practice, row.handout, row.language, row.format) for row, _ in taken.values()}
    ledger.settle(lambda row: (row.practice, row.handout, row.language, row.format) in ids)
    problems.extend(ledger.save())
    return Merged(len(taken), tuple(problems))


def _read(folder: Path, problems: list[Problem]) -> Manifest:
    found: list[Problem] = []
    manifest = read_manifest(folder, found)
    if found or not (folder / MANIFEST_FILE).is_file():
        hint = "name folders that `handouts build` wrote"
        problems.append(error("no-manifest", f"{folder / MANIFEST_FILE} is missing or cannot be read", None, hint))
    return manifest


def _differences(manifests: Sequence[Manifest]) -> Iterator[Problem]:
    of_interest: dict[str, Callable[[Manifest], object]] = {
        "by different versions": lambda manifest: sorted(manifest.engine.items()),
        "from different revisions": lambda manifest: manifest.revision,
    }
    for what, value in of_interest.items():
        if any(value(manifest) != value(manifests[0]) for manifest in manifests[1:]):
            yield _conflict(f"the folders were built {what}")


def _missing(shards: Sequence[str]) -> Iterator[Problem]:
    """Tell which parts of a plan are not there: a lost one would make the whole smaller, and nobody would know."""
    for count in sorted({shard.split("/")[1] for shard in shards}, key=int):
        missing = [number for number in range(1, int(count) + 1) if f"{number}/{count}" not in shards]
        if missing:
            hint = "name the folders of all shards"
            numbers = ", ".join(map(str, missing))
            yield error("missing-shard", f"of {count} shards these are missing: {numbers}", None, hint)


def _conflict(what: str) -> Problem:
    return error("merge-conflict", what, None, "build all of them again, from one commit and with the same versions")


def _failed(folder: Path, row: FailedRow) -> Problem:
    sections = f", sections {', '.join(row.sections)}" if row.sections else ""
    what = row.path or f"{row.handout} ({row.language}) as {row.format} for {row.practice}{sections}"
    codes = ", ".join(dict.fromkeys(problem.code for problem in row.problems))
    reason = f": {codes}" if codes else ""
    return error("output-failed", f"{what} failed in {folder}{reason}", None, "correct it, and build that folder again")


def _copy(folder: Path, row: Row, into: Path) -> Iterator[Problem]:
    content = content_as_built(folder, row)
    if content is None or folder.resolve() == into.resolve():
        return
    try:
        write_whole(into / row.path, content)
    except OSError as refused:
        yield error("not-written", f"{into / row.path} cannot be written: {refused.strerror}")
