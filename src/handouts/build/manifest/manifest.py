"""The manifest of an output folder: what each file is, and a digest of all that it was made from."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, FailFast, StringConstraints, ValidationError

from handouts.build.plan.output import make_output_key
from handouts.build.rules import BAD_MANIFEST
from handouts.model.project import MANIFEST_FILE
from handouts.problems.collector import Problems
from handouts.schema.base import Schema
from handouts.schema.provenance import Provenance, Source
from handouts.schema.report import ProblemReport
from handouts.system.regular_file import read_regular_file
from handouts.system.write import write_whole

_LONGEST_NAME = 255  # bytes, the limit of most file systems
_LONGEST_PATH = 1000


def _check_path(path: str) -> str:
    """Return a path unchanged; raises ValueError if it leads out of the folder or no file can have it."""
    steps = path.split("/")
    if len(path) > _LONGEST_PATH or not path.isprintable() or "\\" in path or ":" in path:
        raise ValueError("this is not the path of an output")
    if any(step in {"", ".", ".."} or len(step.encode()) > _LONGEST_NAME for step in steps):
        raise ValueError("this is not the path of an output")
    return path


class Row(Schema):
    """One output; `digest` is its build key, `sha256` the digest of its bytes, `path` relative to the folder.

    `made_from` is the provenance that the file states.
    """

    path: Annotated[str, AfterValidator(_check_path)]
    sha256: str
    size: int
    pages: int
    handout: str
    version: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    references: tuple[str, ...]
    digest: str
    made_from: Provenance | None = None
    problems: tuple[ProblemReport, ...]


class FailedRow(Schema):
    """An output that failed in its last build, with its errors; a file of an earlier build may still exist.

    `path` and `sections` are empty if they depend on a source that cannot be read.
    """

    path: Annotated[str, AfterValidator(_check_path)] | Literal[""]
    handout: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    problems: tuple[ProblemReport, ...]

    @property
    def key(self) -> str:
        """The path, or else a name made of the ids (`Output.key`)."""
        return self.path or str(make_output_key(self.practice, self.handout, self.language, self.format))


class Manifest(Schema):
    """All outputs of a folder, by path, with the engine versions and the git revision of its last build.

    `shard` is the part of the plan that was built there, such as 2/5. `failed` are outputs that could not be made.
    """

    engine: dict[str, str]
    revision: str | None = None
    shard: Annotated[str, StringConstraints(pattern="^[0-9]{1,4}/[0-9]{1,4}$")] | None = None
    outputs: Annotated[tuple[Row, ...], FailFast()] = ()
    failed: Annotated[tuple[FailedRow, ...], FailFast()] = ()

    def rows(self) -> dict[str, Row]:
        """Return the outputs by path."""
        return {row.path: row for row in self.outputs}


@dataclass(frozen=True, slots=True)
class KnownManifest:
    """A manifest that was written, with the SHA-256 of its file, which is slow to parse again."""

    sha256: str
    manifest: Manifest


def read_manifest(folder: Path, problems: Problems, known: KnownManifest | None = None) -> Manifest:
    """Read the manifest of a folder; the file of a known one is not parsed.

    A broken one is reported, and counts as empty.
    """
    path = folder / MANIFEST_FILE
    try:
        content = read_regular_file(path)
        if known and hashlib.sha256(content).hexdigest() == known.sha256:
            return known.manifest
        return Manifest.model_validate_json(content)
    except FileNotFoundError:
        pass
    except (ValidationError, OSError):
        problems.add(BAD_MANIFEST.at(None, path=path))
    return Manifest(engine={})


def make_manifest(
    rows: Iterable[Row],
    engine: Mapping[str, str],
    revision: str | None,
    shard: str | None,
    failed: Iterable[FailedRow],
) -> Manifest:
    """Make a manifest, sorted by path: the same outputs give the same bytes."""
    outputs = tuple(sorted(rows, key=lambda row: row.path))
    failures = tuple(sorted(failed, key=lambda row: row.key))
    return Manifest(engine=dict(engine), revision=revision, shard=shard, outputs=outputs, failed=failures)


def write_manifest(folder: Path, manifest: Manifest) -> KnownManifest:
    """Write the manifest of a folder."""
    content = (manifest.model_dump_json(indent=2) + "\n").encode()
    write_whole(folder / MANIFEST_FILE, content)
    return KnownManifest(hashlib.sha256(content).hexdigest(), manifest)


def read_unchanged_file(folder: Path, row: Row) -> bytes | None:
    """Return the content of a row's file; None if it is missing or was changed since it was built."""
    try:
        content = read_regular_file(folder / row.path)
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == row.sha256 else None


def is_current(folder: Path, row: Row, digest: str) -> bool:
    """Return whether the file of a row exists, is unchanged, and was made from the same sources."""
    return row.digest == digest and read_unchanged_file(folder, row) is not None


def find_reason_to_build(row: Row | None, contents: Mapping[Source, str], digest: str, path: Path) -> str:
    """Return, in a few words, why an output that is not current must be built.

    `contents` are the digests of what a patient reads, `digest` is its build key, `path` is where it goes.
    """
    if not path.exists():
        return "new" if row is None else "its file is gone"
    if row is None:
        return "no record of the file that is there"
    if row.digest == digest:
        return "its file was changed"
    earlier_digests = row.made_from.sources if row.made_from else {}
    changed = [source for source, now in contents.items() if earlier_digests.get(source) != now]
    return f"changed: {', '.join(changed)}" if changed else "changed: its looks, or the tool"
