"""The JSON object of `handouts build --json`."""

from typing import Literal, Self

from handouts.problems.problem import Place, Problem, Severity
from handouts.schema.base import Schema


class ProblemReport(Schema):
    """A problem; line and column count from 1 and are 0 where they are not known."""

    severity: Literal["error", "warning"]
    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Write a problem as a record for scripts."""
        place = problem.place or Place("")
        return cls(
            severity=problem.severity.value,
            code=problem.code,
            file=place.file,
            line=place.line,
            column=place.column,
            message=problem.message,
            hint=problem.hint,
        )

    def problem(self) -> Problem:
        """Give the problem that was written."""
        place = Place(self.file, self.line, self.column) if self.file else None
        return Problem(Severity(self.severity), self.code, self.message, place, self.hint)


class OutputReport(Schema):
    """What became of one output; size in bytes and pages are 0 if it failed, seconds if it was not made.

    If the source of a failed output cannot be read, `path` can be empty and `sections` is: they depend on the source.
    `stale` are the files of earlier builds that stay in place of a failed output.
    """

    path: str
    status: Literal["built", "unchanged", "failed"]
    handout: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    references: tuple[str, ...]
    pages: int
    size: int
    sha256: str
    seconds: float
    stale: tuple[str, ...]
    problems: tuple[ProblemReport, ...]


class TotalsReport(Schema):
    """How many outputs, with their pages and bytes; seconds are those of the whole command."""

    built: int
    unchanged: int
    failed: int
    pages: int
    size: int
    seconds: float


class BuildReport(Schema):
    """What came of a build: problems of the project as a whole, and each output with its own.

    `left` and `removed` are the paths of outputs that are no longer in the plan, in the output folder;
    `other_language` counts the outputs left out because the practice's own texts are in another language.
    """

    ok: bool
    totals: TotalsReport
    problems: tuple[ProblemReport, ...]
    outputs: tuple[OutputReport, ...]
    left: tuple[str, ...]
    removed: tuple[str, ...]
    other_language: int
