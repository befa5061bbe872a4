"""What can go wrong while documents are composed, made and written."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_BUILD: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"

RULES: Final = (
    Rule("page-mistake", _ERROR, "the front-desk page made a mistake", "Somebody did not get an answer.", _BUILD),
    Rule("not-watched", _WARNING, "files cannot be watched", "Changes are seen after a restart only.", _BUILD),
)
