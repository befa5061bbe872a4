"""What can be wrong with plain text."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

TEXT_TOO_LONG: Final = Rule(
    "text-too-long",
    Severity.ERROR,
    title="a text has more characters than its format allows",
    why="A portal would refuse it, or cut it off within a sentence.",
    source="docs/printing.md, messages in a patient portal",
    message="the text has {count} characters, {most} are allowed",
    hint="shorten the main message, the urgent text or the disclaimer; or send the long text: -f text",
)
RULES: Final = (TEXT_TOO_LONG,)
