"""The same print from the project as it is today, composed but not laid out."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.select import EmptySelectionError, UnknownNameError
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem
from handouts.schema.provenance import Provenance


class GoneError(HandoutsError):
    """What was printed is no longer in the project; the text names what is missing."""


class CannotTellError(HandoutsError):
    """What was printed has errors in the project; `problems` are those that were found on the way."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        """Keep the problems."""
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Today:
    """What a print is made from today, and the path that it is built to."""

    made_from: Provenance
    path: PurePosixPath


def same_print(project: Project, library: Library, printed: Provenance) -> Today:
    """Make the same print anew; raise GoneError or CannotTellError."""
    request = Request(
        handouts=(printed.handout,),
        practices=(printed.practice,),
        sections=printed.sections,
        formats=(printed.format,),
        languages=(printed.language,),
        options=PrintOptions.from_words((printed.paper, printed.ink, *printed.options)),
    )
    try:
        planned = plan(library, request)
    except (UnknownNameError, EmptySelectionError) as missing:
        raise GoneError(str(missing)) from None
    broken = (printed.handout, printed.language) in library.broken_handouts
    if broken or printed.practice in library.broken_practices:
        raise CannotTellError("its handout or practice has errors in the project")
    if not planned:
        raise GoneError(f'no handout "{printed.handout}" in the language "{printed.language}"')
    return print_today(project, library, planned[0])


def print_today(project: Project, library: Library, item: Planned) -> Today:
    """Compose a planned print; raise CannotTellError."""
    pipeline = Pipeline(project, library.references)
    composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
    if composition.document is None or composition.document.made_from is None:
        raise CannotTellError("it can no longer be printed: there are errors in the project", composition.problems)
    return Today(composition.document.made_from, item.path)
