"""Findings as a Code Quality report of GitLab, which shows them at their lines in a merge request."""

import hashlib
import json
from collections import Counter
from pathlib import PurePosixPath

from handouts.check.run import Findings
from handouts.problems.problem import Severity


def findings_to_code_quality(findings: Findings, folder: PurePosixPath) -> str:
    """Return the open findings as JSON; `folder` is that of the project in its repository.

    A fingerprint stays the same when lines move, so GitLab knows which findings a change adds.
    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    issues: list[dict[str, object]] = []
    for problem in findings.open:
        path = str(folder / problem.place.file) if problem.place else str(folder / "handouts.yaml")
        identity = problem.code, path, problem.message
        seen[identity] += 1
        issues.append(
            {
                "description": f"{problem.message}. {problem.hint}" if problem.hint else problem.message,
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(repr((*identity, seen[identity])).encode()).hexdigest(),
                "severity": "major" if problem.severity is Severity.ERROR else "minor",
                "location": {"path": path, "lines": {"begin": max(1, problem.place.line) if problem.place else 1}},
            }
        )
    return json.dumps(issues, indent=2, ensure_ascii=False)
