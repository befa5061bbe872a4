"""A project opened by another program: its prints planned, made, checked and verified.

Modules that take long to load are imported when they are needed, so that `import handouts` stays light.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from handouts.model.print_options import PrintOptions
from handouts.model.project import SETTINGS_FILE, Project, find_project
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, select_errors
from handouts.schema.print_terms import Ink, Paper

if TYPE_CHECKING:
    from handouts.build.plan.plan import Planned
    from handouts.build.typeset import FinishedFile
    from handouts.check.run import Findings
    from handouts.model.library import Library
    from handouts.verify.verdict import Verdict
    from handouts.verify.verifier import Verifier


class NoProjectError(HandoutsError):
    """Neither a folder nor one above it has a handouts.yaml."""


class BrokenProjectError(HandoutsError):
    """The settings of a project cannot be read; `problems` say why."""

    def __init__(self, message: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems."""
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class OpenProject:
    """A project as it was when it was opened.

    `problems` are all problems of its files: a handout or practice with errors is not in the library, and no print of
    it can be planned.
    """

    project: Project
    library: "Library"
    problems: tuple[Problem, ...]

    def plan(  # noqa: PLR0913 - one parameter for each choice
        self,
        *,
        handouts: tuple[str, ...] = (),
        practices: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        formats: tuple[str, ...] = (),
        sections: tuple[str, ...] = (),
        audience: str = "",
        options: PrintOptions | None = None,
    ) -> "tuple[Planned, ...]":
        """Plan prints by ids, as `handouts build` does; an empty choice means all, but the usual format only.

        Raises UnknownNameError for a name that the project does not have, and for a paper or an ink that does not
        exist; EmptySelectionError if nothing is left to print.
        """
        from handouts.build.plan.plan import plan  # noqa: PLC0415 - not needed to open a project
        from handouts.build.plan.request import Request, check_exists  # noqa: PLC0415 - likewise

        options = options or PrintOptions()
        if options.paper:
            check_exists("paper", options.paper, get_args(Paper))
        check_exists("ink", options.ink, get_args(Ink))
        request = Request(
            handouts,
            practices,
            sections,
            formats=formats,
            languages=languages,
            audience=audience,
            options=options,
        )
        return plan(self.library, request)

    def build_print(self, planned: "Planned") -> "FinishedFile":
        """Make one planned print and return its file; if there are errors among its problems, do not use it."""
        from handouts.build.pipeline import Pipeline  # noqa: PLC0415 - as above
        from handouts.compose.composer import ComposeOptions  # noqa: PLC0415 - as above

        options = ComposeOptions(mark_drafts=self.library.settings.release == "required")
        return Pipeline(self.project, self.library.references, options).make_print(planned)

    def check(self, today: dt.date) -> "Findings":
        """Check the files of the project now, as `handouts check` does, as of a day."""
        from handouts.check.run import check_project  # noqa: PLC0415 - as above
        from handouts.check.scope import Scope  # noqa: PLC0415 - as above

        return check_project(self.project, Scope((), ()), today)

    def verify(self, path: Path, today: dt.date) -> "Verdict":
        """Compare a file that was built with the project, as `handouts verify` does, as of a day."""
        return self._make_verifier(today).verify_file(path)

    def verify_code(self, print_code: str, today: dt.date) -> "Verdict":
        """Find out whether paper with a print code may still be handed out, as of a day.

        Raises NotAPrintCodeError.
        """
        from handouts.schema.print_code import parse_print_code  # noqa: PLC0415 - as above

        return self._make_verifier(today).verify_code(parse_print_code(print_code))

    def _make_verifier(self, today: dt.date) -> "Verifier":
        from handouts.problems.collector import Problems  # noqa: PLC0415 - as above
        from handouts.verify.verifier import open_verifier  # noqa: PLC0415 - as above

        return open_verifier(self.project, self.library, today, Problems())


def open_project(folder: str | Path = ".") -> OpenProject:
    """Read the project that a folder belongs to.

    Raises NoProjectError, or BrokenProjectError if its settings cannot be read.
    """
    from handouts.read.project import read_project  # noqa: PLC0415 - as above

    project = find_project(Path(folder))
    if project is None:
        raise NoProjectError(f"no {SETTINGS_FILE} in {folder} or in a folder above")
    reading = read_project(project)
    if reading.library is None:
        raise BrokenProjectError(f"{SETTINGS_FILE} cannot be read", select_errors(reading.problems))
    return OpenProject(project, reading.library, reading.problems)
