"""What can go wrong while documents are composed, made and written."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_BUILD: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"

RULES: Final = (
    Rule("no-cluster", _ERROR, "there is no cluster at the address", "Nothing was made.", _BUILD),
    Rule("bad-print-code", _ERROR, "no code of a print", "Which print was given out cannot be told from it.", _BUILD),
    Rule("no-project", _ERROR, "no handouts.yaml in this folder or above", "There is nothing to work on.", _BUILD),
    Rule("already-there", _ERROR, "what is to be made is there already", "Nothing is overwritten.", _BUILD),
    Rule("refused", _ERROR, "the system refused to read or write", "Nothing was done.", _BUILD),
)
