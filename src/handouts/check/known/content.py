"""What can be wrong with the front matter of a handout, and with practices that build on others."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR = Severity.ERROR
_TEXT: Final = "docs/authors.md: how a handout is written, so that any choice of its sections is whole"
_PIF: Final = "PIF TICK criteria, clinical review and review dates (https://piftick.org.uk)"

RULES: Final = (
    Rule(
        "markup-in-text",
        _ERROR,
        "Markdown or a citation in a text that is printed as it is",
        "Patients would see the marks.",
        _TEXT,
    ),
    Rule("extends-loop", _ERROR, "practices extend one another in a circle", "No value can ever be found.", _TEXT),
    Rule("broken-practice", _ERROR, "a practice extends one that has errors", "Its values are not known.", _TEXT),
    Rule("unknown-practice", _ERROR, "a practice extends one that is not there", "Its values are not known.", _TEXT),
    Rule(
        "review-before-publication",
        _ERROR,
        "the review date is not later than the publication",
        "It can never be kept.",
        _PIF,
    ),
    Rule(
        "no-reviewer",
        _ERROR,
        "approved, but nobody is named who reviewed it",
        "Readers cannot tell who answers for it.",
        _PIF,
    ),
)
