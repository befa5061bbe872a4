"""The check that every print contains the texts that no template or style sheet may leave out."""

from collections.abc import Callable, Iterable
from typing import Final

from handouts.model.document import Required
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

LEFT_OUT: Final = Rule(
    "left-out",
    Severity.ERROR,
    title="safety information, disclaimer, status or contact is missing",
    why="It has to be on every print, whatever template or style sheet is used.",
    source="docs/practices.md: what no template and no style sheet can leave out",
    message="{what} is missing from the {where}",
    hint="it cannot be left out: restore it in the template, and check that no style sheet hides it",
)
RULES: Final = (LEFT_OUT,)


def report_missing(
    required: Iterable[Required], is_present: Callable[[str], bool], where: str, problems: Problems
) -> None:
    """Report each required text that is not present; several parts of one text are reported once.

    `where` names the kind of output in the message, such as "pages" or "web page".
    """
    missing = dict.fromkeys(piece.what for piece in required if not is_present(piece.text))
    problems.extend(LEFT_OUT.at(None, what=what, where=where) for what in missing)
