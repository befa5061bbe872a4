"""Signs what is printed: adds an approval to the approvals.yaml of a handout or a practice."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.check.rules.approvals import find_changed_pieces, find_last_approval, name_insert
from handouts.check.rules.placeholders import is_placeholder_reviewer
from handouts.model.library import Handout, Library, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.provenance.source_digests import SourceDigests
from handouts.read.approvals import SignedApproval, find_approvals_file, read_approvals
from handouts.read.text_file import read_text
from handouts.read.yaml.load import load_yaml
from handouts.schema.approvals import ApprovalFile
from handouts.system.write import write_whole

_HEAD: Final = "# Signed by `handouts approve`. Add to it, never change it.\napprovals:\n"


class ApprovalRefusedError(HandoutsError):
    """Something cannot be signed; the text says why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: a role or body, on a day; who for it, with which interests, and up to when evidence was searched."""

    by: str
    approved: dt.date
    name: str = ""
    interest: str = ""
    searched: dt.date | None = None


def sign_handout(project: Project, library: Library, handout: Handout, signature: Signature) -> Path:
    """Sign a version of a handout in one language; return the approvals.yaml that it was added to.

    Raises ApprovalRefusedError for a draft, for a placeholder in place of a signer, and if the same version was signed
    with another text; OSError if the file cannot be written.
    """
    front = handout.front
    if front.status == "draft":
        raise ApprovalRefusedError(f'{handout.place.file} is a draft: set "status: approved" and "reviewed_by" first')
    approvals = _read(project, handout.place.file)
    pieces = SourceDigests(library.references).digest_pieces(handout)
    last = find_last_approval(approvals, handout.language)
    if last and last.approval.version == front.version:
        changed = find_changed_pieces(last.approval.digests, pieces)
        if changed:
            raise ApprovalRefusedError(
                f"version {front.version} was approved on {last.approval.approved} with another text "
                f"({', '.join(changed)}): raise the version"
            )
    return _add(project, handout.place.file, handout.language, front.version, signature, pieces)


def sign_inserts(project: Project, library: Library, practice: Practice, signature: Signature) -> Path:
    """Sign a practice's own texts as they are; return the approvals.yaml. Raises as `sign_handout` does."""
    if not practice.inserts:
        raise ApprovalRefusedError(f'the practice "{practice.id}" has no texts of its own in handouts')
    _read(project, practice.place.file)
    digests = SourceDigests(library.references)
    pieces = {name_insert(insert): digests.digest_insert(insert) for insert in practice.inserts}
    return _add(project, practice.place.file, practice.language, None, signature, pieces)


def _read(project: Project, source_file: str) -> tuple[SignedApproval, ...]:
    problems = Problems()
    approvals = read_approvals(project, source_file, problems)
    if problems.has_errors:
        raise ApprovalRefusedError("; ".join(map(str, problems)))
    return approvals


def _add(
    project: Project,
    source_file: str,
    language: str,
    version: str | None,
    signature: Signature,
    pieces: Mapping[str, str],
) -> Path:
    if is_placeholder_reviewer(signature.by):
        raise ApprovalRefusedError(f'"{signature.by}" is a placeholder: name the role or body that approves it')
    path = find_approvals_file(project, source_file)
    text = (read_text(project, path, Problems()) if path.exists() else "") or _HEAD
    text = text if text.endswith("\n") else f"{text}\n"
    text += _write_entry(language, version, signature, pieces)
    loaded = load_yaml(ApprovalFile, text, str(path), Problems())
    if loaded is None or loaded.value.approvals[-1].digests != pieces:
        raise ApprovalRefusedError(f"{path.name} was changed by hand: nothing can be added to it")
    write_whole(path, text.encode())
    return path


def _write_entry(language: str, version: str | None, signature: Signature, pieces: Mapping[str, str]) -> str:
    values = {
        "language": language,
        "version": version,
        "approved": str(signature.approved),
        "by": signature.by,
        "name": signature.name,
        "interest": signature.interest,
        "searched": str(signature.searched or ""),
    }
    lines = [f"{name}: {_quote(value)}" for name, value in values.items() if value]
    lines += ["digests:", *(f"  {_quote(piece)}: {_quote(digest)}" for piece, digest in pieces.items())]
    return "".join(f"  {'-' if n == 0 else ' '} {line}\n" for n, line in enumerate(lines))


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
