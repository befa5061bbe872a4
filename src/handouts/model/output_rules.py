"""Rules that more than one kind of output reports: PDF files and web pages."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SAFE: Final = "docs/practices.md: what no template and no style sheet can leave out"

NOT_LOADED: Final = Rule(
    "not-loaded",
    Severity.ERROR,
    title="a picture, font or style sheet could not be loaded",
    why="Something is missing on the page.",
    source=_SAFE,
    message='"{address}" is not loaded: {reason}',
    hint="use a file of the project, and check its name",
)
RENDERING: Final = Rule(
    "rendering",
    Severity.WARNING,
    title="a style sheet has something that is not understood",
    why="The page may not look as intended.",
    source=_SAFE,
    message="not rendered as written: {detail}",
    hint="",
)
NOT_ACCESSIBLE: Final = Rule(
    "not-accessible",
    Severity.ERROR,
    title="a file that a screen reader cannot use",
    why="Patients who cannot see get nothing from it; from 2027 US law forbids it for posted files.",
    source=(
        "PDF/UA-1, ISO 14289-1; WCAG 2.2, 1.4.3 and 1.4.11 (https://www.w3.org/TR/WCAG22); "
        "HHS Section 504 rule, 45 CFR 84.84"
    ),
    message="not accessible: {defect}",
    hint="fix it in the text or template that it comes from",
)
RULES: Final = (NOT_LOADED, RENDERING, NOT_ACCESSIBLE)
