"""What can be found on pages once they are laid out, and is not declared where it is reported yet."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_SAFE: Final = "docs/practices.md: what no template and no style sheet can leave out"
_ACCESS: Final = (
    "PDF/UA-1, ISO 14289-1; WCAG 2.2, 1.4.3 and 1.4.11 (https://www.w3.org/TR/WCAG22); "
    "HHS Section 504 rule, 45 CFR 84.84"
)

RULES: Final = (
    Rule(
        "changed-file",
        _ERROR,
        "a picture or font was changed while a handout was made from it",
        "What is printed would not be what was checked.",
        _SAFE,
    ),
    Rule(
        "not-allowed",
        _ERROR,
        "a page would load or run something",
        "Pages load nothing and run nothing: they are opened by patients.",
        _SAFE,
    ),
    Rule(
        "low-contrast",
        _WARNING,
        "a brand color is too light on white",
        "It is darkened in print, so that all can read it; the brand looks other than meant.",
        _ACCESS,
    ),
)
