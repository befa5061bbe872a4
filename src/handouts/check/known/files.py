"""What can be wrong with ids, reported by the modules that read the text of handouts and the list of references."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

RULES: Final = (
    Rule(
        "duplicate-id",
        Severity.ERROR,
        title="an id that is used twice",
        why="Nobody could tell which of the two is meant.",
        source="docs/authors.md, parts, sections and ids",
    ),
)
