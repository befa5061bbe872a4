"""The approvals of a handout or a practice: approvals.yaml in its folder."""

from dataclasses import dataclass
from pathlib import Path

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.yaml.load import load_yaml_file
from handouts.read.yaml.nodes import place_of
from handouts.schema.approvals import Approval, ApprovalFile

APPROVALS_FILE = "approvals.yaml"


@dataclass(frozen=True, slots=True)
class SignedApproval:
    """An approval, and where it is written."""

    approval: Approval
    place: Place


def find_approvals_file(project: Project, source_file: str) -> Path:
    """Return the path of the approvals beside a file of a handout or practice, named from the project's root."""
    return (project.root / source_file).parent / APPROVALS_FILE


def read_approvals(project: Project, source_file: str, problems: Problems) -> tuple[SignedApproval, ...]:
    """Return the approvals beside a file of a handout or practice, oldest first; none if there is no such file."""
    path = find_approvals_file(project, source_file)
    if not path.exists():
        return ()
    loaded = load_yaml_file(ApprovalFile, project, path, problems)
    if loaded is None:
        return ()
    approvals = enumerate(loaded.value.approvals)
    return tuple(SignedApproval(entry, place_of(loaded.node, ("approvals", n, "approved"))) for n, entry in approvals)
