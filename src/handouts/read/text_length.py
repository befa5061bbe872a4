"""The longest text that is read in one piece: rules search texts for patterns, which can take its length squared."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

MOST_CHARACTERS: Final = 10_000  # the longest shipped text has some 700
PARAGRAPH_TOO_LONG: Final = Rule(
    "paragraph-too-long",
    Severity.ERROR,
    title="a text of more than 10,000 characters in one piece",
    why="Nobody reads that much without a break, and to search it could keep a build from everything else for hours.",
    source="docs/ci.md: While it runs",
    message="a text of {length:,} characters in one piece, more than {most:,}",
    hint="divide it into paragraphs",
)
RULES: Final = (PARAGRAPH_TOO_LONG,)
