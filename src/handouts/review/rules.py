"""The rules of reviewing: what keeps a document from being written, or two versions from being compared."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

NO_WORD_WRITER: Final = Rule(
    "no-word-writer",
    Severity.ERROR,
    title="a Word document, without the package that writes it",
    why="Nothing was written.",
    source="docs/authors.md, reviewers who use Word",
    message="the package python-docx is not installed",
    hint='in your clone of handouts: pip install ".[docx]"',
)
NO_VERSION: Final = Rule(
    "no-version",
    Severity.ERROR,
    title="a version of a handout that cannot be compared",
    why="A list of changes that leaves some out is worse than none.",
    source="docs/authors.md, what changed",
    message="{version}: {reason}",
)
RULES: Final = (NO_WORD_WRITER, NO_VERSION)
