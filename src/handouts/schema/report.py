"""The JSON object of `handouts build --json`."""

from typing import Literal, Self

from handouts.problems.problem import Place, Problem, Severity
from handouts.schema.base import Schema


class ProblemReport(Schema):
    """A problem; line and column are counted from 1, and 0 if they are not known."""

    severity: Literal["error", "warning"]
    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the report of a problem."""
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
        """Return the reported problem."""
        place = Place(self.file, self.line, self.column) if self.file else None
        return Problem(Severity(self.severity), self.code, self.message, place, self.hint)


class OutputReport(Schema):
    """The result of one output: pages and size in bytes are 0 if it failed, seconds are 0 if it was not made.

    `path` and `stale` are relative to the project, or absolute if the output folder is not in the project.
    If the source of a failed output cannot be read, `sections` is empty and `path` may be: they depend on the source.
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
    """The number of outputs, their pages and bytes, and the seconds that the whole command took."""

    built: int
    unchanged: int
    failed: int
    pages: int
    size: int
    seconds: float


class BuildReport(Schema):
    """The result of a build: problems of the project as a whole, and each output with its own.

    `left` and `removed` are the paths of outputs in the output folder that are no longer in the plan,
    `expired` those of files of approved handouts whose review is overdue.
    `other_language` counts the outputs left out because the texts of the practice are in another language.
    """

    ok: bool
    totals: TotalsReport
    problems: tuple[ProblemReport, ...]
    outputs: tuple[OutputReport, ...]
    left: tuple[str, ...]
    removed: tuple[str, ...]
    expired: tuple[str, ...]
    other_language: int
